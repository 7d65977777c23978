import Analysis
import Model

/// A type and how many of it an autoscaler would have run.
struct HorizontalCandidate: SizeCandidate {
  let sizing: HorizontalSizing
  let offer: TypeOffer
  let required: RequiredCount
  let replay: CountReplay
  /// Of credits beyond those earned; 0 where none are charged.
  let surplus: Money
  /// Of the instances, and of surplus credits; on demand, over what is looked back on.
  let cost: Money
  let rank: Int128
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

  init(sizing: HorizontalSizing, offer: TypeOffer, required: RequiredCount, replay: CountReplay) {
    self.sizing = sizing
    self.offer = offer
    self.required = required
    self.replay = replay
    surplus = sizing.surplus(of: offer, counts: replay.counts)
    throttled = sizing.throttled(offer, counts: replay.counts)
    most = replay.counts.max() ?? 0
    var memoryRisk = PerformanceRisk(stepSeconds: sizing.load.grid.stepSeconds)
    memoryRisk.add(zip(required.bareMemory, replay.counts).map { bare, count in bare.map { $0 > count } })
    self.memoryRisk = memoryRisk
    cost = offer.hourly.perHour(seconds: Int64(replay.instanceSlots) * sizing.load.grid.stepSeconds) + surplus
    rank = offer.weighted(cost)
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
      || most <= sizing.service.maximum && !isThrottled && !isDoubtful && !lacksMemory
  }

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
    }
    if isThrottled, let throttled { shortfalls.append(.throttled(throttled)) }
    if lacksMemory { shortfalls.append(.memoryShort(memoryRisk)) }
    if isDoubtful { shortfalls.append(.idleInDoubt(idleGiB: sizing.idleMemoryGiB ?? 0)) }
    return shortfalls
  }

  /// How often the replayed count would have been too small even without headroom.
  private var risk: PerformanceRisk {
    var risk = PerformanceRisk(stepSeconds: sizing.load.grid.stepSeconds)
    risk.add(zip(required.bare, replay.counts).map { bare, count in bare.map { $0 > count } })
    return risk
  }

  var memoryShort: PerformanceRisk? {
    sizing.context.rules.memoryPercentile != nil && memoryRisk.exceeded > 0 ? memoryRisk : nil
  }

  private var instances: CountedType { CountedType(type, counts: counts) }
  private var replayed: ReplayedCost { ReplayedCost(instances, cost: cost, days: sizing.replayedDays) }

  var trial: CandidateFigure.Trial? {
    guard canStart else { return nil }
    let maximum = sizing.service.maximum
    return .replay(
      ReplayTrial(
        replayed, for: required.binding, changes: replay.changes, risk: risk, surplus: surplus,
        exceededMaximum: fits && most > maximum ? maximum : nil))
  }
}

extension HorizontalCandidate {
  func gain(beside own: HorizontalCandidate, _ need: SizeNeed, _ rules: ReviewRules) -> SizeGain {
    own.fits
      ? .replay(replayed, beside: own.replayed) : .carries(replayed, failing: own.name, own.shortfalls)
  }

  func reasonAgainst(beside own: HorizontalCandidate) -> SizeReason { .replay(replayed, beside: own.replayed) }

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
