import Foundation
import GRDB
import Model
import Testing

@testable import Store

@Suite struct FleetDocumentTableTests {
  let folder: TemporaryFolder
  let store: FleetStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test("The fleet file comes back as it was written, and a later one without a date takes its place")
  func withoutDates() throws {
    #expect(try store.latestFleet() == nil)
    #expect(store.noFleet.kind == .missingInput)
    #expect(
      store.noFleet.description
        == "\(folder.storePath): found no fleet, expected one put there by `plimsoll import` or `make review`")
    try store.importFleet(StoredFleet(name: "one", file: "fleet.yaml", text: "services: []\n"))
    try store.importFleet(StoredFleet(name: "two", file: "other.yaml", text: "services: [é]\n"))
    #expect(try store.storedFleets() == [StoredFleet(name: "two", file: "other.yaml", text: "services: [é]\n")])
  }

  @Test("Fleet files of other dates stay, those of one date replace each other, whatever the order of their imports")
  func order() throws {
    let files = [nil, "2026-09-15", "2026-10-01"].map(fleet)
    for order in permutations(of: [0, 1, 2]) {
      let folder = try TemporaryFolder()
      let store = try folder.store()
      for index in order {
        var draft = files[index]
        draft.text = "a draft"
        try store.importFleet(draft)
        try store.importFleet(files[index])
      }
      #expect(try store.storedFleets() == files)
      #expect(try store.latestFleet() == files[2])
      #expect(
        try store.status().fleets.map { $0.effectiveFrom?.description } == [nil, "2026-09-15", "2026-10-01"])
    }
  }

  @Test("A file is in force from its day on until that of the next")
  func inForce() {
    let files = ["2026-09-15", "2026-10-01"].map(fleet)
    #expect(files.inForce(on: day("2026-10-01")) == 1)
    #expect(files.inForce(on: day("2026-09-30")) == 0)
    #expect(files.inForce(on: day("2026-09-14")) == nil)
    #expect(([fleet(nil)] + files).inForce(on: day("1970-01-01")) == 0)
    #expect([StoredFleet]().inForce(on: day("2026-10-01")) == nil)
  }

  private func day(_ text: String) -> CivilDate { CivilDate(text)! }

  @Test("The fleet of a store from before there were dates holds from ever, and is as it was written")
  func migration() throws {
    let old = try TemporaryFolder()
    let queue = try DatabaseQueue(path: old.storePath)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      for migration in Schema.migrations.prefix(2) {
        try db.execute(sql: migration.sql)
        try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [migration.name])
        for row in Schema.about(migration.sql) {
          try db.execute(sql: "INSERT INTO about VALUES (?, ?, ?)", arguments: [row.table, row.column, row.sentence])
        }
      }
      try db.execute(sql: "INSERT INTO fleet_document VALUES ('shop', 'shop.yaml', 'title: Shop')")
    }
    try queue.close()
    let error = failure { () throws(DataError) in _ = try FleetStore.open(path: old.storePath, mode: .readOnly) }
    #expect(error?.found == "a store without the schema \"003 fleet files by date\"")
    let store = try old.store()
    #expect(try store.storedFleets() == [StoredFleet(name: "shop", file: "shop.yaml", text: "title: Shop")])
    try store.importFleet(fleet("2026-10-01"))
    #expect(try store.storedFleets().map(\.name) == ["shop", "from 2026-10-01"])
    try DatabaseQueue(path: old.storePath).read { db in
      let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE name LIKE 'fleet_%'")
      #expect(tables.sorted() == ["fleet_document", "fleet_document_date"])
      let columns = try String.fetchAll(db, sql: "SELECT \"column\" FROM about WHERE \"table\" = 'fleet_document'")
      #expect(columns.sorted() == ["", "effective_from", "file", "name", "text", "tree"])
    }
  }

  private func fleet(_ date: String?) -> StoredFleet {
    StoredFleet(
      effectiveFrom: date.flatMap { CivilDate($0) }, name: "from \(date ?? "ever")", file: "f.yaml",
      text: "\(date ?? "")")
  }
}

/// Every order of some values.
private func permutations(of values: [Int]) -> [[Int]] {
  guard !values.isEmpty else { return [[]] }
  return values.flatMap { first in permutations(of: values.filter { $0 != first }).map { [first] + $0 } }
}
