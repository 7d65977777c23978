import Model
import TestSupport
import Testing

@testable import Wording

/// Every reason of right-sizing in words.
@Suite struct SizeWordsTests {
  private static let small = CountedType("m5.large")
  private static let large = CountedType("m5.xlarge")
  private static let family = Migration(.otherFamily, architecture: "x86_64")
  private static let lacksMemory = SizeShortfall.capacity(.memory, offered: 8, needed: 12.9567)
  private static let doubt = SizeDoubt(
    small, unknown: CoverageShortfall(.memory, .unmeasured), less: .each(gib: 8, ownGiB: 32))
  private static let need = InstanceNeed(vcpu: 2.0751, memoryGiB: 12.96, percentile: ScaledDecimal("99.5")!)

  private static func ahead(_ vcpu: Double, _ memoryGiB: Double) -> InstanceNeed {
    var need = need
    need.ahead = .init(vcpu: vcpu, memoryGiB: memoryGiB)
    return need
  }

  private static func cost(_ counts: ClosedRange<Int>, _ type: String, _ cost: String, days: Int? = nil)
    -> ReplayedCost
  {
    ReplayedCost(CountedType(type, counts: counts), cost: usd(cost), days: days)
  }

  private static func move(_ gain: SizeGain, passing passedOver: SizeDoubt? = nil) -> SizeReason {
    .move(SizeMove(from: large, to: small, family, gain: gain, passedOver: passedOver))
  }

  private static let reasons: [(SizeReason, String)] = [
    (move(.fits(need, counting: nil)), "needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom"),
    (
      move(.fits(need, counting: CountedVcpus(2, as: 2.3271))),
      "needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom; its 2 vCPU count as 2.33"
    ),
    (
      move(.fits(InstanceNeed(vcpu: 1, memoryGiB: nil, percentile: need.percentile), counting: nil), passing: doubt),
      "needs 1.00 vCPU and an unknown amount of memory an instance at p99.5 with headroom; not m5.large: memory is not "
        + "measured; m5.large has less memory (8.0 GiB against 32.0)"
    ),
    (
      move(.fits(ahead(2.3091, 14.4), counting: nil)),
      "needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom, 2.31 vCPU and 14.4 GiB with growth"
    ),
    (
      move(.fits(ahead(2.0751, 12.96), counting: nil)),
      "needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom, which growth stays within"
    ),
    (
      move(.leastLoss(.bold, shortShare: 0.0123, memoryGiB: 2, memoryAheadGiB: 2.42)),
      "least expected loss of those that fit, at bold risk: short 1.23 % of time; needs 2.0 GiB an instance, 2.4 with growth"
    ),
    (
      move(.fits(InstanceNeed(vcpu: nil, memoryGiB: 2, percentile: need.percentile), counting: nil)),
      "needs an unknown number of vCPU and 2.0 GiB an instance at p99.5 with headroom"
    ),
    (
      .move(
        SizeMove(
          from: large, to: small, family, gain: .fits(need, counting: nil),
          memoryShort: risk(of: [true, true, false, true], stepSeconds: 300))),
      "needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom; memory short for 15 min (75.0 % of intervals, "
        + "longest 10 min)"
    ),
    (
      .move(
        SizeMove(
          from: large, to: small, family, gain: .fits(need, counting: nil), growth: SizeGrowth(factor: 1.2, days: 30),
          saturated: SaturatedSamples(full: 0, capped: 3, total: 9))),
      "needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom; carries 1.20 times the demand, as expected "
        + "within 30 d; CPU was out of credits in 3 of 9 samples, which say what was needed at least"
    ),
    (
      move(.leastLoss(.expected, shortShare: 0.034, insteadOf: 0.1012, memoryGiB: nil)),
      "least expected loss of those that fit, at expected risk: short 3.40 % of time in place of 10.12 %"
    ),
    (
      .saturated(SaturatedSamples(full: 9, total: 10), .nothingCheaper),
      "nothing smaller may be taken; CPU was at 99.5 % and more in 9 of 10 samples, which say what was needed at least"
    ),
    (.unpriced(["m5.large"]), "the price book has no price or specification of m5.large"),
    (
      .nothingCarries(CandidateRange(["m6*", "!m6a*"])!, [lacksMemory]),
      "no type of m6*, !m6a* carries the need: memory: 8.00 GiB < 12.96"
    ),
    (
      move(.leastLoss(.bold, shortShare: 0.0123, memoryGiB: 2)),
      "least expected loss of those that fit, at bold risk: short 1.23 % of time; needs 2.0 GiB an instance"
    ),
    (
      move(.leastLoss(.cautious, shortShare: 0, memoryGiB: nil)),
      "least expected loss of those that fit, at cautious risk: short 0.00 % of time"
    ),
    (
      move(.replay(cost(2...8, "t4g.medium", "75.4992"), beside: cost(3...3, "t3.medium", "93.68"))),
      "2 to 8 x t4g.medium carry it for 75.50 by replay, 3 x t3.medium for 93.68"
    ),
    (
      move(.replay(cost(2...2, "c5.large", "12.24", days: 3), beside: cost(2...2, "m5.large", "13.824", days: 3))),
      "2 x c5.large carry it for 12.24 by replay of 3 days, 2 x m5.large for 13.82"
    ),
    (
      move(
        .replay(
          ReplayedCost(CountedType("c5.large", counts: 2...2), cost: usd("12.24"), days: nil, isWeighed: true),
          beside: cost(2...2, "m5.large", "13.824"))),
      "2 x c5.large carry it for 12.24 by replay in which the newer hours count more, 2 x m5.large for 13.82"
    ),
    (
      move(.carries(cost(3...3, "m5.large", "20.736"), failing: CountedType("c5.large"), [lacksMemory])),
      "c5.large: memory: 8.00 GiB < 12.96; 3 x m5.large carry it for 20.74 by replay"
    ),
    (.nothingCarries(.list, [lacksMemory]), "no type of the list carries the need: memory: 8.00 GiB < 12.96"),
    (
      .nothingCarries(.catalogue, [.capacity(.cpu, offered: 2, needed: 2.25), lacksMemory]),
      "no type of the price book carries the need: CPU: 2 vCPU < 2.25; memory: 8.00 GiB < 12.96"
    ),
    (.nothingElseListed, "no other type is on the list"),
    (.nothingElsePriced, "the price book has no other type that may be proposed"),
    (
      .tooSmall(CountedType(5, "cache.m5.large"), [lacksMemory]),
      "5 x cache.m5.large would not do: memory: 8.00 GiB < 12.96"
    ),
    (.nothingCheaper, "nothing smaller may be taken"),
    (
      .effort(to: CountedType("c5.large"), family, percent: 5),
      "c5.large is cheaper by less than the 5 % that moving to another family counts for"
    ),
    (
      .effort(to: CountedType("r6g.large"), Migration(.otherArchitecture, architecture: "arm64"), percent: 15),
      "r6g.large is cheaper by less than the 15 % that moving to another architecture (arm64) counts for"
    ),
    (
      .expectedLoss(SizeLoss(small, percent: 30.94), beside: SizeLoss(large, percent: 25)),
      "the expected loss of m5.large is 30.9 % of the cost now, of m5.xlarge 25.0 % of the cost now"
    ),
    (
      .replay(cost(2...6, "c5.xlarge", "427.58"), beside: cost(3...1100, "c5.large", "1360.70")),
      "2 to 6 x c5.xlarge would cost 427.58 by replay, 3 to 1,100 x c5.large 1,360.70"
    ),
    (
      .doubt(doubt),
      "memory is not measured; m5.large has less memory (8.0 GiB against 32.0), and nothing with no less is better"
    ),
    (
      .doubt(SizeDoubt(small, unknown: CoverageShortfall(.cpu, .unmeasured), less: .vcpus(2, own: 4))),
      "CPU is not measured; m5.large has fewer vCPUs (2.00 against 4.00), and nothing with no less is better"
    ),
    (
      .doubt(
        SizeDoubt(
          CountedType("c5.large"), unknown: CoverageShortfall(.memory, .unmeasured),
          less: .together(CountedType("c5.large", counts: 2...4), own: CountedType(4, "m5.large")))),
      "memory is not measured; 2 to 4 x c5.large have less of it together than 4 x m5.large, and nothing with no less is better"
    ),
  ]

  @Test("Every reason says its figures, costs to the cent", arguments: reasons)
  func reason(reason: SizeReason, text: String) { #expect(words().text(reason) == text) }

  @Test("In another currency a list price names the dollar")
  func currency() {
    let reason = SizeReason.replay(Self.cost(2...2, "a.large", "1061.2"), beside: Self.cost(1...1, "b.large", "7"))
    #expect(
      words(in: euro).text(reason)
        == "2 x a.large would cost 1,061.20 USD by replay, 1 x b.large 7.00 USD")
    let shortfall = SizeShortfall.creditBaseline(meanVcpu: 1, baselineVcpu: 0.6, surplus: usd("4.32"))
    #expect(
      [shortfall].text(in: euro) == "CPU credits: mean use 1.00 vCPU > baseline 0.60, surplus 4.32 USD in the period")
  }

  private static let shortfalls: [(SizeShortfall, String)] = [
    (.capacity(.cpu, offered: 2, needed: 2.0751), "CPU: 2 vCPU < 2.08"),
    (.capacity(.cpu, offered: 1.7158, needed: 1.9), "CPU: 1.72 vCPU < 1.90"),
    (lacksMemory, "memory: 8.00 GiB < 12.96"),
    (.capacity(.cache, offered: 3.5, needed: 7.25), "database cache: 3.50 GiB < 7.25"),
    (.capacity(.network, offered: 750, needed: 800), "network: 750.0 Mbit/s < 800.0"),
    (.capacity(.ebs, offered: 650, needed: 700.04), "EBS throughput: 650.0 Mbit/s < 700.0"),
    (.capacity(.iops, offered: 3600, needed: 5000.4), "EBS IOPS: 3600 IOPS < 5000"),
    (.capacity(.metric(.connections), offered: 600, needed: 1000), "connections: 600 < 1000"),
    (.capacity(.metric(.jobsPerMinute), offered: 12.5, needed: 13), "jobs_per_minute: 12.50 < 13"),
    (
      .creditBaseline(meanVcpu: 1, baselineVcpu: 0.6, surplus: usd("4.3176")),
      "CPU credits: mean use 1.00 vCPU > baseline 0.60, surplus 4.32 in the period"
    ),
    (
      .creditBaseline(meanVcpu: 1, baselineVcpu: 0.6, surplus: .zero),
      "CPU credits: mean use 1.00 vCPU > baseline 0.60"
    ),
    (
      .throttled(risk(of: [true, true, false, false], stepSeconds: 3600)),
      "CPU credits: throttled 50.0 % of intervals, longest 2 h in standard mode"
    ),
    (.count(1021, for: .dimension(.memory), maximum: 8), "1,021 at once for memory, the maximum is 8"),
    (.count(21, for: .zoneLoss, maximum: 8), "21 at once for the loss of a zone, the maximum is 8"),
    (.count(9, for: .minimum(9), maximum: 8), "9 at once for the minimum of 9, the maximum is 8"),
    (
      .idleMemory(offeredGiB: 4, reservedPercent: 20, idleGiB: 4.8),
      "memory: 4.00 GiB less 20 % < 4.80 that each fills without load"
    ),
    (.idleInDoubt(idleGiB: 3), "memory: dearer where the 3.00 GiB that each fills always are no load"),
    (
      .saturated(SaturatedSamples(full: 312, total: 8928)),
      "CPU: less of it, and what runs was at 99.5 % and more in 312 of 8,928 samples, which say what was needed at least"
    ),
    (
      .saturated(SaturatedSamples(full: 2, capped: 718, total: 720)),
      "CPU: less of it, and what runs was at 99.5 % and more in 2 and out of credits in 718 of 720 samples, which say what was "
        + "needed at least"
    ),
    (
      .growth(SizeGrowth(factor: 1.0562, days: 90)), "with 1.06 times the demand, as expected within 90 d"
    ),
  ]

  @Test("Every shortfall says what is needed beside what there is", arguments: shortfalls)
  func shortfall(shortfall: SizeShortfall, text: String) { #expect([shortfall].text(in: .usDollar) == text) }

  @Test("A type is told with its count where that is part of the choice")
  func countedTypes() {
    #expect(Self.small.text == "m5.large")
    #expect(CountedType(3, "m5.large").text == "3 x m5.large")
    #expect(CountedType("m5.large", counts: 2...1200).text == "2 to 1,200 x m5.large")
  }

  @Test("Of an architecture that the price book does not say, that is said")
  func migrations() {
    #expect(Migration(.none).text == "the same family" && Migration(.otherFamily).text == "another family")
    #expect(Migration(.otherArchitecture).text == "another architecture (unknown)")
  }

  @Test("A risk of next to nothing is not none, and of nearly all not all")
  func risks() {
    // 1 of 2,001 is 0.04998 %; 2,000 of 2,001 is 99.95 %.
    let (rare, often) = (
      [true] + [Bool](repeating: false, count: 2000), [false] + [Bool](repeating: true, count: 2000)
    )
    #expect(risk(of: rare, stepSeconds: 300).text == "below 0.1 % of intervals, longest 5 min")
    // 2,000 x 300 seconds are 6 days 22 h 40 min.
    #expect(risk(of: often, stepSeconds: 300).text == "99.9 % of intervals, longest 6 d 22 h")
    #expect(risk(of: [true, true], stepSeconds: 300).text == "100 % of intervals, longest 10 min")
    #expect(risk(of: [false], stepSeconds: 300).text == "never")
  }
}
