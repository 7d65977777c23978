/// A type outside what advice may propose that would carry a service for less.
package struct SizeAlternative: Hashable, Sendable {
  package var type: String
  /// Instances at once, the fewest and the most.
  package var counts: ClosedRange<Int>
  package var effort: MigrationEffort
  /// `arm64`; nil where the price book does not say.
  package var architecture: String?
  /// What it stands beside: the type that is proposed, or runs.
  package var insteadOf: String
  /// On demand, for a month of ``hoursAMonth``, in USD: what it stands beside, and the alternative.
  package var monthly, alternativeMonthly: Money

  package init(
    type: String, counts: ClosedRange<Int>, effort: MigrationEffort, architecture: String?, insteadOf: String,
    monthly: Money, alternativeMonthly: Money
  ) {
    self.type = type
    self.counts = counts
    self.effort = effort
    self.architecture = architecture
    self.insteadOf = insteadOf
    self.monthly = monthly
    self.alternativeMonthly = alternativeMonthly
  }

  /// What it would save a month.
  package var saving: Money { monthly - alternativeMonthly }
}
