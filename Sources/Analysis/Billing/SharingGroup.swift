import Model

/// Kinds of instances of which one reservation may cover another's: of one region, of one engine or of those that one
/// engine's reservations cover, of one account where accounts share nothing, and of one family where its sizes are shared,
/// else of one type. No reservation reaches from one group into another.
package struct SharingGroup: Hashable, Sendable {
  private let region: String
  private let engine: String
  /// A family with a full stop behind it, or a type.
  private let types: String
  /// nil for all that share.
  package let account: String?

  package init(_ kind: InstanceKind, in account: String? = nil, by rules: any ReservationRules) {
    self.account = account
    region = kind.region
    engine = rules.sharedEngine(of: kind)
    types = rules.flexibleFamily(of: kind).map { "\($0)." } ?? kind.type
  }
}

/// The groups of kinds, each worked out once.
package struct SharingGroups {
  private let rules: any ReservationRules
  private var known: [OwnedKind: SharingGroup] = [:]

  private struct OwnedKind: Hashable {
    var kind: InstanceKind
    var account: String?
  }

  package init(by rules: any ReservationRules) { self.rules = rules }

  /// - Parameter account: whose, where accounts share nothing.
  package mutating func group(of kind: InstanceKind, in account: String? = nil) -> SharingGroup {
    let key = OwnedKind(kind: kind, account: account)
    if let group = known[key] { return group }
    let group = SharingGroup(kind, in: account, by: rules)
    known[key] = group
    return group
  }
}
