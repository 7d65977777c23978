import Foundation
import GRDB
import Model
import Store
import Testing

@Suite struct SchemaTests {
  let folder: TemporaryFolder
  let store: FleetStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test("Every table, view and column of a table is explained in `about`")
  func about() throws {
    try DatabaseQueue(path: folder.storePath).read { db in
      let explained = Set(
        try Row.fetchAll(db, sql: "SELECT \"table\", \"column\" FROM about WHERE length(sentence) > 3").map {
          "\($0[0] as String).\($0[1] as String)"
        })
      let names = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'
          AND name <> 'grdb_migrations'
          """)
      #expect(names.count == 28)
      for name in names {
        #expect(explained.contains("\(name)."), "\(name)")
        guard try !db.viewExists(name) else { continue }
        for column in try db.columns(in: name) { #expect(explained.contains("\(name).\(column.name)")) }
      }
    }
  }

  @Test("The views tell in words what is stored")
  func views() throws {
    _ = try store.importUtilisation([series((0..<300).map { Int64($0) })], from: source(.utilisation))
    var book = PriceBook()
    book.onDemand = [
      OnDemandPrice(
        kind: InstanceKind(region: "us-east-1", type: "t3.medium", engine: "linux"),
        hourly: Money(nanoDollars: 41_600_000), provenance: provenance())
    ]
    _ = try store.importPrices(book, from: source(.prices))
    try DatabaseQueue(path: folder.storePath).read { db in
      let summary = try #require(try Row.fetchOne(db, sql: "SELECT * FROM series_summary"))
      #expect(
        summary
          == [
            "service": "frontend", "resource": "i-1", "metric": "cpu_percent", "days": 2, "samples": 300,
            "first_day": "2026-10-01", "last_day": "2026-10-02",
          ])
      let price = try #require(try Row.fetchOne(db, sql: "SELECT * FROM price_in_words"))
      #expect(
        price
          == [
            "region": "us-east-1", "item": "t3.medium", "effective_from": "2026-07-20",
            "words": "t3.medium (linux) on demand: $0.0416 an hour", "quality": "published", "file": "p.csv",
            "origin": "repo:list",
          ])
    }
  }

  @Test("The status counts what there is, by service")
  func status() throws {
    var other = series("", [1])
    other.key.service = "cache"
    _ = try store.importUtilisation(
      [series("i-1", [1, 2]), series("i-2", from: october.advanced(by: 86_400), [1, 2, 3]), other],
      from: source(.utilisation))
    let status = try store.status()
    #expect(status.services.map(\.service) == ["cache", "frontend"])
    #expect(status.services[1].series == 2)
    #expect(status.services[1].samples == 5)
    #expect(status.services[1].first == october)
    #expect(status.services[1].last == october.advanced(by: 86_400 + 600))
    #expect(status.samples == 6)
    #expect(status.sources.map(\.rows) == [6])
    #expect(
      status.prices.map(\.kind)
        == [
          "on-demand prices", "reserved prices", "savings plan rates", "spot estimates", "spot prices", "unit prices",
          "specifications", "measured types", "contexts of models",
        ])
    #expect(status.prices.allSatisfy { $0.rows == 0 && $0.newest == nil })
    #expect(status.fileBytes > 0)
    #expect(try #require(status.bytesPerSample) < 12)
  }

  @Test("Equal imports make equal stores, byte for byte")
  func deterministic() throws {
    let second = try TemporaryFolder()
    let all = [series("i-1", (0..<400).map { $0 % 11 }), series("i-2", [1])]
    var bytes: [[UInt8]] = []
    for folder in [folder, second] {
      _ = try folder.store().importUtilisation(all, from: source(.utilisation))
      let queue = try DatabaseQueue(path: folder.storePath)
      let copy = folder.url.appending(path: "copy.sqlite").path
      try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
      bytes.append([UInt8](try Data(contentsOf: URL(filePath: copy))))
    }
    #expect(bytes[0] == bytes[1])
  }
}
