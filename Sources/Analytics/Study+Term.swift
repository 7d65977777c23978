import Advice
import Analysis
import Model

extension Study {
  /// What a change of what some services run saves a month of ``hoursAMonth`` over the coming term, with what is held at each
  /// time of it: a commitment that ends soon does not make what it pays for cheap for long. In the bill's currency; nil where
  /// nothing that may pay for these services ends within the term, so that the month says it.
  /// - Parameters:
  ///   - before: the month's bill without the change.
  ///   - after: the bill with it.
  func termSaving(from before: BillParts, to after: BillParts, of services: [String]) throws(DataError) -> Money? {
    let start = context.asOf.advanced(by: 1)
    let end = start.advanced(by: Int64(PurchaseMix.months(context.fleet.purchase) * hoursAMonth) * 3600)
    let moments = [start] + ends(of: services, in: [before.plan, after.plan]).filter { $0 > start && $0 < end }
    guard moments.count > 1 else { return nil }
    var saved = Int128(0)
    for (from, to) in zip(moments, moments.dropFirst() + [end]) {
      let old = try context.engine.parts(of: before.plan.holding(at: from, over: period), from: before)
      let new = try context.engine.parts(of: after.plan.holding(at: from, over: period), from: after)
      saved += Int128((old.total - new.total).nanoDollars) * Int128(to.seconds - from.seconds)
    }
    let monthly = saved * Int128(hoursAMonth * 3600) / Int128(max(1, period.seconds))
    return Money(clampingNanoDollars: roundedHalfEven(monthly, dividedBy: Int128(end.seconds - start.seconds)))
  }

  /// What the month costs at a later time, with what is held at each moment of that: each makes up its share of the whole.
  /// What is only planned is bought as the month ends, and renewed no more than what is held.
  func total(of parts: BillParts, in later: Period) throws(DataError) -> Money {
    let (reserved, plans) = (parts.plan.commitments, parts.plan.savingsPlans)
    let terms =
      reserved.map { term($0.commitment.period, isPlanned: $0.isPlanned) }
      + plans.map { term($0.period, isPlanned: $0.isPlanned) }
    if terms.allSatisfy({ $0.start <= period.start && $0.end >= later.end }) {
      return context.engine.bill(parts).total
    }
    let changes = Set(terms.flatMap { [$0.start, $0.end] }.filter { $0 > later.start && $0 < later.end })
    let moments = [later.start] + changes.sorted()
    var sum = Int128(0)
    for (from, to) in zip(moments, moments.dropFirst() + [later.end]) {
      var plan = parts.plan
      plan.commitments.removeAll { term($0.commitment.period, isPlanned: $0.isPlanned).end <= from }
      plan.savingsPlans.removeAll { term($0.period, isPlanned: $0.isPlanned).end <= from }
      let then = try context.engine.parts(of: plan.holding(at: from, over: period), from: parts)
      sum += Int128(context.engine.bill(then).total.nanoDollars) * Int128(to.seconds - from.seconds)
    }
    return Money(clampingNanoDollars: roundedHalfEven(sum, dividedBy: Int128(max(1, later.seconds))))
  }

  /// When something pays, looked at from later months: what is planned in this one from its end on.
  private func term(_ stated: Period, isPlanned: Bool) -> Period {
    isPlanned ? Period(start: stated.start, end: stated.end.advanced(by: period.seconds)) : stated
  }

  /// When what is held that may pay for some services ends, in order.
  private func ends(of services: [String], in plans: [FleetPlan]) -> [Instant] {
    let kinds = Set(plans.flatMap { plan in services.flatMap { plan.runs(of: $0) }.map(context.engine.kind) })
    let groups = Set(kinds.map { SharingGroup($0, by: context.cloud) })
    let reservations = plans.flatMap(\.commitments).filter {
      !$0.isPlanned && groups.contains(SharingGroup($0.kind, by: context.cloud))
    }
    let savingsPlans = plans.flatMap(\.savingsPlans).filter { held in
      !held.isPlanned && kinds.contains { context.cloud.applies(held, to: $0) }
    }
    return Set(reservations.map(\.commitment.period.end) + savingsPlans.map(\.period.end)).sorted()
  }
}

extension FleetPlan {
  /// The plan with what is held at a moment, held for all of a period.
  fileprivate func holding(at moment: Instant, over period: Period) -> FleetPlan {
    var copy = self
    copy.commitments = commitments.held(at: moment, from: period.start)
    copy.savingsPlans = savingsPlans.held(at: moment, from: period.start)
    return copy
  }
}
