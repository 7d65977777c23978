/// Adjusts capacity while conditions hold, one set of them for out and one for in, with a cooldown between decisions.
package struct RulePolicy: Sendable {
  /// Conditions and what is done while they hold.
  package struct Side: Sendable {
    /// True where all must hold, false where any does.
    package var needsAll: Bool
    package var conditions: [ReplayCondition]
    package var adjustment: CapacityAdjustment

    package init(needsAll: Bool, conditions: [ReplayCondition], adjustment: CapacityAdjustment) {
      self.needsAll = needsAll
      self.conditions = conditions
      self.adjustment = adjustment
    }

    /// The capacity that is asked for.
    func capacity(from desired: Int) -> Int {
      adjustment.change(on: desired).map { desired + $0 } ?? adjustment.amount
    }
  }

  package var scaleOut: Side?
  package var scaleIn: Side?
  package var cooldownTicks: Int

  package init(scaleOut: Side?, scaleIn: Side?, cooldownTicks: Int) {
    self.scaleOut = scaleOut
    self.scaleIn = scaleIn
    self.cooldownTicks = cooldownTicks
  }

  /// Out goes before in.
  /// - Parameters: whether the conditions of each side hold.
  func proposal(outHolds: Bool, inHolds: Bool, from desired: Int) -> Int? {
    if let scaleOut, outHolds { return max(desired, scaleOut.capacity(from: desired)) }
    if let scaleIn, inHolds { return max(0, min(desired, scaleIn.capacity(from: desired))) }
    return nil
  }
}
