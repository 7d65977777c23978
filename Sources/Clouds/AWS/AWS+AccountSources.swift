// What lists an account of AWS: commands of its command line, all of them read-only.
//
// Metrics come by searches of CloudWatch, so that one command brings those of all machines: the average of every five
// minutes, which is kept for 63 days. A search finds at most 500 series, of metrics that had a sample in the last two weeks.
// Source: AWS CLI reference, the commands named here; Amazon CloudWatch user guide, "Using search expressions in graphs",
// "Using dynamic labels", and "Metrics retention".

import Model

extension AWS: AccountSources {
  package func accountFetches(ofRegions regions: [String]) throws(DataError) -> [AccountFetch] {
    for region in regions where AWSWords.region(zone: region + "a") != region {
      throw DataError(
        Place(parameter: .region), found: "\"\(region)\"", expected: "a region of AWS, such as us-east-1", kind: .usage)
    }
    return regions.flatMap { region in
      Self.listings.map { AccountFetch("\($0.subject), \(region)", Self.listing($0, region)) }
        + [AccountFetch("the metrics of all machines, \(region)", Self.metrics(region))]
    } + [AccountFetch("savings plans, of the whole account", Self.savingsPlans)]
  }

  private struct Listing {
    var subject, command, file: String
  }

  private static let listings = [
    Listing(subject: "machines", command: "ec2 describe-instances", file: "instances"),
    Listing(subject: "groups", command: "autoscaling describe-auto-scaling-groups", file: "groups"),
    Listing(subject: "scaling policies", command: "autoscaling describe-policies", file: "policies"),
    Listing(subject: "alarms", command: "cloudwatch describe-alarms", file: "alarms"),
    Listing(subject: "scheduled actions", command: "autoscaling describe-scheduled-actions", file: "scheduled-actions"),
    Listing(subject: "databases", command: "rds describe-db-instances", file: "databases"),
    Listing(
      subject: "cache nodes", command: "elasticache describe-cache-clusters --show-cache-node-info", file: "caches"),
    Listing(subject: "groups of cache nodes", command: "elasticache describe-replication-groups", file: "cache-groups"),
    Listing(subject: "volumes", command: "ec2 describe-volumes", file: "volumes"),
    Listing(subject: "snapshots", command: "ec2 describe-snapshots --owner-ids self", file: "snapshots"),
    Listing(subject: "addresses", command: "ec2 describe-addresses", file: "addresses"),
    Listing(subject: "NAT gateways", command: "ec2 describe-nat-gateways", file: "nat-gateways"),
    Listing(subject: "load balancers", command: "elbv2 describe-load-balancers", file: "load-balancers"),
    Listing(subject: "reservations", command: "ec2 describe-reserved-instances", file: "reservations"),
    Listing(
      subject: "reserved cache nodes", command: "elasticache describe-reserved-cache-nodes", file: "reserved-caches"),
    Listing(
      subject: "reserved databases", command: "rds describe-reserved-db-instances", file: "reserved-databases"),
  ]

  private static func listing(_ listing: Listing, _ region: String) -> String {
    "aws \(listing.command) --region \(region) --output json \\\n  > \(listing.file)-\(region).json"
  }

  private static let savingsPlans = "aws savingsplans describe-savings-plans --output json > savings-plans.json"

  private static func metrics(_ region: String) -> String {
    """
    cat > .queries.json <<'END'
    [
    \(searches.enumerated().map { query($1, number: $0 + 1) }.joined(separator: ",\n"))
    ]
    END
    aws cloudwatch get-metric-data --region \(region) --output json \\
      --metric-data-queries file://.queries.json \\
      --start-time "$(date -u -d '62 days ago' +%F)T00:00:00Z" --end-time "$(date -u +%FT%H:00:00Z)" \\
      > metrics-\(region).json
    """
  }

  /// What is searched for, and the dimension that names the machine.
  private static let searches = [
    (#"{AWS/EC2,InstanceId} MetricName="CPUUtilization""#, "InstanceId"),
    (#"Namespace="CWAgent" MetricName="mem_used_percent""#, "InstanceId"),
    (#"{AWS/RDS,DBInstanceIdentifier} MetricName="CPUUtilization""#, "DBInstanceIdentifier"),
    (#"{AWS/ElastiCache,CacheClusterId,CacheNodeId} MetricName="CPUUtilization""#, "CacheClusterId"),
    (#"{AWS/ElastiCache,CacheClusterId,CacheNodeId} MetricName="DatabaseMemoryUsagePercentage""#, "CacheClusterId"),
  ]

  private static func query(_ search: (words: String, dimension: String), number: Int) -> String {
    let words = search.words.replacing("\"", with: #"\""#)
    return
      "  {\"Id\": \"m\(number)\", \"Expression\": \"SEARCH('\(words)', 'Average', 300)\","
      + "\n   \"Label\": \"${PROP('Dim.\(search.dimension)')} ${PROP('MetricName')}\"}"
  }
}
