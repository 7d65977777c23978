import Model

/// Seconds that lie in at least one of some periods.
package func coveredSeconds(_ periods: [Period]) -> Int64 {
  var covered: Int64 = 0
  var reached: Instant?
  for period in periods.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
    let start = max(period.start, reached ?? period.start)
    covered += max(0, period.end.seconds - start.seconds)
    reached = max(period.end, reached ?? period.end)
  }
  return covered
}
