/// A reservation's price from a date on: an upfront part and an hourly part.
package struct ReservedPrice: DatedPrice {
  package var kind: InstanceKind
  package var term: OfferTerm
  package var upfront: Money
  package var hourly: Money
  package var provenance: Provenance
  package init(
    kind: InstanceKind, term: OfferTerm, upfront: Money, hourly: Money, provenance: Provenance
  ) {
    self.kind = kind
    self.term = term
    self.upfront = upfront
    self.hourly = hourly
    self.provenance = provenance
  }

  /// The cost of holding `unitSeconds` of it out of units that are `units` to one instance, upfront amortised.
  ///
  /// `(hourly × termHours + upfront) × seconds / (3600 × termHours)`, rounded half-even once.
  package func amortised(unitSeconds: Int128, unitsPerInstance: Int128) -> Money {
    let termTotal = Int128(hourly.nanoDollars) * Int128(term.hours) + Int128(upfront.nanoDollars)
    let divisor = 3600 * Int128(term.hours) * unitsPerInstance
    return Money(clampingNanoDollars: roundedHalfEven(saturatedProduct(termTotal, unitSeconds), dividedBy: divisor))
  }

  /// The share of hours from which it is cheaper than on demand: its effective rate over the on-demand rate, which is
  /// one less the saving. Six decimals, half-even, from exact amounts; nil without an on-demand price.
  package func breakEven(against onDemand: Money) -> ScaledDecimal? {
    let termTotal = Int128(hourly.nanoDollars) * Int128(term.hours) + Int128(upfront.nanoDollars)
    return millionths(termTotal, of: Int128(onDemand.nanoDollars) * Int128(term.hours))
  }

  /// The effective hourly price, upfront spread over the term.
  package var effectiveHourly: Money { amortised(unitSeconds: 3600, unitsPerInstance: 1) }

  package static let plural = "reserved prices"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.reserved }
  package var subject: String { "\(term) of \(kind)" }
  package struct Key: Hashable, Sendable {
    var kind: InstanceKind
    var term: OfferTerm
  }
  package var key: Key { Key(kind: kind, term: term) }
  package var amount: String { "\(upfront) + \(hourly)" }
}
