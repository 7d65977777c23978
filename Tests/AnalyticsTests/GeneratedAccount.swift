import Foundation
import Model
import TestSupport

/// An account as AWS's command line prints it: SYNTHETIC, of a seed. 300 machines in 12 groups, three regions and two
/// accounts; a third of them stopped or terminated in October 2026, some of them tagged, each with a volume.
struct GeneratedAccount {
  struct Machine {
    var id, type, zone, account, group: String
    var team: String?
    var started: Instant
    var stopped: Instant?
    var size: Int
    var region: String { String(zone.dropLast()) }
  }

  /// USD an hour on demand in nano-dollars, and for a gigabyte of gp3 and month, as `pricing/aws` has them.
  static let hourly: [String: [String: Int64]] = [
    "us-east-1": ["m5.large": 96_000_000, "t3.medium": 41_600_000, "c5.xlarge": 170_000_000],
    "us-west-2": ["m5.large": 96_000_000, "t3.medium": 41_600_000, "c5.xlarge": 170_000_000],
    "eu-west-1": ["m5.large": 107_000_000, "t3.medium": 45_600_000, "c5.xlarge": 192_000_000],
  ]
  static let gigabyte: [String: Int64] = ["us-east-1": 80_000_000, "us-west-2": 80_000_000, "eu-west-1": 88_000_000]
  static let october = period("2026-10-01", "2026-11-01")

  private(set) var machines: [Machine] = []

  init(seed: Int) {
    var random = SplitMix64(seed: seed)
    let regions = Self.hourly.keys.sorted()
    for index in 0..<300 {
      let group = index % 12
      let region = regions[group % 3]
      let start = Self.october.start.advanced(by: random.number(-40...20) * 86_400 + random.number(0...86_399))
      var machine = Machine(
        id: "i-0\(String(100_000 + index, radix: 16))", type: ["m5.large", "t3.medium", "c5.xlarge"][group / 4],
        zone: region + ["a", "b"][random.number(0...1)], account: ["111111111111", "222222222222"][group % 2],
        group: "group-\(group)", team: ["shop", "search", nil][random.number(0...2)], started: start,
        size: random.number(8...200))
      if random.number(0...2) == 0 {
        let earliest = max(start, Self.october.start)
        machine.stopped = earliest.advanced(by: random.number(1...86_400 * 9))
      }
      machines.append(machine)
    }
  }

  /// The files, by name: machines of each region in two pages, groups, and volumes.
  var files: [String: String] {
    var files: [String: String] = [:]
    for region in Self.hourly.keys.sorted() {
      let own = machines.filter { $0.region == region }
      let half = own.count / 2
      for (page, part) in [own[..<half], own[half...]].enumerated() {
        let reservations = part.map { machine in
          "{\"OwnerId\": \"\(machine.account)\", \"Instances\": [\(text(of: machine))]}"
        }
        let token = page == 0 ? ", \"NextToken\": \"page-2\"" : ""
        files["\(region)-\(page).json"] = "{\"Reservations\": [\(reservations.joined(separator: ","))]\(token)}"
      }
      let volumes = own.map { machine in
        """
        {"VolumeId": "vol-\(machine.id)", "Size": \(machine.size), "VolumeType": "gp3", "Iops": 3000, "Throughput": 125,
        "AvailabilityZone": "\(machine.zone)", "State": "in-use", "Attachments": [{"InstanceId": "\(machine.id)"}]}
        """
      }
      files["\(region)-volumes.json"] = "{\"Volumes\": [\(volumes.joined(separator: ","))]}"
    }
    let groups = Dictionary(grouping: machines.filter { $0.stopped == nil }, by: \.group).map { name, members in
      """
      {"AutoScalingGroupName": "\(name)", "MinSize": 1, "MaxSize": 40, "DesiredCapacity": \(members.count),
      "Instances": [\(members.map { "{\"InstanceId\": \"\($0.id)\"}" }.joined(separator: ","))]}
      """
    }
    files["groups.json"] = "{\"AutoScalingGroups\": [\(groups.sorted().joined(separator: ","))]}"
    return files
  }

  private func text(of machine: Machine) -> String {
    let stopped = machine.stopped.map { "\($0)".replacing("T", with: " ").replacing("Z", with: " GMT") }
    let tags =
      ["{\"Key\": \"aws:autoscaling:groupName\", \"Value\": \"\(machine.group)\"}"]
      + (machine.team.map { ["{\"Key\": \"team\", \"Value\": \"\($0)\"}"] } ?? [])
    return """
      {"InstanceId": "\(machine.id)", "InstanceType": "\(machine.type)", "LaunchTime": "\(machine.started)",
      "Placement": {"AvailabilityZone": "\(machine.zone)", "Tenancy": "default"},
      "State": {"Name": "\(machine.stopped == nil ? "running" : machine.id.hasSuffix("0") ? "terminated" : "stopped")"},
      "StateTransitionReason": "\(stopped.map { "User initiated (\($0))" } ?? "")", "PlatformDetails": "Linux/UNIX",
      "Tags": [\(tags.joined(separator: ","))]}
      """
  }

  /// What a machine's time in October cost, in nano-dollars × 3600, unrounded.
  func cost(_ machine: Machine) -> Int128 {
    let end = min(machine.stopped ?? Self.october.end, Self.october.end)
    let seconds = max(0, end.seconds - max(machine.started, Self.october.start).seconds)
    return Int128(seconds) * Int128(Self.hourly[machine.region]?[machine.type] ?? 0)
  }
}
