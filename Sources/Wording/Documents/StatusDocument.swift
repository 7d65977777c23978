import Analytics
import Model

/// What a store holds.
package func statusDocument(_ answer: StatusAnswer) -> ReportDocument {
  let perSample = answer.bytesPerSample.map { ", \(rounded($0, 2)) bytes a sample" } ?? ""
  return ReportDocument(
    "status", title: "The store",
    blocks: [
      .paragraph(
        "\(grouped(answer.bytes)) bytes\(perSample); \(grouped(answer.inventoryRuns)) runs of instances, "
          + "\(grouped(answer.commitments)) commitments, \(grouped(answer.savingsPlans)) savings plans."),
      .table(sampleTable(answer)), .table(gapTable(answer)),
    ] + (answer.unmatched.isEmpty ? [] : [.table(unmatchedTable(answer.unmatched))]) + [
      .table(fleetTable(answer.fleets)), .table(priceTable(answer.prices)), .table(sourceTable(answer.sources)),
    ])
}

private func sampleTable(_ answer: StatusAnswer) -> ReportTable {
  ReportTable(
    "samples",
    columns: [
      .text("service", "Service"), ReportColumn("series", "Series", .count), ReportColumn("samples", "Samples", .count),
      ReportColumn("first", "First, UTC", .instant), ReportColumn("last", "Last, UTC", .instant),
      ReportColumn("step_seconds", "Step", .duration), ReportColumn("bytes", "Bytes", .count),
    ],
    rows: answer.services.map { service in
      [
        .text(service.name), .count(service.series), .count(service.samples), .instant(service.first, offset: 0),
        .instant(service.last, offset: 0), service.stepSeconds.map { .duration($0) } ?? .empty, .count(service.bytes),
      ]
    },
    total: [
      .text("Total"), .count(answer.services.reduce(0) { $0 + $1.series }), .count(answer.samples), .empty, .empty,
      .empty, .count(answer.services.reduce(0) { $0 + $1.bytes }),
    ])
}

private func gapTable(_ answer: StatusAnswer) -> ReportTable {
  ReportTable(
    "gaps",
    columns: [
      .text("service", "Service"), ReportColumn("coverage", "Coverage", .share), ReportColumn("gaps", "Gaps", .count),
      ReportColumn("longest_gap_seconds", "Longest gap", .duration),
      ReportColumn("longest_gap_start", "It began, UTC", .instant), ReportColumn("conflicts", "Conflicts", .count),
    ],
    rows: answer.services.map { service in
      [
        .text(service.name), .coverage(service.coverage), .count(service.gaps),
        service.longestGap.map { .duration($0.seconds) } ?? .empty,
        service.longestGap.map { .instant($0.start, offset: 0) } ?? .empty, .count(service.conflicts),
      ]
    },
    total: [
      .text("Total"), .empty, .count(answer.services.reduce(0) { $0 + $1.gaps }), .empty, .empty,
      .count(answer.services.reduce(0) { $0 + $1.conflicts }),
    ])
}

/// Names that match nothing; the first few of each row.
private func unmatchedTable(_ unmatched: [UnmatchedNames]) -> ReportTable {
  ReportTable(
    "unmatched",
    columns: [
      .text("service", "Service"), .text("found", "Not matched"), ReportColumn("count", "Names", .count),
      .text("names", "Such as"),
    ],
    rows: unmatched.map { one in
      let near = one.nearest.map { "; did you mean \"\($0)\"?" } ?? ""
      let more = one.names.count > 3 ? ", ..." : ""
      return [
        .text(one.service), .text(words(of: one.kind) + near), .count(one.names.count),
        .text(one.names.prefix(3).joined(separator: ", ") + more),
      ]
    })
}

/// What does not match.
func words(of kind: UnmatchedNames.Kind) -> String {
  switch kind {
  case .samplesWithoutInstance: "samples of resources that the inventory does not have"
  case .instanceWithoutSamples: "instances without samples"
  case .unknownUserType: "users of types that the fleet file does not have"
  case .unknownService: "samples of a service that neither fleet file nor inventory has"
  case .serviceOutsideFleet: "instances of a service that the fleet file does not have"
  case .commitmentOfUnknownService: "commitments of a service that neither fleet file nor inventory has"
  case .sharedInstance: "instances that run for several services at a time"
  }
}

/// The fleet files in the order of their dates; the one without a date has none.
private func fleetTable(_ fleets: [StatusAnswer.FleetFile]) -> ReportTable {
  ReportTable(
    "fleets",
    columns: [
      .text("file", "Fleet file"), .text("fleet", "Fleet"), ReportColumn("effective_from", "Holds from", .date),
    ],
    rows: fleets.map {
      [.text($0.file), .text($0.fleet), $0.effectiveFrom.map { .date($0.utcDate) } ?? .empty]
    })
}

private func priceTable(_ prices: [StatusAnswer.Prices]) -> ReportTable {
  ReportTable(
    "prices",
    columns: [
      .text("kind", "Prices"), ReportColumn("rows", "Rows", .count), ReportColumn("newest", "Newest from", .date),
    ],
    rows: prices.map { [.text($0.kind), .count($0.rows), $0.newest.map { .date($0.utcDate) } ?? .empty] })
}

private func sourceTable(_ sources: [StatusAnswer.Source]) -> ReportTable {
  ReportTable(
    "sources",
    columns: [
      .text("file", "Imported file"), .text("kind", "Kind"), ReportColumn("bytes", "Bytes", .count),
      ReportColumn("rows", "Rows", .count),
    ],
    rows: sources.map { [.text($0.file), .text($0.kind), .count($0.bytes), .count($0.rows)] })
}
