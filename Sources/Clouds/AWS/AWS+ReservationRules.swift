// Which sizes a regional reservation covers beside its own.
//
// Source: Amazon EC2 user guide, "How Reserved Instance discounts are applied", "Instance size flexibility" with its
// limitations and factors, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html>; ElastiCache user guide,
// "Size flexible reserved nodes" and "Upgrading reserved nodes from Redis OSS to Valkey" (a reserved node of Redis OSS
// covers Valkey, of which a node counts four fifths). All tenancy is taken to be shared, the default: nothing that is read says otherwise.

import Model

extension AWS: ReservationRules {
  package func quarterUnits(of type: String) -> Int128? { TypeName(type).quarterUnits }

  /// Other sizes are covered of Linux on EC2 but for a few families, bare metal with it, and of cache nodes; not of
  /// databases, of licensed systems, and of sizes whose factor is not known.
  package func flexibleFamily(of kind: InstanceKind) -> String? {
    let name = TypeName(kind.type)
    guard name.quarterUnits != nil else { return nil }
    let isFlexible =
      switch NodePrefix(of: kind.type) {
      case nil: kind.engine == "linux" && !Self.inflexibleFamilies.contains(name.family)
      case .cache: Self.flexibleCacheEngines.contains(kind.engine)
      case .database: false
      }
    return isFlexible ? name.family : nil
  }

  /// A reserved node of Redis OSS covers Valkey too; every other one its own engine alone.
  package func coveringEngines(of kind: InstanceKind) -> [String] {
    isValkey(kind) ? [kind.engine, "redis"] : [kind.engine]
  }

  package func fifths(of kind: InstanceKind) -> Int128 { isValkey(kind) ? 4 : 5 }

  private func isValkey(_ kind: InstanceKind) -> Bool {
    kind.engine == "valkey" && NodePrefix(of: kind.type) == .cache
  }

  /// Families of EC2 whose regional reservations cover their own size alone, as the EC2 user guide lists them ("How
  /// Reserved Instances are applied", limitations of instance size flexibility), in its order.
  package static let inflexibleFamilies: [String] = [
    "g4ad", "g4dn", "g5", "g5g", "g6", "g6e", "g6f", "gr6", "gr6f", "hpc7a", "p5", "inf1", "inf2", "u7i-6tb", "u7i-8tb",
  ]

  /// The engines of ElastiCache, all of whose reserved nodes are size-flexible.
  private static let flexibleCacheEngines: Set<String> = ["redis", "valkey", "memcached"]
}
