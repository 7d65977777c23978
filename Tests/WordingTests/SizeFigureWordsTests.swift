import Model
import TestSupport
import Testing

@testable import Wording

/// Every figure behind a size as a fact: typed where it stands alone, in words where several belong in a line.
@Suite struct SizeFigureWordsTests {
  private static let percentile = ScaledDecimal("99.5")!

  private static func need(
    _ dimension: SizeDimension, _ used: Double?, headroom: Int = 20, _ lack: CoverageShortfall.Lack? = nil,
    isOfWholeService: Bool = false
  ) -> SizeFigure {
    .need(
      DimensionNeed(
        dimension, used: used, headroomPercent: headroom, shortfall: lack.map { CoverageShortfall(dimension, $0) },
        coverage: Coverage(seen: 8640, expected: 8928), percentile: percentile, isOfWholeService: isOfWholeService))
  }

  private static let facts: [(SizeFigure, [ReportFact])] = [
    (
      .cpuSamples(.peaks(stepSeconds: 300)),
      [ReportFact("CPU samples", .text("highest minute of each 5-minute interval"))]
    ),
    (
      // 12 of 60 seconds.
      .cpuSamples(.means(stepSeconds: 60)),
      [
        ReportFact(
          "CPU samples",
          .text("1-minute means, in which a spike of 12 seconds to 100 % adds 20.0 % and is invisible"))
      ]
    ),
    (.cpuSamples(.means(stepSeconds: 10)), [ReportFact("CPU samples", .text("10-second means"))]),
    (
      // 12 of 3600 seconds.
      .cpuSamples(.coarseMeans(stepSeconds: 3600)),
      [
        ReportFact(
          "CPU samples",
          .text(
            "1-hour means, in which a spike of 12 seconds to 100 % adds 0.3 % and is invisible: a mean of so long an "
              + "interval lowers the confidence"))
      ]
    ),
    (
      // 1.76 / 0.8 = 2.2 is less than the highest.
      .need(
        DimensionNeed(
          .memory, used: 1.76, headroomPercent: 20, shortfall: nil, coverage: Coverage(seen: 8640, expected: 8928),
          percentile: percentile, peak: DimensionNeed.Peak(15.76, needing: 15.76))),
      [
        ReportFact(
          "memory need an instance",
          .text("p99.5 1.76 GiB / (1 - 20 %) = 2.20 GiB; highest 15.76 GiB, which must fit")),
        ReportFact("memory coverage", .text("96.7 % (8,640 of 8,928 samples)")),
      ]
    ),
    (
      .unpriced(["m5.xlarge"]),
      [ReportFact("not looked at", .text("m5.xlarge: no price or specification in the price book"))]
    ),
    (
      // 12 of 300 seconds.
      .cpuSamples(.means(stepSeconds: 300)),
      [
        ReportFact(
          "CPU samples",
          .text("5-minute means, in which a spike of 12 seconds to 100 % adds 4.0 % and is invisible"))
      ]
    ),
    (
      .saturated(SaturatedSamples(full: 3, total: 1000)),
      [
        ReportFact(
          "CPU saturation", .text("at 99.5 % and more in 3 of 1,000 samples, which say what was needed at least"))
      ]
    ),
    (
      .growth(
        SizeGrowth(factor: 1.5, days: 90), outgrown: [.capacity(.cpu, offered: 2, needed: 2.5)]),
      [
        ReportFact(
          "growth", .text("1.50 times the demand, as expected within 90 d; what runs: CPU: 2 vCPU < 2.50"))
      ]
    ),
    (.halfLife(days: 7), [ReportFact("half-life of samples", .count(7), unit: "days")]),
    (
      // 1.662 / 0.8 = 2.0775.
      need(.cpu, 1.662), [ReportFact("CPU need an instance", .text("p99.5 1.66 vCPU / (1 - 20 %) = 2.08 vCPU"))]
    ),
    (
      need(.memory, 10.368),
      [
        ReportFact("memory need an instance", .text("p99.5 10.37 GiB / (1 - 20 %) = 12.96 GiB")),
        ReportFact("memory coverage", .text("96.7 % (8,640 of 8,928 samples)")),
      ]
    ),
    (
      need(.iops, 2456, isOfWholeService: true),
      [
        ReportFact(
          "EBS IOPS need an instance",
          .text("p99.5 2456 IOPS / (1 - 20 %) = 3070 IOPS, the whole service's on one node"))
      ]
    ),
    (
      need(.metric(.connections), 1000, headroom: 0, isOfWholeService: true),
      [ReportFact("connections need an instance", .text("p99.5 1000, the whole service's on one node"))]
    ),
    (need(.cache, nil), [ReportFact("database cache need an instance", .text("database cache is not measured"))]),
    (
      need(.network, 5, .share(Coverage(seen: 1, expected: 2), requiredPercent: 80)),
      [ReportFact("network need an instance", .text("network covers 50.0 %, 80 % is required"))]
    ),
    (.cpuInHeadroom(risk(of: [false], stepSeconds: 300)), [ReportFact("CPU in the headroom", .text("never"))]),
    (
      .cpuInHeadroom(risk(of: [true, true, false, true], stepSeconds: 300)),
      [
        ReportFact(
          "CPU in the headroom", .text("75.0 % of intervals, longest 10 min; 1 of them spikes of one interval"))
      ]
    ),
    (.meanCPU(vcpu: 0.6449), [ReportFact("mean CPU use an instance", .measured(0.6449, decimals: 2), unit: "vCPU")]),
    (.unmeasured([.ebs, .iops]), [ReportFact("not measured", .text("EBS throughput, EBS IOPS"))]),
    (.zoneLoss(nil), [ReportFact("loss of a zone", .text("it runs in one zone, whose loss takes all of it"))]),
    (
      .zoneLoss(risk(of: [true], stepSeconds: 3600)),
      [ReportFact("loss of a zone", .text("what ran would have been too little 100 % of intervals, longest 1 h"))]
    ),
    (.lookedAt(12), [ReportFact("looked at", .count(12), unit: "types and counts")]),
  ]

  @Test("Every figure is a fact, typed where it stands alone", arguments: facts)
  func figure(figure: SizeFigure, facts: [ReportFact]) { #expect(words().facts(figure) == facts) }

  private static let nodes = NodeTrial(
    isMemoryKnown: true, expected: nil, risk: risk(of: [false], stepSeconds: 300), surplus: .zero, data: nil)

  private static func made(
    _ trial: CandidateFigure.Trial?, of type: CountedType = CountedType("m5.large"), lacking: [SizeShortfall] = [],
    isPermitted: Bool = true, to migration: Migration = Migration(.none), performance: RelativePerformance? = .same,
    breakEven: BurstBreakEven? = nil
  ) -> CandidateFigure {
    CandidateFigure(
      type, isPermitted: isPermitted, hourly: usd("0.096"), shortfalls: lacking, trial: trial, migration,
      performance: performance, breakEven: breakEven)
  }

  private static var risky: NodeTrial {
    var trial = nodes
    trial.isMemoryKnown = false
    trial.expected = .init(lossPercent: 30.94, shortShare: 0.0104)
    trial.surplus = usd("4.32")
    return trial
  }

  private static var reserved: NodeTrial {
    var trial = nodes
    trial.data = .init(gib: ScaledDecimal("9.69")!, reservedPercent: 25)
    return trial
  }

  /// A trial of which CPU or memory is not known.
  private static func trial(_ cpu: NodeTrial.CPUFit, isMemoryKnown: Bool = true) -> NodeTrial {
    var trial = nodes
    trial.cpu = cpu
    trial.isMemoryKnown = isMemoryKnown
    trial.expected = .init(lossPercent: 130.94, shortShare: 0.83)
    trial.risk = risk(of: [true], stepSeconds: 300)
    return trial
  }

  private static let short =
    "; expected loss 130.9 % of the cost now, short 83.00 % of time; too small 100 % of intervals, longest 5 min"

  /// Where what was used of CPU is all that there was.
  private static func saturated(_ isShort: Bool) -> ReplayTrial {
    var trial = replay()
    trial.isCPUKnown = false
    trial.risk = risk(of: [isShort, false], stepSeconds: 300)
    return trial
  }

  private static func replay(surplus: String = "0", beyond maximum: Int? = nil) -> ReplayTrial {
    ReplayTrial(
      ReplayedCost(CountedType("t3.medium", counts: 2...5), cost: usd("106.53"), days: nil),
      for: .dimension(.memory), changes: 1190, risk: risk(of: [true, false], stepSeconds: 300), surplus: usd(surplus),
      exceededMaximum: maximum)
  }

  private static let medium = CountedType("t3.medium")
  private static let replayed =
    "2 to 5 at once, 106.53 by replay, for memory; 1,190 changes, too few 50.0 % of "
    + "intervals, longest 5 min"

  private static let candidates: [(CandidateFigure, String)] = [
    (made(.nodes(nodes)), "m5.large: fits; too small never"),
    (
      made(.nodes(nodes), lacking: [.capacity(.cpu, offered: 2, needed: 2.25)]),
      "m5.large: CPU: 2 vCPU < 2.25; too small never"
    ),
    (
      made(.nodes(risky)),
      "m5.large: CPU fits, memory unknown; expected loss 30.9 % of the cost now, short 1.04 % of time; too small never"
        + ", surplus 4.32 in the period"
    ),
    (
      // 1.12 x 0.86 = 0.9632.
      made(
        .nodes(reserved), of: CountedType(3, "cache.r6g.large"), to: Migration(.otherFamily),
        performance: RelativePerformance(ratio: 1.12, noisePercent: 14)),
      "3 x cache.r6g.large: fits; too small never; another family, 1.12 x as fast a vCPU (± 14 %), counted as 0.96; "
        + "9.69 GiB for data, 25 % reserved"
    ),
    (
      made(.nodes(nodes), to: Migration(.otherFamily), performance: nil),
      "m5.large: fits; too small never; another family, its speed is not measured"
    ),
    (made(.nodes(nodes), to: Migration(.otherFamily)), "m5.large: fits; too small never; another family"),
    (made(.nodes(trial(.short))), "m5.large: memory fits\(short)"),
    (made(.nodes(trial(.short, isMemoryKnown: false))), "m5.large: memory unknown\(short)"),
    (made(.nodes(trial(.unknown))), "m5.large: memory fits, CPU need unknown\(short)"),
    (made(.nodes(trial(.unknown, isMemoryKnown: false))), "m5.large: CPU and memory need unknown\(short)"),
    (
      made(.replay(saturated(false)), of: medium),
      "t3.medium: 2 to 5 at once, 106.53 by replay, for memory; 1,190 changes, how often too few is unknown"
    ),
    (
      made(.replay(saturated(true)), of: medium),
      "t3.medium: 2 to 5 at once, 106.53 by replay, for memory; 1,190 changes, too few at least 50.0 % of intervals, "
        + "longest 5 min"
    ),
    (
      made(.nodes(nodes), isPermitted: false, to: Migration(.otherArchitecture, architecture: "arm64")),
      "not on the list, another architecture (arm64): m5.large fits; too small never; "
        + "another architecture (arm64); at 0.096/h"
    ),
    (
      made(nil, lacking: [.idleMemory(offeredGiB: 2, reservedPercent: 20, idleGiB: 2.26)]),
      "m5.large: memory: 2.00 GiB less 20 % < 2.26 that each fills without load"
    ),
    (made(.replay(replay()), of: medium), "t3.medium: \(replayed)"),
    (
      made(
        .replay(replay(surplus: "87.07")), of: medium,
        lacking: [.count(21, for: .dimension(.memory), maximum: 8)],
        breakEven: BurstBreakEven(fixedType: "c5.large", permille: 842)),
      "t3.medium: 21 at once for memory, the maximum is 8; \(replayed); of it 87.07 for surplus credits; with surplus "
        + "cheaper than c5.large up to 84.2 % mean CPU"
    ),
    (
      made(
        .replay(replay(beyond: 4)), of: medium, breakEven: BurstBreakEven(fixedType: "c5.large", permille: 1000)),
      "t3.medium: more than the maximum of 4; \(replayed); cheaper than c5.large even with surplus"
    ),
  ]

  @Test(
    "A candidate says whether it fits, what it would have been like, and what moving there takes", arguments: candidates
  )
  func candidate(candidate: CandidateFigure, text: String) {
    let fact = words().facts(SizeFigure.candidate(candidate))[0]
    guard case .text(let value) = fact.value else {
      Issue.record("\(fact)")
      return
    }
    #expect("\(fact.label): \(value)" == text)
  }

  private static let growth = StorageOutlook.Growth(gibPerDay: 0.1148, confidence: 0.11...0.12, days: 60)

  private static func outlook(
    _ gib: Double = 68, _ growth: StorageOutlook.Growth? = growth, expected: StorageOutlook.Crossing = .never,
    earliest: StorageOutlook.Crossing = .never, latest: StorageOutlook.Crossing = .never
  ) -> StorageOutlook {
    StorageOutlook(
      gib: gib, on: CivilDate("2026-10-31")!, datasetGiB: 100, shardingPercent: 80, growth: growth,
      expected: expected, earliest: earliest, latest: latest)
  }

  private static let grows = "68.0 GiB on 2026-10-31, grows 0.115 GiB a day (95 %: 0.110 to 0.120, 60 days)"

  private static let outlooks: [(StorageOutlook, String)] = [
    (
      outlook(
        expected: .on(CivilDate("2027-02-12")!), earliest: .on(CivilDate("2027-02-07")!), latest: .never),
      "\(grows); 80 % of 100 GiB on 2027-02-12 (2027-02-07 to never): shard before"
    ),
    (
      outlook(expected: .beyondACentury, earliest: .on(CivilDate("2090-01-01")!), latest: .beyondACentury),
      "\(grows); 80 % of 100 GiB beyond 100 years (2090-01-01 to beyond 100 years): shard before"
    ),
    (outlook(), "\(grows); 80 % of 100 GiB is not in sight"),
    (outlook(80), "80.0 GiB on 2026-10-31, beyond 80 % of 100 GiB: shard now"),
    (outlook(68, nil), "68.0 GiB on 2026-10-31, of too few days for a trend; shard at 80 % of 100 GiB"),
    (outlook(81, nil), "81.0 GiB on 2026-10-31, beyond 80 % of 100 GiB: shard now"),
  ]

  @Test("An outlook says when to shard, and how sure that is", arguments: outlooks)
  func storage(outlook: StorageOutlook, text: String) {
    #expect(words().facts(SizeFigure.storage(outlook)) == [ReportFact("storage", .text(text))])
  }
}
