import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// What cannot be throttled is judged by its peak, and what is not measured by what is.
@Suite struct MemoryPeakTests {
  private let m5 = ["m5.large", "m5.xlarge", "m5.2xlarge"]
  private let month = SampleGrid(period: october)

  @Test("A type with less memory than was ever used is not chosen")
  func highest() throws {
    // 26 of 8,928 samples are at 98.5 % of 16 GiB, 15.76; less than the 0.5 % that p99.5 passes over. 11 % / 0.8 = 2.2 GiB.
    let verdict = try peaking().advice(RightSizing()).verdict
    #expect(verdict.conclusion == .keep(CountedType("m5.xlarge")))
    #expect(verdict.tooSmall == [.capacity(.memory, offered: 8, needed: 15.76)])
    // What runs never ran short, and fits.
    #expect(verdict.candidate("m5.xlarge")?.shortfalls == [])
    let need = try #require(verdict.need(.memory))
    #expect(abs(need.used! - 1.76) < 1e-9 && abs(need.peak!.used - 15.76) < 1e-9 && need.amount == need.peak!.amount)
  }

  @Test("An owner who asks for a percentile of memory gets it, and is told for how long memory is short")
  func percentile() throws {
    var study = peaking()
    study.fleet = { $0.review.memoryPercentile = decimal("99.5") }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.xlarge", to: "m5.large"))
    // 26 intervals of five minutes, 13 in a row.
    #expect(
      verdict.move?.memoryShort?.exceededSeconds == 26 * 300 && verdict.move?.memoryShort?.longestSeconds == 13 * 300)
    study.fleet = { $0.review.memoryPercentile = decimal("99.8") }
    // Of 8,928 the 8,911th is one of the 26: 15.76 / 0.8 = 19.7 GiB.
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "m5.2xlarge"))
  }

  @Test("The highest counts however old it is")
  func old() throws {
    var study = peaking()
    study.fleet = { $0.review.halfLifeDays = 1 }
    #expect(try study.advice(RightSizing()).verdict.conclusion == .keep(CountedType("m5.xlarge")))
  }

  @Test("Of a cache that reserves memory the highest must fit what is left")
  func reserved() throws {
    var study = peaking()
    study.service.reservedMemoryPercent = 25
    // 15.76 / 0.75 = 21.01.
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "m5.2xlarge"))
  }

  @Test("Growth counts from the highest sample")
  func growth() throws {
    let study = peaking()
    let demand = Demand(factors: [.users: DemandFactor(11, 10)])
    let grown = try DemandGrowth(study.plan, to: demand, study.context())
    // 15.76 x 1.1 = 17.3 GiB.
    #expect(grown.plan.runs.map(\.type) == ["m5.2xlarge"])
  }

  @Test("Connections for each GiB are judged by the most there were, up to the limit itself")
  func connections() throws {
    var study = TinyStudy(vertical(m5), count: 1, "m5.xlarge", on: month)
    for metric in [Metric.cpuPercent, .memoryPercent] { study.measure(metric) { _ in 10 } }
    study.service.limits = [declaredLimit(.connections, 100, perGib: true)]
    study.service.thresholds = [threshold(.connections, "> 40% of max", "> 50% of max", "> 90% of max")]
    // 8 GiB allow 800, and 400 up to the trigger; once there were 900.
    study.series.append(samples("app", .connections, on: month) { $0 == 7 ? 900 : 300 })
    #expect(try study.advice(RightSizing()).verdict.conclusion == .keep(CountedType("m5.xlarge")))
    study.series[2].mantissas[7] = 790
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "m5.large"))
  }

  @Test("Replayed, a type that is short of memory for longer than what runs does not fit")
  func replay() throws {
    // By night 2 instances at 10 %, by day at 80 % of 8 GiB: 12.8 GiB at once. What runs carries it; of 4 GiB, filled to
    // 0.8 without load, two are left from the night and four are needed in the first interval of each day.
    var study = TinyStudy(tinyService("app", ["c5.large", "m5.large"]), count: 2, "m5.large", on: month)
    study.measure(.cpuPercent) { _ in 5 }
    study.measure(.memoryPercent) { (96..<240).contains($0 % 288) ? 80 : 10 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.conclusion == .keep(CountedType("m5.large")))
    let shortfalls = try #require(verdict.candidate("c5.large")?.shortfalls)
    #expect(shortfalls.contains { if case .memoryShort(let risk) = $0 { risk.exceeded == 31 } else { false } })
  }

  @Test("A memory of 0 is not measured; of half of the instances only theirs is a gap")
  func zero() throws {
    var study = TinyStudy(vertical(m5), count: 2, "m5.2xlarge", on: month)
    study.measure(.cpuPercent) { _ in 5 }
    study.measure(.memoryPercent) { _ in 0 }
    let verdict = try study.advice(RightSizing()).verdict
    guard case .doubt(let doubt)? = verdict.sizeReason else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(verdict.outcome == .kept && doubt.unknown == CoverageShortfall(.memory, .unmeasured))
    for index in study.series[3].mantissas.indices { study.series[3].mantissas[index] = 10 }
    #expect(try study.advice(RightSizing()).verdict.need(.memory)?.coverage == Coverage(seen: 8928, expected: 17_856))
  }

  @Test("Use beyond all of an instance is all of it")
  func saturated() throws {
    var study = TinyStudy(vertical(m5), count: 1, "m5.large", on: month)
    study.measure(.cpuPercent) { _ in 250 }
    study.measure(.memoryPercent) { _ in 10 }
    // 2 vCPU / 0.8 = 2.5.
    #expect(try study.advice(RightSizing()).verdict.moves("m5.large", to: "m5.xlarge"))
  }

  @Test("Where memory is not measured a type with no less of it is judged by CPU")
  func memoryUnknown() throws {
    var study = TinyStudy(vertical(["t3.large", "m5.large"]), count: 1, "m5.large", on: month)
    study.measure(.cpuPercent) { _ in 10 }
    #expect(try study.advice(RightSizing()).verdict.moves("m5.large", to: "t3.large", .otherFamily))
  }

  @Test("Where CPU is not measured, a limit of each instance sizes the service, on types with no fewer vCPUs")
  func limits() throws {
    for approach in [ScalingApproach.group, .cluster] {
      var study = TinyStudy(tinyService("app", m5) { $0.approach = approach }, count: 1, "m5.xlarge", on: month)
      study.service.limits = [declaredLimit(.requestsPerSecond, 1000, perInstance: true)]
      #expect(try study.advice(RightSizing()).verdict.outcome == .refused)
      study.series.append(samples("app", .requestsPerSecond, on: month) { _ in 700 })
      let verdict = try study.advice(RightSizing()).verdict
      #expect(verdict.outcome == .kept && verdict.confidence == .low)
      guard case .doubt(let doubt)? = verdict.sizeReason else {
        Issue.record("\(verdict.reason)")
        continue
      }
      #expect(doubt.size.type == "m5.large")
      // 700 / 0.8 = 875 of the 1,000 that one may carry.
      #expect(abs(try #require(verdict.need(.metric(.requestsPerSecond))?.amount) - 875) < 1e-9)
    }
    // Two do not carry it: 2,100 / 1,000.
    var study = TinyStudy(tinyService("app", m5), count: 3, "m5.xlarge", on: month)
    study.service.limits = [declaredLimit(.requestsPerSecond, 1000, perInstance: true)]
    study.series.append(samples("app", .requestsPerSecond, on: month) { _ in 2100 })
    let trial = try #require(try study.advice(RightSizing()).verdict.candidate("m5.xlarge")?.replay)
    #expect(trial.cost.instances.counts == 3...3 && trial.binding == .dimension(.metric(.requestsPerSecond)))
  }

  private func vertical(_ types: [String]) -> Service { tinyService("app", types) { $0.approach = .cluster } }

  /// 16 GiB of which 11 % are used, but for two hours and ten minutes of the month, in which 98.5 % are.
  private func peaking() -> TinyStudy {
    var study = TinyStudy(vertical(m5), count: 1, "m5.xlarge", on: month)
    study.measure(.cpuPercent) { _ in 5 }
    study.measure(.memoryPercent, scale: 1) { (1000..<1013).contains($0) || (5000..<5013).contains($0) ? 985 : 110 }
    return study
  }
}
