// Which sizes a regional reservation covers beside its own.
//
// Source: Amazon EC2 user guide, "How Reserved Instance discounts are applied", "Instance size flexibility" with its
// limitations and factors, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html>; ElastiCache user guide,
// "Size flexible reserved nodes" and "Upgrading reserved nodes from Redis OSS to Valkey" (a reserved node of Redis OSS
// covers Valkey, of which a node counts four fifths); RDS and Aurora user guides, "Working with reserved DB instances",
// "Size-flexible reserved DB instances" (engines; a Multi-AZ instance counts twice, a Multi-AZ cluster three times, and each
// deployment's reservations cover the others). All tenancy is taken to be shared, the default: nothing that is read says otherwise.

import Model

extension AWS: ReservationRules {
  package func quarterUnits(of type: String) -> Int128? { TypeName(type).quarterUnits }

  /// Other sizes are covered of Linux on EC2 but for a few families, bare metal with it, of cache nodes, and of databases
  /// without a licence in their price; not of licensed systems, and of sizes whose factor is not known.
  package func flexibleFamily(of kind: InstanceKind) -> String? {
    let name = TypeName(kind.type)
    guard name.quarterUnits != nil else { return nil }
    let isFlexible =
      switch NodePrefix(of: kind.type) {
      case nil: kind.engine == "linux" && !Self.inflexibleFamilies.contains(name.family)
      case .cache: Self.flexibleCacheEngines.contains(kind.engine)
      case .database: DatabaseEngine(kind.engine).isFlexible
      }
    return isFlexible ? name.family : nil
  }

  /// A reserved node of Redis OSS covers Valkey too, that of a database all its deployments; every other one its own engine
  /// alone.
  package func coveringEngines(of kind: InstanceKind) -> [String] {
    if isValkey(kind) { return [kind.engine, "redis"] }
    guard let database = flexibleDatabase(kind) else { return [kind.engine] }
    return [kind.engine] + database.deployments.filter { $0 != kind.engine }
  }

  package func sharedEngine(of kind: InstanceKind) -> String {
    isValkey(kind) ? "redis" : flexibleDatabase(kind)?.name ?? kind.engine
  }

  package func fifths(of kind: InstanceKind) -> Int128 {
    isValkey(kind) ? 4 : 5 * Int128(flexibleDatabase(kind)?.instances ?? 1)
  }

  private func flexibleDatabase(_ kind: InstanceKind) -> DatabaseEngine? {
    guard NodePrefix(of: kind.type) == .database, flexibleFamily(of: kind) != nil else { return nil }
    return DatabaseEngine(kind.engine)
  }

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

/// What runs on a database, without its deployment: `postgresql` and 2 for `postgresql-multi-az`.
private struct DatabaseEngine {
  /// The engine in one zone.
  let name: String
  /// As many instances of the engine in one zone as an instance counts.
  let instances: Int

  /// By what a deployment's engine ends in, how many instances it counts; the longest first.
  private static let suffixes = [("-multi-az-two-readables", 3), ("-multi-az", 2)]

  init(_ engine: String) {
    let suffix = Self.suffixes.first { engine.hasSuffix($0.0) }
    name = suffix.map { String(engine.dropLast($0.0.count)) } ?? engine
    instances = suffix?.1 ?? 1
  }

  /// The engine in every deployment.
  var deployments: [String] { [name] + Self.suffixes.map { name + $0.0 } }

  /// True where reservations cover other sizes: without a licence in the price. Of Aurora with I/O in its price, an instance
  /// counts 1.3: it is left to its own size.
  var isFlexible: Bool {
    ["mysql", "mariadb", "postgresql", "aurora-mysql", "aurora-postgresql"].contains(name)
      || name.hasPrefix("db2-") || name.hasPrefix("oracle-") && name.hasSuffix("-byol")
  }
}
