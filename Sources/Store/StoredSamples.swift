import GRDB
import Model

/// The samples of a store, for a ``History``.
package struct StoredSamples: SampleSource {
  private let store: FleetStore

  package init(_ store: FleetStore) { self.store = store }

  package func series(_ key: SeriesKey, in period: Period) throws(DataError) -> Series? {
    try store.series(key, in: period)
  }

  package func serviceDays(of service: String, in days: Range<Int>) throws(DataError) -> [ServiceDay] {
    try store.reading { db in
      let rows = try Row.fetchCursor(
        db.cachedStatement(
          sql: "SELECT day, blob FROM service_day WHERE service = ? AND day >= ? AND day < ? AND blob IS NOT NULL "
            + "ORDER BY day"),
        arguments: [service, days.lowerBound, days.upperBound])
      var found: [ServiceDay] = []
      while let row = try rows.next() {
        let number: Int = row[0]
        let day = try row.withUnsafeData(atIndex: 1) { data in
          data?.withUnsafeBytes { ServiceDay($0, of: service, day: number) }
        }
        guard let day else {
          throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "day \(number) of \(service) in service_day")
        }
        found.append(day)
      }
      return found
    }
  }
}
