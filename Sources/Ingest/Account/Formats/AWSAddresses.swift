import Clouds
import Model
import Reading

/// What `aws ec2 describe-addresses` prints: Elastic IP addresses, each paid for by the hour, used or not; those of a range
/// that its owner brought cost nothing.
///
/// Source: Amazon EC2 API reference, `Address`; Amazon VPC pricing, "Public IPv4 addresses".
enum AWSAddresses: AccountFormat {
  static let name = "aws-addresses"
  static let outline = "addresses (aws ec2 describe-addresses)"
  static let noun = "address"
  static let plural = "addresses"
  static let example = """
    {
      "Addresses": [
        {
          "AllocationId": "eipalloc-0a1", "PublicIp": "203.0.113.12", "PublicIpv4Pool": "amazon", "Domain": "vpc",
          "NetworkBorderGroup": "us-east-1", "InstanceId": "i-0a1"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("Addresses") }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("Addresses", of: document, plural) { record, listing in
      let id = try record.nameIfKnown("AllocationId") ?? record.name("PublicIp")
      var holding = ListedHolding(noun: noun, id: id, service: "network")
      holding.region = try record.nameIfKnown("NetworkBorderGroup")
      holding.account = try record.nameIfKnown("NetworkInterfaceOwnerId")
      holding.instance = try record.nameIfKnown("InstanceId")
      // What stands before a gateway or a load balancer is associated with an interface, and with no machine.
      let uses = ["InstanceId", "AssociationId", "NetworkInterfaceId"]
      holding.isUnattached = try uses.allSatisfy { try record.nameIfKnown($0) == nil }
      if try record.textIfKnown("PublicIpv4Pool") ?? "amazon" == "amazon" {
        holding.uses = [HeldUse(item: "vpc/public-ipv4-hour", amount: number(1))]
      }
      listing.holdings.append(holding)
    }
  }
}
