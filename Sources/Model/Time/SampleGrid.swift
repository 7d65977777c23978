/// The grid of sampling intervals of a period.
package struct SampleGrid: Hashable, Sendable {
  /// Five minutes, the interval of basic monitoring: what analysis lays its grids in.
  package static let usualStepSeconds: Int64 = 300

  package var period: Period
  package var stepSeconds: Int64

  /// - Precondition: the step is positive.
  package init(period: Period, stepSeconds: Int64 = usualStepSeconds) {
    precondition(stepSeconds > 0, "a grid needs a positive step")
    self.period = period
    self.stepSeconds = stepSeconds
  }

  /// The last days of another grid's period, or as many before its end when it has fewer.
  package init(lastDays days: Int, of grid: SampleGrid) {
    let start = grid.period.end.advanced(by: -86_400 * Int64(days))
    self.init(period: Period(start: start, end: grid.period.end), stepSeconds: grid.stepSeconds)
  }

  package var count: Int { Int((period.seconds + stepSeconds - 1) / stepSeconds) }
  package func instant(_ slot: Int) -> Instant {
    period.start.advanced(by: Int64(slot) * stepSeconds)
  }
  /// The slot that an instant falls into, which may lie outside the grid.
  @inlinable package func slot(_ instant: Instant) -> Int {
    Int(floorDivide(instant.seconds - period.start.seconds, stepSeconds))
  }
  /// The slots that start inside a period.
  package func slots(in part: Period) -> Range<Int> {
    let lower = max(0, slot(part.start.advanced(by: stepSeconds - 1)))
    let upper = min(count, slot(part.end.advanced(by: stepSeconds - 1)))
    return lower..<max(lower, upper)
  }
}
