// The theta method on what is left of a series without its seasons: half of its straight line, which has no curvature,
// and half of exponential smoothing of the line with twice the curvature. Both together are exponential smoothing with half
// of the line's slope as its drift.
//
// Assimakopoulos and Nikolopoulos, International Journal of Forecasting 16(4), 2000; Hyndman and Billah, 19(2), 2003.

/// The theta method, with a profile of the seasons in which those of the past weigh less.
struct ThetaMethod: ForecastMethod {
  let name: String

  func paths(of series: PreparedSeries, from origins: RollingOrigins) -> ForecastPaths {
    var paths = ForecastPaths(origins)
    let ahead = min(origins.horizon, series.shortSeason)
    let patience = origins.patience
    var state = ThetaState(series, end: origins.first, ahead: ahead)
    for (path, origin) in origins.places.enumerated() {
      if origin - state.fitted >= patience || origin == origins.last {
        state = ThetaState(series, end: origin, ahead: ahead)
      }
      state.advance(series, to: origin)
      paths.write(path) { steps in
        for step in steps.indices { steps[step] = state.value(ahead: step) }
      }
    }
    return paths
  }
}

/// What the theta method knows at a place of a series.
private struct ThetaState {
  /// Where profile, drift and rate are from.
  let fitted: Int
  private var place: Int
  private var level = 0.0
  private var rate = 0.0
  private let drift: Double
  private let profile: SeasonalProfile

  private static let rates = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1]
  /// What a season weighs of the one behind it.
  private static let decay = 0.8

  /// - Parameters:
  ///   - end: nothing at this place or behind it is looked at.
  ///   - ahead: the steps ahead by whose errors the rate is chosen.
  init(_ series: PreparedSeries, end: Int, ahead: Int) {
    let window = max(0, end - max(4 * series.longSeason, 100))..<end
    let values = Array(series.values[window])
    let slope = Self.slope(values)
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    let middle = Double(values.count - 1) / 2
    profile = SeasonalProfile(
      lengths: series.seasons, of: values.indices.map { values[$0] - mean - slope * (Double($0) - middle) },
      start: window.lowerBound, decay: Self.decay)
    drift = slope / 2
    (fitted, place) = (end, end)
    let rest = values.indices.map { [profile] in values[$0] - profile.sum(at: window.lowerBound + $0) }
    choose(rest, ahead: ahead)
  }

  mutating func advance(_ series: PreparedSeries, to end: Int) {
    while place < end {
      level += drift
      if series.isObserved[place] { level += rate * (series.values[place] - profile.sum(at: place) - level) }
      place += 1
    }
  }

  func value(ahead step: Int) -> Double { level + drift * Double(step + 1) + profile.sum(at: place + step) }

  /// The slope of the line of least squares, a step.
  private static func slope(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let count = Double(values.count)
    let middle = (count - 1) / 2
    var product = 0.0
    for (index, value) in values.enumerated() { product += (Double(index) - middle) * value }
    return product / (count * (count * count - 1) / 12)
  }

  /// The rate whose errors some steps ahead were smallest, and the level at the end.
  private mutating func choose(_ rest: [Double], ahead: Int) {
    var least = Double.infinity
    for candidate in Self.rates {
      var (smoothed, loss) = (rest.first ?? 0, 0.0)
      for (index, value) in rest.enumerated() {
        smoothed += drift + candidate * (value - smoothed - drift)
        if index + ahead < rest.count { loss += abs(rest[index + ahead] - smoothed - drift * Double(ahead)) }
      }
      if loss < least { (least, level, rate) = (loss, smoothed, candidate) }
    }
  }
}
