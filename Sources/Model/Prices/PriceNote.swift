/// A price that a bill or an evidence rests on: what it is of, how much, since when, and by whose word.
package struct PriceNote: Hashable, Sendable {
  /// What it is the price of, and how that is bought.
  package enum Item: Hashable, Sendable {
    case onDemand(type: String)
    case reserved(type: String, OfferTerm, upfront: Money)
    /// Of a derived rate, the reservation whose effective rate it is; nil for a published one.
    case savingsPlan(type: String, SavingsPlanTerm, twin: OfferTerm?)
    /// What a savings plan that is held costs an hour.
    case commitment(SavingsPlanTerm)
    /// On demand less the saving that the provider saw on average.
    case spotEstimate(type: String, percentBelow: Int)
    /// The mean of a price history, and over what.
    case spotMean(type: String, over: SpotSpan)
    case surplusCredits(type: String)
    /// So many units of an item of the price book.
    case unit(String, count: Int64, unit: String)
    /// So many units by the fleet file's own contract.
    case contract(count: Int64, unit: String)
    /// What the fleet file has negotiated, or a what-if supposes.
    case discount(percent: ScaledDecimal, service: String, isSupposed: Bool)
  }
  /// Over what a spot price is a mean.
  package enum SpotSpan: Hashable, Sendable {
    /// The hours in which capacity of a zone was used.
    case hoursUsed(zone: String)
    /// So many days, in so many zones.
    case days(Int, zones: Int)
  }
  package var item: Item
  /// In US dollars, for an hour or for the units; zero for a discount.
  package var amount: Money
  /// From when on it holds; nil for what the fleet file states.
  package var since: Instant?
  /// The name of the file that it was read from; nil for what the fleet file states.
  package var file: String?
  /// From when on it is known to hold; nil for what has no age.
  package var confirmed: Instant?
  /// Whether it was published as such.
  package var quality: PriceQuality
  /// The rows that a derived rate was worked out from, where it is not its own.
  package var basis: [PriceNote]

  package init(
    _ item: Item, _ amount: Money, since: Instant? = nil, file: String? = nil, confirmed: Instant? = nil,
    quality: PriceQuality = .published, basis: [PriceNote] = []
  ) {
    self.item = item
    self.amount = amount
    self.since = since
    self.file = file
    self.confirmed = confirmed
    self.quality = quality
    self.basis = basis
  }

  /// A row of the price book. Where its file lay when it was imported is no part of the price.
  package init(_ item: Item, _ amount: Money, _ provenance: Provenance) {
    self.init(
      item, amount, since: provenance.named,
      file: provenance.source.file.split(separator: "/").last.map(String.init), confirmed: provenance.confirmed,
      quality: provenance.quality)
  }

  /// It and all that it was worked out from, each by itself.
  fileprivate var rows: [PriceNote] {
    var bare = self
    bare.basis = []
    return [bare] + basis.flatMap(\.rows)
  }
}

extension PriceNote: Comparable {
  /// By what it is of, how that is bought, and how much; of equal ones the older first.
  package static func < (a: PriceNote, b: PriceNote) -> Bool {
    let (left, right) = (a.item.key, b.item.key)
    guard left == right else { return left < right }
    return (a.amount, a.since ?? .lastDay, a.file ?? "", a.quality.rawValue, a.basis.count)
      < (b.amount, b.since ?? .lastDay, b.file ?? "", b.quality.rawValue, b.basis.count)
  }
}

extension PriceNote.Item {
  /// The item's name, the rank of how it is bought, and its terms.
  fileprivate var key: (name: String, rank: Int, terms: String, count: Int64) {
    switch self {
    case .onDemand(let type): (type, 0, "", 0)
    case .reserved(let type, let term, let upfront): (type, 1, term.description, upfront.nanoDollars)
    case .savingsPlan(let type, let term, let twin): (type, 2, term.description, twin == nil ? 0 : 1)
    case .spotEstimate(let type, let percent): (type, 3, "", Int64(percent))
    case .spotMean(let type, .days(let days, let zones)): (type, 4, "", Int64(days) * 1000 + Int64(zones))
    case .spotMean(let type, .hoursUsed(let zone)): (type, 4, zone, 0)
    case .surplusCredits(let type): (type, 5, "", 0)
    case .unit(let item, let count, let unit): (item, 6, unit, count)
    case .commitment(let term): ("", 7, term.description, 0)
    case .contract(let count, let unit): ("", 8, unit, count)
    case .discount(let percent, let service, _): ("", 9, service, percent.mantissa)
    }
  }
}

/// What a reader must be told of the prices behind a report: each once, sorted.
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
