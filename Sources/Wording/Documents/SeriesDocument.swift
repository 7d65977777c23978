import Analytics
import Model

/// The series of a store, one a row.
package func seriesDocument(_ answer: SeriesAnswer) -> ReportDocument {
  let columns = [
    .text("service", "Service"), .text("resource", "Resource"), .text("metric", "Metric"),
    ReportColumn("samples", "Samples", .count), ReportColumn("first", "First, UTC", .instant),
    ReportColumn("last", "Last, UTC", .instant), ReportColumn("step_seconds", "Step", .duration),
    ReportColumn("coverage", "Coverage", .share), ReportColumn("gaps", "Gaps", .count),
    ReportColumn("conflicts", "Conflicts", .count),
  ]
  let table = ReportTable(
    "series",
    columns: columns + answer.percentiles.map { ReportColumn("p\($0)", "p\($0)", .number(unit: nil)) }
      + [ReportColumn("max", "Max", .number(unit: nil))],
    rows: answer.series.map(row))
  return ReportDocument("series", title: "", blocks: [.table(table)])
}

private func row(_ one: SeriesAnswer.Series) -> [ReportCell] {
  [
    .text(one.service), .text(one.resource), .text(one.metric), .count(one.samples), .instant(one.first, offset: 0),
    .instant(one.last, offset: 0), one.stepSeconds.map { .duration($0) } ?? .empty, .coverage(one.coverage),
    .count(one.gaps), .count(one.conflicts),
  ] + (one.values + [one.largest]).map { .decimal($0) }
}
