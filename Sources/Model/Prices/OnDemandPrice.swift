/// The on-demand price of an instance kind from a date on.
package struct OnDemandPrice: DatedPrice {
  package var kind: InstanceKind
  package var hourly: Money
  package var provenance: Provenance
  package init(kind: InstanceKind, hourly: Money, provenance: Provenance) {
    self.kind = kind
    self.hourly = hourly
    self.provenance = provenance
  }

  package static let plural = "on-demand prices"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.onDemand }
  package var subject: String { "\(kind)" }
  package var key: InstanceKind { kind }
  package var amount: String { "\(hourly)" }
}
