/// What is bought for an account and when, and what all its demand then costs.
package struct AccountPlan: Hashable, Sendable {
  /// What a purchase is of.
  package enum Subject: Hashable, Sendable {
    /// Indices of a pool and of one of its offers.
    case reservation(pool: Int, offer: Int)
    /// Index of a plan.
    case plan(Int)
  }

  /// So many of something from a moment on, for its term.
  package struct Purchase: Hashable, Sendable {
    package var subject: Subject
    /// Hours from now; the start of a stretch.
    package var hour: Int
    /// Units of the pool, or increments of the plan.
    package var count: Int

    package init(_ subject: Subject, hour: Int = 0, count: Int) {
      self.subject = subject
      self.hour = hour
      self.count = count
    }
  }

  /// By the hour, reservations first, in the order of the problem; none of zero.
  package var purchases: [Purchase]
  /// Micro-USD over the horizon, a fraction rounded up: what is bought as far as the horizon, and what is left to pay.
  package var cost: Int
  /// No plan costs less; proven.
  package var bound: Int

  package init(_ purchases: [Purchase], cost: Int, bound: Int) {
    self.purchases = purchases.filter { $0.count > 0 }.sorted { $0.order < $1.order }
    self.cost = cost
    self.bound = bound
  }

  /// What of it is bought at once.
  package var now: [Purchase] { purchases.filter { $0.hour == 0 } }
}

extension AccountPlan.Purchase {
  /// Where it stands among others.
  fileprivate var order: (Int, Int, Int) {
    switch subject {
    case .reservation(let pool, let offer): (hour, pool, offer)
    case .plan(let plan): (hour, .max, plan)
    }
  }
}
