import Model

/// What every answer about a month is about: whose month it is, and on which clock.
public struct MonthScope: Sendable {
  /// The fleet as its owners call it.
  public let fleet: String
  /// The month in question.
  public let month: Month
  /// From its first moment to the first behind it, on the fleet's clock.
  public let period: Period
  /// The fleet's clock, which decides where the month begins and how moments are printed.
  package let clock: LocalClock

  package init(_ study: Study) {
    fleet = study.fleet.title
    month = study.month
    period = study.period
    clock = study.context.clock
  }
}
