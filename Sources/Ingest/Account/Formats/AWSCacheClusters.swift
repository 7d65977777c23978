import Clouds
import Model
import Reading

/// What `aws elasticache describe-cache-clusters` prints: cache nodes, by cluster; where it is asked for, each with its own
/// zone and start.
///
/// The node of a cluster of one is called as the cluster; of more, `cluster/0001`. Source: Amazon ElastiCache API
/// reference, `CacheCluster` and `CacheNode`.
enum AWSCacheClusters: AccountFormat {
  static let name = "aws-cache-clusters"
  static let outline = "cache nodes (aws elasticache describe-cache-clusters)"
  static let noun = "cache cluster"
  static let example = """
    {
      "CacheClusters": [
        {
          "CacheClusterId": "sessions-001", "ReplicationGroupId": "sessions", "CacheNodeType": "cache.r6g.large",
          "Engine": "redis", "CacheClusterStatus": "available", "NumCacheNodes": 1,
          "PreferredAvailabilityZone": "us-east-1a", "CacheClusterCreateTime": "2026-01-26T01:22:52.396Z",
          "ARN": "arn:aws:elasticache:us-east-1:123456789012:cluster:sessions-001"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("CacheClusters") }

  /// Of one cluster; the provider runs 500 at most.
  private static let mostNodes = 1000
  private static let idleStates: Set<String> = ["creating", "deleting", "deleted", "create-failed"]

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("CacheClusters", of: document, plural) { record, listing in
      let status = try record.text("CacheClusterStatus")
      guard !idleStates.contains(status) else {
        return listing.leaveOut("cache clusters that are \(status), which are not billed now")
      }
      let count = try record.count("NumCacheNodes")
      guard count <= mostNodes else { throw record.wrong("NumCacheNodes", expected: "at most \(mostNodes) nodes") }
      let nodes = try record.records("CacheNodes")
      for index in 0..<count {
        var node = try cluster(record, count, nodes, index, &listing)
        if index < nodes.count { try refine(&node, nodes[index]) }
        listing.instances.append(node)
      }
    }
  }

  private static func cluster(
    _ record: JSONRecord, _ count: Int, _ nodes: [JSONRecord], _ index: Int, _ listing: inout AccountListing
  ) throws(DataError) -> ListedInstance {
    let cluster = try record.name("CacheClusterId")
    let number = index < nodes.count ? try nodes[index].nameIfKnown("CacheNodeId") : nil
    let id = count == 1 ? cluster : "\(cluster)/\(number ?? fourDigits(index + 1))"
    let type = try record.name("CacheNodeType")
    var one = ListedInstance(id: id, type: type, started: try record.instant("CacheClusterCreateTime"))
    let zone = try record.nameIfKnown("PreferredAvailabilityZone") ?? ""
    one.zone = zone == "Multiple" ? "" : zone
    one.region = try record.region(arn: "ARN")
    one.account = try record.account(arn: "ARN").flatMap { $0.allSatisfy(\.isWholeNumber) ? $0 : nil }
    one.engine = supportedCloud.engine(called: try record.name("Engine"), on: type)
    one.group = try record.nameIfKnown("ReplicationGroupId")
    one.name = cluster
    one.tags = try record.tags("Tags", &listing)
    return one
  }

  private static func refine(_ node: inout ListedInstance, _ record: JSONRecord) throws(DataError) {
    if let zone = try record.nameIfKnown("CustomerAvailabilityZone") { node.zone = zone }
    if record.has("CacheNodeCreateTime") { node.started = try record.instant("CacheNodeCreateTime") }
  }

  private static func fourDigits(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
  }
}
