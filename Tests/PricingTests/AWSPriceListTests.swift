import Model
import Pricing
import TestSupport
import Testing

@Suite struct AWSPriceListTests {
  @Test("A row of an instance is an on-demand price with the list as its source")
  func onDemand() throws {
    let row = try #require(try read(.instance()).onDemand.first)
    #expect(row.kind == InstanceKind(region: "us-east-1", type: "t3.medium", engine: "linux"))
    #expect(row.hourly == usd("0.0416"))
    #expect(row.provenance.effectiveFrom == instant("2026-10-01"))
    #expect(row.provenance.quality == .published)
    let published = instant("2026-10-01T17:12:44Z")
    let origin = "AWS price list AmazonEC2, version 20261001171244"
    #expect(
      row.provenance.source == PriceSource(file: "p.csv", origin: origin, retrieved: published, published: published))
  }

  @Test("The two rows of a reservation make one price, in either order and with others between them")
  func reservation() throws {
    let pair = ListedOffer.reservation()
    let other = ListedOffer.reservation("4NA7Y494T4", option: "No Upfront", hourly: "0.0260000000", upfront: nil)
    let whole = ReservedPrice(
      kind: kind("t3.medium"), term: OfferTerm("standard-1yr-partial-upfront")!, upfront: usd("109"),
      hourly: usd("0.0125"), provenance: try #require(try read(.instance()).onDemand.first).provenance)
    for rows in [pair + other, [pair[1], other[0], pair[0]], [pair[0], other[0], pair[1], pair[1]]] {
      let reserved = try read(.instance(prices: rows)).reserved
      #expect(reserved.contains(whole))
      #expect(reserved.count == 2)
    }
  }

  @Test(
    "Each usage operation has its engine",
    arguments: [
      ("RunInstances", "linux"), ("RunInstances:0010", "rhel"), ("RunInstances:00g0", "rhel-byol"),
      ("RunInstances:000g", "suse"), ("RunInstances:0g00", "ubuntu-pro"), ("RunInstances:0002", "windows"),
      ("RunInstances:0800", "windows-byol"), ("RunInstances:0202", "windows-sql-web"),
      ("RunInstances:0004", "linux-sql-std"), ("RunInstances:1110", "rhel-ha-sql-ent"),
    ])
  func engines(operation: String, engine: String) throws {
    #expect(try read(.instance(["operation": operation])).onDemand.map(\.kind.engine) == [engine])
  }

  @Test(
    "What is not an instance on shared hardware is left out with its reason",
    arguments: [
      (["Tenancy": "Dedicated", "usageType": "DedicatedUsage:t3.medium"], "of dedicated tenancy"),
      (["Tenancy": "Host", "usageType": "HostBoxUsage:t3.medium"], "of dedicated hosts"),
      (
        ["CapacityStatus": "UnusedCapacityReservation", "usageType": "UnusedBox:t3.medium"],
        "of unused capacity reservations"
      ),
      (
        ["CapacityStatus": "AllocatedCapacityReservation", "usageType": "Reservation:t3.medium"],
        "of allocated capacity reservations"
      ),
      (["MarketOption": "CapacityBlock"], "of capacity blocks"),
      (["operation": "RunInstances:FFP-0002"], "of operation RunInstances:FFP-0002"),
      (["Location Type": "AWS Outposts"], "on AWS Outposts"),
      (["usageType": "SpotUsage:t3.medium"], "of usage type SpotUsage"),
    ])
  func leftOut(changes: [String: String], reason: String) throws {
    let (book, summary) = try readTold(ListedOffer.instance(changes).csv)
    #expect(book.rows == 0)
    #expect(summary.leftOut.map(\.reason) == [reason])
    #expect(summary.leftOut(reason) == 1)
  }

  @Test("A price of zero is a placeholder, and old purchase options are history")
  func zero() throws {
    var free = ListedOffer.Price()
    free.amount = "0.0000000000"
    let old = ListedOffer.reservation(option: "Heavy Utilization")
    let (book, summary) = try readTold(ListedOffer.instance(prices: [free] + old).csv)
    #expect(book.rows == 0)
    #expect(summary.leftOut("priced at 0.00") == 1)
    #expect(summary.leftOut("of old purchase options") == 2)
  }

  @Test("Regions that are not asked for are left out; a location stands for a code that is missing")
  func regions() throws {
    let frankfurt = ["Region Code": "", "Location": "Europe (Frankfurt)", "usageType": "EUC1-BoxUsage:t3.medium"]
    #expect(try read(.instance(frankfurt)).onDemand.map(\.kind.region) == ["eu-central-1"])
    for changes in [frankfurt, [:]] {
      let text = ListedOffer.instance(changes).csv
      let (book, summary) = try readTold(text, PriceOptions(regions: ["eu-west-1"]))
      #expect(book.rows == 0)
      #expect(summary.leftOut("of other regions") == 1)
    }
    let nowhere = ["Region Code": "", "Location": "Atlantis"]
    #expect(
      failure(of: ListedOffer.instance(nowhere).csv)
        == "p.csv:7: found location \"Atlantis\" and no region code, "
        + "expected a region code, or a location such as EU (Ireland)")
  }

  @Test(
    "The engine of a database says what else decides its price",
    arguments: [
      ("PostgreSQL", "", "No license required", "Single-AZ", "InstanceUsage", "postgresql"),
      ("MySQL", "", "No license required", "Multi-AZ", "Multi-AZUsage", "mysql-multi-az"),
      (
        "PostgreSQL", "", "No license required", "Multi-AZ (readable standbys)", "Multi-AZClusterUsage",
        "postgresql-multi-az-two-readables"
      ),
      ("Oracle", "Standard Two", "Bring your own license", "Single-AZ", "InstanceUsage", "oracle-se2-byol"),
      ("Oracle", "Standard Two", "License included", "Multi-AZ", "Multi-AZUsage", "oracle-se2-multi-az"),
      ("SQL Server", "Enterprise", "License included", "Single-AZ", "InstanceUsage", "sql-server-ee"),
      (
        "Aurora PostgreSQL", "", "No license required", "Single-AZ", "InstanceUsageIOOptimized",
        "aurora-postgresql-io-optimized"
      ),
      ("Db2", "Standard", "Bring your own license", "Single-AZ", "InstanceUsage", "db2-se-byol"),
    ])
  func databases(
    engine: String, edition: String, license: String, deployment: String, usage: String, expected: String
  ) throws {
    let attributes = [
      "Instance Type": "db.r6g.xlarge", "usageType": "\(usage):db.r6g.xl", "operation": "CreateDBInstance:0014",
      "Database Engine": engine, "Database Edition": edition, "License Model": license,
      "Deployment Option": deployment,
    ]
    let book = try read(.of("AmazonRDS", attributes, family: "Database Instance"))
    #expect(book.onDemand.map(\.kind) == [kind("db.r6g.xlarge", engine: expected)])
  }

  @Test("DocumentDB and ElastiCache have their engines; extended support is left out")
  func otherServices() throws {
    let cache = [
      "Instance Type": "cache.m5.large", "usageType": "NodeUsage:cache.m5.large", "Cache Engine": "Valkey",
    ]
    let document = ["Instance Type": "db.r5.large", "usageType": "InstanceUsageIOOptimized:db.r5.large"]
    let support = ["usageType": "ExtendedSupport:Yr1-Yr2:MySQL5.7", "Database Engine": "MySQL"]
    let books = try [
      read(.of("AmazonElastiCache", cache, family: "Cache Instance")),
      read(.of("AmazonDocDB", document, family: "Database Instance")),
    ]
    #expect(books.flatMap(\.onDemand).map(\.kind.engine) == ["valkey", "documentdb-io-optimized"])
    let (book, summary) = try readTold(ListedOffer.of("AmazonRDS", support, family: "Database Instance").csv)
    #expect(book.rows == 0)
    #expect(summary.leftOut("of usage type ExtendedSupport") == 1)
  }
}

private func read(_ offer: ListedOffer) throws -> PriceBook { try readTold(offer.csv).book }

/// The error of reading a text.
func failure(of text: String) -> String? {
  do {
    _ = try readTold(text)
    return nil
  } catch { return "\(error)" }
}
