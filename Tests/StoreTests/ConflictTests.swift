import GRDB
import Model
import Store
import Testing

/// What the store remembers of values it refused.
@Suite struct ConflictTests {
  let folder: TemporaryFolder
  let store: FleetStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test("The table of conflicts has a row for each series and file: how many, and the first with both values")
  func rows() throws {
    _ = try store.importUtilisation(
      [series("i-1", [10, 20, 30]), series("i-2", [10, 20]), series("i-3", [1])], from: source(.utilisation))
    // i-1 differs at the second and third instant, i-2 at the first; i-3 is the same.
    let second = [series("i-1", [100, 215, 310], scale: 2), series("i-2", [11, 20]), series("i-3", [1])]
    let summary = try store.importUtilisation(second, from: source(.utilisation, "b.csv", checksum: 2))
    // 1.00 is 1.0; 2.15 and 3.10 are neither 2.0 nor 3.0.
    #expect(summary.conflicts == 3 && summary.alreadyThere == 3 && summary.added == 0)
    #expect(
      try conflicts() == [
        "b.csv i-1: 2 from 300, 2 kept, 2.15 refused", "b.csv i-2: 1 from 0, 1 kept, 1.1 refused",
      ])
    #expect(try store.seriesStatus().map(\.conflicts) == [2, 1, 0])
  }

  @Test("The same file again adds nothing to the table, another one a row of its own")
  func again() throws {
    _ = try store.importUtilisation([series([10])], from: source(.utilisation))
    let other = [series([11])]
    for _ in 0..<2 { _ = try store.importUtilisation(other, from: source(.utilisation, "b.csv", checksum: 2)) }
    #expect(try conflicts().count == 1)
    _ = try store.importUtilisation(other, from: source(.utilisation, "c.csv", checksum: 3))
    #expect(
      try conflicts() == [
        "b.csv i-1: 1 from 0, 1 kept, 1.1 refused", "c.csv i-1: 1 from 0, 1 kept, 1.1 refused",
      ])
    #expect(try store.seriesStatus().map(\.conflicts) == [2])
  }

  @Test("Within a file the earliest in it is kept, and the conflict is in the table")
  func withinFile() throws {
    let twice = Series(key: series([]).key, instants: [october.seconds], mantissas: [10], scale: 1)
    var other = twice
    other.mantissas = [12]
    let summary = try store.importUtilisation([twice, other], from: source(.utilisation))
    #expect(summary.added == 1 && summary.conflicts == 1)
    #expect(try conflicts() == ["a.csv i-1: 1 from 0, 1 kept, 1.2 refused"])
    #expect(try store.series().map(\.mantissas) == [[1]])
  }

  @Test("More than 40 decimals are refused, and nothing of the import stays; 40 are kept")
  func decimals() throws {
    let error = failure { () throws(DataError) in
      _ = try store.importUtilisation([series("i-1", [1]), series("i-2", [1], scale: 41)], from: source(.utilisation))
    }
    #expect(error?.description == "a.csv: found frontend/i-2 cpu_percent with 41 decimals, expected at most 40")
    #expect(error?.kind == .badData)
    #expect(try store.series() == [])
    let most = series("i-2", [7], scale: 40)
    _ = try store.importUtilisation([most], from: source(.utilisation))
    #expect(try store.series() == [most])
  }

  /// The table in words, instants from the start of October.
  private func conflicts() throws -> [String] {
    try DatabaseQueue(path: folder.storePath).read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT f.name, s.resource, c.count, c.instant, c.kept, c.refused FROM conflict c
          JOIN source_file f ON f.id = c.source JOIN series s ON s.id = c.series ORDER BY f.name, s.resource
          """
      ).map { row in
        let instant = (row[3] as Int64) - october.seconds
        return "\(row[0] as String) \(row[1] as String): \(row[2] as Int) from \(instant), \(row[4] as String) kept, "
          + "\(row[5] as String) refused"
      }
    }
  }
}
