import Analytics
import Model

/// Prices, specifications and spot history of some types, with the sources they come from.
package func pricesDocument(_ answer: PricesAnswer) -> ReportDocument {
  var sources = PriceSources()
  var sections: [ReportSection] = []
  if answer.types.contains(where: { !$0.offers.isEmpty }) {
    sections.append(
      ReportSection(
        "offers", title: "Offers", blocks: [.table(offerTable(answer.types, &sources)), .paragraph(offerNote)]))
  }
  sections.append(
    ReportSection(
      "specifications", title: "What they offer", blocks: specificationTables(answer.types, &sources).map { .table($0) }
    ))
  if answer.types.contains(where: { !$0.spot.isEmpty }) {
    sections.append(
      ReportSection("spot", title: "Spot prices as they were", blocks: [.table(spotTable(answer.types, &sources))]))
  }
  sections += otherEngines(answer) + [sources.section] + stale(answer)
  let when = answer.date.map { "in force on \($0.date)" } ?? "the newest known"
  return ReportDocument("prices", title: "Prices in \(answer.region), \(when)", sections: sections)
}

private func otherEngines(_ answer: PricesAnswer) -> [ReportSection] {
  let others = answer.types.filter { !$0.otherEngines.isEmpty }
    .map { "\($0.kind.type) also has prices for \($0.otherEngines.joined(separator: ", ")) (ask by engine)" }
  return others.isEmpty ? [] : [ReportSection("other-engines", title: "Other engines", blocks: [.list(others)])]
}

private func stale(_ answer: PricesAnswer) -> [ReportSection] {
  let stale = answer.stale.map { type, offer in
    "\(type) \(offer.terms.name), last confirmed on \(offer.provenance.confirmed.date)"
  }
  return stale.isEmpty
    ? [] : [ReportSection("stale", title: "Older than \(answer.staleAfterDays) days", blocks: [.list(stale)])]
}

/// How the figures of the offers are to be read.
private let offerNote =
  "Break-even: the share of hours from which an offer is cheaper than on demand; one less it is the saving. Effective: "
  + "upfront spread over the term, 8,760 hours a year. Derived: a spot rate is the on-demand rate less the average saving, "
  + "a savings plan rate the effective rate of the reservation of the same length and payment, standard for an EC2 "
  + "Instance plan, convertible for a Compute plan. Dedicated tenancy is left out: it is not another price of the same thing."

private func offerTable(_ types: [PricesAnswer.ListedType], _ sources: inout PriceSources) -> ReportTable {
  var rows: [[ReportCell]] = []
  for type in types {
    for offer in type.offers { rows.append(row(offer, of: type.kind, sources.key(of: offer.provenance.source))) }
  }
  let dollar = BillCurrency.usDollar
  return ReportTable(
    "offers",
    columns: [
      .text("type", "Type"), .text("engine", "Engine"), .text("offer", "Offer"), .text("term", "Term"),
      dollar.column("upfront", "Upfront"), ReportColumn("usd_per_hour", "USD/h", .rate(currency: "USD", per: "hour")),
      ReportColumn("effective_usd_per_hour", "Effective", .rate(currency: "USD", per: "hour")),
      ReportColumn("saving", "Saving", .share), ReportColumn("break_even", "Break-even", .number(unit: nil)),
      ReportColumn("since", "Since", .date), .text("quality", "Quality"), .text("source", "Source"),
    ], rows: rows)
}

private func row(_ offer: ListedOffer, of kind: InstanceKind, _ source: String) -> [ReportCell] {
  func rate(_ price: Money?) -> ReportCell { .known(price, or: "no on-demand price is known") { .rate($0) } }
  return [
    .text(kind.type), .text(kind.engine), .text(offer.terms.offer), .text(offer.terms.term),
    offer.upfront.map { .money($0) } ?? .empty, rate(offer.hourly), rate(offer.effective),
    offer.saving.map { .share($0.double) } ?? .empty, offer.breakEven.map { .decimal($0) } ?? .empty,
    .date(offer.since.utcDate), .text(offer.provenance.quality.rawValue), .text(source),
  ]
}

extension ListedOffer.Terms {
  /// `standard`, `compute savings plan`.
  var offer: String {
    switch self {
    case .onDemand: "on-demand"
    case .reserved(let term): term.offerClass.rawValue
    case .savingsPlan(let term): "\(term.plan.rawValue) savings plan"
    case .spot: "spot"
    }
  }

  /// `1yr no-upfront`; of spot, how often it is taken back.
  var term: String {
    switch self {
    case .onDemand: ""
    case .reserved(let term): "\(term.years)yr \(term.payment.rawValue)"
    case .savingsPlan(let term): "\(term.years)yr \(term.payment.rawValue)"
    case .spot(let interruption): "interrupted \(interruption) a month"
    }
  }

  /// The whole of it in one word: `standard-1yr-no-upfront`.
  fileprivate var name: String {
    switch self {
    case .onDemand, .spot: offer
    case .reserved(let term): "\(term)"
    case .savingsPlan(let term): "\(term)"
    }
  }
}

/// What spot capacity cost in each zone, as far as it is known.
private func spotTable(_ types: [PricesAnswer.ListedType], _ sources: inout PriceSources) -> ReportTable {
  var rows: [[ReportCell]] = []
  for type in types {
    for zone in type.spot {
      rows.append(
        [
          .text(type.kind.type), .text(zone.zone), .instant(zone.first, offset: 0),
          .instant(zone.lastChange, offset: 0), .count(zone.count),
        ] + [zone.lowest, zone.mean, zone.highest, zone.last].map { .rate($0) }
          + [.text(sources.key(of: zone.source))])
    }
  }
  func rate(_ name: String, _ title: String) -> ReportColumn {
    ReportColumn("\(name)_usd_per_hour", title, .rate(currency: "USD", per: "hour"))
  }
  return ReportTable(
    "spot",
    columns: [
      .text("type", "Type"), .text("zone", "Zone"), ReportColumn("first", "First, UTC", .instant),
      ReportColumn("last", "Last change, UTC", .instant), ReportColumn("prices", "Prices", .count),
      rate("lowest", "Lowest"), rate("mean", "Mean"), rate("highest", "Highest"), rate("last", "Last"),
      .text("source", "Source"),
    ], rows: rows)
}
