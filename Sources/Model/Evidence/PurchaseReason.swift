/// Why something is bought for a pool, or not, in figures. Rates are in USD.
package enum PurchaseReason: Hashable, Sendable {
  /// By the fleet file nothing of it runs from a day on that has come, and it ran.
  case decommissioned(CivilDate)
  /// Nothing that the fleet file allows can be compared.
  case offersMissing([OfferLeftOut])
  /// The fleet file allows nothing that is for the type.
  case noOffer(type: String)
  /// Commitments that are held cover every hour; something may be bought when they end.
  case covered(buysLater: Bool)
  /// Nothing is expected to run beyond what is held.
  case nothingAhead
  /// What is bought on a later day serves for more of its term.
  case servesMoreOfItsTerm(from: CivilDate)
  /// The fraction of the hours ahead that an instance is expected to be used, beside the fraction that breaks even.
  case use(expected: Double, breakEven: Double, PurchaseSpan, PurchaseSubject)
  /// What a commitment for an instance is expected to save an hour ahead, beside what it costs an hour.
  case worth(Money, rate: Money, PurchaseSpan, PurchaseSubject)
  /// What a savings plan that several types share is expected to save a month of the term, beside all else that is bought;
  /// in the bill's currency.
  case sharedPlan(saving: Money, months: Int)
  /// A further one would be worth it on the futures alone, and the past does not support it.
  case past(PurchasePast)
  /// What an hour of spot is expected to cost, all counted, beside on demand.
  case spot(Money, onDemand: Money)
}

/// Which instance a reason for a purchase is of.
package enum PurchaseSubject: Hashable, Sendable {
  /// The least used of those that are bought.
  case eachBought
  /// The next one, which is not.
  case nextOne
}

/// Hours ahead that a purchase is judged by.
package enum PurchaseSpan: Hashable, Sendable {
  /// The whole term of what would be bought.
  case months(Int)
  /// The time until something else is bought or ends.
  case until(CivilDate)
}

/// A commitment that the fleet file allows and that was not compared.
package enum OfferLeftOut: Hashable, Sendable {
  /// The price book has no price in force at a moment; where it has a later one, from when on.
  case unpriced(CommitmentTerm, InstanceKind, at: Instant, firstKnown: Instant?)
  /// It does not pay for instances of a type.
  case notFor(type: String, SavingsPlanTerm)
}
