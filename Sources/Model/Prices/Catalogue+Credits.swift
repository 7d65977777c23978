/// What a vCPU-hour of surplus CPU credits costs.
package struct SurplusPrice: Hashable, Sendable {
  package var hourly: Money
  package var provenance: Provenance
}

extension Catalogue {
  /// What surplus credits of a kind cost at a moment: by the rate of what runs on it where the cloud has one, else by the
  /// type's own; nil where the book tells none of the type, which is then taken not to be charged.
  /// - Throws: ``DataError`` where what runs on it has a rate of its own that the book lacks: another one never stands in.
  package func surplus(of kind: InstanceKind, at instant: Instant) throws(DataError) -> SurplusPrice? {
    guard let specification = specifications[kind.type], let burst = specification.burst else { return nil }
    guard let item = cloud.surplusItem(of: kind) else {
      return burst.surplusPerVcpuHour.map { SurplusPrice(hourly: $0, provenance: specification.provenance) }
    }
    guard let price = try unit(item, region: kind.region, at: instant).first else { return nil }
    return SurplusPrice(
      hourly: price.price.charge(for: 1, per: Int128(price.perUnits)), provenance: price.provenance)
  }

  /// What a type offers, with the rate of surplus credits of what runs on it; without one where the book lacks it.
  /// - Throws: ``DataError`` when the book has no specification of it.
  package func specification(of kind: InstanceKind, at instant: Instant) throws(DataError) -> InstanceSpecification {
    var specification = try specification(kind.type)
    guard cloud.surplusItem(of: kind) != nil else { return specification }
    specification.burst?.surplusPerVcpuHour = (try? surplus(of: kind, at: instant))?.hourly
    return specification
  }
}
