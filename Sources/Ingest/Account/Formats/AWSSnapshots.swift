import Clouds
import Model
import Reading

/// What `aws ec2 describe-snapshots` prints of an account's own: copies of volumes.
///
/// None is priced: a snapshot is billed by the blocks that differ from the one before, and the answer has the size of the
/// volume, which is the most that it can be.
///
/// Source: Amazon EBS user guide, "How Amazon EBS snapshots work"; Amazon EC2 API reference, `Snapshot`.
enum AWSSnapshots: AccountFormat {
  static let name = "aws-snapshots"
  static let outline = "snapshots (aws ec2 describe-snapshots)"
  static let noun = "snapshot"
  static let example = """
    {
      "Snapshots": [
        {
          "SnapshotId": "snap-0a1", "VolumeId": "vol-0a1", "VolumeSize": 128, "State": "completed",
          "StartTime": "2026-01-30T10:33:22.036000+00:00", "OwnerId": "123456789012", "StorageTier": "standard"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("Snapshots") && !start.hasKey("CacheClusterId")
  }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("Snapshots", of: document, plural) { record, listing in
      var holding = ListedHolding(noun: noun, id: try record.name("SnapshotId"), service: "storage")
      holding.account = try record.nameIfKnown("OwnerId")
      holding.unpriced = "what a snapshot stores is less than its volume, and not in the answer"
      listing.holdings.append(holding)
    }
  }
}
