// Values unlike all others, from which nothing can be learnt of what is to come:
//
//   usual = median of the values one and two seasons before and behind
//   rest  = value - usual - median of value - usual within a short season on both sides, which a change of level moves
//   event: |rest| above 8 × 1.4826 × median |rest|, and above median |value - median|
//
// 1.4826 × the median of sizes estimates the standard deviation of normal values: Hampel, Journal of the American
// Statistical Association 69, 1974. What goes on for more than a short season is no event but a change; where more than
// 2 % of the values would be events, they are how the series is.

extension PreparedSeries {
  private static let limit = 8 * 1.4826

  /// The same, with what was usual in place of events, and where those are, ascending.
  func withoutEvents() -> (series: PreparedSeries, unlike: [Int]) {
    guard let season = seasons.last(where: { 3 * $0 <= count }) ?? seasons.first else { return (self, []) }
    let usual = usualValues(season)
    let levels = levels(of: values.indices.map { values[$0] - usual[$0] })
    let rest = values.indices.map { isObserved[$0] ? abs(values[$0] - usual[$0] - levels[$0]) : 0 }
    let seen = values.indices.filter { isObserved[$0] }
    let middleValue = middle(of: seen.map { values[$0] })
    let spread = middle(of: seen.map { abs(values[$0] - middleValue) })
    let threshold = max(Self.limit * middle(of: seen.map { rest[$0] }), spread)
    guard threshold > 0 else { return (self, []) }
    let events = events(rest.map { $0 > threshold })
    guard events.reduce(0, { $0 + $1.count }) <= Self.mostEvents(count) else { return (self, []) }
    var series = self
    let unlike = events.flatMap { $0 }
    for place in unlike { series.values[place] = usual[place] + levels[place] }
    return (series, unlike)
  }

  private static func mostEvents(_ count: Int) -> Int { count / 50 }

  /// Runs of places that may be events; one at the end, of which nobody knows how long it goes on, is short.
  private func events(_ isUnlike: [Bool]) -> [Range<Int>] {
    var events: [Range<Int>] = []
    var start = 0
    while let first = isUnlike[start...].firstIndex(of: true) {
      let end = isUnlike[first...].firstIndex(of: false) ?? count
      if end - first <= (end == count ? max(1, shortSeason / 8) : shortSeason) { events.append(first..<end) }
      start = end
    }
    return events
  }

  private func usualValues(_ season: Int) -> [Double] {
    values.indices.map { place in
      let near = [place - 2 * season, place - season, place + season, place + 2 * season].filter {
        values.indices.contains($0)
      }
      return middle(of: near.map { values[$0] })
    }
  }

  /// The median around each place, by eighths of the short season.
  private func levels(of rest: [Double]) -> [Double] {
    var levels = [Double](repeating: 0, count: count)
    let block = max(1, shortSeason / 8)
    for start in stride(from: 0, to: count, by: block) {
      let end = min(count, start + block)
      let level = middle(of: Array(rest[max(0, start - shortSeason)..<min(count, end + shortSeason)]))
      for place in start..<end { levels[place] = level }
    }
    return levels
  }
}

/// The median; 0 of nothing.
private func middle(of values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
  let sorted = values.sorted()
  let half = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
