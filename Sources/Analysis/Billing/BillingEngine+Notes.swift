import Model

/// Price rows as figures rest on them, with what their age and origin are judged by.
extension BillingEngine {
  package func note(_ price: OnDemandPrice) -> PriceNote {
    PriceNote(.onDemand(type: price.kind.type, hourly: price.hourly), price.provenance)
  }

  package func note(_ price: ReservedPrice) -> PriceNote {
    PriceNote(
      .reserved(type: price.kind.type, upfront: price.upfront, hourly: price.hourly, price.term), price.provenance)
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
      .savingsPlanRate(
        type: price.kind.type, hourly: price.hourly, price.term, derivedFrom: price.derivedFrom), price.provenance)
  }

  /// A commitment; what an owner pays by the provider's word is no list price that could be out of date.
  func note(_ plan: HeldSavingsPlan) -> PriceNote {
    PriceNote(.savingsPlan(hourly: plan.hourly, plan.term), from: plan.started)
  }

  /// A spot rate: always derived, from the estimate and from the on-demand price.
  package func note(_ spot: SpotEstimate, onDemand: OnDemandPrice) -> PriceNote {
    let hourly = onDemand.hourly.charge(for: Int128(100 - spot.savingsPercent), per: 100)
    return PriceNote(
      .spotEstimate(type: spot.kind.type, hourly: hourly, savingsPercent: spot.savingsPercent), spot.provenance,
      quality: .derived, basis: [note(onDemand)])
  }

  /// A spot rate from history: derived, as a mean is nobody's price.
  package func note(_ mean: SpotMean, of type: String, over span: PriceNote.SpotSpan) -> PriceNote {
    PriceNote(.spotMean(type: type, hourly: mean.hourly, span), mean.newest, quality: .derived)
  }

  /// The price of surplus CPU credits of a type.
  func note(surplus price: Money, of specification: InstanceSpecification) -> PriceNote {
    PriceNote(.surplusCredits(type: specification.type, perVcpuHour: price), specification.provenance)
  }

  /// A price of the fleet file has no date and no age.
  func note(_ price: UnitPrice) -> PriceNote {
    if price.item == "fixed" {
      return PriceNote(.contract(price: price.price, units: price.perUnits, of: price.unit))
    }
    return PriceNote(
      .unit(item: price.item, price: price.price, units: price.perUnits, of: price.unit), price.provenance)
  }
}
