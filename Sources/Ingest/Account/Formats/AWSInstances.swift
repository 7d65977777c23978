import Clouds
import Model
import Reading

/// What `aws ec2 describe-instances` prints: the machines of an account in a region.
///
/// A machine is billed from `LaunchTime`, its last start, until `StateTransitionReason` says that it stopped: `User
/// initiated (2026-10-03 17:00:00 GMT)`. One that is stopped without a date is not billed now, and when it was is not
/// known: it is left out. So are machines of dedicated tenancy, whose price is another. Earlier starts of a machine, and
/// machines terminated more than an hour before, are not in the answer.
///
/// Source: Amazon EC2 API reference, `Instance`; EC2 user guide, "Instance lifecycle" (which states are billed).
enum AWSInstances: AccountFormat {
  static let name = "aws-instances"
  static let outline = "machines (aws ec2 describe-instances)"
  static let noun = "machine"
  static let example = """
    {
      "Reservations": [
        {
          "OwnerId": "123456789012", "ReservationId": "r-0a",
          "Instances": [
            {
              "InstanceId": "i-0a1", "InstanceType": "m5.large", "LaunchTime": "2026-09-01T08:00:00+00:00",
              "Placement": {"AvailabilityZone": "us-east-1a", "Tenancy": "default"}, "State": {"Code": 16, "Name": "running"},
              "StateTransitionReason": "", "PlatformDetails": "Linux/UNIX",
              "Tags": [{"Key": "aws:autoscaling:groupName", "Value": "web"}, {"Key": "team", "Value": "shop"}]
            },
            {
              "InstanceId": "i-0a2", "InstanceType": "t3.xlarge", "LaunchTime": "2026-10-02T08:00:00+00:00",
              "Placement": {"AvailabilityZone": "us-east-1b", "Tenancy": "default"}, "State": {"Code": 80, "Name": "stopped"},
              "StateTransitionReason": "User initiated (2026-10-03 17:00:00 GMT)", "Platform": "windows",
              "PlatformDetails": "Windows", "InstanceLifecycle": "spot", "Tags": [{"Key": "Name", "Value": "build"}]
            }
          ]
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("Reservations") && !start.hasKey("ReservedInstances")
  }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("Reservations", of: document, plural) { reservation, listing in
      listing.listed -= 1
      let account = try reservation.nameIfKnown("OwnerId")
      for record in try reservation.records("Instances") {
        listing.listed += 1
        if var one = try instance(record, &listing) {
          one.account = account
          listing.instances.append(one)
        }
      }
    }
  }

  private static func instance(_ record: JSONRecord, _ listing: inout AccountListing) throws(DataError)
    -> ListedInstance?
  {
    let placement = record.has("Placement") ? try record.record("Placement") : nil
    if let tenancy = try placement?.textIfKnown("Tenancy"), tenancy != "default" {
      listing.leaveOut("machines of dedicated tenancy, whose price is another")
      return nil
    }
    var one = ListedInstance(
      id: try record.name("InstanceId"), type: try record.name("InstanceType"),
      started: try record.instant("LaunchTime"))
    if let placement {
      let (zone, id) = (
        try placement.nameIfKnown("AvailabilityZone"), try placement.nameIfKnown("AvailabilityZoneId")
      )
      one.zone = zone ?? id ?? ""
    }
    one.lifecycle = try record.textIfKnown("InstanceLifecycle") == "spot" ? .spot : .onDemand
    one.engine = try engine(record, one.type)
    one.tags = try record.tags("Tags", &listing)
    one.group = one.tag("aws:autoscaling:groupName") ?? one.tag("eks:nodegroup-name")
    return try settleState(&one, record, &listing) ? one : nil
  }

  /// - Returns: false for a machine whose running time is not known.
  private static func settleState(
    _ one: inout ListedInstance, _ record: JSONRecord, _ listing: inout AccountListing
  ) throws(DataError) -> Bool {
    let state = try record.record("State").text("Name")
    switch state {
    case "pending", "running": return true
    case "stopping", "stopped", "shutting-down", "terminated":
      let reason = try record.textIfKnown("StateTransitionReason") ?? ""
      guard let end = stop(in: reason) else {
        listing.leaveOut("\(state) machines whose stop has no date, which are not billed now")
        return false
      }
      guard end > one.started else {
        listing.leaveOut("machines that stopped before they started")
        return false
      }
      one.stopped = end
      return true
    default:
      throw try record.record("State").wrong(
        "Name", expected: "pending, running, stopping, stopped, shutting-down or terminated")
    }
  }

  /// The moment in brackets: `User initiated (2026-10-03 17:00:00 GMT)`.
  static func stop(in reason: String) -> Instant? {
    guard let open = reason.lastIndex(of: "("), reason.hasSuffix(" GMT)") else { return nil }
    let words = reason[reason.index(after: open)...].dropLast(5).split(separator: " ")
    return words.count == 2 ? Instant("\(words[0])T\(words[1])Z") : nil
  }

  private static func engine(_ record: JSONRecord, _ type: String) throws(DataError) -> String? {
    if let details = try record.nameIfKnown("PlatformDetails") {
      return supportedCloud.engine(called: details, on: type)
    }
    return try record.nameIfKnown("Platform")?.lowercased()
  }
}
