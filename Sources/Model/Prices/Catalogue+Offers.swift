extension Catalogue {
  /// Everything an instance kind can be bought as at a moment.
  package struct Offers: Sendable {
    package var onDemand: OnDemandPrice?
    /// In the order of ``OfferTerm/all``; those the book has.
    package var reserved: [ReservedPrice]
    /// In the order of ``SavingsPlanTerm/all``; published rates and derived ones.
    package var savingsPlans: [SavingsPlanRate]
    package var spot: SpotEstimate?

    /// True when the book knows no price at all.
    package var isEmpty: Bool { onDemand == nil && reserved.isEmpty && savingsPlans.isEmpty && spot == nil }
  }

  /// What a kind can be bought as at a moment, as far as the book knows.
  package func offers(_ kind: InstanceKind, at instant: Instant) -> Offers {
    Offers(
      onDemand: onDemandIfKnown(kind, at: instant),
      reserved: OfferTerm.all.compactMap { reservedIfKnown(kind, $0, at: instant) },
      savingsPlans: SavingsPlanTerm.all.compactMap { savingsPlanIfKnown(kind, $0, at: instant) },
      spot: spot(kind, at: instant))
  }

  /// What an hour of a kind draws from a savings plan bought at a moment, published or derived.
  /// - Throws: ``DataError`` naming the key and the plans that are known for the kind.
  package func savingsPlan(_ kind: InstanceKind, _ term: SavingsPlanTerm, at instant: Instant)
    throws(DataError) -> SavingsPlanRate
  {
    if let rate = savingsPlanIfKnown(kind, term, at: instant) { return rate }
    let known = SavingsPlanTerm.all.filter { savingsPlanIfKnown(kind, $0, at: instant) != nil }.map(\.description)
    let nearest =
      known.isEmpty
      ? nearestTypes(kind, among: Set(reserved.keys.map(\.kind)))
      : "plans of this type: \(known.joined(separator: ", "))"
    throw missing("\(term) rate of \(kind)", at: instant, known: nil, nearest: nearest)
  }

  /// What an hour of a kind draws from a savings plan bought at a moment, published or derived; nil where no rate is known.
  package func savingsPlanIfKnown(
    _ kind: InstanceKind, _ term: SavingsPlanTerm, at instant: Instant
  ) -> SavingsPlanRate? {
    savingsPlans[SavingsPlanRate.Key(kind: kind, term: term)].inForce(at: instant)
      ?? derivedSavingsPlan(kind, term, at: instant)
  }

  /// A rate that follows from a reservation's, by the relations of ``SavingsPlanRules/twin(of:for:)``.
  private func derivedSavingsPlan(
    _ kind: InstanceKind, _ term: SavingsPlanTerm, at instant: Instant
  ) -> SavingsPlanRate? {
    guard let twin = cloud.twin(of: term, for: kind), let price = reservedIfKnown(kind, twin, at: instant) else {
      return nil
    }
    var provenance = price.provenance
    provenance.quality = .derived
    return SavingsPlanRate(
      kind: kind, term: term, hourly: price.effectiveHourly, derivedFrom: twin, provenance: provenance)
  }

  /// The engines that have a price for a type, by name.
  package func engines(of type: String, region: String) -> [String] {
    let kinds = Set(onDemand.keys).union(reserved.keys.map(\.kind)).union(savingsPlans.keys.map(\.kind)).union(
      spot.keys)
    return kinds.filter { $0.type == type && $0.region == region }.map(\.engine).sorted()
  }

  /// From when an on-demand price has been known without a change.
  package func knownSince(_ price: OnDemandPrice) -> Instant { onDemand[price.key].knownSince(price) }

  /// From when a reservation's price has been known without a change.
  package func knownSince(_ price: ReservedPrice) -> Instant { reserved[price.key].knownSince(price) }

  /// From when a savings plan's rate has been known without a change; for a derived one, the reservation's price.
  package func knownSince(_ rate: SavingsPlanRate) -> Instant {
    guard let twin = rate.derivedFrom else { return savingsPlans[rate.key].knownSince(rate) }
    let price = reservedIfKnown(rate.kind, twin, at: rate.provenance.effectiveFrom)
    return price.map { knownSince($0) } ?? rate.provenance.effectiveFrom
  }
}
