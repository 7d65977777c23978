import Model

/// Kinds of instances of which one reservation may cover another's: of one region, of one engine or of those that one
/// engine's reservations cover, and of one family where its sizes are shared, else of one type. No reservation reaches from one group into another.
package struct SharingGroup: Hashable, Sendable {
  private let region: String
  private let engine: String
  /// A family with a full stop behind it, or a type.
  private let types: String

  package init(_ kind: InstanceKind, by rules: any ReservationRules) {
    region = kind.region
    engine = rules.sharedEngine(of: kind)
    types = rules.flexibleFamily(of: kind).map { "\($0)." } ?? kind.type
  }
}

/// The groups of kinds, each worked out once.
package struct SharingGroups {
  private let rules: any ReservationRules
  private var known: [InstanceKind: SharingGroup] = [:]

  package init(by rules: any ReservationRules) { self.rules = rules }

  package mutating func group(of kind: InstanceKind) -> SharingGroup {
    if let group = known[kind] { return group }
    let group = SharingGroup(kind, by: rules)
    known[kind] = group
    return group
  }
}
