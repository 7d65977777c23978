import Model

extension CronSchedule {
  /// The ticks that begin when it strikes, or next after that.
  /// - Returns: nil when there are more than a replay may have.
  package func ticks(from start: Instant, tickSeconds: Int, count: Int, on clock: LocalClock) -> [Int]? {
    let end = start.advanced(by: Int64(tickSeconds) * Int64(count))
    let most = ReplayProblem.mostTicks
    guard let instants = instants(in: Period(start: start, end: end), on: clock, most: most) else { return nil }
    var ticks: [Int] = []
    for instant in instants {
      let tick = Int(ceilingQuotient(start.distance(to: instant), Int64(tickSeconds)))
      if tick < count, tick != ticks.last { ticks.append(tick) }
    }
    return ticks
  }
}
