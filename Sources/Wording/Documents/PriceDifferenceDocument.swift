import Analytics
import Model

/// Prices that changed or became known between two dates.
package func priceDifferenceDocument(_ answer: PriceDifferenceAnswer) -> ReportDocument {
  let title = "Prices in \(answer.region): \(answer.to.date) against \(answer.from.date)"
  guard !answer.changes.isEmpty else {
    return ReportDocument(
      "price-difference", title: title,
      blocks: [.paragraph("Nothing the book knows changed between the two dates.")])
  }
  var sources = PriceSources()
  let rows = answer.changes.map { row($0, sources.key(of: $0.provenance.source)) }
  let table = ReportTable(
    "changes",
    columns: [
      .text("item", "Item"), .text("engine", "Engine"), .text("offer", "Offer"), rate("before", "Before, USD"),
      rate("after", "After, USD"), ReportColumn("change", "Change", .share, isSigned: true),
      ReportColumn("since", "Since", .date), .text("quality", "Quality"), .text("source", "Source"),
    ], rows: rows)
  return ReportDocument(
    "price-difference", title: title,
    blocks: [.table(table), .paragraph("Reservations are compared by their effective hourly rate.")],
    sections: [sources.section])
}

private func rate(_ name: String, _ title: String) -> ReportColumn {
  ReportColumn("\(name)_usd", title, .rate(currency: "USD", per: "unit"))
}

private func row(_ change: PriceChange, _ source: String) -> [ReportCell] {
  [
    .text(change.item), change.engine.map { .text($0) } ?? .empty, .text(offerText(change.offer)),
    .known(change.before, or: "not known on the first date") { .rate($0) }, .rate(change.after),
    change.change.map { .share($0.double, decimals: 2) } ?? .empty, .date(change.provenance.effectiveFrom.utcDate),
    .text(change.provenance.quality.rawValue), .text(source),
  ]
}

/// `on-demand`, a reservation's or savings plan's term, or the unit and the tier.
private func offerText(_ offer: PriceChange.Offer) -> String {
  switch offer {
  case .onDemand: "on-demand"
  case .reserved(let term): "\(term)"
  case .savingsPlan(let term): "\(term)"
  case .unit(let count, let unit, let tierFrom):
    (count == 1 ? unit : "\(grouped(Int(count))) \(unit)s") + (tierFrom == 0 ? "" : " from \(grouped(Int(tierFrom)))")
  }
}
