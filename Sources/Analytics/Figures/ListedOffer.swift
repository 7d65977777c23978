import Model

/// One way to buy an hour of an instance type, with what it saves.
package struct ListedOffer: Sendable {
  package enum Terms: Hashable, Sendable {
    case onDemand
    case reserved(OfferTerm)
    case savingsPlan(SavingsPlanTerm)
    /// How often it is taken back in a month, as the provider's bucket: `<5%`.
    case spot(interruption: String)
  }
  package let terms: Terms
  /// nil where nothing is paid at the start, or nobody says what.
  package let upfront: Money?
  /// nil where it follows from an on-demand price that is not known.
  package let hourly: Money?
  /// With the upfront part spread over the term.
  package let effective: Money?
  /// The fraction that it is below on demand; nil for on demand itself, and without such a price.
  package let saving: ScaledDecimal?
  /// The fraction of hours from which it is the cheaper; nil where nothing is bound to hours.
  package let breakEven: ScaledDecimal?
  /// From when it has been known without a change.
  package let since: Instant
  package let provenance: Provenance
}

extension Catalogue {
  /// Everything that a kind can be bought as at a moment, in the order of ``Offers``.
  func listedOffers(_ kind: InstanceKind, at instant: Instant) -> [ListedOffer] {
    let offers = offers(kind, at: instant)
    let onDemand = offers.onDemand
    var listed: [ListedOffer] = []
    if let onDemand {
      listed.append(
        ListedOffer(
          terms: .onDemand, upfront: nil, hourly: onDemand.hourly, effective: onDemand.hourly, saving: nil,
          breakEven: nil, since: knownSince(onDemand), provenance: onDemand.provenance))
    }
    listed += offers.reserved.map { price in
      let breakEven = onDemand.flatMap { price.breakEven(against: $0.hourly) }
      return ListedOffer(
        terms: .reserved(price.term), upfront: price.upfront == .zero ? nil : price.upfront, hourly: price.hourly,
        effective: price.effectiveHourly, saving: breakEven.map(\.complement), breakEven: breakEven,
        since: knownSince(price), provenance: price.provenance)
    }
    listed += offers.savingsPlans.map { rate in
      let breakEven = onDemand.flatMap { rate.breakEven(against: $0.hourly) }
      return ListedOffer(
        terms: .savingsPlan(rate.term), upfront: nil, hourly: rate.hourly, effective: rate.hourly,
        saving: breakEven.map(\.complement), breakEven: breakEven, since: knownSince(rate), provenance: rate.provenance)
    }
    return listed + (offers.spot.map { [spotOffer($0, onDemand)] } ?? [])
  }

  /// Spot by the provider's estimate: nobody's price, so that it is derived.
  private func spotOffer(_ spot: SpotEstimate, _ onDemand: OnDemandPrice?) -> ListedOffer {
    let rate = onDemand?.hourly.charge(for: Int128(100 - spot.savingsPercent), per: 100)
    var provenance = spot.provenance
    provenance.quality = .derived
    return ListedOffer(
      terms: .spot(interruption: spot.interruption), upfront: nil, hourly: rate, effective: rate,
      saving: ScaledDecimal(mantissa: Int64(spot.savingsPercent), scale: 2), breakEven: nil,
      since: provenance.effectiveFrom, provenance: provenance)
  }
}

extension ScaledDecimal {
  /// One less this fraction.
  fileprivate var complement: ScaledDecimal { ScaledDecimal(mantissa: powerOfTen(scale) - mantissa, scale: scale) }
}
