// Whose instances a commitment pays for, where an organisation has several accounts.
//
// With sharing on, what is held pays for the usage of its owner's account first, then for that of the others; with
// sharing off for its owner's alone. That order holds within each kind of commitment, the kinds as they always follow
// one another: zonal reservations, regional ones, savings plans kind by kind. What is held by nobody known comes behind
// what is, and usage of nobody known behind usage that is: AWS says nothing of either, for it knows both.
// Source: AWS Savings Plans user guide, "Understanding how Savings Plans apply to your AWS usage" (owner account first,
// then the others where sharing is on); AWS Billing user guide, "Reserved Instances and Savings Plans discount sharing".
// That the order of kinds goes before that of accounts is ours: neither guide says which of the two comes first.

import Model

/// How what is held reaches beyond the account that it is of.
package enum CommitmentSharing: Hashable, Sendable {
  /// All accounts are one: nothing says whose any of it is.
  case pooled
  /// Its owner's account first, then all others.
  case ownerFirst
  /// Its owner's account alone.
  case ownerAlone

  /// The turns in which usage may be served, in order.
  var turns: Range<Int> { self == .pooled ? 0..<1 : 0..<2 }

  /// In which turn something held serves usage; nil where it never does.
  /// - Parameters:
  ///   - owner: the account that it is of; nil for not known.
  ///   - account: that of the usage; nil for not known.
  func turn(of owner: String?, serving account: String?) -> Int? {
    guard self != .pooled else { return 0 }
    guard let owner, let account else { return 1 }
    if owner == account { return 0 }
    return self == .ownerAlone ? nil : 1
  }
}

extension BillingEngine {
  /// How what a plan holds is shared among accounts. A study sees to it that what is not shared says whose it is.
  package func sharing(of plan: FleetPlan) -> CommitmentSharing {
    guard fleet.purchase.sharedBetweenAccounts else { return .ownerAlone }
    let isOwned =
      plan.commitments.contains { $0.commitment.account != nil } || plan.savingsPlans.contains { $0.account != nil }
    return isOwned ? .ownerFirst : .pooled
  }

  /// An account where it buys for itself; nil where commitments are shared.
  package func buyer(_ account: String?) -> String? { fleet.purchase.sharedBetweenAccounts ? nil : account }
}

extension Dictionary where Key == UsageKey {
  /// The same without accounts, where lines do not tell them apart: what is of one service and kind together.
  func acrossAccounts(_ sharing: CommitmentSharing, _ add: (inout Value, Value) -> Void) -> [UsageKey: Value] {
    guard sharing == .ownerFirst else { return self }
    return reduce(into: [:]) { merged, entry in
      var key = entry.key
      key.account = nil
      if var known = merged.removeValue(forKey: key) {
        add(&known, entry.value)
        merged[key] = known
      } else {
        merged[key] = entry.value
      }
    }
  }
}
