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
  let tables = [instanceTable(answer.changes, &sources), unitTable(answer.changes, &sources)].compactMap { $0 }
  return ReportDocument(
    "price-difference", title: title,
    blocks: tables.map { .table($0) } + [.paragraph("Reservations are compared by their effective hourly rate.")],
    sections: [sources.section])
}

/// What instances cost an hour; nil where nothing of it changed.
private func instanceTable(_ changes: [PriceChange], _ sources: inout PriceSources) -> ReportTable? {
  let rows = changes.compactMap { change -> [ReportCell]? in
    guard let terms = ListedOffer.Terms(change.offer) else { return nil }
    return [.text(change.item), .text(change.engine ?? ""), .text(terms.offer), .text(terms.term)]
      + cells(change, &sources)
  }
  guard !rows.isEmpty else { return nil }
  return ReportTable(
    "changes",
    columns: [.text("item", "Type"), .text("engine", "Engine"), .text("offer", "Offer"), .text("term", "Term")]
      + columns(per: "hour"), rows: rows)
}

/// What units of services cost; nil where nothing of it changed.
private func unitTable(_ changes: [PriceChange], _ sources: inout PriceSources) -> ReportTable? {
  let rows = changes.compactMap { change -> [ReportCell]? in
    guard case .unit(let count, let unit, let tierFrom) = change.offer else { return nil }
    return [.text(change.item), .text(unitText(count, unit)), .count(Int(tierFrom))] + cells(change, &sources)
  }
  guard !rows.isEmpty else { return nil }
  return ReportTable(
    "unit_changes",
    columns: [.text("item", "Item"), .text("unit", "Of"), ReportColumn("tier_from", "From", .count)]
      + columns(per: "unit"), rows: rows)
}

private func columns(per unit: String) -> [ReportColumn] {
  [
    ReportColumn("before_usd", "Before, USD", .rate(currency: "USD", per: unit)),
    ReportColumn("after_usd", "After, USD", .rate(currency: "USD", per: unit)),
    ReportColumn("change", "Change", .share, isSigned: true), ReportColumn("since", "Since", .date),
    .text("quality", "Quality"), .text("source", "Source"),
  ]
}

private func cells(_ change: PriceChange, _ sources: inout PriceSources) -> [ReportCell] {
  [
    .known(change.before, or: "not known on the first date") { .rate($0) }, .rate(change.after),
    change.change.map { .share($0.double, decimals: 2) } ?? .empty, .date(change.provenance.effectiveFrom.utcDate),
    .text(change.provenance.quality.rawValue), .text(sources.key(of: change.provenance.source)),
  ]
}

extension ListedOffer.Terms {
  /// What an instance can be bought as; nil for units of services.
  fileprivate init?(_ offer: PriceChange.Offer) {
    switch offer {
    case .onDemand: self = .onDemand
    case .reserved(let term): self = .reserved(term)
    case .savingsPlan(let term): self = .savingsPlan(term)
    case .unit: return nil
    }
  }
}
