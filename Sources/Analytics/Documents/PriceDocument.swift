import Model

/// One type of a price report and everything that is known of it.
struct ListedType {
  /// What speed is compared with.
  static let referenceType = "m5.large"

  var kind: InstanceKind
  var offers: Catalogue.Offers
  var specification: InstanceSpecification?
  var performance, reference: InstancePerformance?
  /// By zone and moment.
  var spot: [SpotPrice]
  var otherEngines: [String]
}

/// Prices, specifications and spot history of some types, with the sources they come from.
func priceDocument(
  _ types: [ListedType], _ catalogue: Catalogue, region: String, date: Instant?, staleAfterDays: Int
) -> ReportDocument {
  var sources = SourceKeys()
  let when = date.map { "in force on \($0.date)" } ?? "the newest known"
  var document = ReportDocument([.heading(level: 1, "Prices in \(region), \(when)")])
  if types.contains(where: { !$0.offers.isEmpty }) {
    document += [.table(offerTable(types, catalogue, &sources)), .paragraph(offerNote)]
  }
  document += [.heading(level: 2, "What they offer"), .table(specificationTable(types, &sources))]
  if types.contains(where: { !$0.spot.isEmpty }) {
    document += [.heading(level: 2, "Spot prices as they were"), .table(spotTable(types, &sources))]
  }
  let others = types.filter { !$0.otherEngines.isEmpty }
    .map { "\($0.kind.type) also has prices for \($0.otherEngines.joined(separator: ", ")) (--engine)" }
  if !others.isEmpty { document += [.list(others)] }
  document += [.heading(level: 2, "Sources"), .list(sources.lines)]
  if let date {
    let stale = staleOffers(types, before: date.advanced(by: -86_400 * Int64(staleAfterDays)))
    if !stale.isEmpty {
      document += [.heading(level: 2, "Older than \(staleAfterDays) days"), .list(stale)]
    }
  }
  return document
}

/// How the figures of the offers are to be read.
private let offerNote =
  "Break-even: the share of hours from which an offer is cheaper than on demand; one less it is the saving. Effective: "
  + "upfront spread over the term, 8,760 hours a year. Derived: a spot rate is the on-demand rate less the average saving, "
  + "a savings plan rate the effective rate of the reservation of the same length and payment, standard for an EC2 "
  + "Instance plan, convertible for a Compute plan. Dedicated tenancy is left out: it is not another price of the same thing."

private func offerTable(_ types: [ListedType], _ catalogue: Catalogue, _ sources: inout SourceKeys) -> ReportTable {
  var rows: [[String]] = []
  for type in types {
    let onDemand = type.offers.onDemand
    func row(_ offer: String, _ term: String, _ amounts: [String], _ since: Instant, _ provenance: Provenance) {
      rows.append(
        [type.kind.type, type.kind.engine, offer, term] + amounts + [
          since.date, provenance.quality.rawValue, sources.key(of: provenance.source),
        ])
    }
    if let onDemand {
      let hourly = rateText(onDemand.hourly)
      row("on-demand", "", ["", hourly, hourly, "", ""], catalogue.knownSince(onDemand), onDemand.provenance)
    }
    for price in type.offers.reserved {
      let upfront = price.upfront == .zero ? "" : Cents(price.upfront).grouped
      row(
        price.term.offerClass.rawValue, "\(price.term.years)yr \(price.term.payment.rawValue)",
        [upfront, rateText(price.hourly), rateText(price.effectiveHourly)]
          + shares(onDemand.flatMap { price.breakEven(against: $0.hourly) }),
        catalogue.knownSince(price), price.provenance)
    }
    for rate in type.offers.savingsPlans {
      row(
        "\(rate.term.plan.rawValue) savings plan", "\(rate.term.years)yr \(rate.term.payment.rawValue)",
        ["", rateText(rate.hourly), rateText(rate.hourly)]
          + shares(onDemand.flatMap { rate.breakEven(against: $0.hourly) }),
        catalogue.knownSince(rate), rate.provenance)
    }
    if let spot = type.offers.spot {
      let rate = onDemand.map { rateText($0.hourly.charge(for: Int128(100 - spot.savingsPercent), per: 100)) } ?? ""
      var provenance = spot.provenance
      provenance.quality = .derived
      row(
        "spot", "interrupted \(spot.interruption) a month", ["", rate, rate, "\(spot.savingsPercent).0 %", ""],
        provenance.effectiveFrom, provenance)
    }
  }
  return ReportTable(
    "offers",
    columns: [
      "Type|type", "Engine|engine", "Offer|offer", "Term|term", ">Upfront|upfront_usd", ">USD/h|usd_per_hour",
      ">Effective|effective_usd_per_hour", ">Saving|saving", ">Break-even|break_even", "Since|since",
      "Quality|quality", "Source|source",
    ], rows: rows)
}

/// The saving in percent, and the break-even itself.
private func shares(_ breakEven: ScaledDecimal?) -> [String] {
  guard let breakEven else { return ["", ""] }
  let saving = Int64(roundedHalfEven(Int128(1_000_000 - breakEven.mantissa), dividedBy: 1000))
  return ["\(ScaledDecimal(mantissa: saving, scale: 1)) %", breakEven.description]
}

private func staleOffers(_ types: [ListedType], before limit: Instant) -> [String] {
  types.flatMap { type in
    let offers =
      (type.offers.onDemand.map { [("on-demand", $0.provenance)] } ?? [])
      + type.offers.reserved.map { ($0.term.description, $0.provenance) }
      + type.offers.savingsPlans.map { ($0.term.description, $0.provenance) }
      + (type.offers.spot.map { [("spot", $0.provenance)] } ?? [])
    return offers.filter { $0.1.confirmed < limit }
      .map { "\(type.kind.type) \($0.0), last confirmed on \($0.1.confirmed.date)" }
  }
}

/// `0.0850`: at least four decimals, more where there are more.
func rateText(_ rate: Money) -> String {
  let parts = rate.description.split(separator: ".")
  return rate.description + String(repeating: "0", count: max(0, 4 - parts[1].utf8.count))
}

/// Letters for the sources of a report, in the order they are met.
struct SourceKeys {
  private var sources: [PriceSource] = []

  /// `A`, `B`, ... `Z`, `AA`.
  mutating func key(of source: PriceSource) -> String {
    if let index = sources.firstIndex(of: source) { return Self.letters(index) }
    sources.append(source)
    return Self.letters(sources.count - 1)
  }

  /// Each source with its file, origin, date and the hash of its content.
  var lines: [String] {
    sources.enumerated().map { index, source in
      let published = source.published.map { ", published \($0.date)" } ?? ""
      let hash = source.contentHash.map { ", XXH64 \(hexadecimal($0))" } ?? ""
      return
        "\(Self.letters(index)): \(source.file), \(source.origin)\(published), retrieved \(source.retrieved.date)\(hash)"
    }
  }

  private static func letters(_ index: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + index % 26)))
    return index < 26 ? last : letters(index / 26 - 1) + last
  }
}

/// Sixteen digits.
private func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
