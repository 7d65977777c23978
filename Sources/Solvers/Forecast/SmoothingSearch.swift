/// Looks for rates by steps on grids, one rate at a time, as long as the loss falls.
///
/// Coordinate search with a stride that shrinks: Hooke and Jeeves, Journal of the ACM 8(2), 1961.
struct SmoothingSearch {
  private let series: PreparedSeries
  private let horizon: Int
  private let hasTrend: Bool
  /// Where each rate stands on its grid: level, persistence, trend, damping, seasons.
  private var places: [Int]
  private var least = Double.infinity
  private var tries = 0
  private var firstStride = 2

  private static let grids: [[Double]] = [
    [0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1],
    [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995],
    [0, 0.0005, 0.001, 0.003, 0.01, 0.03, 0.1],
    [0.8, 0.9, 0.95, 0.98, 0.99, 0.995],
  ]
  private static let seasonGrid = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9]
  private static let mostTries = 48

  init(_ series: PreparedSeries, horizon: Int, hasTrend: Bool) {
    self.series = series
    self.horizon = horizon
    self.hasTrend = hasTrend
    places = [5, 4, hasTrend ? 2 : 0, 3] + series.seasons.map { _ in 4 }
  }

  /// The best rates for what is before a place; a second search begins where the first ended.
  mutating func best(end: Int) -> SmoothingRates {
    let trial = SmoothingTrial(series, end: end, horizon: horizon)
    let start = SmoothingState(series, rates(places), end: end)
    let loss = { [series] (rates: SmoothingRates) in
      var state = start
      state.rates = rates
      return state.loss(series, trial)
    }
    (least, tries) = (loss(rates(places)), 1)
    var stride = firstStride
    firstStride = 1
    while stride > 0, tries < Self.mostTries {
      if !improve(by: stride, loss) { stride -= 1 }
    }
    return rates(places)
  }

  /// Moves each rate by a stride on its grid where that lowers the loss; false when no move did.
  private mutating func improve(by stride: Int, _ loss: (SmoothingRates) -> Double) -> Bool {
    var isBetter = false
    for rate in places.indices where hasTrend || !(2...3).contains(rate) {
      for move in [stride, -stride] {
        var moved = places
        moved[rate] = min(max(0, moved[rate] + move), grid(rate).count - 1)
        guard moved != places else { continue }
        let found = loss(rates(moved))
        tries += 1
        guard found < least else { continue }
        (least, places, isBetter) = (found, moved, true)
        break
      }
    }
    return isBetter
  }

  private func grid(_ rate: Int) -> [Double] { rate < Self.grids.count ? Self.grids[rate] : Self.seasonGrid }

  private func rates(_ places: [Int]) -> SmoothingRates {
    let values = places.indices.map { grid($0)[places[$0]] }
    return SmoothingRates(
      level: values[0], persistence: values[1], trend: hasTrend ? values[2] : 0, damping: values[3],
      seasons: Array(values[4...]))
  }
}
