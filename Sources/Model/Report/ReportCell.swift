/// What stands in a cell of a report: a figure that keeps its exact value, or words.
///
/// Formats decide how it is written: people get rounded and grouped figures, machines the exact ones.
package enum ReportCell: Hashable, Sendable {
  /// Nothing applies here.
  case empty
  case text(String)
  /// A name that is typed as it stands, such as an id.
  case code(String)
  /// Words that lead to a place: a file beside the report, or `#id` of a section in it.
  case link(String, to: String)
  /// An amount in the column's currency, and its cents in print, which may be rounded so that a printed column adds up.
  case money(Money, printed: Cents)
  /// A price for a unit, or an amount for each of something. In print it has so many decimals, rounded half-even; nil for
  /// all it has, four at least.
  case rate(Money, decimals: Int?)
  case count(Int)
  /// A number exactly as it is.
  case decimal(ScaledDecimal)
  /// A measured or computed number, in print rounded to so many decimals.
  case measured(Double, decimals: Int)
  /// A fraction, in print a percentage with so many decimals.
  case share(Double, decimals: Int, rounding: ShareRounding)
  /// A length of time in seconds.
  case duration(Int64)
  /// A moment, printed on a clock that is so many seconds ahead of UTC.
  case instant(Instant, offset: Int64)
  case date(CivilDate)
  case month(Month)
  /// What is not known, and why.
  case unknown(String)
}

/// How a share is rounded in print.
package enum ShareRounding: Hashable, Sendable {
  case nearest
  /// Down, so that 99.96 % never prints as complete.
  case down
}

extension ReportCell {
  /// An amount that stands alone in print.
  package static func money(_ amount: Money) -> ReportCell { .money(amount, printed: Cents(amount)) }

  /// An amount that is whole cents.
  package static func cents(_ cents: Cents) -> ReportCell {
    .money(Money(nanoDollars: cents.count * Money.nanoPerCent), printed: cents)
  }

  /// A price for a unit with all its decimals.
  package static func rate(_ price: Money) -> ReportCell { .rate(price, decimals: nil) }

  /// A fraction printed with one decimal.
  package static func share(_ fraction: Double, decimals: Int = 1) -> ReportCell {
    .share(fraction, decimals: decimals, rounding: .nearest)
  }

  /// The share of samples seen; unknown where none was expected.
  package static func coverage(_ coverage: Coverage) -> ReportCell {
    coverage.expected == 0
      ? .unknown("nothing was expected")
      : .share(Double(coverage.seen) / Double(coverage.expected), decimals: 1, rounding: .down)
  }

  /// What is known, or why it is not.
  package static func known<Value>(
    _ value: Value?, or reason: String, _ cell: (Value) -> ReportCell
  ) -> ReportCell {
    value.map(cell) ?? .unknown(reason)
  }
}
