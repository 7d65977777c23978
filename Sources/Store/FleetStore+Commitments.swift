import GRDB
import Model

extension FleetStore {
  /// Stores held reservations and savings plans. One of the same id takes the place of the stored one.
  package func importCommitments(
    _ commitments: [Commitment], _ plans: [HeldSavingsPlan] = [], from file: SourceFile
  ) throws(DataError) -> ImportSummary {
    try writing { db in
      var summary = ImportSummary()
      for one in commitments { try write(one, in: db, &summary) }
      for plan in plans { try write(plan, in: db, &summary) }
      try recordSource(file, rows: commitments.count + plans.count, in: db)
      return summary
    }
  }

  private func write(_ one: Commitment, in db: Database, _ summary: inout ImportSummary) throws {
    let find = try db.cachedStatement(sql: "SELECT \(commitmentColumns) FROM commitment WHERE id = ?")
    let stored = try Row.fetchOne(find, arguments: [one.id])
    if let stored, var known = commitment(stored) {
      // A renamed copy of a file says nothing new.
      if known.paid != nil, let file = one.paid?.file { known.paid?.file = file }
      // Nor does one that names no region, where it was said once.
      if one.region == nil { known.region = nil }
      if known == one {
        summary.alreadyThere += 1
        return
      }
    }
    if stored == nil { summary.added += 1 } else { summary.updated += 1 }
    let marks = commitmentColumns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO commitment(\(commitmentColumns)) VALUES (\(marks))").execute(
      arguments: [
        one.id, one.service, one.type, one.count, one.term.description, one.started.seconds, one.ended?.seconds,
        one.zone, one.engine, one.paid?.upfront.nanoDollars, one.paid?.hourly.nanoDollars, one.paid?.file,
        one.region,
      ])
  }

  private func write(_ plan: HeldSavingsPlan, in db: Database, _ summary: inout ImportSummary) throws {
    let find = try db.cachedStatement(sql: "SELECT \(planColumns) FROM savings_plan WHERE id = ?")
    let stored = try Row.fetchOne(find, arguments: [plan.id])
    if let stored, savingsPlan(stored) == plan {
      summary.alreadyThere += 1
      return
    }
    if stored == nil { summary.added += 1 } else { summary.updated += 1 }
    let marks = "?, ?, ?, ?, ?, ?, ?, ?"
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO savings_plan(\(planColumns)) VALUES (\(marks))").execute(
      arguments: [
        plan.id, plan.term.description, plan.family, plan.region, plan.hourly.nanoDollars, plan.upfront.nanoDollars,
        plan.started.seconds, plan.ended?.seconds,
      ])
  }

  /// All held reservations, sorted by id.
  package func commitments() throws(DataError) -> [Commitment] {
    let place = place
    return try reading { db in
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

private let commitmentColumns =
  "id, service, type, count, offer, started, ended, zone, engine, paid_upfront_nano_usd, paid_hourly_nano_usd, paid_file, "
  + "region"
private let planColumns = "id, offer, family, region, hourly_nano_usd, upfront_nano_usd, started, ended"

/// Of a row with ``commitmentColumns``. Nil for an unknown offer.
private func commitment(_ row: Row) -> Commitment? {
  guard let term = OfferTerm(row[4]) else { return nil }
  var paid: PaidPrice?
  if let upfront: Int64 = row[9], let hourly: Int64 = row[10], let file: String = row[11] {
    paid = PaidPrice(upfront: Money(nanoDollars: upfront), hourly: Money(nanoDollars: hourly), file: file)
  }
  return Commitment(
    id: row[0], service: row[1], type: row[2], count: row[3], term: term, started: Instant(seconds: row[5]),
    region: row[12], zone: row[7], engine: row[8], paid: paid, ended: (row[6] as Int64?).map(Instant.init(seconds:)))
}

/// Of a row with ``planColumns``. Nil for an unknown plan.
private func savingsPlan(_ row: Row) -> HeldSavingsPlan? {
  guard let term = SavingsPlanTerm(row[1]) else { return nil }
  return HeldSavingsPlan(
    id: row[0], term: term, family: row[2], region: row[3], hourly: Money(nanoDollars: row[4]),
    upfront: Money(nanoDollars: row[5]), started: Instant(seconds: row[6]),
    ended: (row[7] as Int64?).map(Instant.init(seconds:)))
}

extension Schema {
  /// Reservations of other regions than the fleet's, which cover what runs there.
  static let regionsOfReservations = """
    ALTER TABLE commitment ADD COLUMN
      region TEXT; -- the region it holds in; NULL for the zone's, else for the fleet's
    """
}
