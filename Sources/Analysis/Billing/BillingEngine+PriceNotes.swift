import Model

/// The prices that lines and evidence rest on, with what their age and origin are judged by.
extension BillingEngine {
  package func note(_ price: OnDemandPrice) -> PriceNote {
    PriceNote(.onDemand(type: price.kind.type), price.hourly, price.provenance)
  }

  package func note(_ price: ReservedPrice) -> PriceNote {
    PriceNote(
      .reserved(type: price.kind.type, price.term, upfront: price.upfront), price.hourly, price.provenance)
  }

  /// The price a commitment was bought at; what an owner pays by the provider's word is no list price that could be out
  /// of date.
  func note(_ held: PricedCommitment) -> PriceNote {
    var note = note(held.price)
    if held.commitment.paid != nil { note.confirmed = nil }
    return note
  }

  package func note(_ price: SavingsPlanRate) -> PriceNote {
    PriceNote(
      .savingsPlan(type: price.kind.type, price.term, twin: price.derivedFrom), price.hourly, price.provenance)
  }

  /// A commitment; what an owner pays by the provider's word is no list price that could be out of date.
  func note(_ plan: HeldSavingsPlan) -> PriceNote {
    PriceNote(.commitment(plan.term), plan.hourly, since: plan.started)
  }

  /// A spot rate: always derived, from the estimate and from the on-demand price.
  package func note(_ spot: SpotEstimate, onDemand: OnDemandPrice) -> PriceNote {
    var note = PriceNote(
      .spotEstimate(type: spot.kind.type, percentBelow: spot.savingsPercent),
      onDemand.hourly.charge(for: Int128(100 - spot.savingsPercent), per: 100), spot.provenance)
    note.quality = .derived
    note.basis = [self.note(onDemand)]
    return note
  }

  /// A spot rate from history: derived, as a mean is nobody's price.
  package func note(_ mean: SpotMean, of type: String, over span: PriceNote.SpotSpan) -> PriceNote {
    var note = PriceNote(.spotMean(type: type, over: span), mean.hourly, mean.newest)
    note.quality = .derived
    return note
  }

  /// The price of surplus CPU credits of a type, for a vCPU-hour.
  func note(_ price: SurplusPrice, ofType type: String) -> PriceNote {
    PriceNote(.surplusCredits(type: type), price.hourly, price.provenance)
  }

  /// A price of the fleet file has no date and no age.
  package func note(_ price: UnitPrice) -> PriceNote {
    price.item == "fixed"
      ? PriceNote(.contract(count: price.perUnits, unit: price.unit), price.price)
      : PriceNote(.unit(price.item, count: price.perUnits, unit: price.unit), price.price, price.provenance)
  }
}
