import Model
import Store

/// What a store holds, as a document.
func statusDocument(_ status: StoreStatus) -> ReportDocument {
  let services = ReportTable(
    "samples",
    columns: ["Service|service", ">Series|series", ">Samples|samples", "First|first", "Last|last"],
    rows: status.services.map {
      [$0.service, grouped($0.series), grouped($0.samples), $0.first.description, $0.last.description]
    },
    total: ["Total", grouped(status.services.reduce(0) { $0 + $1.series }), grouped(status.samples), "", ""])
  let prices = ReportTable(
    "prices", columns: ["Prices|kind", ">Rows|rows", "Newest from|newest"],
    rows: status.prices.map { [$0.kind, grouped($0.rows), $0.newest?.date ?? ""] })
  let sources = ReportTable(
    "sources", columns: ["Imported file|file", "Kind|kind", ">Bytes|bytes", ">Rows|rows"],
    rows: status.sources.map { [$0.file.name, $0.file.kind.rawValue, grouped($0.file.byteCount), grouped($0.rows)] })
  let perSample = status.bytesPerSample.map { ", \(rounded($0, 2)) bytes a sample" } ?? ""
  return ReportDocument([
    .heading(level: 1, "The store"),
    .paragraph(
      "\(grouped(status.fileBytes)) bytes\(perSample); \(grouped(status.inventoryRuns)) runs of instances, "
        + "\(grouped(status.commitments)) commitments."),
    .table(services), .table(prices), .table(sources),
  ])
}
