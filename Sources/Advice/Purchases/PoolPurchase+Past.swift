import Model
import Solvers

extension PoolPurchase {
  /// What the past says of reserving the pool; nil where its owners state how uncertain its demand is.
  var past: PurchasePast? {
    let choice = account.context.fleet.purchase.plan ?? .expected
    guard let support = account.support[choice][poolIndex] else { return nil }
    let past = account.support.past.pools[poolIndex]
    let span = 30 * 24
    let (last, before) = (past.unitHours.suffix(span), past.unitHours.dropLast(span).suffix(span))
    let isKnown = before.count == span
    func mean(_ hours: ArraySlice<Int>) -> Double {
      hours.reduce(0.0) { $0 + Double($1) } / Double(max(1, hours.count))
    }
    return PurchasePast(
      support.standing.standing, units: support.units, unit: pool.kind.type, days: past.unitHours.count / 24,
      meanBefore: isKnown ? mean(before) : nil, meanNow: isKnown ? mean(last) : nil, leaving: past.leaving)
  }
}

extension BuyStanding {
  fileprivate var standing: PurchasePast.Standing {
    switch self {
    case .judged(let share, _): .levels(usedMoreThan: share)
    case .tooYoung: .tooYoung
    case .beingReplaced: .beingReplaced
    case .leftToPlans: .leftToPlans
    case .tooDear: .tooDear
    }
  }
}
