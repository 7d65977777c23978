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
      return try String(contentsOf: file, encoding: .utf8).contains(/(struct|class|enum|actor) \w+: Adviser\b/)
    }
    #expect(declared.count == advisers.count, "\(declared)")
    // One folder each.
    #expect(Set(declared.map { $0.split(separator: "/")[0] }).count == advisers.count)
  }

  @Test("Advisers stand in the order of the steps, one for each")
  func order() { #expect(advisers.map(\.step) == AdviceStep.allCases) }

  @Test("Every adviser answers for a service of which nothing is known", arguments: AdviceStep.allCases)
  func verdictAlways(step: AdviceStep) throws {
    let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
    let adviser = try #require(advisers.first { $0.step == step })
    let none = try TinyStudy(tinyService("app", ["m5.large"]), count: 0, "m5.large", on: grid).advice(adviser)
    #expect(none.verdict.outcome == .refused)
    #expect(!none.verdict.reason.isEmpty)
    #expect(none.verdict.changes.isEmpty)
    #expect(none.verdict.id == "\(step.rawValue)-app")
  }

  @Test("Coverage that does not carry a judgement says which of its rules it misses")
  func shortfalls() throws {
    let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
    let context = try TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid).context()
    #expect(context.shortfall(Coverage(seen: 0, expected: 672), of: "CPU") == "CPU is not measured")
    #expect(
      context.shortfall(Coverage(seen: 29, expected: 29), of: "CPU") == "CPU has 29 hours of samples, 30 are required")
    // 537 / 672 = 79.91 %.
    #expect(context.shortfall(Coverage(seen: 537, expected: 672), of: "CPU") == "CPU covers 79.9 %, 80 % is required")
    // 538 / 672 = 80.06 %.
    #expect(context.shortfall(Coverage(seen: 538, expected: 672), of: "CPU") == nil)
  }
}
