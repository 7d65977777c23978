import Export
import Foundation
import Model
import TestSupport
import Testing

/// What advice says, as other programs read it.
@Suite struct ExportFormatTests {
  private static let zone = "America/New_York"
  private static let night = [
    CapacityAction(recurrence: "0 1 * * *", timezone: zone, minimum: 2, desired: 2, maximum: 8),
    CapacityAction(recurrence: "55 9 * * *", timezone: zone, minimum: 4, desired: 4, maximum: 8),
  ]
  private static let floor = [
    CapacityAction(recurrence: "55 7 * * MON-FRI", timezone: zone, minimum: 4, desired: 4, maximum: 20),
    CapacityAction(recurrence: "15 8 * * MON-FRI", timezone: zone, minimum: 2, desired: 3, maximum: 20),
  ]
  private static let changes = ExportedChanges(
    fleet: "shop", origin: "Schedule of Shop",
    changes: [
      Change(ScheduledCapacity(service: "web-socket", actions: night)),
      Change(ScheduledCapacity(service: "worker", actions: floor)), Change(FixedCount(service: "api", count: 3)),
    ])

  private func text(_ name: String, _ changes: ExportedChanges = Self.changes) throws -> String {
    let format = try #require(exportFormats.first { $0.name == name })
    return String(decoding: format.render(changes), as: UTF8.self)
  }

  private func json(_ name: String, _ changes: ExportedChanges = Self.changes) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(try text(name, changes).utf8))
  }

  @Test("Every file that declares a format has its line in the list, and every format a name of its own")
  func complete() throws {
    let folder = packageFolder.appendingPathComponent("Sources/Export")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let declared = try files.filter { $0.pathExtension == "swift" }.filter {
      try String(contentsOf: $0, encoding: .utf8).contains(/struct \w+: ExportFormat\b/)
    }
    #expect(declared.count == exportFormats.count)
    #expect(Set(exportFormats.map(\.name)).count == exportFormats.count)
  }

  @Test("CloudFormation gets a resource for each action, of a group that is a parameter")
  func cloudFormation() throws {
    let template = try #require(try json("cloudformation") as? [String: Any])
    let resources = try #require(template["Resources"] as? [String: [String: Any]])
    #expect(resources.keys.sorted() == ["WebSocket1Action", "WebSocket2Action", "Worker1Action", "Worker2Action"])
    let first = try #require(resources["WebSocket1Action"])
    #expect(first["Type"] as? String == "AWS::AutoScaling::ScheduledAction")
    let properties = try #require(first["Properties"] as? [String: Any])
    #expect(properties["Recurrence"] as? String == "0 1 * * *" && properties["TimeZone"] as? String == Self.zone)
    #expect(["MinSize", "DesiredCapacity", "MaxSize"].map { properties[$0] as? Int } == [2, 2, 8])
    #expect(properties["AutoScalingGroupName"] as? [String: String] == ["Ref": "WebSocketGroup"])
    let parameters = try #require(template["Parameters"] as? [String: [String: String]])
    #expect(parameters["WebSocketGroup"]?["Default"] == "web-socket")
  }

  @Test("AWS's command line gets one input for each action")
  func commandLine() throws {
    let inputs = try #require(try json("aws-cli") as? [[String: Any]])
    #expect(
      inputs.map { $0["ScheduledActionName"] as? String } == ["web-socket-1", "web-socket-2", "worker-1", "worker-2"])
    #expect(inputs.map { $0["DesiredCapacity"] as? Int } == [2, 4, 4, 3])
    #expect(inputs.map { $0["MinSize"] as? Int } == [2, 4, 4, 2])
  }

  @Test("Terraform gets resources and variables, and says what it has no words for")
  func terraform() throws {
    let text = try text("terraform")
    #expect(text.contains("resource \"aws_autoscaling_schedule\" \"web_socket_1\" {"))
    #expect(text.contains("autoscaling_group_name = var.web_socket_group"))
    #expect(text.contains("recurrence             = \"55 7 * * MON-FRI\""))
    #expect(text.contains("# Not written here: 3 instances of api all month"))
  }

  @Test("A crontab has its days as numbers, and its zone before its entries")
  func crontab() throws {
    let lines = try text("crontab").split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.first == "CRON_TZ=America/New_York")
    let last =
      "15 8 * * 1-5 aws autoscaling update-auto-scaling-group --auto-scaling-group-name worker --min-size 2 --max-size 20 "
      + "--desired-capacity 3"
    #expect(lines.last.map(String.init) == last)
  }

  @Test("KEDA gets a window for each stretch above the lowest minimum, over midnight too")
  func keda() throws {
    let text = try text("keda")
    #expect(text.contains("minReplicaCount: 2\n  maxReplicaCount: 8\n"))
    #expect(text.contains("start: \"55 9 * * *\"\n        end: \"0 1 * * *\"\n        desiredReplicas: \"4\""))
    #expect(text.contains("start: \"55 7 * * 1,2,3,4,5\"\n        end: \"15 8 * * 1,2,3,4,5\""))
  }

  private static let asleep = ExportedChanges(
    fleet: "shop", origin: "Schedule of Shop",
    changes: [
      Change(
        SleepTimes(
          service: "test", resource: "i-0123456789abcdef0",
          actions: [
            SleepAction(recurrence: "55 8 * * MON-FRI", timezone: zone, starts: true),
            SleepAction(recurrence: "0 1 * * TUE-SAT", timezone: zone, starts: false),
          ]))
    ])

  @Test("EventBridge gets a schedule for each stop and start, in its six fields, for instances that are a parameter")
  func eventBridge() throws {
    let template = try #require(try json("eventbridge", Self.asleep) as? [String: Any])
    let resources = try #require(template["Resources"] as? [String: [String: Any]])
    let properties = resources.sorted { $0.key < $1.key }.compactMap { $0.value["Properties"] as? [String: Any] }
    #expect(
      properties.map { $0["ScheduleExpression"] as? String } == [
        "cron(55 8 ? * MON-FRI *)", "cron(0 1 ? * TUE-SAT *)",
      ])
    #expect(properties.allSatisfy { $0["ScheduleExpressionTimezone"] as? String == Self.zone })
    let parameters = try #require(template["Parameters"] as? [String: [String: String]])
    #expect(parameters["TestI0123456789abcdef0Instances"]?["Default"] == "i-0123456789abcdef0")
  }

  @Test("Instance Scheduler gets the times awake as periods within days, those over midnight in two")
  func instanceScheduler() throws {
    let file = try #require(try json("instance-scheduler", Self.asleep) as? [String: [[String: Any]]])
    let periods = try #require(file["periods"])
    #expect(periods.map { $0["begintime"] as? String } == ["08:55", nil])
    #expect(periods.map { $0["endtime"] as? String } == [nil, "01:00"])
    #expect(
      periods.map { $0["weekdays"] as? [String] } == [
        ["mon", "tue", "wed", "thu", "fri"], ["tue", "wed", "thu", "fri", "sat"],
      ])
    #expect(file["schedules"]?.first?["timezone"] as? String == Self.zone)
  }

  @Test("Names that come to the same stay apart, and no name ends a string, a comment or a line")
  func names() throws {
    let names = ["a-b", "a_b", "9", "x\"${y}\n#'%"]
    let changes = ExportedChanges(
      fleet: "shop", origin: "one\ntwo",
      changes: names.map { Change(ScheduledCapacity(service: $0, actions: Self.night)) })
    let template = try #require(try json("cloudformation", changes) as? [String: Any])
    #expect((template["Resources"] as? [String: Any])?.count == 8)
    #expect((template["Parameters"] as? [String: Any])?.count == 4)
    #expect(try (json("aws-cli", changes) as? [Any])?.count == 8)
    let terraform = try text("terraform", changes)
    #expect(terraform.hasPrefix("# one two\n") && terraform.contains("x\\\"$${y}\\n#'%"))
    #expect(try text("crontab", changes).split(separator: "\n").count { $0.hasPrefix("0 1 ") } == 4)
    #expect(try text("crontab", changes).contains("'x\"${y} #'\\''\\%'"))
  }

  @Test(
    "Read by another reader of cron, entries open and close at their local time around both changes of the clock",
    arguments: ["2026-03-08", "2026-11-01", "2026-06-15"])
  func bothSundays(day: String) throws {
    let inputs = try #require(try json("aws-cli") as? [[String: Any]])
    let midnight = try Date("\(day)T00:00:00Z", strategy: .iso8601)
    for input in inputs {
      let recurrence = try #require(input["Recurrence"] as? String)
      let reader = try #require(CronReader(recurrence, zone: Self.zone))
      let ours = try #require(CronSchedule(recurrence)).instants(
        in: Period(
          start: Instant(seconds: Int64(midnight.timeIntervalSince1970) - 172_800),
          end: Instant(seconds: Int64(midnight.timeIntervalSince1970) + 259_200)),
        on: LocalClock(identifier: Self.zone)!, most: 100)
      let strikes = reader.strikes(from: midnight - 172_800, to: midnight + 259_200)
      #expect(strikes.map { Int64($0.timeIntervalSince1970) } == ours?.map(\.seconds))
      // On each of five days, or on the three weekdays among them.
      #expect(strikes.count == (recurrence.hasSuffix("*") ? 5 : 3))
    }
  }

  @Test("Between the entries' own strikes there is what the week says, on every hour around both changes of the clock")
  func levels() throws {
    // 01:00 to 09:55 local two, else four: in the night of the change too, an hour longer or shorter.
    for (day, hours) in [("2026-03-08", 7.0 + 55.0 / 60), ("2026-11-01", 9.0 + 55.0 / 60)] {
      let midnight = try Date("\(day)T00:00:00Z", strategy: .iso8601)
      let strikes = Self.night.flatMap { action in
        (CronReader(action.recurrence, zone: action.timezone)?.strikes(from: midnight, to: midnight + 86_400) ?? [])
          .map { ($0, action.desired) }
      }.sorted { $0.0 < $1.0 }
      #expect(strikes.map(\.1) == [2, 4])
      #expect(strikes[1].0.timeIntervalSince(strikes[0].0) == hours * 3600)
    }
  }
}
