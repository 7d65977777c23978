// Which usage the held savings plans pay for, and what of their commitment nobody draws.
//
// Hour by hour, of what reservations left on demand: kind of plan by kind of plan (`SavingsPlanRules.drawingOrder`). Within
// each kind the owner's account comes before the others (`CommitmentSharing.swift`), and combinations of plan and usage go by
//
//     saving = 1 - rate / on-demand rate,  the highest first; of equal ones the lower rate;
//     then the plan that started first, its id, and the usage by service and kind
//
// until the usage or the hour's commitment is used up. A plan's rates are those in force when it started, for what is
// paid for usage stays the same through its term; on-demand rates are those of the hour. Usage whose rate is not known at
// that moment stays on demand.
// Source: AWS Savings Plans user guide, "Understanding how Savings Plans apply to your AWS usage" (order; "your current
// On-Demand rates"), <https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html>, and "What are Savings
// Plans?" (rates stay the same through the term). The last tie-break is ours: AWS does not say.
//
// Units: an atom is a 1/3,225,600,000,000 of an instance-second, so that unit-seconds of every published size are whole
// atoms; a draw is nano-dollars × 3,600 × atoms a second, exact.

import Model

/// How many atoms an instance-second has: 10,080 × 32 × 10⁷, which every published number of normalised units divides.
package let atomsPerSecond: Int128 = 3_225_600_000_000

/// What the savings plans of a plan pay for over a period.
package struct SavingsPlanCoverage: Sendable {
  /// What one plan pays of one usage.
  package struct Share: Hashable, Sendable {
    /// Covered atoms.
    package var atoms: Int128 = 0
    /// What it draws from the commitment: nano-dollars × 3,600 × ``atomsPerSecond``.
    package var drawn: Int128 = 0
  }

  /// By plan (its index) and usage.
  package private(set) var covered: [[UsageKey: Share]]
  /// Commitment that was not drawn, by plan: nano-dollars × 3,600 × ``atomsPerSecond``.
  package private(set) var unused: [Int128]
  /// Atoms left to on-demand, by the hour.
  package private(set) var remaining: [UsageKey: HourlyUnits] = [:]
  /// The rates of each plan, by what may draw from it.
  package let rates: [[InstanceKind: SavingsPlanRate]]

  /// - Parameters:
  ///   - uncovered: unit-seconds that no reservation covers, by the start of the hour.
  ///   - sharing: how plans reach beyond their accounts.
  /// - Throws: ``DataError`` where usage has no on-demand price, which it is compared with.
  package init(
    of uncovered: [UsageKey: HourlyUnits], plans: [HeldSavingsPlan], catalogue: Catalogue, over period: Period,
    sharing: CommitmentSharing = .pooled
  ) throws(DataError) {
    let keys = uncovered.keys.sorted()
    rates = plans.map { plan in
      Dictionary(
        Set(keys.map(\.kind)).compactMap { kind in plan.rate(of: kind, in: catalogue).map { (kind, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    covered = plans.map { _ in [:] }
    unused = plans.map { _ in 0 }
    let units = keys.map { catalogue.cloud.normalisedUnits(of: $0.kind) }
    var order = try DrawingOrder(
      keys, plans: plans, rates: rates, catalogue: catalogue, over: period, sharing: sharing)
    let hours = HourlyUnits.hours(of: period)
    let none = HourlyUnits(over: period)
    for (index, number) in hours.enumerated() {
      let hour = Instant(seconds: number * 3600)
      let clock = Period(start: hour, end: hour.advanced(by: 3600)).intersection(period)!
      let wanted = zip(keys, units).map { atoms(uncovered[$0]?.amounts[index] ?? 0, per: $1) }
      let left = settle(clock, wanted, keys, plans, order.combinations(at: clock.start))
      for (key, left) in zip(keys, left) where left > 0 {
        remaining[key, default: none].add(left, inEach: index..<(index + 1))
      }
    }
  }

  /// One hour: draws in order and keeps what is left of the commitments.
  /// - Returns: what is left of each usage.
  private mutating func settle(
    _ clock: Period, _ wanted: [Int128], _ keys: [UsageKey], _ plans: [HeldSavingsPlan], _ order: [Combination]
  ) -> [Int128] {
    var wanted = wanted
    var budgets = plans.map { plan in
      Int128(plan.hourly.nanoDollars) * Int128(plan.period.intersection(clock)?.seconds ?? 0) * atomsPerSecond
    }
    for next in order where wanted[next.key] > 0 && budgets[next.plan] > 0 {
      let (rate, budget) = (Int128(next.rate.nanoDollars), budgets[next.plan])
      let whole = wanted[next.key] * rate
      // The last usage draws all that is left, for as much of its time as that pays for.
      let atoms = whole <= budget ? wanted[next.key] : min(wanted[next.key], roundedHalfEven(budget, dividedBy: rate))
      let drawn = min(whole, budget)
      wanted[next.key] -= atoms
      budgets[next.plan] -= drawn
      covered[next.plan][keys[next.key], default: Share()].atoms += atoms
      covered[next.plan][keys[next.key], default: Share()].drawn += drawn
    }
    for (plan, budget) in budgets.enumerated() { unused[plan] += budget }
    return wanted
  }
}

/// Unit-seconds of instances of so many normalised units in atoms: exact for every published size.
private func atoms(_ unitSeconds: Int128, per units: Int128) -> Int128 {
  roundedHalfEven(unitSeconds * atomsPerSecond, dividedBy: units)
}

extension HeldSavingsPlan {
  /// What an hour of a kind draws from it: the rate in force when it started; nil where it does not apply or no rate is
  /// known.
  package func rate(of kind: InstanceKind, in catalogue: Catalogue) -> SavingsPlanRate? {
    catalogue.cloud.applies(self, to: kind) ? catalogue.savingsPlanIfKnown(kind, term, at: started) : nil
  }
}

/// A plan and a usage (their indices) with what they are ordered by.
private struct Combination {
  var plan: Int
  var key: Int
  /// Of its owner's account, or behind those.
  var turn: Int
  var rate: Money
  var onDemand: Money
}

/// The order in which usages draw from plans, which changes only with on-demand prices.
private struct DrawingOrder {
  private let keys: [UsageKey]
  private let plans: [HeldSavingsPlan]
  /// The place of each plan's kind in the cloud's order.
  private let ranks: [Int]
  private let rates: [[InstanceKind: SavingsPlanRate]]
  private let prices: [[(period: Period, price: OnDemandPrice)]]
  private let sharing: CommitmentSharing
  private var last: (prices: [Money], order: [Combination])?

  init(
    _ keys: [UsageKey], plans: [HeldSavingsPlan], rates: [[InstanceKind: SavingsPlanRate]], catalogue: Catalogue,
    over period: Period, sharing: CommitmentSharing
  ) throws(DataError) {
    self.keys = keys
    self.plans = plans
    self.sharing = sharing
    self.rates = rates
    let order = catalogue.cloud.drawingOrder
    ranks = plans.map { order.firstIndex(of: $0.term.plan) ?? order.count }
    var prices: [[(period: Period, price: OnDemandPrice)]] = []
    for key in keys { prices.append(try catalogue.onDemand(key.kind, over: period)) }
    self.prices = prices
  }

  mutating func combinations(at instant: Instant) -> [Combination] {
    let now = prices.map { parts in parts.first { $0.period.contains(instant) }?.price.hourly ?? .zero }
    if let last, last.prices == now { return last.order }
    let order = plans.indices.flatMap { plan in
      keys.indices.compactMap { key -> Combination? in
        // What costs nothing on demand has no saving to be ordered by, and draws nothing.
        guard let rate = rates[plan][keys[key].kind], now[key] > .zero,
          let turn = sharing.turn(of: plans[plan].account, serving: keys[key].account)
        else { return nil }
        return Combination(plan: plan, key: key, turn: turn, rate: rate.hourly, onDemand: now[key])
      }
    }.sorted(by: precedes)
    last = (now, order)
    return order
  }

  private func precedes(_ a: Combination, _ b: Combination) -> Bool {
    let (first, second) = (plans[a.plan], plans[b.plan])
    guard ranks[a.plan] == ranks[b.plan] else { return ranks[a.plan] < ranks[b.plan] }
    guard a.turn == b.turn else { return a.turn < b.turn }
    // The higher saving is the lower rate / on-demand rate; both products are below 2¹²⁶.
    let left = Int128(a.rate.nanoDollars) * Int128(b.onDemand.nanoDollars)
    let right = Int128(b.rate.nanoDollars) * Int128(a.onDemand.nanoDollars)
    guard left == right else { return left < right }
    guard a.rate == b.rate else { return a.rate < b.rate }
    return (first.started, first.id, a.key) < (second.started, second.id, b.key)
  }
}
