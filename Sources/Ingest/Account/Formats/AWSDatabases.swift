import Clouds
import Model
import Reading

/// What `aws rds describe-db-instances` prints, and `aws docdb`, `aws neptune` likewise: databases that the provider runs.
///
/// A database is billed from `InstanceCreateTime` on; one with a standby in another zone at the price of both. Storage
/// is priced by its size; that of Aurora grows by itself and is not in the answer. A database that is stopped is not
/// billed but for its storage, and since when is not said: it is left out. So is Aurora Serverless, billed by capacity.
///
/// Source: Amazon RDS API reference, `DBInstance`; Amazon RDS user guide, "Stopping an Amazon RDS DB instance".
enum AWSDatabases: AccountFormat {
  static let name = "aws-databases"
  static let outline = "databases (aws rds describe-db-instances)"
  static let noun = "database"
  static let example = """
    {
      "DBInstances": [
        {
          "DBInstanceIdentifier": "orders", "DBInstanceClass": "db.m5.large", "Engine": "postgres",
          "DBInstanceStatus": "available", "InstanceCreateTime": "2026-01-19T03:53:18.289000+00:00",
          "AvailabilityZone": "us-east-1a", "MultiAZ": true, "AllocatedStorage": 200, "StorageType": "gp3",
          "DBInstanceArn": "arn:aws:rds:us-east-1:123456789012:db:orders",
          "TagList": [{"Key": "team", "Value": "shop"}]
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("DBInstances") }

  /// Not billed as running, whatever else they are.
  private static let idleStates: Set<String> = ["stopped", "creating", "deleting", "failed", "incompatible-create"]

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("DBInstances", of: document, plural) { record, listing in
      let status = try record.text("DBInstanceStatus")
      let type = try record.name("DBInstanceClass")
      try addStorage(record, &listing)
      guard !idleStates.contains(status) else {
        return listing.leaveOut("databases that are \(status), which are not billed now")
      }
      guard type != "db.serverless" else {
        return listing.leaveOut("serverless databases, which are billed by capacity units")
      }
      listing.instances.append(try node(record, type, &listing))
    }
  }

  private static func node(_ record: JSONRecord, _ type: String, _ listing: inout AccountListing) throws(DataError)
    -> ListedInstance
  {
    let id = try record.name("DBInstanceIdentifier")
    var one = ListedInstance(id: id, type: type, started: try record.instant("InstanceCreateTime"))
    one.zone = try record.nameIfKnown("AvailabilityZone") ?? ""
    one.region = try record.region(arn: "DBInstanceArn")
    one.account = try record.account(arn: "DBInstanceArn")
    let engine = supportedCloud.engine(called: try record.name("Engine"), on: type)
    one.engine = try record.flag("MultiAZ", absent: false) ? "\(engine)-multi-az" : engine
    one.group = try record.nameIfKnown("DBClusterIdentifier")
    one.name = id
    one.tags = try record.tags("TagList", &listing)
    return one
  }

  private static func addStorage(_ record: JSONRecord, _ listing: inout AccountListing) throws(DataError) {
    var holding = ListedHolding(
      noun: "database's storage", id: try record.name("DBInstanceIdentifier"), service: "storage")
    holding.region = try record.region(arn: "DBInstanceArn")
    holding.account = try record.account(arn: "DBInstanceArn")
    holding.instance = holding.id
    let type = try record.nameIfKnown("StorageType") ?? "standard"
    let size = try record.wholeIfKnown("AllocatedStorage") ?? 0
    guard !type.hasPrefix("aurora"), try record.textIfKnown("Engine") != "docdb" else {
      holding.unpriced = "storage of clusters, which grows by itself and is not in the answer"
      return listing.holdings.append(holding)
    }
    let zones = try record.flag("MultiAZ", absent: false) ? "multi-az" : "single-az"
    if size > 0 { holding.uses = [HeldUse(item: "rds/\(zones)-\(type)-gb-month", amount: number(size))] }
    listing.holdings.append(holding)
  }
}
