import Analysis
import Model

/// What a month came to, beside what was said of it on its tenth day or that of the month before.
struct MonthEnd: Sendable {
  private let isWithin, isWithinWide: Bool
  /// Of what the month came to.
  private let error, width, wideWidth: Double

  /// - Parameter after: months between the day of the forecast and the month.
  init?(_ history: CostHistory, month: Int, after: Int) {
    let months = CostHistory.months
    let start = months[..<month].reduce(0, +)
    let known = start + 10
    let first = start + (after == 0 ? 10 : months[month])
    let end = months[...(month + after)].reduce(0, +)
    let grid = SampleGrid(
      period: Period(start: Self.start, end: Self.start.advanced(by: 86_400 * Int64(known))), stepSeconds: 86_400)
    let past = MeasuredPast(on: grid, values: Array(history.days[..<known]), seasons: [7])
    let days = (first - known)..<(end - known)
    let trials = SumTrials(past)
    guard let answer = try? past.forecast(days.upperBound, levels: [80, 95]),
      let sum = SumForecast(trials, days: days, of: answer, level: 80),
      let wide = SumForecast(trials, days: days, of: answer, level: 95)
    else { return nil }
    let actual = history.days[first..<end].reduce(0, +)
    let whole = after == 0 ? actual + history.days[start..<known].reduce(0, +) : actual
    isWithin = sum.lower <= actual && actual <= sum.upper
    isWithinWide = wide.lower <= actual && actual <= wide.upper
    error = abs(sum.mean - actual) / whole
    width = (sum.upper - sum.lower) / whole
    wideWidth = (wide.upper - wide.lower) / whole
  }

  private static let start = Instant(year: 2026, month: 7, day: 1)

  static func print(_ title: String, _ known: String, _ ends: [MonthEnd]) {
    func percent(_ share: Double) -> String { "\(rounded(100 * share, 1)) %" }
    func mean(_ value: (MonthEnd) -> Double) -> String {
      percent(ends.reduce(0) { $0 + value($1) } / Double(ends.count))
    }
    func share(_ isWithin: (MonthEnd) -> Bool) -> String { mean { isWithin($0) ? 1 : 0 } }
    let errors = ends.map(\.error).sorted()
    Swift.print(
      "| \(title) | \(known) | \(ends.count) | \(share(\.isWithin)) | \(mean(\.width)) | \(percent(errors[errors.count / 2])) "
        + "| \(share(\.isWithinWide)) | \(mean(\.wideWidth)) |")
  }
}
