import GRDB
import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// A row of service_day without content is a day that an import changed: it is to be worked out, and whoever asks works it
// out for himself until then. Rows outlive an import that is killed, so that no day is forgotten.

extension FleetStore {
  /// Works out the days of services that imports have changed, in one transaction: those that are over, of services with
  /// an instance in the inventory.
  ///
  /// - Parameter derive: makes a day of a service's runs and its series with at least the samples of that day.
  package func deriveServiceDays(
    _ derive: (
      _ day: Int, _ service: String, _ runs: [InstanceRun], _ series: (SeriesKey) throws(DataError) -> Series?
    ) throws(DataError) -> ServiceDay
  ) throws(DataError) {
    // An hour before the end counts as whole: samples are stamped at the start of their interval.
    guard let end = try lastInstant()?.advanced(by: 3600).day else { return }
    let runs = Dictionary(grouping: try inventory(), by: \.service)
    try writing { db in
      let pending = try pendingServiceDays(before: end, db)
      let write = try db.makeStatement(sql: "UPDATE service_day SET blob = ? WHERE service = ? AND day = ?")
      for (service, days) in pending {
        guard let runs = runs[service], let first = days.first, let last = days.last else { continue }
        let reader = ServiceReader(store: self, db: db, days: first...last)
        for day in days {
          let worked = try derive(day, service, runs) { key throws(DataError) in try reader.series(key) }
          try write.execute(arguments: [Data(worked.encoded(of: service)), service, day])
        }
      }
    }
  }

  private func pendingServiceDays(before end: Int, _ db: Database) throws -> [(service: String, days: [Int])] {
    try ChangedServiceDays.refuseStrangers(db)
    let rows = try Row.fetchAll(
      db, sql: "SELECT service, day FROM service_day WHERE blob IS NULL AND day < ? ORDER BY service, day",
      arguments: [end])
    let days = Dictionary(grouping: rows) { $0[0] as String }.mapValues { $0.map { $0[1] as Int } }
    return days.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Reads the series of one service within a transaction, each once.
private final class ServiceReader {
  private let store: FleetStore
  private let db: Database
  private let period: Period
  private var read: [SeriesKey: Series?] = [:]

  init(store: FleetStore, db: Database, days: ClosedRange<Int>) {
    self.store = store
    self.db = db
    period = Period(
      start: ServiceDay.period(of: days.lowerBound).start, end: ServiceDay.period(of: days.upperBound).end)
  }

  func series(_ key: SeriesKey) throws(DataError) -> Series? {
    if let known = read[key] { return known }
    do {
      let series = try store.series(key, in: period, db)
      read[key] = .some(series)
      return series
    } catch { throw storeError(error, path: store.path) }
  }
}

/// Days that an import changes.
struct ChangedServiceDays {
  private var days: Set<ServiceDayKey> = []

  /// Notes a day on which a series got a sample.
  mutating func note(_ key: SeriesKey, day: Int) {
    guard ServiceDay.metrics.contains(key.metric) else { return }
    days.insert(ServiceDayKey(service: key.service, day: day))
  }

  /// Refuses a table with rows that no import writes, before anything is made of them.
  static func refuseStrangers(_ db: Database) throws {
    let stranger = try Row.fetchOne(
      db,
      sql: """
        SELECT rowid FROM service_day
        WHERE typeof(service) <> 'text' OR typeof(day) <> 'integer' OR day NOT BETWEEN 0 AND 65535 LIMIT 1
        """)
    guard let stranger else { return }
    throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "row \(stranger[0] as Int64) of service_day")
  }

  /// Drops what the days were worked out to be.
  func drop(_ db: Database) throws {
    guard !days.isEmpty else { return }
    try Self.refuseStrangers(db)
    let drop = try db.makeStatement(
      sql: "INSERT INTO service_day(service, day, blob) VALUES (?, ?, NULL) ON CONFLICT DO UPDATE SET blob = NULL")
    for key in days.sorted(by: { ($0.service, $0.day) < ($1.service, $1.day) }) {
      try drop.execute(arguments: [key.service, key.day])
    }
  }

  /// Drops every day of some services, whose instances changed.
  static func drop(of services: Set<String>, _ db: Database) throws {
    guard !services.isEmpty else { return }
    try refuseStrangers(db)
    let drop = try db.makeStatement(sql: "UPDATE service_day SET blob = NULL WHERE service = ?")
    for service in services.sorted() { try drop.execute(arguments: [service]) }
  }
}

private struct ServiceDayKey: Hashable {
  var service: String
  var day: Int
}

extension Schema {
  /// Days of services, worked out from what the other tables hold. Days of samples that were there before are to be.
  static let serviceDayTable = """
    CREATE TABLE service_day (
      -- What the instances of a service did together on a day (UTC); worked out from day_chunk and inventory.
      service TEXT NOT NULL, -- a service of the fleet
      day INTEGER NOT NULL, -- days since 1970-01-01
      blob BLOB, -- loads, numbers of samples and their ends; NULL: to be worked out; layout: Sources/Store/ServiceDay+Bytes.swift
      PRIMARY KEY (service, day)
    );

    INSERT INTO service_day(service, day)
      SELECT DISTINCT service, key % 65536 FROM series JOIN day_chunk ON key / 65536 = series.id
      WHERE metric IN ('cpu_percent', 'cpu_max_percent', 'memory_percent');

    """

  /// Days that were worked out by another rule are to be worked out again.
  static let serviceDaysAnew = "UPDATE service_day SET blob = NULL;"
}
