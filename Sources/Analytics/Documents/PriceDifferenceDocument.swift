import Model

/// Prices that changed or became known between two dates.
func priceDifferenceDocument(
  _ changes: [PriceChange], region: String, from first: Instant, to second: Instant
) -> ReportDocument {
  var document = ReportDocument([.heading(level: 1, "Prices in \(region): \(second.date) against \(first.date)")])
  guard !changes.isEmpty else {
    document += [.paragraph("Nothing the book knows changed between the two dates.")]
    return document
  }
  var sources = SourceKeys()
  let rows = changes.map { change in
    [
      change.item, change.offer, change.before.map(rateText) ?? "not known", rateText(change.after),
      change.basisPoints.map(percentText) ?? "", change.provenance.effectiveFrom.date,
      change.provenance.quality.rawValue,
      sources.key(of: change.provenance.source),
    ]
  }
  document += [
    .table(
      ReportTable(
        "changes",
        columns: [
          "Item|item", "Offer|offer", ">Before, USD|before_usd", ">After, USD|after_usd", ">Change|change",
          "Since|since", "Quality|quality", "Source|source",
        ], rows: rows)),
    .paragraph("Reservations are compared by their effective hourly rate."), .heading(level: 2, "Sources"),
    .list(sources.lines),
  ]
  return document
}

/// `+1.25 %` of hundredths of a percent.
private func percentText(_ basisPoints: Int64) -> String {
  "\(basisPoints > 0 ? "+" : "")\(ScaledDecimal(mantissa: basisPoints, scale: 2)) %"
}
