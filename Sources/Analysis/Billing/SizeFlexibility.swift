// What a reservation may cover: of which zone, engine and size.
//
// A zonal reservation covers its own type in its own zone. A regional one covers its type in every zone of the region;
// where it is size-flexible, every size of its family too, in normalised units.
// Source: Amazon EC2 user guide, "How Reserved Instance discounts are applied", "Instance size flexibility" with its
// limitations and factors, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html>; ElastiCache user guide,
// "Size flexible reserved nodes". All tenancy is taken to be shared, the default: nothing that is read says otherwise.

import Model

/// Families of EC2 whose regional reservations cover their own size alone, as the EC2 user guide lists them ("How
/// Reserved Instances are applied", limitations of instance size flexibility), in its order.
package let inflexibleFamilies: [String] = [
  "g4ad", "g4dn", "g5", "g5g", "g6", "g6e", "g6f", "gr6", "gr6f", "hpc7a", "p5", "inf1", "inf2", "u7i-6tb", "u7i-8tb",
]

/// The engines of ElastiCache, all of whose reserved nodes are size-flexible.
private let flexibleCacheEngines: Set<String> = ["redis", "valkey", "memcached"]

extension InstanceKind {
  /// True where a regional reservation of it covers other sizes of its family: Linux on EC2 but for a few families, bare
  /// metal with it, and cache nodes; false for databases, licensed systems and sizes whose factor is not known.
  package var isSizeFlexible: Bool {
    let name = TypeName(type)
    guard name.quarterUnits != nil else { return false }
    if type.hasPrefix("cache.") { return flexibleCacheEngines.contains(engine) }
    return isEC2 && engine == "linux" && !inflexibleFamilies.contains(name.family)
  }
}

extension PricedCommitment {
  /// True where it may cover an instance of a kind in a zone.
  ///
  /// Its engine is what the commitment says, else that of its price.
  package func covers(_ kind: InstanceKind, in zone: String) -> Bool {
    var own = price.kind
    own.type = commitment.type
    own.engine = commitment.engine ?? own.engine
    guard own.region == kind.region, own.engine == kind.engine else { return false }
    if let reserved = commitment.zone { return reserved == zone && own.type == kind.type }
    if own.type == kind.type { return true }
    return own.isSizeFlexible && kind.isSizeFlexible && TypeName(own.type).family == TypeName(kind.type).family
  }
}
