import Analysis
import Model

/// Reserved, on-demand and spot capacity by break-even on the reviewed hours; see ``BreakEven``.
///
/// What existing commitments already cover is taken off first, by the bill engine's own rules. Spot is offered only to
/// services the fleet file calls interruptible.
package struct PurchaseMix: Adviser {
  package let step = AdviceStep.mix
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Advice
  {
    let hours = Int(context.period.seconds / 3600)
    let inventoried = Coverage(seen: hours, expected: hours)
    let evidence = Evidence(period: context.period, coverage: inventoried, figures: [])
    guard let type = context.mainType(of: service.name, in: plan) else {
      return Advice(verdict(.refused, service, "not judged", because: "no instance ran", evidence))
    }
    let residual = residualDemand(of: service.name, type: type, plan: plan, context)
    guard residual.contains(where: { $0 > 0 }) else {
      let why = "existing commitments cover every hour"
      return Advice(verdict(.kept, service, "buy nothing", because: why, evidence))
    }
    let kind = context.kind(type, of: service)
    let onDemand = try context.catalogue.onDemand(kind, at: context.asOf)
    var best: Purchase?
    for term in context.fleet.purchase.offers {
      let price = try context.catalogue.reserved(kind, term, at: context.asOf)
      let purchase = Purchase(service, residual, onDemand, price, context)
      if best.map({ purchase.cost < $0.cost }) ?? true { best = purchase }
    }
    guard let best else {
      return Advice(verdict(.kept, service, "buy nothing", because: "the fleet file allows no offer", evidence))
    }
    return advice(best, service, type: type, plan: plan, evidence, context)
  }

  /// On-demand instance-seconds of each clock hour that no existing commitment covers.
  private func residualDemand(
    of service: String, type: String, plan: FleetPlan, _ context: AdviceContext
  ) -> [Int64] {
    let coverage = ReservationCoverage(
      runs: plan.runs, commitments: plan.commitments, over: context.period,
      kind: context.engine.kind)
    var demand = [Int64](repeating: 0, count: Int((context.period.seconds + 3599) / 3600))
    for (key, byHour) in coverage.uncovered where key.service == service && key.kind.type == type {
      for (hour, units) in byHour {
        let index = Int((hour.seconds - context.period.start.seconds) / 3600)
        demand[index] += Int64(units / normalisedUnits(type))
      }
    }
    return demand
  }

  private func advice(
    _ purchase: Purchase, _ service: Service, type: String, plan: FleetPlan, _ evidence: Evidence,
    _ context: AdviceContext
  ) -> Advice {
    var evidence = evidence
    evidence.figures = purchase.figures
    evidence.prices = purchase.prices
    let spotCounts = purchase.spotCounts(service, plan: plan, context)
    let spotHours = spotCounts.reduce(0, +) * Int(context.grid.stepSeconds) / 3600
    guard purchase.count > 0 || spotHours > 0 else {
      let why = "no further level is used for \(purchase.model.breakEvenPercent) % of the hours"
      return Advice(verdict(.kept, service, "buy nothing", because: why, evidence))
    }
    var parts: [String] = []
    if purchase.count > 0 { parts.append("reserve \(purchase.count) more \(type), \(purchase.price.term)") }
    if spotHours > 0 { parts.append("run \(spotHours) instance-hours a month as spot") }
    let reason = purchase.reason
    let held = purchase.commitment(service, type: type, context)
    return Advice(
      verdict(.recommended, service, parts.joined(separator: "; "), because: reason, evidence, .medium),
      change: { plan in
        if let held { plan.commitments.append(held) }
        if spotHours > 0 { plan.setSpot(spotCounts, of: service.name, on: context.grid) }
      })
  }
}

/// The best use of one offer for one service.
struct Purchase: Sendable {
  let model: BreakEven
  let price: ReservedPrice
  let count: Int
  let prices: [String]
  let spotNote: String
  var cost: Int128 { model.cost(count) }

  init(
    _ service: Service, _ residual: [Int64], _ onDemand: OnDemandPrice, _ price: ReservedPrice,
    _ context: AdviceContext
  ) {
    let policy = context.fleet.purchase
    let estimate = context.catalogue.spot(onDemand.kind, at: context.asOf)
    var prices = [context.engine.words(onDemand), context.engine.words(price)]
    var spot: Money?
    if service.interruptible, let estimate {
      spot = onDemand.hourly.charge(
        for: Int128((100 - estimate.savingsPercent) * (100 + policy.spotReworkPercent)), per: 10_000)
      prices.append(context.engine.words(estimate, onDemand: onDemand))
      spotNote =
        "\(spot!)/h with \(policy.spotReworkPercent) % rework, interrupted \(estimate.interruption) a month, "
        + "at most \(policy.maximumSpotPercent) % of instances, never the first \(service.minimum)"
    } else {
      spotNote = service.interruptible ? "no spot estimate in the book" : "not interruptible"
    }
    model = BreakEven(
      demand: residual, onDemand: onDemand.hourly, reserved: price.effectiveHourly, spot: spot,
      spotPercent: Int64(policy.maximumSpotPercent), floor: Int64(service.minimum))
    self.price = price
    self.prices = prices
    count = model.best
  }

  var figures: [Evidence.Figure] {
    let hours = model.demand.count
    var figures: [Evidence.Figure] = [
      .init(
        "break-even",
        "\(model.reserved)/h reserved / \(model.onDemand)/h on-demand = \(model.breakEvenPercent) % of hours"),
      .init("spot", spotNote),
    ]
    let levels = Int(((model.demand.max() ?? 0) + 3599) / 3600)
    for level in 1...max(1, levels) where level <= count + 2 {
      let share = Double(model.use(ofLevel: level)) / Double(hours * 3600) * 100
      figures.append(
        .init(
          "level \(level) beyond existing commitments",
          "used \(rounded(share, 1)) % of \(hours) hours, \(level <= count ? "reserved" : "not reserved")"))
    }
    figures.append(
      .init(
        "history against the term", "\(hours / 24) days against \(price.term.years) year(s); the rest is assumed alike")
    )
    return figures
  }

  var reason: String {
    let hours = Double(model.demand.count * 3600)
    let lowest = Double(model.use(ofLevel: max(1, count))) / hours * 100
    return count > 0
      ? "each is used at least \(rounded(lowest, 1)) % of hours, break-even \(model.breakEvenPercent) %"
      : "interruptible work at \(model.spot.map(\.description) ?? "?")/h against \(model.onDemand)/h"
  }

  func commitment(_ service: Service, type: String, _ context: AdviceContext) -> PricedCommitment? {
    guard count > 0 else { return nil }
    return PricedCommitment(
      commitment: Commitment(
        id: "planned-\(service.name)", service: service.name, type: type, count: count,
        term: price.term, started: context.period.start), price: price)
  }

  /// How many instances may be spot in each slot.
  func spotCounts(_ service: Service, plan: FleetPlan, _ context: AdviceContext) -> [Int] {
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    guard let spot = model.spot, spot < model.onDemand else { return running.map { _ in 0 } }
    let held = plan.commitments.filter { $0.commitment.service == service.name }
      .reduce(0) { $0 + $1.commitment.count }
    let percent = Int(model.spotPercent)
    return running.map { max(0, min($0 * percent / 100, $0 - max(service.minimum, held + count))) }
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
