import Analysis
import Model

/// The best use of one offer, or of none, for one service.
struct Purchase: Sendable {
  let model: BreakEven
  /// nil when nothing is reserved.
  let price: ReservedPrice?
  let count: Int
  let prices: [PriceNote]
  private let demand: HourlyDemand
  private let spotNote: String
  private let words: RateWords

  var cost: Int128 { model.cost(count) }

  init(
    _ service: Service, _ demand: HourlyDemand, _ onDemand: OnDemandPrice, _ price: ReservedPrice?,
    _ context: AdviceContext
  ) {
    let policy = context.fleet.purchase
    // As the bill: the estimate in force at the end of the time it is used for.
    let estimate = context.catalogue.spot(onDemand.kind, at: context.period.end.advanced(by: -1))
    var prices = [context.engine.note(onDemand)] + (price.map { [context.engine.note($0)] } ?? [])
    var spot: Money?
    if service.interruptible, let estimate {
      spot = onDemand.hourly.charge(
        for: Int128((100 - estimate.savingsPercent) * (100 + policy.spotReworkPercent)), per: 10_000)
      prices.append(context.engine.note(estimate, onDemand: onDemand))
      spotNote =
        "\(context.engine.rate(spot!))/h (derived) with \(policy.spotReworkPercent) % rework, interrupted \(estimate.interruption) a month, "
        + "at most \(policy.maximumSpotPercent) % of instances, never the first \(service.minimum)"
    } else {
      spotNote = service.interruptible ? "no spot estimate in the book" : "not interruptible"
    }
    model = BreakEven(
      demand: demand.residual, total: demand.total, lengths: demand.lengths, onDemand: onDemand.hourly,
      reserved: price?.effectiveHourly ?? onDemand.hourly, spot: spot,
      spotPercent: Int64(policy.maximumSpotPercent), floor: Int64(service.minimum))
    words = RateWords(model, onDemand: onDemand.provenance.quality, reserved: price?.provenance.quality, context.engine)
    // Break-even is at list prices: one discount is off all that is compared here, and off its ratios nothing.
    prices += context.engine.discountNotes(onDemand.kind)
    self.demand = demand
    self.price = price
    self.prices = prices
    count = price == nil ? 0 : model.best
  }

  /// What a reader recomputes the purchase from: break-even, the use of each level bought and of the next two.
  var figures: [Evidence.Figure] {
    let hours = model.seconds / 3600
    var figures: [Evidence.Figure] = [.init("spot", spotNote)]
    guard let price else { return figures }
    figures.insert(
      .init("break-even", "\(words.reserved) / \(words.onDemand) = \(model.breakEvenPercent) % of hours"), at: 0)
    for level in 1...max(1, model.levels) where level <= count + 2 {
      figures.append(
        .init(
          "level \(level) beyond existing commitments",
          "used \(use(ofLevel: level)) % of \(hours) hours, \(level <= count ? "reserved" : "not reserved")"))
    }
    figures.append(
      .init(
        "history against the term", "\(hours / 24) days against \(price.term.years) year(s); the rest is assumed alike")
    )
    return figures
  }

  var reason: String {
    if count > 0 {
      return "each is used at least \(use(ofLevel: count)) % of hours, break-even \(model.breakEvenPercent) %"
    }
    if model.spot != nil { return "interruptible work at \(words.spot) against \(words.onDemand)" }
    return price == nil
      ? "the fleet file allows no offer" : "no further level is used for \(model.breakEvenPercent) % of the hours"
  }

  private func use(ofLevel level: Int) -> String {
    rounded(Double(model.use(ofLevel: level)) / Double(model.seconds) * 100, 1)
  }

  /// The reservations as a commitment held all period; nil when none are bought.
  func commitment(_ service: Service, type: String, _ context: AdviceContext) -> PricedCommitment? {
    guard count > 0, let price else { return nil }
    return PricedCommitment(
      commitment: Commitment(
        id: "planned-\(service.name)", service: service.name, type: type, count: count,
        term: price.term, started: context.period.start), price: price)
  }

  /// How many instances are spot in each slot: the share the policy allows of those that neither the minimum nor a
  /// commitment, held or bought, speaks for.
  func spotCounts(_ service: Service, plan: FleetPlan, _ context: AdviceContext) -> [Int] {
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    guard let spot = model.spot, spot < model.onDemand else { return running.map { _ in 0 } }
    return running.indices.map { slot in
      let committed = demand.covered(at: context.grid.instant(slot), context) + count
      let free = running[slot] - max(service.minimum, committed)
      return max(0, min(running[slot] * Int(model.spotPercent) / 100, free))
    }
  }
}

/// The rates of a purchase in words, derived ones marked.
private struct RateWords: Sendable {
  /// `0.096/h on-demand`.
  let onDemand: String
  /// `0.0576/h reserved (derived)`.
  let reserved: String
  /// `0.0365925/h (derived)`: spot is always worked out from an estimate.
  let spot: String

  init(_ model: BreakEven, onDemand: PriceQuality, reserved: PriceQuality?, _ engine: BillingEngine) {
    func words(_ rate: Money, _ name: String, _ quality: PriceQuality?) -> String {
      "\(engine.rate(rate))/h" + name + (quality == .derived ? " (derived)" : "")
    }
    self.onDemand = words(model.onDemand, " on-demand", onDemand)
    self.reserved = words(model.reserved, " reserved", reserved)
    spot = words(model.spot ?? .zero, "", .derived)
  }
}

extension FleetPlan {
  /// Buys so many of a service's instances as spot in each slot; the rest stay as they are.
  package mutating func setSpot(_ counts: [Int], of service: String, on grid: SampleGrid) {
    let runs = runs(of: service)
    guard var template = runs.first else { return }
    let running = runningCounts(runs, on: grid)
    let base = reshaped(runs, to: zip(running, counts).map { $0 - $1 }, on: grid, template: template)
    template.lifecycle = .spot
    template.resource = "\(service)-spot"
    setRuns(base + reshaped([], to: counts, on: grid, template: template), of: service)
  }
}
