/// The spot price of an instance kind in a zone, from a moment until the next one of that zone.
package struct SpotPrice: Hashable, Sendable {
  /// What runs.
  package var kind: InstanceKind
  /// Availability zone, by name (`us-east-1a`) or by its id (`use1-az1`), as the source calls it.
  package var zone: String
  /// USD for an hour of an instance.
  package var hourly: Money
  /// From when on it holds, and who says so.
  package var provenance: Provenance

  /// A price in a zone.
  package init(kind: InstanceKind, zone: String, hourly: Money, provenance: Provenance) {
    self.kind = kind
    self.zone = zone
    self.hourly = hourly
    self.provenance = provenance
  }
}
