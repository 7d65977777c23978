import Analytics
import Model

/// The cheapest types that offer what was asked for.
package func priceFindDocument(_ answer: PriceFindAnswer) -> ReportDocument {
  var sources = PriceSources()
  let rows = answer.found.map { found -> [ReportCell] in
    let type = found.specification
    return [
      .text(type.type), .rate(found.price.hourly), .count(type.vcpu),
      .decimal(ScaledDecimal(mantissa: type.memoryMilliGiB, scale: 3).normalised),
      type.architecture.map { .text($0) } ?? .unknown("no source says it"),
      .text(type.isCurrentGeneration ? "current" : "previous"),
      .date(found.price.provenance.confirmed.utcDate), .text(sources.key(of: found.price.provenance.source)),
    ]
  }
  let table = ReportTable(
    "types",
    columns: [
      .text("type", "Type"), ReportColumn("usd_per_hour", "USD/h", .rate(currency: "USD", per: "hour")),
      ReportColumn("vcpu", "vCPU", .count), ReportColumn("memory_gib", "Memory", .number(unit: "GiB")),
      .text("architecture", "Architecture"), .text("generation", "Generation"),
      ReportColumn("confirmed", "Confirmed", .date), .text("source", "Source"),
    ], rows: rows)
  let more = answer.count - answer.found.count
  let summary =
    answer.found.isEmpty
    ? "No type of the price book that is known to offer this has a price there."
    : more > 0
      ? "The cheapest \(answer.found.count) of \(grouped(answer.count)) that are known to offer this, on demand."
      : "All that are known to offer this, on demand, the cheapest first."
  return ReportDocument(
    "prices-find", title: "\(answer.conditions) in \(answer.region), \(answer.engine)",
    blocks: [.paragraph(summary)] + (rows.isEmpty ? [] : [.table(table)]),
    sections: rows.isEmpty ? [] : [sources.section])
}
