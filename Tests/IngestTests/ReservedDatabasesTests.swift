import Ingest
import Model
import Reading
import TestSupport
import Testing

/// Reserved databases as the cloud lists them.
@Suite struct ReservedDatabasesTests {
  private func list(_ changes: [String: String]) -> String {
    let fields = [
      "ReservedDBInstanceId": "\"r\"", "DBInstanceClass": "\"db.r5.large\"", "DBInstanceCount": "3",
      "StartTime": "\"2026-02-01T00:00:00Z\"", "Duration": "94608000", "FixedPrice": "100.0",
      "ProductDescription": "\"postgresql\"", "OfferingType": "\"Partial Upfront\"", "State": "\"active\"",
      "RecurringCharges": "[{\"RecurringChargeAmount\": 0.1, \"RecurringChargeFrequency\": \"Hourly\"}]",
      "ReservedDBInstanceArn": "\"arn:aws:rds:eu-west-1:123456789012:ri:r\"",
    ].merging(changes) { $1 }
    let members = fields.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }
    return "{\"ReservedDBInstances\": [{\(members.joined(separator: ", "))}]}"
  }

  private func read(_ changes: [String: String] = [:]) throws -> HeldCommitments {
    try readCommitments(InputFile(name: "r.json", bytes: Array(list(changes).utf8)))
  }

  @Test("Each is a reservation of its class, engine and region, at what the file says is paid")
  func kept() throws {
    let held = try read()
    let one = try #require(held.reservations.first)
    let commitment = one.commitment(of: "shop")
    #expect(one.region == "eu-west-1" && one.type == "db.r5.large" && one.engine == "postgresql")
    #expect(commitment.count == 3 && commitment.term == OfferTerm("standard-3yr-partial-upfront"))
    #expect(commitment.paid == PaidPrice(upfront: usd("100"), hourly: usd("0.1"), file: "r.json"))
    #expect(one.currency(in: nil) == "EUR" || one.currency(in: nil) == "USD")
  }

  @Test("One of a deployment in several zones is of the engine that price lists call so")
  func zones() throws {
    #expect(try read(["MultiAZ": "true"]).reservations.map(\.engine) == ["postgresql-multi-az"])
    #expect(try read(["ProductDescription": "\"mysql\""]).reservations.map(\.engine) == ["mysql"])
  }

  @Test("Those that were never in force, and utilisation classes of old, are left out and counted")
  func leftOut() throws {
    #expect(try read(["State": "\"payment-pending\""]).leftOut == ["payment-pending": 1])
    let old = try read(["OfferingType": "\"Heavy Utilization\""])
    #expect(old.leftOut == ["of a utilisation class": 1] && old.reservations.isEmpty)
  }
}
