import Clouds
import Model

// What the products of the database services are: the engine holds all that changes the price of a type in a region.

/// Nodes of ElastiCache.
func cacheMeaning(_ attributes: some ListedAttributes) -> ListedMeaning {
  guard attributes[.productFamily] == "Cache Instance" else { return .leftOut(otherFamily(attributes)) }
  let usage = ListedUsage(attributes[.usageType])
  guard usage.kind == "NodeUsage", let type = type(attributes, usage) else {
    return .leftOut("of usage type \(usage.kind)")
  }
  guard let engine = AWSWords.cacheEngine(product: attributes[.cacheEngine]) else {
    return .leftOut("of cache engine \(attributes[.cacheEngine])")
  }
  return .instance(type: type, engine: engine)
}

/// Instances of DocumentDB.
func documentMeaning(_ attributes: some ListedAttributes) -> ListedMeaning {
  guard attributes[.productFamily] == "Database Instance" else { return .leftOut(otherFamily(attributes)) }
  let usage = ListedUsage(attributes[.usageType])
  guard let type = type(attributes, usage) else { return .leftOut("of usage type \(usage.kind)") }
  switch usage.kind {
  case "InstanceUsage": return .instance(type: type, engine: "documentdb")
  case "InstanceUsageIOOptimized": return .instance(type: type, engine: "documentdb-io-optimized")
  default: return .leftOut("of usage type \(usage.kind)")
  }
}

/// Instances of RDS and Aurora: engine, edition, licence, deployment and storage in one name,
/// `oracle-se2-byol-multi-az`.
func databaseMeaning(_ attributes: some ListedAttributes) -> ListedMeaning {
  guard attributes[.productFamily] == "Database Instance" else { return .leftOut(otherFamily(attributes)) }
  if attributes[.deploymentModel] == "Custom" { return .leftOut("of RDS Custom") }
  if !["", "NA", "No", "false"].contains(attributes[.unbundledLicensing]) {
    return .leftOut("of unbundled licensing")
  }
  let usage = ListedUsage(attributes[.usageType])
  guard databaseUsages.contains(usage.kind), let type = type(attributes, usage) else {
    return .leftOut("of usage type \(usage.kind)")
  }
  guard let engine = databaseEngine(attributes) else {
    return .leftOut("of database engine \(attributes[.databaseEngine]) \(attributes[.databaseEdition])".trimmed)
  }
  guard let licence = licenceSuffixes[attributes[.licenseModel]] else {
    return .leftOut("of license model \(attributes[.licenseModel])")
  }
  guard let deployment = deploymentSuffixes[attributes[.deploymentOption]] else {
    return .leftOut("of deployment option \(attributes[.deploymentOption])")
  }
  let storage = usage.kind.hasSuffix("IOOptimized") ? "-io-optimized" : ""
  return .instance(type: type, engine: engine + licence + deployment + storage)
}

/// The type of a node; usage types shorten it (`db.r7g.xl`), so the attribute comes first.
private func type(_ attributes: some ListedAttributes, _ usage: ListedUsage) -> String? {
  attributes[.instanceType].isEmpty ? usage.detail : attributes[.instanceType]
}

private let databaseUsages: Set = [
  "InstanceUsage", "InstanceUsageIOOptimized", "Multi-AZUsage", "Multi-AZUsageIOOptimized", "Multi-AZClusterUsage",
  "MirrorUsage",
]

private let licenceSuffixes = [
  "": "", "No license required": "", "License included": "", "Bring your own license": "-byol",
]

private let deploymentSuffixes = [
  "": "", "Single-AZ": "", "Multi-AZ": "-multi-az", "Multi-AZ (readable standbys)": "-multi-az-two-readables",
  "Multi-AZ (SQL Server Mirror)": "-multi-az-mirror",
]

/// The engine with its edition, nil for one that is not known. Editions are shortened as RDS does in engine codes.
private func databaseEngine(_ attributes: some ListedAttributes) -> String? {
  let edition = attributes[.databaseEdition]
  switch attributes[.databaseEngine] {
  case "PostgreSQL": return "postgresql"
  case "MySQL": return "mysql"
  case "MariaDB": return "mariadb"
  case "Aurora MySQL": return "aurora-mysql"
  case "Aurora PostgreSQL": return "aurora-postgresql"
  case "Oracle": return oracleEditions[edition].map { "oracle-\($0)" }
  case "SQL Server": return serverEditions[edition].map { "sql-server-\($0)" }
  case "Db2", "DB2": return db2Editions[edition].map { "db2-\($0)" }
  default: return nil
  }
}

private let oracleEditions = ["Enterprise": "ee", "Standard": "se", "Standard One": "se1", "Standard Two": "se2"]
private let serverEditions = [
  "Enterprise": "ee", "Standard": "se", "Web": "web", "Express": "ex", "Developer": "dev",
]
private let db2Editions = ["Standard": "se", "Advanced": "ae"]
