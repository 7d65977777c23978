import Clouds
import Model
import Reading

/// What `aws rds describe-reserved-db-instances` prints: the reserved database instances of an account in a region.
///
/// What is paid comes from the file, as with reserved instances. One for a deployment in several zones is of the engine that
/// price lists call so: `postgresql-multi-az`. Active and retired ones are kept; other states and the utilisation classes of
/// old are left out.
///
/// Source: Amazon RDS API reference, `ReservedDBInstance`.
enum AWSReservedDatabases: CommitmentFormat {
  static let name = "aws-reserved-databases"
  static let outline = "reserved databases (aws rds describe-reserved-db-instances)"
  static let noun = "database"
  static let example = """
    {
      "ReservedDBInstances": [
        {
          "ReservedDBInstanceId": "db-2026", "DBInstanceClass": "db.m5.large", "DBInstanceCount": 2,
          "StartTime": "2026-02-01T00:00:00.003Z", "Duration": 31536000, "FixedPrice": 0.0, "UsagePrice": 0.0,
          "CurrencyCode": "USD", "ProductDescription": "postgresql", "OfferingType": "No Upfront", "MultiAZ": false,
          "State": "active",
          "RecurringCharges": [{"RecurringChargeAmount": 0.124, "RecurringChargeFrequency": "Hourly"}],
          "ReservedDBInstanceArn": "arn:aws:rds:us-east-1:123456789012:ri:db-2026"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("ReservedDBInstances") }

  static func read(_ file: InputFile, into held: inout HeldCommitments) throws {
    let document = try JSONStream(ByteSource(name: file.name, bytes: file.bytes))
    let isPartial = try document.forEachRecord(of: "ReservedDBInstances") { record in
      let id = try record.text("ReservedDBInstanceId")
      try held.checkID(id, at: record.place)
      let state = try record.text("State")
      guard isHeld(state) else { return held.leaveOut(state) }
      guard let payment = try record.payment("OfferingType") else {
        return held.leaveOut("of a utilisation class")
      }
      let charges = try record.charges(amount: "RecurringChargeAmount", frequency: "RecurringChargeFrequency")
      try record.check(charges, for: payment)
      let facts = Commitment(
        id: id, service: "", type: try record.text("DBInstanceClass"), count: try record.count("DBInstanceCount"),
        term: OfferTerm(offerClass: .standard, years: try heldYears(record, "Duration"), payment: payment),
        started: try record.instant("StartTime"), engine: try engine(record),
        paid: PaidPrice(upfront: charges.upfront, hourly: charges.hourly, file: file.name),
        account: try record.account(arn: "ReservedDBInstanceArn"))
      held.reservations.append(
        HeldReservation(
          place: record.place,
          region: try record.textIfKnown("ReservedDBInstanceArn").flatMap { AWSWords.region(arn: $0) },
          currency: try record.textIfKnown("CurrencyCode"), facts: facts))
    }
    held.notePages(isPartial)
  }

  private static func engine(_ record: JSONRecord) throws(DataError) -> String {
    let type = try record.text("DBInstanceClass")
    let engine = supportedCloud.engine(called: try record.text("ProductDescription"), on: type)
    return try record.flag("MultiAZ", absent: false) ? "\(engine)-multi-az" : engine
  }
}
