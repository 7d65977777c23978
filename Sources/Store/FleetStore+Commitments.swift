import GRDB
import Model

extension FleetStore {
  /// Stores held reservations and savings plans. One of the same id takes the place of the stored one.
  package func importCommitments(
    _ commitments: [Commitment], _ plans: [HeldSavingsPlan] = [], from file: SourceFile
  ) throws(DataError) -> ImportSummary {
    try writing { db in
      let source = try recordSource(file, rows: commitments.count + plans.count, in: db)
      var summary = ImportSummary()
      let reservations = try StatedRows(.commitments, from: source, db)
      for one in commitments { summary.count(try reservations.state(try wording(of: one, reservations))) }
      let savingsPlans = try StatedRows(.savingsPlans, from: source, db)
      for plan in plans { summary.count(try savingsPlans.state(try wording(of: plan, savingsPlans))) }
      return summary
    }
  }

  /// A reservation as it is stored. A renamed copy of a file says nothing new, nor does one that names no region or
  /// no account where it was said once.
  private func wording(of one: Commitment, _ rows: StatedRows) throws -> [DatabaseValue] {
    guard let row = try rows.stored([one.id.databaseValue]), let known = commitment(row) else { return one.stored }
    var same = one
    if let file = known.paid?.file { same.paid?.file = file }
    if one.region == nil { same.region = known.region }
    if one.account == nil { same.account = known.account }
    return known == same ? same.stored : one.stored
  }

  /// The same of a savings plan.
  private func wording(of one: HeldSavingsPlan, _ rows: StatedRows) throws -> [DatabaseValue] {
    guard one.account == nil, let row = try rows.stored([one.id.databaseValue]), let known = savingsPlan(row) else {
      return one.stored
    }
    var same = one
    same.account = known.account
    return known == same ? same.stored : one.stored
  }

  /// All held reservations, sorted by id.
  package func commitments() throws(DataError) -> [Commitment] {
    let place = place
    return try reading { db in
      try TableSoundness.check(["commitment"], db)
      let rows = try Row.fetchAll(db, sql: "SELECT \(commitmentColumns) FROM commitment ORDER BY id")
      return try rows.map { row in
        if let one = commitment(row) { return one }
        throw DataError(place, found: "commitment \"\(row[0] as String)\"", expected: OfferTerm.expectation)
      }
    }
  }

  /// All held savings plans, sorted by id.
  package func savingsPlans() throws(DataError) -> [HeldSavingsPlan] {
    let place = place
    return try reading { db in
      try TableSoundness.check(["savings_plan"], db)
      let rows = try Row.fetchAll(db, sql: "SELECT \(planColumns) FROM savings_plan ORDER BY id")
      return try rows.map { row in
        if let plan = savingsPlan(row) { return plan }
        throw DataError(
          place, found: "savings plan \"\(row[0] as String)\"",
          expected: "a plan such as compute-savings-plan-1yr-no-upfront")
      }
    }
  }
}

private let commitmentColumns = StatedTable.commitments.columns
private let planColumns = StatedTable.savingsPlans.columns

/// Of a row with ``commitmentColumns``. Nil for an unknown offer.
private func commitment(_ row: Row) -> Commitment? {
  guard let term = OfferTerm(row[4]) else { return nil }
  var paid: PaidPrice?
  if let upfront: Int64 = row[11], let hourly: Int64 = row[12], let file: String = row[13] {
    paid = PaidPrice(upfront: Money(nanoDollars: upfront), hourly: Money(nanoDollars: hourly), file: file)
  }
  return Commitment(
    id: row[0], service: row[1], type: row[2], count: row[3], term: term, started: Instant(seconds: row[5]),
    region: row[8], zone: row[9], engine: row[10], paid: paid, ended: (row[7] as Int64?).map(Instant.init(seconds:)),
    bought: (row[6] as Int64?).map(Instant.init(seconds:)), account: row[14])
}

extension Commitment {
  /// Its values in the order of ``commitmentColumns``.
  fileprivate var stored: [DatabaseValue] {
    [
      id.databaseValue, service.databaseValue, type.databaseValue, count.databaseValue,
      term.description.databaseValue, started.seconds.databaseValue, bought?.seconds.databaseValue ?? .null,
      ended?.seconds.databaseValue ?? .null, region?.databaseValue ?? .null, zone?.databaseValue ?? .null,
      engine?.databaseValue ?? .null,
      paid?.upfront.stored ?? .null, paid?.hourly.stored ?? .null, paid?.file.databaseValue ?? .null,
      account?.databaseValue ?? .null,
    ]
  }
}

extension HeldSavingsPlan {
  /// Its values in the order of ``planColumns``.
  fileprivate var stored: [DatabaseValue] {
    [
      id.databaseValue, term.description.databaseValue, family?.databaseValue ?? .null,
      region?.databaseValue ?? .null, hourly.stored, upfront.stored, started.seconds.databaseValue,
      ended?.seconds.databaseValue ?? .null, account?.databaseValue ?? .null,
    ]
  }
}

/// Of a row with ``planColumns``. Nil for an unknown plan.
private func savingsPlan(_ row: Row) -> HeldSavingsPlan? {
  guard let term = SavingsPlanTerm(row[1]) else { return nil }
  return HeldSavingsPlan(
    id: row[0], term: term, family: row[2], region: row[3], hourly: Money(nanoDollars: row[4]),
    upfront: Money(nanoDollars: row[5]), started: Instant(seconds: row[6]),
    ended: (row[7] as Int64?).map(Instant.init(seconds:)), account: row[8])
}
