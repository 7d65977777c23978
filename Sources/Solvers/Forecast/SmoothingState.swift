// Exponential smoothing in its form of one source of error, with a damped trend, several additive seasons and an error
// that persists:
//
//   u = y - (l + φ b + Σ s)      e = u - ρ u'       u' the u before
//   b = φ b + β e      l = l + φ b + α e      s = s + γ e, of the step of each season
//   forecast of h steps: l + (φ + ... + φ^h) b + Σ s + ρ^h u
//
// Taylor, "Short-term electricity demand forecasting using double seasonal exponential smoothing", Journal of the
// Operational Research Society 54, 2003; Gardner and McKenzie, Management Science 31(10), 1985, for φ.

import Foundation

/// What exponential smoothing learns how fast.
struct SmoothingRates: Hashable, Sendable {
  /// α.
  var level: Double
  /// ρ.
  var persistence: Double
  /// β.
  var trend: Double
  /// φ.
  var damping: Double
  /// γ, by season.
  var seasons: [Double]
}

/// What exponential smoothing knows at a place of a series.
struct SmoothingState: Sendable {
  var rates: SmoothingRates
  private var core: Core
  private var profile: SeasonalProfile

  /// The state but for its seasons.
  private struct Core {
    var level: Double
    var trend = 0.0
    /// What the last value was more than level, trend and seasons.
    var error = 0.0

    /// Takes in a value, whose steps of the seasons stand at slots of the profile; a gap, nil, teaches nothing.
    @inline(__always)
    mutating func take(
      _ value: Double?, _ rates: SmoothingRates, _ profile: UnsafeMutableBufferPointer<Double>,
      _ slots: UnsafeMutableBufferPointer<Int>
    ) {
      level += rates.damping * trend
      trend *= rates.damping
      guard let value else {
        error *= rates.persistence
        return
      }
      var rest = value - level
      for slot in slots { rest -= profile[slot] }
      let surprise = rest - rates.persistence * error
      trend += rates.trend * surprise
      level += rates.level * surprise
      for season in slots.indices { profile[slots[season]] += rates.seasons[season] * surprise }
      error = rest
    }
  }

  /// The state before the first value, of the means of the first two of the longest seasons.
  init(_ series: PreparedSeries, _ rates: SmoothingRates, end: Int) {
    self.rates = rates
    let first = series.values[..<min(end, max(2 * (series.seasons.last ?? 5), 10))]
    let level = first.reduce(0, +) / Double(max(1, first.count))
    core = Core(level: level)
    profile = SeasonalProfile(lengths: series.seasons, of: first.map { $0 - level }, start: 0, decay: 1)
  }

  /// Takes in the values at places.
  mutating func advance(_ series: PreparedSeries, through places: Range<Int>) {
    run(series, through: places) { _, _, _, _ in }
  }

  /// Takes in the values at places, and hands on each place with what is known behind it: the state without its profile,
  /// the profile, and where the place after it stands there.
  @inline(__always)
  private mutating func run(
    _ series: PreparedSeries, through places: Range<Int>,
    _ body: (Int, Core, UnsafeMutableBufferPointer<Double>, UnsafeMutableBufferPointer<Int>) -> Void
  ) {
    guard let first = places.first else { return }
    let (rates, lengths, offsets) = (rates, profile.lengths, profile.offsets)
    var slots = zip(offsets, lengths).map { $0 + first % $1 }
    var core = core
    profile.values.withUnsafeMutableBufferPointer { profile in
      slots.withUnsafeMutableBufferPointer { slots in
        for place in places {
          core.take(series.isObserved[place] ? series.values[place] : nil, rates, profile, slots)
          for season in slots.indices {
            slots[season] += 1
            if slots[season] == offsets[season] + lengths[season] { slots[season] = offsets[season] }
          }
          body(place, core, profile, slots)
        }
      }
    }
    self.core = core
  }

  /// The path behind the values taken in.
  func forecast(from origin: Int, into steps: UnsafeMutableBufferPointer<Double>) {
    var (base, slope, rest) = (core.level, core.trend, core.error)
    for step in steps.indices {
      slope *= rates.damping
      base += slope
      rest *= rates.persistence
      steps[step] = base + rest + profile.sum(at: origin + step)
    }
  }
}

/// The steps ahead by whose errors rates are chosen.
struct SmoothingTrial: Sendable {
  /// Ascending.
  let steps: [Int]
  /// The first place that is an origin.
  let start: Int
  /// From an origin to the next.
  let spacing: Int
  /// Behind the last place.
  let end: Int

  init(_ series: PreparedSeries, end: Int, horizon: Int) {
    let short = series.shortSeason
    let wanted = [1, 2, max(3, short / 6), max(4, short / 3), short * 2 / 3, short, short * 3 / 2, short * 2]
    steps = Set(wanted.filter { $0 <= max(2, horizon) && $0 < max(2, end / 2) }).sorted()
    start = min(end / 3, 2 * (series.seasons.last ?? 5))
    spacing = series.spacing(atLeast: max(2, (end - start) / 160))
    self.end = end
  }
}

extension SmoothingState {
  /// The mean size of the errors of a trial, which the state runs through from the first value.
  mutating func loss(_ series: PreparedSeries, _ trial: SmoothingTrial) -> Double {
    let rates = rates
    let decays = trial.steps.map { pow(rates.persistence, Double($0)) }
    let growths = trial.steps.map { step in
      rates.damping < 1 ? rates.damping * (1 - pow(rates.damping, Double(step))) / (1 - rates.damping) : Double(step)
    }
    let (lengths, ends) = (profile.lengths, profile.lengths.indices.map { profile.offsets[$0] + profile.lengths[$0] })
    let shifts = trial.steps.flatMap { step in lengths.map { (step - 1) % $0 } }
    var (sum, count, next) = (0.0, 0, trial.start)
    run(series, through: 0..<trial.end) { place, core, profile, slots in
      guard place == next else { return }
      next += trial.spacing
      for (index, step) in trial.steps.enumerated() {
        let target = place + step
        guard target < trial.end else { break }
        guard series.isObserved[target] else { continue }
        var forecast = core.level + growths[index] * core.trend + decays[index] * core.error
        for season in slots.indices {
          let slot = slots[season] + shifts[index * slots.count + season]
          forecast += profile[slot < ends[season] ? slot : slot - lengths[season]]
        }
        sum += abs(series.values[target] - forecast)
        count += 1
      }
    }
    return count > 0 ? sum / Double(count) : 0
  }
}
