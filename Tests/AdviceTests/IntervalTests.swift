import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// The same load measured at one interval or another.
@Suite struct IntervalTests {
  private let week = SampleGrid(period: period("2026-10-01", "2026-10-08"))
  private let m5 = ["m5.large", "m5.xlarge", "m5.2xlarge"]

  @Test(
    "A week measured each second to each hour has the same verdict, that of means of an hour with low confidence",
    arguments: [ScalingApproach.cluster, .group], [30, 60, 300, 900, 3600] as [Int64])
  func verdicts(approach: ScalingApproach, step: Int64) throws {
    // By day 40 %, by night 10 % of 8 vCPU, each for whole hours: p99.5 is 3.2 / 0.8 = 4 vCPU, 30 % of 32 GiB / 0.8 = 12 GiB.
    let usual = try advice(approach, step: 300)
    #expect(usual.outcome == .recommended && usual.confidence == .high)
    let other = try advice(approach, step: step)
    #expect(other.conclusion == usual.conclusion && other.changes == usual.changes)
    #expect(other.move?.gain == usual.move?.gain)
    #expect(other.confidence == (step > 300 ? .low : .high))
    #expect(other.need(.cpu)?.amount == usual.need(.cpu)?.amount)
    #expect(
      other.sizeFigures.first == .cpuSamples(step > 300 ? .coarseMeans(stepSeconds: step) : .means(stepSeconds: step)))
    // Two instances for a week.
    #expect(other.evidence.coverage.expected == Int(2 * 7 * 86_400 / step))
    #expect(other.evidence.coverage.seen == other.evidence.coverage.expected)
    #expect(
      other.candidates.map(\.nodes?.risk.longestSeconds) == usual.candidates.map(\.nodes?.risk.longestSeconds))
    #expect(other.candidates.map(\.nodes?.risk.share) == usual.candidates.map(\.nodes?.risk.share))
  }

  @Test("Instances that are measured at different intervals count the same")
  func mixed() throws {
    // One at 10 %, one at 40 % of 8 vCPU: of all samples of equal time half are at 40, so that p99.5 is 40 however often.
    var study = TinyStudy(tinyService("app", m5), count: 2, "m5.2xlarge", on: week)
    for (index, step) in [Int64(60), 3600].enumerated() {
      for metric in [Metric.cpuPercent, .memoryPercent] {
        study.measure(metric, "app-\(index + 1)", every: step) { _ in index == 0 ? 10 : 40 }
      }
    }
    let context = try study.context()
    let load = try context.load(of: study.service)
    // 0.8 + 3.2 vCPU in every slot of five minutes.
    #expect(load.meanVcpu.allSatisfy { $0 == 4 })
    let need = try SizeNeed(study.service, current: "m5.2xlarge", context)
    #expect(abs(need.meanVcpu - 2) < 1e-9)
  }

  @Test("Half of the minutes are half of the samples, and hours of samples are hours")
  func coverage() throws {
    var study = TinyStudy(tinyService("app", m5) { $0.approach = .cluster }, count: 1, "m5.2xlarge", on: week)
    for metric in [Metric.cpuPercent, .memoryPercent] {
      // Two minutes of four: a minute apart as often as three.
      study.measure(metric, "app-1", every: 60) { $0 % 240 < 120 || $0 < 3600 ? 10 : nil }
    }
    guard case .shortfall(let shortfall) = try study.advice(RightSizing()).verdict.reason,
      case .share(let coverage, 80) = shortfall.lack
    else {
      Issue.record("a service of which half was seen is judged")
      return
    }
    #expect(coverage.expected == 7 * 1440 && (500...505).contains(coverage.permille))
  }

  @Test("Samples a day apart are refused, and that is the reason")
  func tooCoarse() throws {
    let month = SampleGrid(period: october)
    var study = TinyStudy(tinyService("app", m5) { $0.approach = .cluster }, count: 1, "m5.2xlarge", on: month)
    study.measure(.cpuPercent, "app-1", every: 86_400) { _ in 10 }
    #expect(
      try study.advice(RightSizing()).verdict.reason
        == .shortfall(CoverageShortfall(.cpu, .tooCoarse(stepSeconds: 86_400, longest: 3600))))
  }

  @Test("Credits are those of the load, minute by minute: within the baseline none are missing", arguments: [0, 2])
  func credits(high: Int64) throws {
    // 80 % in one minute of five, else 2: 17.6 % of 2 vCPU are 0.352, below the 0.4 that a t3.medium earns.
    var study = TinyStudy(
      tinyService("app", ["t3.medium", "t3.large"]) { $0.approach = .cluster }, count: 1, "t3.large", on: week)
    study.fleet = { $0.review.percentile = decimal("75") }
    study.measure(.cpuPercent, "app-1", every: 60) { $0 / 60 % 5 == high ? 80 : 2 }
    study.measure(.memoryPercent, "app-1", every: 60) { _ in 10 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("t3.large", to: "t3.medium"))
    #expect(verdict.candidates.allSatisfy { $0.nodes?.surplus == .zero })
    #expect(verdict.sizeFigures.first == .cpuSamples(.means(stepSeconds: 60)))
    // And in the bill.
    let bill = try study.context().engine.bill(study.plan, over: week.period)
    #expect(bill.items.map(\.option) == [.onDemand])
  }

  private func advice(_ approach: ScalingApproach, step: Int64) throws -> Verdict {
    var study = TinyStudy(tinyService("app", m5) { $0.approach = approach }, count: 2, "m5.2xlarge", on: week)
    for resource in ["app-1", "app-2"] {
      study.measure(.cpuPercent, resource, every: step) { (8..<20).contains($0 / 3600 % 24) ? 40 : 10 }
      study.measure(.memoryPercent, resource, every: step) { _ in 30 }
    }
    return try study.advice(RightSizing()).verdict
  }
}

extension TinyStudy {
  /// Adds a series of an instance at an interval.
  /// - Parameter value: by seconds from the start.
  fileprivate mutating func measure(
    _ metric: Metric, _ resource: String, every step: Int64, _ value: (Int64) -> Int64?
  ) {
    let own = SampleGrid(period: grid.period, stepSeconds: step)
    series.append(samples(service.name, resource, metric, on: own) { value(Int64($0) * step) })
  }
}
