/// Adjusts capacity while an alarm is on, and waits out a cooldown after any change.
package struct SimplePolicy: Sendable {
  package var alarm: ReplayAlarm
  package var adjustment: CapacityAdjustment
  /// After a change of its own; nil for the service's.
  package var cooldownTicks: Int?

  package init(alarm: ReplayAlarm, adjustment: CapacityAdjustment, cooldownTicks: Int? = nil) {
    self.alarm = alarm
    self.adjustment = adjustment
    self.cooldownTicks = cooldownTicks
  }

  /// What the adjustment makes of the capacity that is wanted so far; nil where that is nothing, or blocked.
  func proposal(_ bases: CapacityBases) -> Int? {
    guard let change = adjustment.change(on: bases.desired) else { return bases.exact(adjustment.amount) }
    guard change > 0 || (change < 0 && !bases.isBlocked) else { return nil }
    return max(0, bases.desired + change)
  }
}
