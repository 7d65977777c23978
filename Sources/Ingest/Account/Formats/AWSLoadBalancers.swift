import Clouds
import Model
import Reading

/// What `aws elbv2 describe-load-balancers` prints: load balancers, paid for by the hour and by capacity units, which are
/// not in the answer.
///
/// Source: Elastic Load Balancing API reference 2015-12-01, `LoadBalancer`; Elastic Load Balancing pricing.
enum AWSLoadBalancers: AccountFormat {
  static let name = "aws-load-balancers"
  static let outline = "load balancers (aws elbv2 describe-load-balancers)"
  static let noun = "load balancer"
  static let example = """
    {
      "LoadBalancers": [
        {
          "LoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0a",
          "LoadBalancerName": "web", "Type": "application", "Scheme": "internet-facing", "State": {"Code": "active"},
          "CreatedTime": "2026-01-25T21:26:12.920Z"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("LoadBalancers") }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("LoadBalancers", of: document, plural) { record, listing in
      var holding = ListedHolding(noun: noun, id: try record.name("LoadBalancerArn"), service: "network")
      holding.region = try record.region(arn: "LoadBalancerArn")
      holding.account = try record.account(arn: "LoadBalancerArn")
      let items = ["application": "elb/alb-hour", "network": "elb/nlb-hour", "gateway": "elb/gwlb-hour"]
      if let item = items[try record.text("Type")] { holding.uses = [HeldUse(item: item, amount: number(1))] }
      holding.unpriced = "capacity units of load balancers, which are not in the answer"
      listing.holdings.append(holding)
    }
  }
}
