/// What an hour of an instance kind draws from a savings plan's hourly commitment, from a date on.
///
/// The payment changes when the commitment is paid, and by that the rate; the rate holds everything.
package struct SavingsPlanRate: DatedPrice {
  /// What runs.
  package var kind: InstanceKind
  /// The plan that it draws from.
  package var term: SavingsPlanTerm
  /// USD of the commitment for an hour of an instance.
  package var hourly: Money
  /// Of a derived rate, the reservation whose effective rate it is; nil for a published one.
  package var derivedFrom: OfferTerm?
  /// From when on it holds, and who says so.
  package var provenance: Provenance

  /// A rate; without a reservation that it is derived from, a published one.
  package init(
    kind: InstanceKind, term: SavingsPlanTerm, hourly: Money, derivedFrom: OfferTerm? = nil, provenance: Provenance
  ) {
    self.kind = kind
    self.term = term
    self.hourly = hourly
    self.derivedFrom = derivedFrom
    self.provenance = provenance
  }

  /// The share of hours from which it is cheaper than on demand, which is one less the saving: rate over on-demand
  /// rate, six decimals, half-even; nil without an on-demand price.
  package func breakEven(against onDemand: Money) -> ScaledDecimal? {
    hourly.share(of: onDemand)
  }

  package static let plural = "savings plan rates"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.savingsPlans }
  package var subject: String { "\(term) of \(kind)" }
  package struct Key: Hashable, Sendable {
    var kind: InstanceKind
    var term: SavingsPlanTerm
  }
  package var key: Key { Key(kind: kind, term: term) }
  package var amount: String { "\(hourly)" }
}
