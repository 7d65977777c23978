import Clouds
import Export
import Foundation
import Model
import TestSupport
import Testing

/// Recommendations as commands of AWS's, run by a shell with a program in place of `aws` that writes down its words.
@Suite struct CommandScriptTests {
  private static func service(_ name: String, _ approach: ScalingApproach = .single) -> Service {
    var service = Service()
    (service.name, service.statedApproach, service.engine) = (name, approach, "linux")
    (service.minimum, service.maximum) = (2, 8)
    return service
  }

  private static func run(_ service: String, _ resource: String, _ type: String) -> InstanceRun {
    InstanceRun(
      service: service, resource: resource, type: type, zone: "eu-west-1b", lifecycle: .onDemand,
      started: instant("2026-09-01T00:00:00Z"), stopped: nil)
  }

  private func target(_ service: Service, _ runs: [InstanceRun] = []) -> ChangeTarget {
    ChangeTarget(id: "advice", service: service, runs: runs, region: "us-east-1")
  }

  private func commands(_ change: some PlanChange, _ target: ChangeTarget) throws -> ChangeCommands {
    try AWS().commands(for: Change(change), on: target)
  }

  private func script(_ commands: ChangeCommands) -> String {
    let step = CommandScript.Step(id: "advice", words: ["what it does"], commands: commands)
    return String(decoding: CommandScript(origin: "From a test", steps: [step], leftOut: []).render(), as: UTF8.self)
  }

  /// The words of each call that a script makes, without `aws`.
  ///
  /// The program in place of `aws` says `m5.large` of a machine, no group of an instance, `lt-1` of a template, `7` of a
  /// version, and of offerings those that it is told.
  private func calls(
    _ script: String, _ words: [String], offerings: String = "offer-1", environment: [String: String] = [:]
  ) throws -> (calls: [[String]], status: Int32) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("script-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (log, aws) = (folder.appendingPathComponent("log"), folder.appendingPathComponent("aws"))
    try Data().write(to: log)
    try """
    #!/bin/sh
    for word in "$@"; do printf '%s\\001' "$word" >> '\(log.path)'; done
    printf '\\002' >> '\(log.path)'
    case "$*" in
    *create-launch-template-version*) echo 7 ;;
    *offerings*) echo '\(offerings)' ;;
    *describe-auto-scaling-instances*) echo None ;;
    *Overrides*) echo None ;;
    *.LaunchTemplateId*) echo lt-1 ;;
    *.Version*) echo 6 ;;
    *get-caller-identity*) echo 111122223333 ;;
    *State.Name\\ !=*) echo i-0fee ;;
    *InstanceType*) echo m5.large ;;
    esac
    """.write(to: aws, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: aws.path)
    let file = folder.appendingPathComponent("change.sh")
    try script.write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [file.path] + words
    process.environment = ["PATH": "\(folder.path):/usr/bin:/bin"].merging(environment) { $1 }
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    process.waitUntilExit()
    let written = try String(contentsOf: log, encoding: .utf8)
    return (
      written.split(separator: "\u{2}").map { $0.split(separator: "\u{1}").map(String.init) }, process.terminationStatus
    )
  }

  private func operations(_ calls: [[String]]) -> [String] { calls.map { $0.prefix(2).joined(separator: " ") } }

  @Test("A machine is stopped, changed and started, in its own region; the way back is to the type that it has")
  func machine() throws {
    let commands = try commands(
      Resize(service: "shop", type: "m5.xlarge"),
      target(Self.service("shop"), [Self.run("shop", "i-0123456789abcdef0", "m5.large")]))
    let text = script(commands)
    let made = try calls(text, ["make"])
    #expect(
      operations(made.calls) == [
        "ec2 describe-instances", "ec2 stop-instances", "ec2 wait", "ec2 modify-instance-attribute",
        "ec2 start-instances", "ec2 wait",
      ])
    let expected = [
      "ec2", "modify-instance-attribute", "--region", "eu-west-1", "--instance-id", "i-0123456789abcdef0",
      "--instance-type", "Value=m5.xlarge",
    ]
    #expect(made.calls.count == 6 && made.calls[3] == expected && made.status == 0)
    // It is an m5.large already, so that nothing is left to take back.
    #expect(operations(try calls(text, ["back"]).calls) == ["ec2 describe-instances"])
    let looked = try calls(text, [])
    #expect(operations(looked.calls) == ["ec2 describe-instances", "ec2 describe-instance-type-offerings"])
    for words in [["remove"], ["make", "2"], ["make", "x"], ["back", ""], ["make", "1", "1"]] {
      let refused = try calls(text, words)
      #expect(refused.status == 64 && refused.calls.isEmpty, "\(words)")
    }
    #expect(try calls(text, ["make", "1"]).status == 0)
  }

  @Test("A machine that is known by a name is looked for by its tag, whose stars and question marks mean themselves")
  func named() throws {
    let name = "it's \"a\" $(touch x) `b` *?\\"
    let commands = try commands(
      Resize(service: "shop", type: "m5.xlarge"), target(Self.service("shop"), [Self.run("shop", name, "m5.large")]))
    let found = try #require(try calls(script(commands), ["make"]).calls.first)
    let filter = try #require(found.firstIndex(of: "--filters").map { found[$0 + 1] })
    let read = try #require(try JSONSerialization.jsonObject(with: Data(filter.utf8)) as? [[String: Any]])
    #expect(read.first?["Values"] as? [String] == ["it's \"a\" $(touch x) `b` \\*\\?\\\\"])
  }

  @Test("A group gets a version of its launch template and new instances; its name is one word, whatever it is")
  func group() throws {
    let name = "-x'; echo \"$HOME\" #"
    let commands = try commands(
      Resize(service: name, type: "m6i.large"),
      target(Self.service(name, .group), [Self.run(name, "i-0123456789abcdef0", "m5.large")]))
    let made = try calls(script(commands), ["make"])
    #expect(made.status == 0)
    let version = try #require(made.calls.first { $0.contains("create-launch-template-version") })
    #expect(version.suffix(6).prefix(2) == ["--launch-template-data", "{\"InstanceType\": \"m6i.large\"}"])
    let update = [
      "autoscaling", "update-auto-scaling-group", "--region", "eu-west-1", "--auto-scaling-group-name=\(name)",
      "--launch-template", "LaunchTemplateId=lt-1,Version=7",
    ]
    #expect(made.calls.contains(update) && made.calls.last?[1] == "start-instance-refresh")
  }

  @Test("A name that the command line would read as a file is left to its owner")
  func files() {
    for name in ["file:///etc/passwd", "FILEB://x", "https://example.com/"] {
      let target = target(Self.service(name, .group))
      let error = failure { () throws(DataError) in
        _ = try AWS().commands(for: Change(FixedCount(service: name, count: 3)), on: target)
      }
      #expect(error?.found == "the name \"\(name)\"")
    }
  }

  @Test("A group that its instances' tag names is called so, and counts of two groups are not divided")
  func tagged() throws {
    func run(_ group: String) -> InstanceRun {
      var run = Self.run("web", "i-0\(group)", "m5.large")
      run.tags = [ResourceTag("aws:autoscaling:groupName", group)]
      return run
    }
    let service = Self.service("web", .group)
    let made = try calls(
      script(try commands(FixedCount(service: "web", count: 3), target(service, [run("a"), run("a")]))), ["make"])
    let expected = [
      "autoscaling", "update-auto-scaling-group", "--region", "eu-west-1", "--auto-scaling-group-name", "a",
      "--min-size", "3", "--desired-capacity", "3", "--max-size", "3",
    ]
    #expect(made.calls.first == expected)
    let two = target(service, [run("a"), run("b")])
    #expect(throws: DataError.self) { try commands(MinimumCount(service: "web", count: 3), two) }
    // A type is the same for both.
    #expect(try commands(Resize(service: "web", type: "m5.xlarge"), two).make.count == 2)
  }

  private static let reserved = InstanceKind(region: "us-east-1", type: "m5.xlarge", engine: "linux")

  @Test("A purchase is made where it is meant, of the one offering that is found, and cannot be taken back")
  func purchase() throws {
    var target = ChangeTarget(id: "mix-m5", region: "us-east-1", reserved: Self.reserved)
    target.signed = SignedCommitment(
      upfront: .zero, hourly: usd("0.363"), effectiveHourly: usd("0.363"),
      lastDay: CivilDate("2027-10-31")!, family: "m5")
    let text = script(try commands(Reserve(3, .standardOneYearNoUpfront, of: Self.reserved), target))
    // 0.363 USD in each of 8,760 hours.
    #expect(text.contains("it commits to 3179.88 USD until 2027-10-31"))
    let unmeant = try calls(text, ["make"])
    #expect(unmeant.calls.isEmpty && unmeant.status == 0)
    let made = try calls(text, ["make"], environment: ["BUY": "yes"])
    #expect(
      made.calls.last == [
        "ec2", "purchase-reserved-instances-offering", "--region", "us-east-1", "--reserved-instances-offering-id",
        "offer-1", "--instance-count", "3",
      ])
    for offerings in ["", "None", "a\tb"] {
      let made = try calls(text, ["make"], offerings: offerings, environment: ["BUY": "yes"])
      #expect(made.calls.count == 1 && made.status == 69, "\(offerings)")
    }
    #expect(try calls(text, ["back"]).calls.isEmpty)
  }

  @Test("Cache nodes, databases and savings plans are bought by their own commands")
  func otherPurchases() throws {
    func bought(_ change: some PlanChange, _ kind: InstanceKind?) throws -> [String] {
      let target = ChangeTarget(id: "mix", region: "us-east-1", reserved: kind)
      let made = try calls(script(try commands(change, target)), ["make"], environment: ["BUY": "yes"])
      return made.calls.map { $0.filter { $0 != "--output" && $0 != "text" }.joined(separator: " ") }
    }
    let cache = InstanceKind(region: "us-east-1", type: "cache.m5.large", engine: "redis")
    let nodes = try bought(Reserve(2, .standardOneYearNoUpfront, of: cache), cache)
    #expect(
      nodes[0].contains("describe-reserved-cache-nodes-offerings --region us-east-1 --cache-node-type cache.m5.large"))
    #expect(nodes[1].hasSuffix("--reserved-cache-nodes-offering-id offer-1 --cache-node-count 2"))
    let database = InstanceKind(region: "us-east-1", type: "db.m5.large", engine: "postgresql")
    let bases = try bought(Reserve(1, .standardOneYearNoUpfront, of: database), database)
    #expect(bases[0].contains("--product-description postgresql --no-multi-az --duration 31536000"))
    #expect(bases[1].hasSuffix("--reserved-db-instances-offering-id offer-1 --db-instance-count 1"))
    let term = try #require(SavingsPlanTerm("ec2-instance-savings-plan-3yr-all-upfront"))
    let plan = try bought(CommitSavingsPlan(term: term, hourly: usd("0.15"), family: "m5"), nil)
    #expect(
      plan[0].contains(
        "--durations 94608000 --currencies USD --filters name=region,values=us-east-1 name=instanceFamily"))
    #expect(plan[1].hasSuffix("--savings-plan-offering-id offer-1 --commitment 0.15"))
  }

  @Test("What runs in an account is changed with that account's credentials alone")
  func account() throws {
    var run = Self.run("shop", "i-0123456789abcdef0", "m5.large")
    run.account = "444455556666"
    let change = StopInstance(service: "shop", resource: run.resource)
    let other = try calls(script(try commands(change, target(Self.service("shop"), [run]))), ["make"])
    #expect(operations(other.calls) == ["sts get-caller-identity"] && other.status == 65)
    run.account = "111122223333"
    let own = try calls(script(try commands(change, target(Self.service("shop"), [run]))), ["make"])
    #expect(
      operations(own.calls) == [
        "sts get-caller-identity", "autoscaling describe-auto-scaling-instances", "ec2 stop-instances",
      ])
  }

  @Test("Spot is a share of a mixed instances policy over the types of the service")
  func spot() throws {
    var service = Self.service("work", .group)
    service.instanceTypes = ["c5.large", "c5.xlarge"]
    let text = script(try commands(SpotShare(service: "work", maximumPercent: 40), target(service)))
    func policy(_ word: String) throws -> [String: Any] {
      let call = try #require(try calls(text, [word]).calls.last?.last)
      return try #require(try JSONSerialization.jsonObject(with: Data(call.utf8)) as? [String: Any])
    }
    let made = try policy("make")
    let distribution = try #require(made["InstancesDistribution"] as? [String: Any])
    #expect(distribution["OnDemandPercentageAboveBaseCapacity"] as? Int == 60)
    let template = try #require(made["LaunchTemplate"] as? [String: Any])
    #expect((template["Overrides"] as? [[String: String]])?.map(\.["InstanceType"]) == ["c5.large", "c5.xlarge"])
    let back = try #require(try policy("back")["InstancesDistribution"] as? [String: Any])
    #expect(back["OnDemandPercentageAboveBaseCapacity"] as? Int == 100)
  }

  @Test("Machines that sleep get a schedule for each time, whose input is JSON within JSON")
  func sleep() throws {
    let id = "i-0123456789abcdef0"
    let zone = "America/New_York"
    let change = SleepTimes(
      service: "lab",
      actions: [
        SleepAction(recurrence: "0 9 * * MON-FRI", timezone: zone, starts: true),
        SleepAction(recurrence: "0 17 * * *", timezone: zone, starts: false),
      ])
    let text = script(try commands(change, target(Self.service("lab"), [Self.run("lab", id, "m5.large")])))
    #expect(try calls(text, ["make"]).calls.isEmpty)
    let made = try calls(text, ["make"], environment: ["SCHEDULER_ROLE_ARN": "arn:aws:iam::1:role/r"]).calls
    #expect(made.count == 2 && made.allSatisfy { $0.count > 8 && $0[6] == "--schedule-expression" })
    #expect(made.map { $0[7] } == ["cron(0 9 ? * MON-FRI *)", "cron(0 17 * * ? *)"])
    let target = try #require(made.last?.last)
    let read = try #require(try JSONSerialization.jsonObject(with: Data(target.utf8)) as? [String: String])
    #expect(read["Arn"] == "arn:aws:scheduler:::aws-sdk:ec2:stopInstances")
    #expect(read["Input"] == "{\"InstanceIds\": [\"\(id)\"]}")
    #expect(try calls(text, ["back"]).calls.map { $0.last } == ["sleep-lab-1", "sleep-lab-2"])
  }

  @Test("A change that no command makes is said to be none")
  func none() {
    let error = failure { () throws(DataError) in
      _ = try AWS().commands(for: Change(PeakUsers(5000)), on: target(Self.service("shop")))
    }
    #expect(error?.expected == "a change of instances, their counts or how they are bought")
  }
}
