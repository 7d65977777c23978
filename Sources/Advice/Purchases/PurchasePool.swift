import Analysis
import Model

/// Instances that share reservations: what the provider counts together, so that one purchase serves all of them.
package struct PurchasePool: Hashable, Sendable {
  /// As reports call it and who asks for one names it: `m5`, `cache.r6g`, `m5.large-windows`, `c5-eu-west-1`; with its
  /// account behind it where accounts share nothing.
  package let name: String
  /// What is bought: the smallest of what runs, so that whole ones leave least over; a unit of the pool.
  package let kind: InstanceKind
  /// The services that run of it, by name.
  package let services: [String]
  let group: SharingGroup
  /// Whose it is; nil where accounts share.
  var account: String? { group.account }
  /// The normalised units of a unit.
  let normalisedUnits: Int128

  /// - Parameters:
  ///   - keys: what runs of one group, not empty.
  ///   - isOffered: true for a kind that the price book has something to buy of.
  init(
    _ group: SharingGroup, of keys: [UsageKey], in fleet: Fleet, by cloud: any Cloud,
    isOffered: (InstanceKind) -> Bool
  ) {
    self.group = group
    var kinds = Set(keys.map(\.kind)).sorted {
      (cloud.normalisedUnits(of: $0), $0) < (cloud.normalisedUnits(of: $1), $1)
    }
    let engine = kinds.count > 1 ? Self.engine(of: kinds, by: cloud) : kinds[0].engine
    for index in kinds.indices { kinds[index].engine = engine }
    let kind = kinds.first(where: isOffered) ?? kinds[0]
    self.kind = kind
    normalisedUnits = max(1, cloud.normalisedUnits(of: kind))
    services = Set(keys.map(\.service)).sorted()
    let family = cloud.flexibleFamily(of: kind) ?? kind.type
    let place = kind.region == fleet.region ? "" : "-\(kind.region)"
    let owner = group.account.map { "-\($0)" } ?? ""
    name = family + (kind.engine == cloud.usualEngine(of: kind.type) ? "" : "-\(kind.engine)") + place + owner
  }

  /// What is bought for several engines: what covers them all.
  private static func engine(of kinds: [InstanceKind], by rules: any ReservationRules) -> String {
    let engines = Set(kinds.map(\.engine))
    guard engines.count > 1 else { return kinds[0].engine }
    return rules.sharedEngine(of: kinds[0])
  }
}
