/// What the past of a pool says of reserving it, whatever its futures promise.
package struct PurchasePast: Hashable, Sendable {
  /// Why it supports what it supports.
  package enum Standing: Hashable, Sendable {
    /// Levels count that were used in more than this share of the last 30 days and of all days looked at.
    case levels(usedMoreThan: Double)
    /// It was first used less than a week ago.
    case tooYoung
    /// All that runs of it moves to other pools.
    case beingReplaced
    /// A savings plan costs less in use: it would go on to serve what may take the pool's place.
    case leftToPlans
    /// No offer is cheaper than on demand once it may be lost within its term.
    case tooDear
  }

  package var standing: Standing
  /// That may be reserved, what is held included.
  package var units: Int
  package var unit: String
  /// Of the record that were looked at: at most 90.
  package var days: Int
  /// Units that ran in the mean of the last 30 days, and of the 30 before; nil where the record is shorter.
  package var meanBefore, meanNow: Double?
  /// Services that move to another pool, and are not counted.
  package var leaving: [LeavingService]

  package init(
    _ standing: Standing, units: Int, unit: String, days: Int, meanBefore: Double? = nil, meanNow: Double? = nil,
    leaving: [LeavingService] = []
  ) {
    self.standing = standing
    self.units = units
    self.unit = unit
    self.days = days
    self.meanBefore = meanBefore
    self.meanNow = meanNow
    self.leaving = leaving
  }
}

/// A service whose instances another pool takes over.
package struct LeavingService: Hashable, Sendable {
  package var service: String
  /// As reports call the pool.
  package var successor: String

  package init(_ service: String, to successor: String) {
    self.service = service
    self.successor = successor
  }
}
