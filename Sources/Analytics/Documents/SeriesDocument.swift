import Analysis
import Model
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

/// Every series of a store: how many samples, from when to when, what is missing, and percentiles and maximum of its values,
/// exactly as they were measured.
/// - Throws: `DataError` when the store is unusable, a percentile is none, or no series is meant.
public func seriesReport(store path: String, _ question: SeriesQuestion) throws -> Report {
  let percentiles = try question.percentiles.map(percentile)
  let store = try Store.open(path: path, mode: .readOnly)
  let filter = SeriesFilter(
    service: question.service, resource: question.resource, metric: question.metric.map { Metric($0) })
  let figures = try store.scanSeries(matching: filter, instants: false) { status, samples in
    SeriesFigures(status, samples, percentiles)
  }
  guard !figures.isEmpty else {
    throw DataError(
      Place(file: path), found: "no such series", expected: "one that `plimsoll series` lists", kind: .missingInput)
  }
  return Report(ReportDocument([.table(seriesTable(figures, question.percentiles))]))
}

private func percentile(_ text: String) throws(DataError) -> ScaledDecimal {
  if let number = ScaledDecimal(text), number.mantissa >= 0,
    Int128(number.mantissa) <= 100 * Int128(powerOfTen(number.scale))
  {
    return number
  }
  throw DataError(
    Place(file: "--percentiles"), found: "\"\(text)\"", expected: "numbers from 0 to 100 such as 50,95,99.5",
    kind: .usage)
}

/// Percentiles and maximum of one series.
private struct SeriesFigures: Sendable {
  var status: SeriesStatus
  var values: [ScaledDecimal]
  var maximum: ScaledDecimal

  /// - Precondition: there is a sample.
  init(_ status: SeriesStatus, _ samples: SeriesSamples, _ percentiles: [ScaledDecimal]) {
    self.status = status
    let asked = percentiles + [ScaledDecimal(mantissa: 100, scale: 0)]
    var found: [ScaledDecimal]
    if samples.scales.isEmpty {
      var selection = RankSelection()
      found = selection.percentiles(asked, of: samples.mantissas).map {
        ScaledDecimal(mantissa: $0, scale: samples.scale)
      }
    } else {
      let sorted = samples.mantissas.indices.map {
        ScaledDecimal(mantissa: samples.mantissas[$0], scale: Int(samples.scales[$0]))
      }.sorted { $0.isLess(than: $1) }
      found = asked.map { sorted[percentileRank($0, count: sorted.count) - 1] }
    }
    maximum = found.removeLast()
    values = found
  }
}

private func seriesTable(_ figures: [SeriesFigures], _ percentiles: [String]) -> ReportTable {
  ReportTable(
    "series",
    columns: [
      "Service|service", "Resource|resource", "Metric|metric", ">Samples|samples", "First|first", "Last|last",
      ">Step (s)|step_seconds", ">Coverage|coverage", ">Gaps|gaps", ">Conflicts|conflicts",
    ] + percentiles.map { ">p\($0)|p\($0)" } + [">Max|max"],
    rows: figures.map { figures in
      let one = figures.status
      return [
        one.key.service, one.key.resource, one.key.metric.rawValue, grouped(one.samples), one.first.description,
        one.last.description, one.stepSeconds.map { grouped(Int($0)) } ?? "", one.coverage.percentText,
        grouped(one.gaps), grouped(one.conflicts),
      ] + figures.values.map { $0.normalised.description } + [figures.maximum.normalised.description]
    })
}
