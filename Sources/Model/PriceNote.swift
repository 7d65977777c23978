/// A price as a figure rests on it: its row of the price book, and what its age and origin are judged by.
package struct PriceNote: Hashable, Sendable {
  /// What is paid for what.
  package enum Row: Hashable, Sendable {
    case onDemand(type: String, hourly: Money)
    case reserved(type: String, upfront: Money, hourly: Money, OfferTerm)
    /// What an hour draws from a savings plan; of a derived rate, the reservation whose rate it is.
    case savingsPlanRate(type: String, hourly: Money, SavingsPlanTerm, derivedFrom: OfferTerm?)
    /// A savings plan that is held.
    case savingsPlan(hourly: Money, SavingsPlanTerm)
    /// The on-demand price less the provider's average saving.
    case spotEstimate(type: String, hourly: Money, savingsPercent: Int)
    /// A mean of recorded spot prices.
    case spotMean(type: String, hourly: Money, SpotSpan)
    /// CPU credits beyond those earned.
    case surplusCredits(type: String, perVcpuHour: Money)
    /// So much for so many units.
    case unit(item: String, price: Money, units: Int64, of: String)
    /// The same by the fleet file.
    case contract(price: Money, units: Int64, of: String)
    /// A percentage off a service of the price book, by the fleet file or supposed by a what-if.
    case discount(percent: ScaledDecimal, service: String, isSupposed: Bool)
  }

  /// What a mean of spot prices is of.
  package enum SpotSpan: Hashable, Sendable {
    case hoursUsed(zone: String)
    case days(Int64, zones: Int)
  }

  package var row: Row
  /// From when on it holds by its row; nil for what has no date of its own.
  package var effectiveFrom: Instant?
  /// The price file, without the folders it lay in; nil for what the fleet file or the owner's account states.
  package var file: String?
  /// From when on it is known to hold; nil for what has no age.
  package var confirmed: Instant?
  /// Whether it was published as such.
  package var quality: PriceQuality
  /// The rows that a derived rate was worked out from, where they are not the one in ``row``.
  package var basis: [PriceNote]

  /// What has no age: what the fleet file states, and what an owner pays by the provider's word.
  package init(_ row: Row, from date: Instant? = nil) {
    (self.row, effectiveFrom, quality, basis) = (row, date, .published, [])
  }

  /// A row of the price book.
  package init(_ row: Row, _ provenance: Provenance, quality: PriceQuality? = nil, basis: [PriceNote] = []) {
    self.row = row
    effectiveFrom = provenance.effectiveFrom
    file = provenance.source.file.split(separator: "/").last.map(String.init)
    confirmed = provenance.confirmed
    self.quality = quality ?? provenance.quality
    self.basis = basis
  }

  /// It and all that it was worked out from.
  fileprivate var rows: [PriceNote] { [self] + basis.flatMap(\.rows) }
}

extension PriceNote: Comparable {
  /// By what is priced, then by price and by date.
  package static func < (a: PriceNote, b: PriceNote) -> Bool { a.key < b.key }

  /// No two different notes have one, as far as their words differ.
  private var key: (String, Int64, Int64, String, String) {
    let (item, price, detail) = row.key
    return (item, price.nanoDollars, effectiveFrom?.seconds ?? .min, detail, file ?? "")
  }
}

extension PriceNote.Row {
  fileprivate var key: (item: String, price: Money, detail: String) {
    switch self {
    case .onDemand(let type, let hourly): (type, hourly, "on-demand")
    case .reserved(let type, let upfront, let hourly, let term): (type, hourly, "\(term) \(upfront)")
    case .savingsPlanRate(let type, let hourly, let term, _): (type, hourly, "\(term)")
    case .savingsPlan(let hourly, let term): ("", hourly, "\(term)")
    case .spotEstimate(let type, let hourly, let percent): (type, hourly, "spot \(percent)")
    case .spotMean(let type, let hourly, let span): (type, hourly, "spot \(span)")
    case .surplusCredits(let type, let price): (type, price, "surplus")
    case .unit(let item, let price, let units, let unit): (item, price, "\(units) \(unit)")
    case .contract(let price, let units, let unit): ("", price, "\(units) \(unit)")
    case .discount(let percent, let service, _): (service, .zero, "\(percent)")
    }
  }
}

/// What a reader must be told of the prices behind a report, each once, sorted.
package struct PriceDoubts: Hashable, Sendable {
  /// Known to hold from a date that lies more than the permitted days back.
  package private(set) var stale: [PriceNote]
  /// Recent, and computed from other figures by a stated rule instead of published.
  package private(set) var derived: [PriceNote]
  /// The permitted age.
  package let days: Int

  /// True when every price is recent and published.
  package var isEmpty: Bool { stale.isEmpty && derived.isEmpty }

  /// - Parameters:
  ///   - notes: the prices used, in any order, repeated or not.
  ///   - instant: the moment their age counts to.
  ///   - days: the age in days of 86,400 seconds above which a price is stale; one of just that age is not.
  package init(of notes: some Sequence<PriceNote>, at instant: Instant, staleAfterDays days: Int) {
    let limit = instant.advanced(by: -Int64(days) * 86_400)
    let rows = Set(notes.flatMap(\.rows))
    let old = rows.filter { $0.confirmed.map { $0 < limit } ?? false }
    self.days = days
    stale = old.sorted()
    derived = rows.subtracting(old).filter { $0.quality == .derived }.sorted()
  }
}
