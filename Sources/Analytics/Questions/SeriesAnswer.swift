import Analysis
import Model
import Solvers
import Store

/// Which series of a store, and which of their percentiles.
public struct SeriesQuestion: Sendable {
  /// nil stands for all; an empty resource for services as a whole.
  public var service, resource, metric: String?
  /// Numbers from 0 to 100, such as `99.5`.
  public var percentiles: [String]

  /// A question about all series.
  public init(percentiles: [String]) { self.percentiles = percentiles }
}

/// The series of a store with their percentiles.
public struct SeriesAnswer: Sendable {
  /// One series; its values are exactly as they were measured.
  public struct Series: Sendable {
    /// What it is of; the resource is empty for a service as a whole.
    public let service, resource, metric: String
    /// How many samples there are.
    public let samples: Int
    /// When the first and the last sample were taken.
    public let first, last: Instant
    /// The usual distance of two samples; nil with one.
    public let stepSeconds: Int64?
    package let coverage: Coverage
    /// How often samples are missing.
    public let gaps: Int
    /// Values that imports refused, because their instant had another one.
    public let conflicts: Int
    package let values: [ScaledDecimal]
    package let largest: ScaledDecimal

    /// Its percentiles in the order of the question, as decimals.
    public var percentiles: [String] { values.map(\.description) }
    /// Its largest value, as a decimal.
    public var maximum: String { largest.description }
  }

  /// The percentiles asked for, as they were written.
  public let percentiles: [String]
  /// By service, resource and metric.
  public let series: [Series]
}

/// Every series of a store: how many samples, from when to when, what is missing, and percentiles and maximum of its values,
/// exactly as they were measured.
/// - Throws: `DataError` when the store is unusable, a percentile is none, or no series is meant.
public func series(store path: String, _ question: SeriesQuestion) throws -> SeriesAnswer {
  let percentiles = try question.percentiles.map(percentile)
  try checkEachOnce(percentiles)
  let store = try FleetStore.open(path: path, mode: .readOnly)
  let filter = SeriesFilter(
    service: question.service, resource: question.resource, metric: question.metric.map { Metric($0) })
  let series = try store.scanSeries(matching: filter, instants: false) { status, samples in
    SeriesAnswer.Series(status, samples, percentiles)
  }
  guard !series.isEmpty else {
    throw DataError(
      Place(file: path), found: "no such series", expected: "one that `plimsoll series` lists", kind: .missingInput)
  }
  return SeriesAnswer(percentiles: question.percentiles, series: series)
}

private func percentile(_ text: String) throws(DataError) -> ScaledDecimal {
  if let number = ScaledDecimal(text), number.mantissa >= 0,
    Int128(number.mantissa) <= 100 * Int128(powerOfTen(number.scale))
  {
    return number
  }
  throw DataError(
    Place(parameter: .percentiles), found: "\"\(text)\"", expected: "numbers from 0 to 100 such as 50,95,99.5",
    kind: .usage)
}

/// - Throws: `DataError` for a percentile that is asked for twice: each is a column of its own.
private func checkEachOnce(_ percentiles: [ScaledDecimal]) throws(DataError) {
  var seen: Set<ScaledDecimal> = []
  guard let twice = percentiles.first(where: { !seen.insert($0.normalised).inserted }) else { return }
  throw DataError(
    Place(parameter: .percentiles), found: "\(twice) twice", expected: "each percentile once", kind: .usage)
}

extension SeriesAnswer.Series {
  /// - Precondition: there is a sample.
  fileprivate init(_ status: SeriesStatus, _ samples: SeriesSamples, _ percentiles: [ScaledDecimal]) {
    service = status.key.service
    resource = status.key.resource
    metric = status.key.metric.rawValue
    self.samples = status.samples
    first = status.first
    last = status.last
    stepSeconds = status.stepSeconds
    coverage = status.coverage
    gaps = status.gaps
    conflicts = status.conflicts
    var found = samples.ranked(percentiles + [ScaledDecimal(mantissa: 100, scale: 0)]).map(\.normalised)
    largest = found.removeLast()
    values = found
  }
}

extension SeriesSamples {
  /// Percentiles by nearest rank: values as they were measured.
  fileprivate func ranked(_ percentiles: [ScaledDecimal]) -> [ScaledDecimal] {
    guard !scales.isEmpty else {
      var selection = RankSelection()
      return selection.percentiles(percentiles, of: mantissas).map { ScaledDecimal(mantissa: $0, scale: scale) }
    }
    let sorted = mantissas.indices.map { ScaledDecimal(mantissa: mantissas[$0], scale: Int(scales[$0])) }
      .sorted { $0.isLess(than: $1) }
    return percentiles.map { sorted[percentileRank($0, count: sorted.count) - 1] }
  }
}
