import Clouds
import Model
import Reading

/// What `aws ec2 describe-volumes` prints: block storage, which is paid for whether something is attached or not.
///
/// A volume is priced by its size; gp3 by operations above 3,000 a second and throughput above 125 MiB/s too, io1 and io2
/// by all operations. What `standard` counts by the request is not in the answer.
///
/// Source: Amazon EC2 API reference, `Volume`; Amazon EBS user guide, "General Purpose SSD volumes" (what is included).
enum AWSVolumes: AccountFormat {
  static let name = "aws-volumes"
  static let outline = "volumes (aws ec2 describe-volumes)"
  static let noun = "volume"
  static let example = """
    {
      "Volumes": [
        {
          "VolumeId": "vol-0a1", "Size": 128, "VolumeType": "gp3", "Iops": 4000, "Throughput": 250, "State": "in-use",
          "AvailabilityZone": "us-east-1a", "CreateTime": "2026-01-10T12:00:00.000000+00:00",
          "Attachments": [{"InstanceId": "i-0a1", "State": "attached", "VolumeId": "vol-0a1"}]
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("Volumes") }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("Volumes", of: document, plural) { record, listing in
      let zone = try record.nameIfKnown("AvailabilityZone") ?? ""
      var holding = ListedHolding(
        noun: noun, id: try record.name("VolumeId"), region: supportedCloud.region(ofZone: zone), service: "storage")
      let attached = try record.records("Attachments").compactMap { try $0.nameIfKnown("InstanceId") }
      holding.instance = attached.min()
      // One that is going, or never came to be, is nobody's waste.
      let state = try record.nameIfKnown("State") ?? ""
      guard !["deleting", "deleted", "error"].contains(state) else { return }
      holding.isUnattached = attached.isEmpty
      let type = try record.nameIfKnown("VolumeType") ?? "standard"
      holding.uses = [HeldUse(item: "ebs/\(type)-gb-month", amount: number(try record.whole("Size")))]
      let iops = try record.wholeIfKnown("Iops") ?? 0
      switch type {
      case "gp3":
        if iops > 3_000 { holding.uses.append(HeldUse(item: "ebs/gp3-iops-month", amount: number(iops - 3_000))) }
        let extra = try record.wholeIfKnown("Throughput").map { $0 - 125 } ?? 0
        if extra > 0 { holding.uses.append(throughput(mebibytes: extra)) }
      case "io1", "io2":
        let tiered = type == "io2" && iops > 32_000
        holding.uses.append(HeldUse(item: "ebs/\(type)-iops-month", amount: number(iops), isTiered: tiered))
      case "standard": holding.unpriced = "requests to magnetic volumes, which are not in the answer"
      default: break
      }
      listing.holdings.append(holding)
    }
  }

  /// Millionths of a GiB/s, which is what a price is for.
  private static func throughput(mebibytes: Int) -> HeldUse {
    let millionths = roundedHalfEven(Int128(mebibytes) * 1_000_000, dividedBy: 1024)
    return HeldUse(
      item: "ebs/gp3-throughput-gibps-month", amount: ScaledDecimal(mantissa: Int64(clamping: millionths), scale: 6))
  }
}

/// So many.
func number(_ count: Int) -> ScaledDecimal { ScaledDecimal(mantissa: Int64(count), scale: 0) }
