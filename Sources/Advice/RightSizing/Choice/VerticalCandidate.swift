import Analysis
import Model

/// A type and a number of nodes.
struct VerticalCandidate: SizeCandidate {
  let sizing: VerticalSizing
  let offer: TypeOffer
  let count: Int
  /// Of an hour of all of them.
  let cost: Money
  let rank: Int128

  var rung: Int128 { rank }
  var monthly: Money { cost.charge(for: Int128(hoursAMonth), per: 1) }
  var counts: ClosedRange<Int> { count...count }
  var name: CountedType { sizing.service.cluster == nil ? CountedType(type) : CountedType(count, type) }
  /// Nodes beside those that ran.
  var nodesRatio: Double { Double(count) / Double(sizing.nodes) }
  private var specification: InstanceSpecification { offer.specification }

  /// What one node offers; nil where that does not count, or is not known.
  private func offered(_ dimension: SizeDimension) -> Double? {
    if dimension == .cpu, sizing.risk != nil { return nil }
    return specification.offer(dimension, to: sizing.service, speed: offer.speed)
  }

  /// What credits earn; nil for types that do not burst.
  private var baselineVcpu: Double? {
    specification.burst.map { $0.baselinePercentPerVcpu / 100 * Double(specification.vcpu) * offer.speed }
  }

  /// Of the neediest node.
  private var meanVcpu: Double { sizing.need.neediestMeanVcpu / nodesRatio }
  /// True for a type whose credits would run out. One that runs is judged by what it did.
  private func lacksCredits(growth: Double = 1) -> Bool {
    type != sizing.current.type && baselineVcpu.map { meanVcpu * growth > $0 } ?? false
  }

  private var isOwn: Bool { type == sizing.current.type && count == sizing.nodes }
  /// What it must carry of what was measured: what runs must carry that.
  private var growth: Double { isOwn ? 1 : sizing.outlook.growth }

  /// True for less CPU than what runs has, where that was all used.
  private var isLessOfUnknown: Bool {
    sizing.need.isSaturated && specification.hasLessCPU(times: offer.speed * nodesRatio, than: sizing.current)
  }

  var fits: Bool {
    sizing.need.dimensions.allSatisfy { $0.carrying(growth).isMet(by: offered($0.dimension), ofEach: nodesRatio) }
      && !lacksCredits(growth: growth) && !isLessOfUnknown
  }

  var shortfalls: [SizeShortfall] {
    var shortfalls = shortfalls(growth: 1)
    if shortfalls.isEmpty, !isOwn { shortfalls = outgrown }
    if isLessOfUnknown, let samples = sizing.need.saturation.samples { shortfalls.append(.saturated(samples)) }
    return shortfalls
  }

  var outgrown: [SizeShortfall] {
    guard let growth = sizing.outlook.figure else { return [] }
    let shortfalls = shortfalls(growth: growth.factor)
    return shortfalls.isEmpty ? [] : shortfalls + [.growth(growth)]
  }

  private func shortfalls(growth: Double) -> [SizeShortfall] {
    let shortfalls = sizing.need.dimensions.compactMap {
      $0.carrying(growth).shortfall(of: offered($0.dimension), ofEach: nodesRatio)
    }
    guard lacksCredits(growth: growth), let baselineVcpu else { return shortfalls }
    return shortfalls
      + [.creditBaseline(meanVcpu: meanVcpu * growth, baselineVcpu: baselineVcpu, surplus: surplus)]
  }

  /// Of surplus credits over the period; zero where none would be charged.
  private var surplus: Money {
    guard let burst = specification.burst, let price = burst.surplusPerVcpuHour, burst.mode != .standard else {
      return .zero
    }
    let scale = 1 / (nodesRatio * offer.speed)
    let surplus = sizing.use.reduce(Int128(0)) {
      $0 + burst.surplus(of: $1.meanVcpu.map { $0.map { $0 * scale } }, stepSeconds: $1.stepSeconds)
    }
    return price.charge(for: surplus * Int128(count), per: 3_600_000_000 * Int128(sizing.nodes))
  }

  /// What is left when memory is reserved.
  private var usableGiB: Double {
    specification.memoryGiB * Double(100 - (sizing.service.reservedMemoryPercent ?? 0)) / 100
  }

  /// How often what was used would have been more than the type has, without headroom.
  private var risk: PerformanceRisk {
    var risk = PerformanceRisk(stepSeconds: sizing.context.grid.stepSeconds)
    for instance in sizing.use {
      risk.add(
        instance.exceeding { dimension in
          let offered =
            dimension == .memory
            ? usableGiB : specification.offer(dimension, to: sizing.service, speed: offer.speed)
          return offered.map { $0 * nodesRatio }
        }, stepSeconds: instance.stepSeconds)
    }
    return risk
  }

  var memoryShort: PerformanceRisk? {
    guard sizing.context.rules.memoryPercentile != nil else { return nil }
    var risk = PerformanceRisk(stepSeconds: sizing.context.grid.stepSeconds)
    for instance in sizing.use {
      risk.add(
        instance.memoryGiB.map { $0.map { $0 > usableGiB * nodesRatio } }, stepSeconds: instance.stepSeconds)
    }
    return risk.exceeded > 0 ? risk : nil
  }

  var trial: CandidateFigure.Trial? {
    let expected = expectedShare.map {
      NodeTrial.Expectation(lossPercent: lossPercent, shortShare: $0)
    }
    return .nodes(
      NodeTrial(
        isMemoryKnown: sizing.need.memoryGiB != nil, cpu: cpuFit, expected: expected, risk: risk,
        surplus: lacksCredits() ? .zero : surplus, data: dataMemory))
  }

  /// Whether its CPU fits: nobody knows where what was used is all that there was, or was not measured.
  private var cpuFit: NodeTrial.CPUFit {
    if sizing.need.isSaturated || sizing.need.cpuShortfall != nil { return .unknown }
    let most = 1 - sizing.context.rules.percentile.double / 100
    return expectedShare.map { $0 > most } ?? false ? .short : .fits
  }

  private var dataMemory: NodeTrial.DataMemory? {
    guard let reserved = sizing.service.reservedMemoryPercent, reserved > 0 else { return nil }
    let hundredths = wholeNumber((usableGiB * 100).rounded(.down)) as Int64
    return NodeTrial.DataMemory(gib: ScaledDecimal(mantissa: hundredths, scale: 2), reservedPercent: reserved)
  }

  func gain(beside own: VerticalCandidate, _ need: SizeNeed, _ rules: ReviewRules) -> SizeGain {
    if let risk = sizing.risk, let share = expectedShare {
      let ahead = need[.memory]?.carrying(growth).amount
      return .leastLoss(
        risk, shortShare: share, insteadOf: cost > own.cost ? own.expectedShare : nil, memoryGiB: need.memoryGiB,
        memoryAheadGiB: ahead == need.memoryGiB ? nil : ahead)
    }
    let counted = CountedVcpus(specification.vcpu, as: Double(specification.vcpu) * offer.speed)
    return .fits(need.summary(rules, carrying: growth), counting: offer.speed == 1 ? nil : counted)
  }

  func reasonAgainst(beside own: VerticalCandidate) -> SizeReason {
    if cost >= own.cost { return .nothingCheaper }
    guard sizing.risk == nil else {
      return .expectedLoss(
        SizeLoss(name, percent: lossPercent), beside: SizeLoss(own.name, percent: own.lossPercent))
    }
    return .effort(to: name, offer.migration, percent: offer.effortPercent)
  }

  /// Of the time ahead, in which its vCPUs are expected to be too few; nil where no risk is set.
  private var expectedShare: Double? { sizing.expectedShare(offer, nodes: count) }

  /// What is dearer and loses less is so because what runs is short too often.
  func isNeeded(beside own: VerticalCandidate) -> Bool { !own.fits || cost > own.cost }

  /// Where a risk is set: what it is expected to lose, in percent of what is paid now.
  private var lossPercent: Double { Double(rank) / 1e9 }

  func doubt(beside own: VerticalCandidate, _ need: SizeNeed) -> SizeDoubt? {
    if let doubt = need.doubt(in: specification, called: name, instead: own.specification, speed: offer.speed) {
      return doubt
    }
    let (gibs, now) = (specification.memoryMilliGiB * Int64(count), own.specification.memoryMilliGiB * Int64(own.count))
    guard gibs < now, let unknown = need[.memory]?.shortfall else { return nil }
    return SizeDoubt(name, unknown: unknown, less: .together(name, own: own.name))
  }

  func change(from own: VerticalCandidate) -> Resize {
    Resize(
      service: sizing.service.name, resource: sizing.service.resource, type: type,
      count: count == own.count ? .kept : .nodes(count))
  }
}
