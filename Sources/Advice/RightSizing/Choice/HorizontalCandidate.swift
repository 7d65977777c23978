import Analysis
import Model
import Solvers

/// A type and how many of it an autoscaler would have run.
struct HorizontalCandidate: SizeCandidate {
  let sizing: HorizontalSizing
  let offer: TypeOffer
  let required: RequiredCount
  let replay: CountReplay
  /// Of credits beyond those earned; 0 where none are charged.
  let surplus: Money
  /// Of the instances, and of surplus credits; on demand, over what is looked back on, see ``ReplayWeights``.
  let cost: Money
  let rank: Int128
  /// What it is expected to lose, in percent of what runs, replayed alike; nil where sizes are not chosen by that.
  private let lossPercent: Double?
  /// What the demand asks for that is expected; nil where none is expected to rise.
  var grown: Grown?
  /// True when it has less CPU than what runs, where that was all used.
  var isLessOfUnknown = false
  /// True when it is cheaper than what runs only if what each fills without load is load.
  var isDoubtful = false
  /// True when its memory would have been short for longer than that of what runs, replayed alike, or than the percentile of
  /// memory that is asked for lets pass.
  var lacksMemory = false
  /// See ``HorizontalSizing/idleRank(_:)``; of what runs alone.
  var idleRank: Int128?
  /// How often the replayed count would have been too small for memory, which cannot be throttled.
  let memoryRisk: PerformanceRisk
  /// How often it would have had no credits left in standard mode; nil for types that are not in it.
  private let throttled: PerformanceRisk?
  /// Instances at once.
  private let most: Int
  /// What more demand asks for.
  struct Grown: Sendable {
    /// Instances at once.
    var most: Int
    var binding: CountBinding
    var growth: SizeGrowth
  }

  /// - Parameter own: what that costs that runs; nil for itself.
  init(
    sizing: HorizontalSizing, offer: TypeOffer, required: RequiredCount, replay: CountReplay, beside own: Money?
  ) {
    self.sizing = sizing
    self.offer = offer
    self.required = required
    self.replay = replay
    let (instances, surplus) = sizing.cost(of: offer, required.perSlot, replay)
    (self.surplus, cost) = (surplus, instances + surplus)
    throttled = sizing.throttled(offer, counts: replay.counts)
    most = replay.counts.max() ?? 0
    var memoryRisk = PerformanceRisk(stepSeconds: sizing.load.grid.stepSeconds)
    memoryRisk.add(zip(required.bareMemory, replay.counts).map { bare, count in bare.map { $0 > count } })
    self.memoryRisk = memoryRisk
    let (paid, weighed) = ((own ?? cost).nanoDollars, offer.weighted(cost))
    if let risk = sizing.risk {
      let share =
        sizing.weights?.share(of: Self.shorts(required, replay)) ?? Self.risk(sizing, required, replay).share
      rank = weighed + wholeNumber((risk.kappa * 100 * share * Double(paid)).rounded())
      lossPercent = paid > 0 ? Double(rank) / Double(paid) : nil
    } else {
      (rank, lossPercent) = (weighed, nil)
    }
  }

  var name: CountedType { CountedType(type) }
  var monthly: Money {
    cost.charge(for: Int128(hoursAMonth) * 3600, per: Int128(max(1, sizing.load.grid.period.seconds)))
  }
  var counts: ClosedRange<Int> { (replay.counts.min() ?? 0)...most }
  var rung: Int128 { Int128(offer.hourly.nanoDollars) }

  /// False for a type that cannot carry what each instance fills without load.
  private var canStart: Bool { most < impossibleCount }

  /// What runs does, unless it is filled without load.
  var fits: Bool {
    guard canStart else { return false }
    return type == sizing.current.type
      || most <= sizing.service.maximum && !isThrottled && !isDoubtful && !lacksMemory && !isLessOfUnknown
        && outgrown.isEmpty
  }

  var outgrown: [SizeShortfall] {
    guard let grown, grown.most > sizing.service.maximum else { return [] }
    return [.count(grown.most, for: grown.binding, maximum: sizing.service.maximum), .growth(grown.growth)]
  }

  /// Less of it over all of the replay, or less that may be used all day.
  func hasLessCPU(than own: HorizontalCandidate) -> Bool {
    offer.specification.hasLessCPU(
      times: offer.speed * Double(replay.instanceSlots), than: own.offer.specification,
      times: own.offer.speed * Double(own.replay.instanceSlots))
  }

  func isNeeded(beside own: HorizontalCandidate) -> Bool { !own.fits }

  /// True when it is throttled more often than the percentile lets pass.
  private var isThrottled: Bool {
    throttled.map { $0.share > 1 - sizing.context.rules.percentile.double / 100 } ?? false
  }

  var shortfalls: [SizeShortfall] {
    guard !fits else { return [] }
    if !canStart, let idle = sizing.idleMemoryGiB {
      return [
        .idleMemory(
          offeredGiB: offer.specification.memoryGiB, reservedPercent: sizing.memoryReservePercent, idleGiB: idle)
      ]
    }
    var shortfalls: [SizeShortfall] = []
    if most > sizing.service.maximum {
      shortfalls.append(.count(most, for: required.binding, maximum: sizing.service.maximum))
    } else {
      shortfalls += outgrown
    }
    if isThrottled, let throttled { shortfalls.append(.throttled(throttled)) }
    if lacksMemory { shortfalls.append(.memoryShort(memoryRisk)) }
    if isLessOfUnknown, let samples = sizing.need.saturation.samples { shortfalls.append(.saturated(samples)) }
    if isDoubtful { shortfalls.append(.idleInDoubt(idleGiB: sizing.idleMemoryGiB ?? 0)) }
    return shortfalls
  }

  /// How often the replayed count would have been too small even without headroom.
  private static func risk(
    _ sizing: HorizontalSizing, _ required: RequiredCount, _ replay: CountReplay
  ) -> PerformanceRisk {
    var risk = PerformanceRisk(stepSeconds: sizing.load.grid.stepSeconds)
    risk.add(shorts(required, replay))
    return risk
  }

  /// In which intervals the replayed count would have been too small even without headroom; nil where nothing is known.
  private static func shorts(_ required: RequiredCount, _ replay: CountReplay) -> [Bool?] {
    zip(required.bare, replay.counts).map { bare, count in bare.map { $0 > count } }
  }

  var memoryShort: PerformanceRisk? {
    sizing.context.rules.memoryPercentile != nil && memoryRisk.exceeded > 0 ? memoryRisk : nil
  }

  private var instances: CountedType { CountedType(type, counts: counts) }
  private var replayed: ReplayedCost {
    ReplayedCost(instances, cost: cost, days: sizing.replayedDays, isWeighed: sizing.weights != nil)
  }

  var trial: CandidateFigure.Trial? {
    guard canStart else { return nil }
    let maximum = sizing.service.maximum
    return .replay(
      ReplayTrial(
        replayed, for: required.binding, changes: replay.changes, risk: Self.risk(sizing, required, replay),
        surplus: surplus,
        exceededMaximum: fits && most > maximum ? maximum : nil, lossPercent: lossPercent,
        isCPUKnown: !sizing.need.isSaturated))
  }
}

extension HorizontalCandidate {
  func gain(beside own: HorizontalCandidate, _ need: SizeNeed, _ rules: ReviewRules) -> SizeGain {
    own.fits
      ? .replay(replayed, beside: own.replayed) : .carries(replayed, failing: own.name, own.shortfalls)
  }

  func reasonAgainst(beside own: HorizontalCandidate) -> SizeReason {
    guard cost < own.cost, let lossPercent, let other = own.lossPercent else {
      return .replay(replayed, beside: own.replayed)
    }
    return .expectedLoss(SizeLoss(name, percent: lossPercent), beside: SizeLoss(own.name, percent: other))
  }

  func doubt(beside own: HorizontalCandidate, _ need: SizeNeed) -> SizeDoubt? {
    let other = own.offer.specification
    if let doubt = need.doubt(in: offer.specification, called: name, instead: other, speed: offer.speed) {
      return doubt
    }
    guard instanceGiB < own.instanceGiB, let unknown = need[.memory]?.shortfall else { return nil }
    return SizeDoubt(name, unknown: unknown, less: .together(instances, own: own.instances))
  }

  /// GiB of all instances, added up over the intervals.
  private var instanceGiB: Double { Double(replay.instanceSlots) * offer.specification.memoryGiB }

  func change(from own: HorizontalCandidate) -> Resize {
    Resize(service: sizing.service.name, type: type, count: .replayed)
  }
}

/// From this count on a type cannot carry what each instance fills without load.
private let impossibleCount = 100_000
