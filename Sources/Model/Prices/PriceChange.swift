/// A price that differs between two dates.
package struct PriceChange: Hashable, Sendable {
  /// How an instance is bought, or what a unit price is for.
  package enum Offer: Hashable, Sendable {
    case onDemand
    case reserved(OfferTerm)
    case savingsPlan(SavingsPlanTerm)
    /// So many units at a time, from so many in the month on.
    case unit(count: Int64, String, tierFrom: Int64)
  }
  /// The instance type, or the item of a unit price.
  package var item: String
  /// What runs on the instance; nil for a unit price.
  package var engine: String?
  package var offer: Offer
  /// nil when the price was not known on the first date.
  package var before: Money?
  package var after: Money
  /// Of the later price.
  package var provenance: Provenance

  /// By how much it rose, as a fraction of six decimals, half-even; nil when there is nothing to compare with.
  package var change: ScaledDecimal? { before.flatMap { (after - $0).share(of: $0) } }
}

extension PriceChange: Comparable {
  /// By item, what runs on it, and offer; of equal ones, which have other regions, the cheaper first.
  package static func < (a: PriceChange, b: PriceChange) -> Bool {
    let (left, right) = (a.offer.key, b.offer.key)
    return (a.item, a.engine ?? "", left.rank, left.terms, left.tier, a.after)
      < (b.item, b.engine ?? "", right.rank, right.terms, right.tier, b.after)
  }
}

extension PriceChange.Offer {
  fileprivate var key: (rank: Int, terms: String, tier: Int64) {
    switch self {
    case .onDemand: (0, "", 0)
    case .reserved(let term): (1, term.description, 0)
    case .savingsPlan(let term): (2, term.description, 0)
    case .unit(_, let unit, let tierFrom): (3, unit, tierFrom)
    }
  }
}
