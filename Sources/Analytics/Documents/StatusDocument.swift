import Model
import Store

/// What a store holds, as a document.
func statusDocument(_ status: StoreStatus) -> ReportDocument {
  let services = ReportTable(
    "samples",
    columns: [
      "Service|service", ">Series|series", ">Samples|samples", "First|first", "Last|last", ">Step (s)|step_seconds",
      ">Coverage|coverage", ">Gaps|gaps", "Longest gap|longest_gap", ">Conflicts|conflicts", ">Bytes|bytes",
    ],
    rows: status.services.map(serviceRow),
    total: [
      "Total", grouped(status.services.reduce(0) { $0 + $1.series }), grouped(status.samples), "", "", "", "",
      grouped(status.services.reduce(0) { $0 + $1.gaps }), "",
      grouped(status.services.reduce(0) { $0 + $1.conflicts }), grouped(status.sampleBytes),
    ])
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
        + "\(grouped(status.commitments)) commitments, \(grouped(status.savingsPlans)) savings plans."),
    .table(services), .table(prices), .table(sources),
  ])
}

private func serviceRow(_ service: StoreStatus.Service) -> [String] {
  let gap = service.longestGap.map { "\(durationText($0.seconds)) from \($0.start)" } ?? ""
  return [
    service.service, grouped(service.series), grouped(service.samples), service.first.description,
    service.last.description, service.stepSeconds.map { grouped(Int($0)) } ?? "", service.coverage.percentText,
    grouped(service.gaps), gap, grouped(service.conflicts), grouped(service.bytes),
  ]
}
