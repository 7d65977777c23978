import Foundation
import GRDB
import Model
import Store
import TestSupport
import Testing

@Suite struct StoreTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("A store that does not exist is missing input, and the message says how to make one")
  func missing() {
    let path = folder.storePath
    for mode in [FleetStore.Mode.readOnly, .readWrite(createIfMissing: false)] {
      let error = failure { () throws(DataError) in _ = try FleetStore.open(path: path, mode: mode) }
      #expect(error?.kind == .missingInput)
      #expect(
        error?.description
          == "\(path): found no such store, expected one made by `plimsoll import` or `make review`")
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A folder that does not exist is an input/output error")
  func noFolder() {
    let path = folder.url.appending(path: "none/s.sqlite").path
    let error = failure { () throws(DataError) in
      _ = try FleetStore.open(path: path, mode: .readWrite(createIfMissing: true))
    }
    #expect(error?.kind == .inputOutput)
    #expect(
      error?.description == """
        \(path): found no access (unable to open database file), expected a file and folder that may be read and written
        """)
  }

  @Test("A file that is no database is bad data and stays as it is")
  func noDatabase() throws {
    let text = Data(String(repeating: "timestamp,service\n", count: 100).utf8)
    try text.write(to: URL(filePath: folder.storePath))
    let error = failure { () throws(DataError) in
      _ = try FleetStore.open(path: folder.storePath, mode: .readWrite(createIfMissing: true))
    }
    #expect(error?.kind == .badData)
    #expect(
      error?.description
        == "\(folder.storePath): found a file that is not an SQLite database, expected a store made by `plimsoll import`"
    )
    #expect(try Data(contentsOf: URL(filePath: folder.storePath)) == text)
  }

  @Test("A database of another program is bad data and stays as it is")
  func foreign() throws {
    let queue = try DatabaseQueue(path: folder.storePath)
    try queue.write { try $0.execute(sql: "CREATE TABLE bookmarks(url)") }
    try queue.close()
    let before = try Data(contentsOf: URL(filePath: folder.storePath))
    let error = failure { () throws(DataError) in
      _ = try FleetStore.open(path: folder.storePath, mode: .readWrite(createIfMissing: true))
    }
    #expect(
      error?.description == """
        \(folder.storePath): found an SQLite database of another program, expected a store made by `plimsoll import`
        """)
    #expect(try Data(contentsOf: URL(filePath: folder.storePath)) == before)
  }

  @Test("A store that is held shows what it held, whatever is imported meanwhile, and importers need not wait")
  func held() throws {
    let store = try folder.store()
    _ = try store.importUtilisation([series([1, 2])], from: source(.utilisation))
    let reader = try FleetStore.open(path: folder.storePath, mode: .readOnly)
    try reader.hold()
    _ = try store.importUtilisation([series([1, 2, 3])], from: source(.utilisation, checksum: 2))
    let key = series([]).key
    #expect(try reader.series(key)?.count == 2)
    #expect(try store.series(key)?.count == 3)
    #expect(try FleetStore.open(path: folder.storePath, mode: .readOnly).series(key)?.count == 3)
  }

  @Test("A store of a newer plimsoll is refused")
  func newer() throws {
    _ = try folder.store()
    try change("INSERT INTO grdb_migrations(identifier) VALUES ('099 quantum tables')")
    let error = failure { () throws(DataError) in _ = try FleetStore.open(path: folder.storePath, mode: .readOnly) }
    #expect(error?.kind == .badData)
    #expect(
      error?.description == """
        \(folder.storePath): found a store of a newer plimsoll (its schema has "099 quantum tables"), expected a \
        schema up to "015 samples by day"; use the newer plimsoll, or import into a new store
        """)
  }

  @Test("A store of a trial version is refused, and the message says to make a new one")
  func trial() throws {
    _ = try folder.store()
    try change("UPDATE grdb_migrations SET identifier = '001 first tables' WHERE identifier LIKE '001%'")
    for mode in [FleetStore.Mode.readOnly, .readWrite(createIfMissing: true)] {
      let error = failure { () throws(DataError) in _ = try FleetStore.open(path: folder.storePath, mode: mode) }
      #expect(error?.kind == .badData)
      #expect(
        error?.description == """
          \(folder.storePath): found a store of a trial version (its schema is "001 first tables"), expected one made \
          by this plimsoll; remove it and import again
          """)
    }
  }

  @Test("A locked store is unavailable, and the import leaves it as it was")
  func locked() throws {
    let store = try FleetStore.open(path: folder.storePath, mode: .readWrite(createIfMissing: true), waitSeconds: 0.05)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.storePath, configuration: configuration)
    try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let error = failure { () throws(DataError) in
      _ = try store.importUtilisation([series([1])], from: source(.utilisation))
    }
    try other.inDatabase { try $0.execute(sql: "ROLLBACK") }
    #expect(error?.kind == .unavailable)
    #expect(
      error?.description == """
        \(folder.storePath): found a store locked by another process, expected to be alone; try again when it has ended
        """)
    #expect(try store.series() == [])
  }

  @Test("A store opened to read refuses to be written")
  func readOnly() throws {
    _ = try folder.store().importUtilisation([series([1, 2])], from: source(.utilisation))
    let store = try FleetStore.open(path: folder.storePath, mode: .readOnly)
    #expect(try store.series() == [series([1, 2])])
    let error = failure { () throws(DataError) in
      try store.importFleet(StoredFleet(name: "a", file: "a", text: "a"))
    }
    #expect(error?.kind == .inputOutput)
    #expect(
      error?.description == """
        \(folder.storePath): found no access (attempt to write a readonly database), expected a file and folder that \
        may be read and written, as may \(folder.storePath)-wal and \(folder.storePath)-shm, which belong to it
        """)
  }

  @Test("A full disk is an input/output error, and the import leaves the store as it was")
  func fullDisk() throws {
    let store = try folder.store()
    _ = try store.importUtilisation([series([1])], from: source(.utilisation))
    var numbers = SplitMix64(seed: 1)
    let noise = series("i-2", (0..<50_000).map { _ in Int64(bitPattern: numbers.next()) })
    try store.limitPages(60)
    let error = failure { () throws(DataError) in
      _ = try store.importUtilisation([noise], from: source(.utilisation, checksum: 2))
    }
    #expect(error?.kind == .inputOutput)
    #expect(error?.description == "\(folder.storePath): found a full disk, expected room for the store")
    #expect(try store.series() == [series([1])])
  }

  @Test("An import that is killed half-way leaves the store as it was")
  func killed() throws {
    let store = try folder.store()
    _ = try store.importUtilisation([series([1, 2])], from: source(.utilisation))
    let copy = folder.url.appending(path: "copy.sqlite").path
    // What a killed process leaves behind: the file and a log with pages of a transaction that never ended.
    try store.interrupted { db in
      try db.execute(sql: "PRAGMA cache_size = 1; DELETE FROM day_chunk; DELETE FROM series")
      try db.execute(
        sql: """
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
          INSERT INTO day_chunk SELECT i, 1, randomblob(2000) FROM n
          """)
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: folder.storePath + suffix, toPath: copy + suffix)
      }
    }
    let log = try FileManager.default.attributesOfItem(atPath: copy + "-wal")[.size] as? Int
    #expect(try #require(log) > 500_000)
    #expect(try FleetStore.open(path: copy, mode: .readWrite(createIfMissing: false)).series() == [series([1, 2])])
    #expect(try integrity(copy) == "ok")
  }

  @Test("The database is sound after imports that succeed and fail")
  func integrityHolds() throws {
    let store = try folder.store()
    for day in 0..<40 {
      let start = october.advanced(by: Int64(day) * 40_000)
      _ = try store.importUtilisation([series(from: start, (0..<300).map { $0 % 7 })], from: source(.utilisation))
    }
    _ = failure { () throws(DataError) in
      _ = try store.importUtilisation([series(from: Instant(seconds: -1), [1])], from: source(.utilisation))
    }
    #expect(try integrity(folder.storePath) == "ok")
  }

  private func change(_ sql: String) throws {
    let queue = try DatabaseQueue(path: folder.storePath)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  private func integrity(_ path: String) throws -> String? {
    try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
  }
}
