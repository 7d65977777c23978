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
  /// See ``HorizontalSizing/idleRank(_:)``; of what runs alone.
  var idleRank: Int128?
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
    cost = offer.hourly.perHour(seconds: Int64(replay.instanceSlots) * sizing.load.grid.stepSeconds) + surplus
    rank = offer.weighted(cost)
  }

  var name: String { type }
  var monthly: Money {
    cost.charge(for: Int128(hoursAMonth) * 3600, per: Int128(max(1, sizing.load.grid.period.seconds)))
  }
  var counts: ClosedRange<Int> { (replay.counts.min() ?? 0)...most }
  var rung: Int128 { Int128(offer.hourly.nanoDollars) }
  private var stepSeconds: Int64 { sizing.load.grid.stepSeconds }

  /// What runs does, unless it is filled without load.
  var fits: Bool {
    guard most < impossibleCount else { return false }
    return type == sizing.current.type || most <= sizing.service.maximum && !isThrottled && !isDoubtful
  }

  /// True when it is throttled more often than the percentile lets pass.
  private var isThrottled: Bool {
    throttled.map { $0.share > 1 - sizing.context.rules.percentile.double / 100 } ?? false
  }

  var failures: [String] {
    guard !fits else { return [] }
    if most >= impossibleCount, let idle = sizing.idleMemoryGiB {
      let gibs = rounded(offer.specification.memoryGiB, 2)
      return [
        "memory: \(gibs) GiB less \(sizing.memoryReservePercent) % < \(rounded(idle, 2)) that each fills without load"
      ]
    }
    var failures: [String] = []
    if most > sizing.service.maximum {
      failures.append("\(grouped(most)) at once for \(required.binding), the maximum is \(sizing.service.maximum)")
    }
    if isThrottled, let throttled {
      failures.append("CPU credits: throttled \(throttled.words(stepSeconds: stepSeconds)) in standard mode")
    }
    if isDoubtful {
      failures.append(
        "memory: dearer where the \(rounded(sizing.idleMemoryGiB ?? 0, 2)) GiB that each fills always are no load")
    }
    return failures
  }

  /// How often the replayed count would have been too small even without headroom.
  private var risk: PerformanceRisk {
    var risk = PerformanceRisk()
    risk.add(zip(required.bare, replay.counts).map { bare, count in bare.map { $0 > count } })
    return risk
  }

  /// `2 to 5`.
  var countWords: String {
    let (least, most) = (replay.counts.min() ?? 0, most)
    return least == most ? grouped(most) : "\(grouped(least)) to \(grouped(most))"
  }

  /// `88.10`.
  var costWords: String { sizing.context.engine.listed(cost) }

  func note(among offers: [TypeOffer]) -> String {
    guard most < impossibleCount else { return failures.joined(separator: "; ") }
    var words = failures.map { $0 + "; " }.joined()
    if fits, most > sizing.service.maximum { words += "more than the maximum of \(sizing.service.maximum); " }
    words += "\(countWords) at once, \(costWords) \(sizing.replayWords), for \(required.binding)"
    words += "; \(grouped(replay.changes)) changes, too few \(risk.words(stepSeconds: stepSeconds))"
    if surplus > .zero {
      words += "; of it \(sizing.context.engine.listed(surplus)) for surplus credits"
    }
    if offer.effort != .none { words += "; \(offer.effort.words(offer.specification))\(offer.speedWords)" }
    return words + offer.breakEvenWords(among: offers)
  }
}

extension HorizontalCandidate {
  func reason(beside own: HorizontalCandidate, _ need: SizeNeed, _ rules: ReviewRules) -> String {
    guard own.fits else {
      return
        "\(own.type): \(own.failures.joined(separator: "; ")); \(countWords) x \(type) carry it for \(costWords) \(sizing.replayWords)"
    }
    return
      "\(countWords) x \(type) carry it for \(costWords) \(sizing.replayWords), \(own.countWords) x \(own.type) for \(own.costWords)"
  }

  func reasonAgainst(beside own: HorizontalCandidate) -> String {
    "\(countWords) x \(type) would cost \(costWords) \(sizing.replayWords), \(own.countWords) x \(own.type) \(own.costWords)"
  }

  func doubt(beside own: HorizontalCandidate, _ need: SizeNeed) -> String? {
    if let doubt = need.doubt(in: offer.specification, instead: own.offer.specification) { return doubt }
    guard need.memoryGiB == nil, instanceGiB < own.instanceGiB else { return nil }
    return
      "\(need[.memory]!.words); \(countWords) x \(type) have less of it together than \(own.countWords) x \(own.type)"
  }

  /// GiB of all instances, added up over the intervals.
  private var instanceGiB: Double { Double(replay.instanceSlots) * offer.specification.memoryGiB }

  func change(from own: HorizontalCandidate) -> Resize {
    Resize(service: sizing.service.name, type: type, count: .replayed)
  }
}

/// From this count on a type cannot carry what each instance fills without load.
private let impossibleCount = 100_000
