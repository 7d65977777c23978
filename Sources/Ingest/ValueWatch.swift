import Model

/// Watches the values of a file pass, in our units, for what a metric cannot be and what looks like another unit.
///
/// Nothing is changed: the store has what was measured, and the owner is told.
struct ValueWatch: Sendable {
  /// What is asked of the values of a series.
  private struct Checks: OptionSet, Sendable {
    let rawValue: UInt8
    /// No value is below 0.
    static let amount = Checks(rawValue: 1)
    /// Nor above 100.
    static let share = Checks(rawValue: 2)
    /// A value above 1 is still to come.
    static let atMostOne = Checks(rawValue: 4)
    /// There was one above 0.
    static let aboveZero = Checks(rawValue: 8)
  }

  private struct Watched: Sendable {
    var metric: Metric
    var sourceMetric: String
    var unit: UnitSource
  }

  /// Values beyond a bound: how many, and the one that is furthest from it.
  private struct Beyond: Sendable {
    var count = 0
    var furthest = ScaledDecimal(mantissa: 0, scale: 0)
  }

  // By the series' numbers in the file.
  private var series: [Watched] = []
  private var checks: [Checks] = []
  private var above: [Metric: Beyond] = [:]
  private var below: [Metric: Beyond] = [:]
  private var huge: [Metric: Beyond] = [:]
  /// Samples that were taken later than can be: how many, and the last.
  private var ahead: [Metric: (count: Int, last: Int64)] = [:]
  /// The last second in which a sample can have been taken; nil where nobody says what time it is.
  private let latest: Instant?

  /// - Parameter latest: the last second in which a sample can have been taken; nil where nobody says what time it is.
  init(latest: Instant? = nil) { self.latest = latest }
  private var firsts: [Int64] = []
  private var lasts: [Int64] = []

  /// From the first sample of a series to the last, whose second is in it; nil without samples, and for a metric that
  /// instances do not have.
  func periodOfInstance(_ number: Int) -> Period? {
    guard series[number].metric.isPerInstance, firsts[number] <= lasts[number] else { return nil }
    return Period(start: Instant(seconds: firsts[number]), end: Instant(seconds: lasts[number]).advanced(by: 1))
  }

  /// Watches a series from now on; of several under one number the first counts.
  mutating func add(_ named: NamedSeries, number: UInt32) {
    guard Int(number) == series.count else { return }
    var checks: Checks = []
    let quantity = MeasuredUnit.of(named.metric)?.quantity
    if named.metric.isAmount { checks.insert(.amount) }
    if named.metric.isKnown, quantity == .share {
      checks.insert(.share)
      // Errors of less than 1 % are what everybody hopes for.
      if named.unit != .stated, named.metric != .errorRatePercent { checks.insert(.atMostOne) }
    }
    series.append(Watched(metric: named.metric, sourceMetric: named.sourceMetric, unit: named.unit))
    self.checks.append(checks)
    firsts.append(Int64.max)
    lasts.append(Int64.min)
  }

  /// Looks at samples, which have the numbers of their series in the file.
  mutating func look(at samples: [Sample]) {
    let (ones, hundreds, mosts) = (onesByScale, hundredsByScale, mostsByScale)
    let latest = self.latest?.seconds ?? Int64.max
    for sample in samples {
      let index = Int(sample.series)
      if sample.seconds < firsts[index] { firsts[index] = sample.seconds }
      if sample.seconds > lasts[index] { lasts[index] = sample.seconds }
      if sample.seconds > latest { noteAhead(sample) }
      let asked = checks[index]
      if asked.isEmpty { continue }
      if sample.mantissa < 0 {
        note(sample, in: \.below)
      } else if sample.mantissa > mosts[Int(sample.scale)] {
        note(sample, in: \.huge)
      } else if asked.contains(.share) {
        let scale = Int(sample.scale)
        if asked.contains(.atMostOne) { lookForUnit(sample.mantissa, ones[scale], index) }
        if sample.mantissa > hundreds[scale] { note(sample, in: \.above) }
      }
    }
  }

  private mutating func noteAhead(_ sample: Sample) {
    let metric = series[Int(sample.series)].metric
    let known = ahead[metric] ?? (0, Int64.min)
    ahead[metric] = (known.count + 1, max(known.last, sample.seconds))
  }

  private mutating func lookForUnit(_ mantissa: Int64, _ one: Int64, _ index: Int) {
    if mantissa > one {
      checks[index].remove(.atMostOne)
    } else if mantissa > 0 {
      checks[index].insert(.aboveZero)
    }
  }

  private mutating func note(_ sample: Sample, in side: WritableKeyPath<ValueWatch, [Metric: Beyond]>) {
    let value = ScaledDecimal(mantissa: sample.mantissa, scale: Int(sample.scale))
    var beyond = self[keyPath: side][series[Int(sample.series)].metric] ?? Beyond()
    beyond.count += 1
    if beyond.count == 1 || isLarger(value, than: beyond.furthest) { beyond.furthest = value }
    self[keyPath: side][series[Int(sample.series)].metric] = beyond
  }
}

extension ValueWatch {
  /// Metrics of the source of which nothing tells whether they are percent or ratios, and what they become.
  var untoldMetrics: [(name: String, metric: Metric)] {
    metricsOfFractions { $0.unit == .untold }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Sentences on values that the metric cannot have, each kind in its place and sorted; none where all can be.
  func impossible() -> [String] {
    let kinds = [
      ("above 100 %", above, "up to"), ("below 0", below, "down to"),
      ("above 10^\(Metric.mostAmountExponent), which nothing reaches", huge, "up to"),
    ]
    return kinds.filter { !$0.1.isEmpty }.map { "\($0.0): \(text($0.1, $0.2))" } + aheadLines
  }

  private var aheadLines: [String] {
    guard let latest, !ahead.isEmpty else { return [] }
    let names = ahead.sorted { $0.key.rawValue < $1.key.rawValue }.map { metric, one in
      "\(metric.rawValue) (\(sampleText(one.count)), up to \(Instant(seconds: one.last)))"
    }
    return ["later than \(latest), which has not come yet: \(shortened(names))"]
  }

  /// Sentences, each kind in its place and sorted.
  func lines() -> [String] {
    var lines = impossible()
    let fractions = Set(metricsOfFractions { $0.unit == .assumed }.values).map(\.rawValue).sorted()
    if !fractions.isEmpty {
      lines.append(
        "no value above 1 %: \(shortened(fractions)); where these are ratios, \"unit: ratio\" in the mapping says so")
    }
    return lines
  }

  /// By their names in the source, those of whose series none had a value above 1 and one had a value above 0.
  private func metricsOfFractions(where isAsked: (Watched) -> Bool) -> [String: Metric] {
    let asked = zip(series, checks).filter { isAsked($0) && $1.contains(.share) }
    let larger = Set(asked.filter { !$1.contains(.atMostOne) }.map(\.0.sourceMetric))
    let fractions = asked.filter { $1.contains(.aboveZero) && !larger.contains($0.sourceMetric) }
    return Dictionary(fractions.map { ($0.0.sourceMetric, $0.0.metric) }) { first, _ in first }
  }

  private func text(_ beyond: [Metric: Beyond], _ direction: String) -> String {
    let names = beyond.sorted { $0.key.rawValue < $1.key.rawValue }.map { metric, beyond in
      "\(metric.rawValue) (\(sampleText(beyond.count)), \(direction) \(beyond.furthest.normalised))"
    }
    return shortened(names)
  }
}

/// The mantissas of 1 by scale, up to the largest of a sample; what is beyond 64 bits is their most, which none is above.
private let onesByScale: [Int64] = (0...40).map { $0 <= 18 ? powerOfTen($0) : Int64.max }

/// The same of 100.
private let hundredsByScale: [Int64] = (0...40).map { $0 <= 16 ? powerOfTen($0 + 2) : Int64.max }

/// The same of the most that an amount is.
private let mostsByScale: [Int64] = (0...40).map { Metric.mostMantissa(scale: $0) }

/// True when a value is further from 0 than another one.
private func isLarger(_ a: ScaledDecimal, than b: ScaledDecimal) -> Bool {
  let difference = b.scale - a.scale
  // A step of 20 places is more than 64 bits hold.
  if abs(difference) >= 20 { return a.mantissa != 0 && (b.mantissa == 0 || difference > 0) }
  let left = Int128(a.mantissa.magnitude) * (difference > 0 ? widePowerOfTen(difference) : 1)
  let right = Int128(b.mantissa.magnitude) * (difference < 0 ? widePowerOfTen(-difference) : 1)
  return left > right
}
