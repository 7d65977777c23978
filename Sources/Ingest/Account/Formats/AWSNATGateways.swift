import Clouds
import Model
import Reading

/// What `aws ec2 describe-nat-gateways` prints: gateways, paid for by the hour and by what passes, which is not in the
/// answer. Gone ones are listed for an hour and left out.
///
/// Source: Amazon EC2 API reference, `NatGateway`; Amazon VPC user guide, "Pricing for NAT gateways".
enum AWSNATGateways: AccountFormat {
  static let name = "aws-nat-gateways"
  static let outline = "NAT gateways (aws ec2 describe-nat-gateways)"
  static let noun = "NAT gateway"
  static let example = """
    {
      "NatGateways": [
        {
          "NatGatewayId": "nat-0a1", "State": "available", "ConnectivityType": "public",
          "CreateTime": "2026-01-30T07:06:33+00:00", "SubnetId": "subnet-0a", "VpcId": "vpc-0a"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("NatGateways") }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("NatGateways", of: document, plural) { record, listing in
      let state = try record.text("State")
      guard state == "available" else { return listing.leaveOut("NAT gateways that are \(state.asPrintable ?? "odd")") }
      var holding = ListedHolding(noun: noun, id: try record.name("NatGatewayId"), service: "network")
      holding.uses = [HeldUse(item: "vpc/nat-gateway-hour", amount: number(1))]
      holding.unpriced = "what passes through a NAT gateway, which is not in the answer"
      listing.holdings.append(holding)
    }
  }
}
