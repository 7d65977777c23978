/// Demand that grows, or shrinks, by a percentage every month, at the end of some months.
package struct MonthlyGrowth: DemandChange {
  package var percent: ScaledDecimal
  /// After how many months; nil for as far ahead as the question looks.
  package var months: Int?

  package init(percent: ScaledDecimal, months: Int?) {
    self.percent = percent
    self.months = months
  }

  /// How far ahead it is looked where nobody says.
  package static let usualMonths = 12
  package static let mostMonths = 60

  package static let kind = "monthly-growth"
  package static let option = ChangeOption(
    "growth", valueName: "percent/month[:months]",
    help:
      "Demand so much higher every month, after so many months; as many as the horizon, or 12, where none are named.",
    expectation:
      "a percentage from -50 to +50 a month, of at most two decimals, and months from 1 to 60, 5%/month or 5%/month:24",
    example: "5%/month:24", takesSigns: true)

  package init?(optionText: String) {
    let parts = optionText.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count) else { return nil }
    let rate = parts[0].hasSuffix("/month") ? String(parts[0].dropLast("/month".count)) : parts[0]
    guard rate.hasSuffix("%"), let percent = ScaledDecimal(String(rate.dropLast())) else { return nil }
    self.init(percent: percent, months: nil)
    guard parts.count == 2 else { return }
    guard let months = Int(parts[1].hasSuffix("m") ? String(parts[1].dropLast()) : parts[1]) else { return nil }
    self.months = months
  }

  package var optionText: String { "\(percent)%/month" + (months.map { ":\($0)" } ?? "") }
  private var span: Int { months ?? Self.usualMonths }
  package var fault: String? {
    let isSound = (-50...50).contains(percent.double) && percent.scale <= 2 && (1...Self.mostMonths).contains(span)
    guard isSound else { return Self.option.expectation }
    return factor == nil
      ? "demand of a trillionth to a thousand times what it is; \(percent) % a month is beyond that after \(span) months"
      : nil
  }
  package var words: String {
    "demand \(percent.mantissa < 0 ? "" : "+")\(percent) % a month, after \(span) \(span == 1 ? "month" : "months")"
  }

  /// (1 + percent / 100) to the power of the months, to a trillionth, rounded half-even month by month; nil beyond a
  /// factor of a thousand.
  package var factor: DemandFactor? {
    let one: Int128 = 1_000_000_000_000
    let hundred = 100 * widePowerOfTen(percent.scale)
    var value = one
    for _ in 0..<max(0, min(span, Self.mostMonths)) {
      value = roundedHalfEven(value * (hundred + Int128(percent.mantissa)), dividedBy: hundred)
      guard value > 0, value <= 1000 * one else { return nil }
    }
    return ratio(value, one)
  }

  package func demand(_ context: some ChangeContext) throws(DataError) -> Demand { Demand(factor ?? .one) }
}
