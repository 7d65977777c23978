import Advice
import Analysis
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

@Suite("Instances that are judged one by one")
struct SingleInstancesTests {
  /// `idle` on m5.xlarge with 5 % CPU, `busy` on m5.large with 75 %; 20 % memory.
  private func month() -> TinyMonth {
    var month = TinyMonth(count: 0)
    month.service = tinyService("app", ["m5.large", "m5.xlarge"]) { $0.approach = .single }
    month.runs = [run("busy", of: "app", "m5.large", october), run("idle", of: "app", "m5.xlarge", october)]
    let grid = SampleGrid(period: october)
    for (resource, cpu) in [("busy", 75), ("idle", 5)] as [(String, Int64)] {
      month.series.append(samples("app", resource, .cpuPercent, on: grid) { _ in cpu })
      month.series.append(samples("app", resource, .memoryPercent, on: grid) { _ in 20 })
    }
    return month
  }

  @Test("Each has a verdict of its own, its own use alone counts, and its own type alone changes")
  func verdicts() throws {
    let sizes = try month().review().verdicts.filter { $0.step == .rightsize }
    #expect(sizes.map(\.id) == ["rightsize-app/busy", "rightsize-app/idle"])
    #expect(sizes.map(\.outcome) == [.kept, .recommended])
    // m5.xlarge to m5.large: (0.192 - 0.096) x 744 hours = 71.424.
    #expect(sizes[1].saving == usd("71.424"))
    #expect(sizes[1].changes.map(\.change.optionText) == ["app/idle=m5.large"])
  }

  @Test("A what-if of one instance changes that one, and an unknown one is named with what there is")
  func whatIf() throws {
    let study = try month().study()
    let change = try #require(Resize(optionText: "app/idle=m5.large"))
    let outcome = try study.outcome(Scenario([Change(change)]))
    // Both on m5.large: 2 x 744 x 0.096 = 142.848.
    #expect(outcome.bill.total == usd("142.848"))
    let error = failure { () throws(DataError) in
      _ = try study.outcome(Scenario([Change(Resize(service: "app", resource: "idel", type: "m5.large"))]))
    }
    #expect(error?.expected.description == "one of busy, idle; did you mean \"idle\"?")
  }

  /// `hot` and `cool`, both t3.medium, at 60 % and 5 % of their two vCPUs.
  private func burstable() -> TinyMonth {
    var month = TinyMonth(count: 0)
    month.service = tinyService("app", ["t3.medium", "t3.large"]) { $0.approach = .single }
    month.runs = [run("cool", of: "app", "t3.medium", october), run("hot", of: "app", "t3.medium", october)]
    let grid = SampleGrid(period: october)
    for (resource, cpu) in [("cool", 5), ("hot", 60)] as [(String, Int64)] {
      month.series.append(samples("app", resource, .cpuPercent, on: grid) { _ in cpu })
    }
    return month
  }

  @Test("Surplus credits of a what-if are those of each instance's own samples, as the bill's are")
  func credits() throws {
    let study = try burstable().study()
    func surplus(_ change: String) throws -> Money {
      let outcome = try study.outcome(Scenario([Change(try #require(Resize(optionText: change)))]))
      return outcome.bill.items.filter { $0.option == .surplusCredits }.reduce(.zero) { $0 + $1.cost }
    }
    // hot borrows 1.2 - 0.4 = 0.8 vCPU for 744 hours, all charged at the stop: 595.2 x 0.05. cool earns more than it uses.
    #expect(try surplus("app/cool=t3.large") == usd("29.76"))
    // On t3.large 1.2 - 0.6 = 0.6 vCPU: 446.4 x 0.05.
    #expect(try surplus("app/hot=t3.large") == usd("22.32"))
    #expect(try surplus("app/hot=m5.large") == .zero)
  }

  @Test("What a remark says of surplus credits is what the bill has")
  func remark() throws {
    var month = burstable()
    // Ten days of 60 %, then rest: 20 days of earnings pay back what is borrowed and not yet charged.
    let grid = SampleGrid(period: october)
    month.series.removeAll { $0.key.resource == "cool" }
    month.series.append(samples("app", "cool", .cpuPercent, on: grid) { $0 < 2880 ? 80 : 35 })
    let study = try month.study()
    let change = Change(Resize(service: "app", resource: "cool", type: "t3.large"))
    let before = try study.outcome(Scenario([Change(Resize(service: "app", resource: "cool", type: "m5.large"))]))
    let after = try study.outcome(Scenario([change]))
    func surplus(_ outcome: Outcome) -> Money {
      outcome.bill.items.filter { $0.option == .surplusCredits }.reduce(.zero) { $0 + $1.cost }
    }
    let told = after.notes.compactMap { note -> Money? in
      guard case .tooSmall(_, _, let shortfalls) = note else { return nil }
      return shortfalls.compactMap { if case .creditBaseline(_, _, let surplus) = $0 { surplus } else { nil } }.first
    }
    #expect(told == [surplus(after) - surplus(before)])
  }

  @Test("An instance without its service is named with it")
  func withoutService() throws {
    let study = try month().study()
    let error = failure { () throws(DataError) in
      _ = try study.outcome(Scenario([Change(Resize(service: "idle", type: "m5.large"))]))
    }
    #expect(error?.kind == .usage)
    #expect(
      error?.expected.description
        == "a service of the fleet, or an instance behind its service; did you mean app/idle?")
  }

  @Test("The capacity of a what-if has a row for each type, what changed beside what it was")
  func capacity() throws {
    let study = try month().study()
    let change = try #require(Resize(optionText: "app/idle=m5.2xlarge"))
    let answer = try WhatIfAnswer(study, Scenario([Change(change)]), before: try study.outcome(Scenario()))
    #expect(answer.capacity.map { $0.before?.type } == ["m5.large", "m5.xlarge"])
    #expect(answer.capacity.map { $0.after?.type } == ["m5.large", "m5.2xlarge"])
    #expect(answer.capacity.allSatisfy { $0.before?.most == 1 && $0.after?.most == 1 })
  }

  @Test("Instances of other sizes of a family are bought for together, in units of the smallest")
  func otherSizes() throws {
    // On the list alone: idle moves to m5.large, then both run it; without advice on sizes the two stay apart.
    var month = month()
    month.service.instanceTypes = ["m5.large"]
    month.series = month.series.map { series in
      series.key.resource == "idle" && series.key.metric == .cpuPercent
        ? samples("app", "idle", .cpuPercent, on: SampleGrid(period: october)) { _ in 70 } : series
    }
    let mix = try #require(try month.review().verdicts.first { $0.step == .mix })
    // Both ran 744 hours, the m5.xlarge as two of m5.large: none is left unjudged.
    #expect(mix.subject == .pool("m5", services: ["app"]))
    #expect(
      mix.evidence.figures.contains(
        .purchase(.poolOf(services: [ServiceHours("app", seconds: 3 * october.seconds)], unit: "m5.large"))))
  }

  @Test("The order of instances changes no verdict")
  func order() throws {
    var reversed = month()
    reversed.runs.reverse()
    let (one, other) = (try month().review(), try reversed.review())
    #expect(one.verdicts.map(\.id).sorted() == other.verdicts.map(\.id).sorted())
    #expect(one.saving == other.saving)
  }
}
