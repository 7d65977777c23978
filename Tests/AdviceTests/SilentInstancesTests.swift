import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

@Suite struct SilentInstancesTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)

  @Test("An instance that falls silent while others report is stopped from then on, however little that saves")
  func silent() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 3, "m5.large", on: grid)
    let names = study.runs.map(\.resource)
    // The last one reports for its first 24 hours.
    for (index, name) in names.enumerated() {
      study.series.append(samples("app", name, .cpuPercent, on: grid) { index == 2 && $0 >= 24 ? nil : 20 })
    }
    let advice = try study.advice(SilentInstances())
    #expect(advice.verdict.outcome == .recommended)
    #expect(advice.isUnconditional)
    #expect(
      advice.verdict.changes == [
        Change(StopInstance(service: "app", resource: names[2], from: instant("2026-10-02")))
      ])
    #expect(advice.verdict.reason == .waste(.silent(since: [instant("2026-10-02")])))
    // Two days of three are paid for without a sample.
    let figure = SilentFigure(names[2], type: "m5.large", since: instant("2026-10-02"), seconds: 2 * 86_400)
    #expect(advice.verdict.evidence.figures == [.waste(.silent(figure))])
    let counts = runningCounts(try study.planAfter(advice).runs, on: grid)
    #expect(counts == (0..<72).map { $0 < 24 ? 3 : 2 })
  }

  @Test("An instance that was silent before it became another type is not stopped for what it did before")
  func resizedAfterSilence() throws {
    var study = TinyStudy(tinyService("app", ["m5.large", "m5.xlarge"]), count: 2, "m5.large", on: grid)
    let name = study.runs[1].resource
    // Silent in hours 12 to 24, then an m5.xlarge, which is silent from hour 60 on.
    study.runs[1].stopped = grid.instant(24)
    var later = study.runs[1]
    (later.type, later.started, later.stopped) = ("m5.xlarge", grid.instant(24), grid.period.end)
    study.runs.append(later)
    study.series = [
      samples("app", study.runs[0].resource, .cpuPercent, on: grid) { _ in 20 },
      samples("app", name, .cpuPercent, on: grid) { (12..<24).contains($0) || $0 >= 60 ? nil : 20 },
    ]
    let advice = try study.advice(SilentInstances())
    #expect(
      advice.verdict.changes == [Change(StopInstance(service: "app", resource: name, from: grid.instant(60)))])
    let counts = runningCounts(try study.planAfter(advice).runs, on: grid)
    #expect(counts == (0..<72).map { $0 < 60 ? 2 : 1 })
  }

  @Test("A gap of all makes no instance suspect, and one that reports is kept")
  func gap() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    study.measure(.cpuPercent) { $0 >= 60 ? nil : 20 }
    let verdict = try study.advice(SilentInstances()).verdict
    #expect(verdict.conclusion == .nothingToStop && verdict.reason == .waste(.allReport))
  }

  @Test("Without any sample nothing is judged")
  func unmeasured() throws {
    let study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    let verdict = try study.advice(SilentInstances()).verdict
    #expect(verdict.outcome == .refused && verdict.conclusion == .notJudged)
    #expect(verdict.reason == .shortfall(CoverageShortfall(.cpu, .unmeasured)))
  }
}
