/// The on-demand price of an instance kind from a date on.
package struct OnDemandPrice: Hashable, Sendable {
  package var kind: InstanceKind
  package var hourly: Money
  package var provenance: Provenance
  package init(kind: InstanceKind, hourly: Money, provenance: Provenance) {
    self.kind = kind
    self.hourly = hourly
    self.provenance = provenance
  }
}
