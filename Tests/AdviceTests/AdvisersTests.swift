import Foundation
import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

@Suite struct AdvisersTests {
  @Test("Every file that declares an adviser has its line in the list")
  func complete() throws {
    let declared = try swiftFiles(under: "Sources/Advice").filter { path in
      let file = packageFolder.appendingPathComponent("Sources/Advice/\(path)")
      return try String(contentsOf: file, encoding: .utf8).contains(
        /(struct|class|enum|actor) \w+: (Service|Account)Adviser\b/)
    }
    #expect(declared.count == advisers.count, "\(declared)")
    // One folder each.
    #expect(Set(declared.map { $0.split(separator: "/")[0] }).count == advisers.count)
  }

  @Test("Advisers stand in the order of the steps, one for each")
  func order() { #expect(advisers.map(\.step) == AdviceStep.allCases) }

  /// Purchases are judged by pool, and where nothing runs there is none.
  @Test(
    "Every adviser of services answers for one of which nothing is known",
    arguments: AdviceStep.allCases.filter { $0 != .mix })
  func verdictAlways(step: AdviceStep) throws {
    let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
    let adviser = try #require(advisers.first { $0.step == step })
    let none = try TinyStudy(tinyService("app", ["m5.large"]), count: 0, "m5.large", on: grid).advice(adviser)
    #expect(none.verdict.outcome == .refused)
    #expect(none.verdict.conclusion == .notJudged && none.verdict.reason == .nothingRan)
    #expect(none.verdict.changes.isEmpty)
    #expect(none.verdict.id == "\(step.rawValue)-app")
  }

  @Test("Coverage that does not carry a judgement says which of its rules it misses")
  func shortfalls() throws {
    let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
    let context = try TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid).context()
    func lack(_ seen: Int, _ expected: Int) -> CoverageShortfall.Lack? {
      let shortfall = context.shortfall(Coverage(seen: seen, expected: expected), of: .load)
      #expect(shortfall?.subject ?? .load == .load)
      return shortfall?.lack
    }
    #expect(lack(0, 672) == .unmeasured)
    #expect(lack(29, 29) == .hours(29, required: 30, lastDays: nil))
    // 537 / 672 = 79.91 %.
    #expect(lack(537, 672) == .share(Coverage(seen: 537, expected: 672), requiredPercent: 80))
    // 538 / 672 = 80.06 %.
    #expect(lack(538, 672) == nil)
  }
}
