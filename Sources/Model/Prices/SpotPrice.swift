/// The spot price of an instance kind in a zone, from a moment until the next one of that zone.
package struct SpotPrice: DatedPrice {
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

  package static let plural = "spot prices"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.spotPrices }
  package var subject: String { "spot price of \(kind), zone \(zone)," }
  package struct Key: Hashable, Sendable {
    var kind: InstanceKind
    var zone: String
  }
  package var key: Key { Key(kind: kind, zone: zone) }
  package var amount: String { "\(hourly)" }
}
