import Foundation
import Model
import TestSupport
import Testing

/// What every kind of change keeps to, and what each kind reads.
@Suite struct ChangeTests {
  private static let kinds = changeKinds.map { $0.kind }

  private func kind(_ name: String) throws -> any PlanChange.Type {
    try #require(changeKinds.first { $0.kind == name })
  }

  @Test("Every file that declares a kind of change has its line in the list")
  func complete() throws {
    let declared = try swiftFiles(under: "Sources/Model/Change").filter { path in
      let file = packageFolder.appendingPathComponent("Sources/Model/Change/\(path)")
      return try String(contentsOf: file, encoding: .utf8).contains(
        /struct \w+: (PlanChange|DemandChange|ServiceCount)\b/)
    }
    #expect(declared.count == changeKinds.count, "\(declared)")
  }

  @Test("Kinds have names of their own, and those that share an option stand next to each other")
  func names() {
    #expect(Set(Self.kinds).count == changeKinds.count)
    let options = changeKinds.map { $0.option.name }
    let stretches = zip(options, options.dropFirst()).count { $0 != $1 } + 1
    #expect(Set(options).count == stretches)
  }

  @Test("A kind's example is read, and written again as it was", arguments: kinds)
  func example(name: String) throws {
    let kind = try kind(name)
    let read: (any PlanChange)? = kind.init(optionText: kind.option.example)
    let change = try #require(read)
    #expect(change.optionText == kind.option.example)
    #expect(change.fault == nil)
    #expect(!change.words.isEmpty)
  }

  @Test("A kind's example survives JSON: the same value, and the same bytes when written again", arguments: kinds)
  func json(name: String) throws {
    let kind = try kind(name)
    let example: (any PlanChange)? = kind.init(optionText: kind.option.example)
    guard let example else {
      Issue.record("no change: \(kind.option.example)")
      return
    }
    let change = Change(example)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let bytes = try encoder.encode([change])
    let read = try JSONDecoder().decode([Change].self, from: bytes)
    #expect(read == [change])
    #expect(try encoder.encode(read) == bytes)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"kind\":\"\(name)\""))
  }

  @Test("A text that is none of a kind is no change", arguments: kinds)
  func nonsense(name: String) throws {
    let kind = try kind(name)
    for text in ["", "=", "@", "a=", "=b", "a=b=c", ":", "/", "💥", "-", "a=b:c:d"] {
      let change: (any PlanChange)? = kind.init(optionText: text)
      #expect(change == nil || change?.fault != nil, "\(name) \(text)")
    }
  }

  @Test("A change of a kind that nobody knows is refused with the kinds there are")
  func unknownKind() {
    let text = Data("{\"kind\": \"paint\"}".utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Change.self, from: text) }
  }

  @Test("A figure out of range is refused in JSON as it is on the command line")
  func faults() {
    let text = Data("{\"kind\": \"peak-users\", \"users\": 0}".utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Change.self, from: text) }
  }

  @Test("A reservation is for a service or, with a type, for the account; where and what runs on it survive JSON")
  func reservations() throws {
    let text = "4@standard-1yr-no-upfront:m5.large"
    let account = try #require(Reserve(optionText: text))
    #expect(account.service == nil && account.count == 4 && account.type == "m5.large" && account.fault == nil)
    #expect(account.optionText == text && account.services == [])
    #expect(account.words == "4 more standard-1yr-no-upfront reservations of m5.large")
    // Without a service nothing says of which type, and neither does an empty one.
    for bad in ["4@standard-1yr-no-upfront", "4@standard-1yr-no-upfront:", "=4@standard-1yr-no-upfront:m5.large"] {
      #expect(Reserve(optionText: bad).map { $0.fault != nil } ?? true, "\(bad)")
    }
    let abroad = Change(
      Reserve(2, oneYear, of: InstanceKind(region: "eu-west-1", type: "m5.large", engine: "windows")))
    let bytes = try JSONEncoder().encode(abroad)
    #expect(try JSONDecoder().decode(Change.self, from: bytes) == abroad)
    let words = String(decoding: bytes, as: UTF8.self)
    #expect(words.contains("eu-west-1") && words.contains("windows") && !words.contains("service"))
  }

  @Test("A type change takes a number of nodes, or what autoscaling would run")
  func resizes() {
    #expect(Resize(optionText: "database=m5.large") == Resize(service: "database", type: "m5.large"))
    #expect(Resize(optionText: "cache=m5.large:4")?.count == .nodes(4))
    #expect(Resize(optionText: "api=t3.large:replayed")?.count == .replayed)
    #expect(Resize(optionText: "api=t3.large:many") == nil)
    #expect(Resize(optionText: "api=t3.large:0")?.fault != nil)
  }

  @Test(
    "A fault says what is wrong in particular: days that never come, too many actions, growth beyond a thousand times")
  func particularFaults() throws {
    let never = ScheduledCapacity(optionText: "web=0 0 30 2 * 2/2/8")
    #expect(never?.fault == "days that the months have: 0 0 30 2 * never comes")
    let many = "web=" + [String](repeating: "0 0 * * * 2/2/8", count: 126).joined(separator: ";")
    #expect(ScheduledCapacity(optionText: many)?.fault == "125 actions of a service at most")
    // 1.5 to the 60th is 3.7 × 10^10.
    let error = failure { () throws(DataError) in _ = try Scenario(options: [("growth", ["50%/month:60"])]) }
    #expect(
      error?.expected.description
        == "demand of a trillionth to a thousand times what it is; 50 % a month is beyond that after 60 months")
  }

  @Test("Zero is a count, and a thousand the most")
  func counts() {
    #expect(FixedCount(optionText: "api=0")?.fault == nil)
    #expect(FixedCount(optionText: "api=1000")?.fault == nil)
    #expect(FixedCount(optionText: "api=1001")?.fault != nil)
    #expect(FixedCount(optionText: "api=1.5") == nil)
  }

  @Test("An EC2 instance plan is bound to a family, a compute plan is not")
  func savingsPlans() {
    #expect(
      CommitSavingsPlan(optionText: "0.15@ec2-instance-savings-plan-1yr-no-upfront")?.fault == "a family, such as m5")
    #expect(CommitSavingsPlan(optionText: "0.15@compute-savings-plan-1yr-no-upfront:m5")?.fault == "no family")
    #expect(CommitSavingsPlan(optionText: "0.15@compute-savings-plan-1yr-no-upfront")?.fault == nil)
    #expect(CommitSavingsPlan(optionText: "-1@compute-savings-plan-1yr-no-upfront")?.fault != nil)
  }

  @Test("A week is read from the windows it is written as", arguments: UInt64(0)..<200)
  func weeks(seed: UInt64) throws {
    var random = SplitMix64(seed: Int(seed))
    let days = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      (0..<24).map { _ in Int.random(in: 0...2, using: &random) }
    }
    let hours = (0..<7).flatMap { _ in days[Int.random(in: 0..<days.count, using: &random)] }
    let week = WeekOfCapacity(hours: hours)
    #expect(WeekOfCapacity(week.description) == week)
    #expect(WeekOfCapacity(windows: week.windows, usual: week.usual) == week)
  }

  @Test(
    "Windows that are none are no week",
    arguments: [
      "", "else", "4", "Mon 00:00-25:00 1, else 2", "Mon 05:00-05:00 1, else 2", "Fri-Mon 01:00-02:00 1, else 2",
      "Mon 01:30-02:00 1, else 2", "Mon 01:00-02:00 -1, else 2", "Mon 01:00-02:00 1", "Foo 01:00-02:00 1, else 2",
      "Mon 01:00-02:00 1, else 100001",
    ])
  func noWeeks(text: String) { #expect(WeekOfCapacity(text) == nil) }

  @Test("An amount stands in JSON as an exact number")
  func money() throws {
    for text in ["5819.863084", "0.054", "-0.000000001", "9223372036.854775807", "12.00"] {
      let amount = try #require(Money(text))
      let bytes = try JSONEncoder().encode([amount])
      #expect(try JSONDecoder().decode([Money].self, from: bytes) == [amount], "\(text)")
      #expect(String(decoding: bytes, as: UTF8.self) == "[\(text == "12.00" ? "12" : text)]")
    }
  }
}
