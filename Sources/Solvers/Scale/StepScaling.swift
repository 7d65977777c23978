// "Step and simple scaling policies for Amazon EC2 Auto Scaling", "Step adjustments for step scaling" and, on what counts
// while instances warm up, the edition of 2021-12 of the same page.

/// An adjustment for how far a metric is beyond its threshold, in thousandths of the metric's unit.
package struct StepAdjustment: Sendable {
  /// nil for no bound.
  package var lower: Int?
  package var upper: Int?
  package var adjustment: Int

  package init(lower: Int?, upper: Int?, adjustment: Int) {
    self.lower = lower
    self.upper = upper
    self.adjustment = adjustment
  }
}

/// What a scaling decision starts from.
package struct CapacityBases: Sendable {
  /// The capacity that is wanted so far.
  package var desired: Int
  /// What counts as capacity when scaling out: instances that have warmed up.
  package var scaleOut: Int
  /// What counts as capacity when scaling in: these and the ones that are terminating.
  package var scaleIn: Int
  /// True while instances start, so that nothing scales in.
  package var isBlocked: Bool

  package init(desired: Int, scaleOut: Int, scaleIn: Int, isBlocked: Bool) {
    self.desired = desired
    self.scaleOut = scaleOut
    self.scaleIn = scaleIn
    self.isBlocked = isBlocked
  }

  /// The bases of a group at rest.
  package init(settled capacity: Int) {
    self.init(desired: capacity, scaleOut: capacity, scaleIn: capacity, isBlocked: false)
  }

  /// An exact capacity, unless it would scale in while that is blocked.
  func exact(_ capacity: Int) -> Int? { capacity < desired && isBlocked ? nil : capacity }
}

/// Adjustments by how far a metric is beyond a threshold.
package struct StepScaling: Sendable {
  package var type: AdjustmentType
  package var minimumMagnitude: Int
  /// In thousandths.
  package var threshold: Int
  /// True where the alarm goes off above the threshold: whether the threshold itself belongs to the steps above it.
  package var isUpward: Bool
  /// Lowest first, without overlap or gap.
  package var steps: [StepAdjustment]

  package init(
    type: AdjustmentType, minimumMagnitude: Int, threshold: Int, isUpward: Bool, steps: [StepAdjustment]
  ) {
    self.type = type
    self.minimumMagnitude = minimumMagnitude
    self.threshold = threshold
    self.isUpward = isUpward
    self.steps = steps
  }

  /// The capacity that the step of a value asks for; nil where there is no step, and where it changes nothing.
  package func proposal(at value: ExactFraction, _ bases: CapacityBases) -> Int? {
    guard let step = step(at: value) else { return nil }
    let adjustment = CapacityAdjustment(type: type, amount: step.adjustment, minimumMagnitude: minimumMagnitude)
    let base = adjustment.amount > 0 ? bases.scaleOut : bases.scaleIn
    guard let change = adjustment.change(on: base) else { return bases.exact(adjustment.amount) }
    if change > 0 { return max(bases.desired, base + change) }
    return change == 0 || bases.isBlocked ? nil : max(0, min(bases.desired, base + change))
  }

  /// Above the threshold the lower bound of a step belongs to it, below the upper one.
  func step(at value: ExactFraction) -> StepAdjustment? {
    let unit = Int128(value.denominator)
    let distance = Int128(value.numerator) * 1000 - Int128(threshold) * unit
    let ownsLower = distance > 0 || (distance == 0 && isUpward)
    return steps.first { step in
      let lower = step.lower.map { Int128($0) * unit }
      let upper = step.upper.map { Int128($0) * unit }
      if ownsLower { return lower.map { $0 <= distance } ?? true && upper.map { distance < $0 } ?? true }
      return lower.map { $0 < distance } ?? true && upper.map { distance <= $0 } ?? true
    }
  }
}
