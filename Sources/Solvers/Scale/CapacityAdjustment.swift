// "Step and simple scaling policies for Amazon EC2 Auto Scaling", "Scaling adjustment types"
// (as-scaling-simple-step.md of the user guide).

/// What the number of an adjustment means, as EC2 Auto Scaling spells it.
package enum AdjustmentType: String, CaseIterable, Sendable {
  case changeInCapacity = "ChangeInCapacity"
  case percentChangeInCapacity = "PercentChangeInCapacity"
  case exactCapacity = "ExactCapacity"
}

/// By how much capacity changes.
package struct CapacityAdjustment: Sendable {
  package var type: AdjustmentType
  package var amount: Int
  /// Of a percentage, the least change that it makes; 0 for none.
  package var minimumMagnitude: Int

  package init(type: AdjustmentType, amount: Int, minimumMagnitude: Int = 0) {
    self.type = type
    self.amount = amount
    self.minimumMagnitude = minimumMagnitude
  }

  /// The signed change on a capacity; nil for an exact capacity, which depends on none.
  package func change(on base: Int) -> Int? {
    switch type {
    case .exactCapacity: return nil
    case .changeInCapacity: return amount
    case .percentChangeInCapacity:
      let change = Self.percentage(amount, of: base)
      guard amount != 0, abs(change) < minimumMagnitude else { return change }
      return amount.signum() * minimumMagnitude
    }
  }

  /// So many percent of a capacity: between -1 and 1 away from zero, else towards it.
  package static func percentage(_ percent: Int, of base: Int) -> Int {
    let hundredths = base * percent
    return abs(hundredths) < 100 ? hundredths.signum() : hundredths / 100
  }
}
