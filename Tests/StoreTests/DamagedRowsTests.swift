import Foundation
import GRDB
import Model
import Store
import Testing

/// Stores that were damaged, or changed by another program.
@Suite struct DamagedRowsTests {
  let folder: TemporaryFolder
  let store: FleetStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  /// The chunk of the one series and day.
  private func chunk(_ queue: DatabaseQueue) throws -> Data {
    try #require(try queue.read { try Data.fetchOne($0, sql: "SELECT blob FROM day_chunk") })
  }

  @Test("Each single bit of a stored day that is flipped is found, by a question and by the verification")
  func flippedBits() throws {
    _ = try store.importUtilisation([series((0..<40).map { Int64($0 * $0 % 17) })], from: source(.utilisation))
    let queue = try DatabaseQueue(path: folder.storePath)
    let sound = try chunk(queue)
    for bit in 0..<(sound.count * 8) {
      var damaged = sound
      damaged[damaged.startIndex + bit / 8] ^= 1 << (bit % 8)
      try queue.write { try $0.execute(sql: "UPDATE day_chunk SET blob = ?", arguments: [damaged]) }
      // Row 1 * 65536 + 20727 days from 1970-01-01 to 2026-10-01.
      #expect(
        try store.verification().damages
          == ["the samples of frontend/i-1 cpu_percent on 2026-10-01 (row 86263 of day_chunk)"], "bit \(bit)")
      let error = failure { () throws(DataError) in _ = try store.seriesStatus() }
      #expect(error?.found == "a damaged store (row 86263 of day_chunk)", "bit \(bit)")
    }
    try queue.write { try $0.execute(sql: "UPDATE day_chunk SET blob = ?", arguments: [sound]) }
    #expect(try store.verification().damages == [])
    #expect(try store.verification().sampleDays == 1)
  }

  @Test("A day in another's place, and another number of samples, are found")
  func movedChunks() throws {
    _ = try store.importUtilisation([series([1, 2, 3])], from: source(.utilisation))
    let queue = try DatabaseQueue(path: folder.storePath)
    for change in ["samples = 4", "key = key + 1"] {
      try queue.write { try $0.execute(sql: "UPDATE day_chunk SET \(change)") }
      #expect(try store.verification().damages.count == 1, "\(change)")
      #expect(failure { () throws(DataError) in _ = try store.seriesStatus() } != nil, "\(change)")
      try queue.write { try $0.execute(sql: "UPDATE day_chunk SET samples = 3, key = 86263") }
    }
    #expect(try store.series().map(\.count) == [3])
  }

  @Test("A store from before checksums keeps all its samples and gets them; names in it become one form")
  func migrates() throws {
    _ = try store.importUtilisation([series("i-1", [11, 22, 33]), series("i-2", [1])], from: source(.utilisation))
    let queue = try DatabaseQueue(path: folder.storePath)
    let names = ["009 checksums of samples", "010 names in one form"]
    try queue.write { db in
      try db.execute(sql: "UPDATE day_chunk SET blob = CAST(substr(blob, 1, length(blob) - 8) AS BLOB)")
      try db.execute(sql: "UPDATE series SET resource = 'cafe' || char(769) WHERE resource = 'i-2'")
      try db.execute(
        sql: "DELETE FROM grdb_migrations WHERE identifier IN (?, ?)", arguments: StatementArguments(names))
    }
    let migrated = try FleetStore.open(path: folder.storePath, mode: .readWrite(createIfMissing: false))
    #expect(try migrated.verification().damages == [])
    #expect(try migrated.series(series("i-1", []).key)?.mantissas == [11, 22, 33])
    let key = SeriesKey(service: "frontend", resource: "caf\u{E9}", metric: .cpuPercent)
    #expect(try migrated.series(key)?.mantissas == [1])
  }

  @Test("A store from before accounts and tags keeps its inventory, and takes them from then on")
  func migratesOwners() throws {
    var run = InstanceRun(
      service: "web", resource: "i-1", type: "m5.large", zone: "us-east-1a", lifecycle: .onDemand, started: october,
      stopped: nil)
    _ = try store.importInventory([run], from: source(.inventory))
    let queue = try DatabaseQueue(path: folder.storePath)
    try queue.write { db in
      for table in ["inventory", "inventory_word"] {
        for column in ["account", "region", "tags"] {
          try db.execute(sql: "ALTER TABLE \(table) DROP COLUMN \(column)")
          try db.execute(sql: "DELETE FROM about WHERE \"table\" = ? AND \"column\" = ?", arguments: [table, column])
        }
      }
      try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '013 %'")
    }
    let migrated = try FleetStore.open(path: folder.storePath, mode: .readWrite(createIfMissing: false))
    #expect(try migrated.inventory() == [run])
    run.account = "123456789012"
    run.region = "us-east-1"
    run.tags = [ResourceTag("a=b", "c d"), ResourceTag("team", "")]
    #expect(try migrated.importInventory([run], from: source(.inventory, checksum: 2)).updated == 1)
    #expect(try migrated.inventory() == [run])
    #expect(try migrated.verification().damages == [])
  }

  @Test(
    "Numbers and types that no import writes are refused, and named by the verification",
    arguments: [
      "UPDATE source_file SET rows = -9223372036854775808", "UPDATE source_file SET name = x'00'",
      "UPDATE performance SET threads = 0", "UPDATE performance SET noise_percent = 9223372036854775807",
      "UPDATE performance SET milli_coremark = 'fast'", "UPDATE performance SET effective_from = 9223372036854775807",
      "UPDATE series SET service = x'00'", "UPDATE on_demand_price SET hourly_nano_usd = 9223372036854775807",
      "UPDATE on_demand_price SET hourly_nano_usd = 10000000000000001",
    ])
  func numbers(_ change: String) throws {
    _ = try store.importUtilisation([series([1])], from: source(.utilisation))
    var book = PriceBook()
    book.performance = [
      InstancePerformance(
        type: "t3.large", milliCoreMark: 1_000_000, threads: 2, noisePercent: 1, provenance: provenance())
    ]
    let kind = InstanceKind(region: "us-east-1", type: "t3.large", engine: "linux")
    // The most that a price is, 10 million USD, is sound.
    book.onDemand = [OnDemandPrice(kind: kind, hourly: .mostPrice, provenance: provenance())]
    _ = try store.importPrices(book, from: source(.prices, "p.csv", checksum: 2))
    #expect(try store.verification().damages == [])
    try DatabaseQueue(path: folder.storePath).write { try $0.execute(sql: change) }
    let table = String(change.split(separator: " ")[1])
    // Of a series that is none, its samples are named too.
    #expect(try store.verification().damages.first == "row 1 of \(table), which no import writes")
    let error = failure { () throws(DataError) in
      _ = try store.status()
      _ = try store.performance()
      _ = try store.priceBook(regions: ["us-east-1", ""])
    }
    #expect(error?.kind == .badData)
    #expect(error?.found == "a damaged store (a row of \(table) that no import writes)")
  }
}
