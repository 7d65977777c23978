// What a reservation may cover: of which zone, engine and size.
//
// It covers its own engine, and those that the cloud says (`ReservationRules.coveringEngines`).
// A zonal reservation covers its own type in its own zone. A regional one covers its type in every zone of the region;
// where it is size-flexible (`ReservationRules.flexibleFamily`), every size of its family too, in normalised units.

import Model

extension PricedCommitment {
  /// What it is held of: its engine is what the commitment says, else that of its price.
  package var kind: InstanceKind {
    var kind = price.kind
    kind.type = commitment.type
    kind.engine = commitment.engine ?? kind.engine
    return kind
  }

  /// True where it may cover an instance of a kind in a zone.
  package func covers(_ kind: InstanceKind, in zone: String, by rules: any ReservationRules) -> Bool {
    let own = self.kind
    guard own.region == kind.region, rules.coveringEngines(of: kind).contains(own.engine) else { return false }
    if let reserved = commitment.zone { return reserved == zone && own.type == kind.type }
    if own.type == kind.type { return true }
    guard let family = rules.flexibleFamily(of: own) else { return false }
    return family == rules.flexibleFamily(of: kind)
  }
}
