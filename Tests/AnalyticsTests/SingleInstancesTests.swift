import Advice
import Analysis
import Analytics
import Model
import StudySupport
import TestSupport
import Testing

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

  @Test("The order of instances changes no verdict")
  func order() throws {
    var reversed = month()
    reversed.runs.reverse()
    let (one, other) = (try month().review(), try reversed.review())
    #expect(one.verdicts.map(\.id).sorted() == other.verdicts.map(\.id).sorted())
    #expect(one.saving == other.saving)
  }
}
