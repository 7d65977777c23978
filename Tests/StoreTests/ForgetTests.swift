import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ForgetTests {
  let folder: TemporaryFolder
  let store: FleetStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test(
    "Whatever files are imported and taken back, in any order, a sample is there as long as the file that brought it",
    arguments: 0..<60)
  func samples(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    // Of each series and moment: the file that brought it, and its value.
    var model: [SeriesKey: [Int64: (file: Int, value: Int64)]] = [:]
    var present: [Int] = []
    let contents = (0..<5).map { _ in content(&random) }
    for _ in 0..<12 {
      if present.isEmpty || random.number(0...2) > 0 {
        let file = random.number(0...4)
        guard !present.contains(file) else { continue }
        present.append(file)
        for series in contents[file] {
          for (index, instant) in series.instants.enumerated() where model[series.key]?[instant] == nil {
            model[series.key, default: [:]][instant] = (file, series.mantissas[index])
          }
        }
        let budget = WriterBudget(samples: random.coin() ? 50 : 6_000_000, batch: random.coin() ? 10 : 400_000)
        _ = try store.importUtilisation(
          contents[file], from: source(.utilisation, "\(file).csv", checksum: UInt64(file)), budget: budget)
      } else {
        let file = present.remove(at: random.number(0...(present.count - 1)))
        let gone = model.values.reduce(0) { $0 + $1.values.count { $0.file == file } }
        #expect(try store.forget("\(file).csv").removed == gone)
        for key in model.keys { model[key] = model[key]!.filter { $0.value.file != file } }
      }
      let expected = model.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { key, values in
        Series(
          key: key, instants: values.keys.sorted(), mantissas: values.sorted { $0.key < $1.key }.map(\.value.value),
          scale: 0)
      }
      #expect(try store.series() == expected)
      #expect(try store.status().sources.map(\.file.name).sorted() == present.map { "\($0).csv" }.sorted())
    }
  }

  /// Series of a few days, at all sorts of moments, which those of other files have in part.
  private func content(_ random: inout SplitMix64) -> [Series] {
    ["i-1", "i-2"].prefix(random.number(1...2)).map { resource in
      let step = [300, 700, 3600].randomElement(using: &random)!
      let start = october.seconds + Int64(random.number(0...3) * 43_200)
      let instants = (0..<random.number(1...200)).map { start + Int64($0 * step) }
      return Series(
        key: SeriesKey(service: "web", resource: resource, metric: .cpuPercent), instants: instants,
        mantissas: instants.map { _ in random.number(1...9) }, scale: 0)
    }
  }

  @Test("A run that a file brought goes, and one that it replaced is as the file before has it")
  func inventory() throws {
    var stopped = run("i-1")
    stopped.stopped = october.advanced(by: 3600)
    _ = try store.importInventory([run("i-1"), run("i-2")], from: source(.inventory, "a.csv", checksum: 1))
    _ = try store.importInventory([stopped, run("i-3")], from: source(.inventory, "b.csv", checksum: 2))
    let forgotten = try store.forget("b.csv")
    #expect(forgotten.removed == 1 && forgotten.restored == 1)
    #expect(try store.inventory() == [run("i-1"), run("i-2")])
    // Another file that says the same keeps it.
    _ = try store.importInventory([run("i-1")], from: source(.inventory, "c.csv", checksum: 3))
    #expect(try store.forget("a.csv").removed == 1)
    #expect(try store.inventory() == [run("i-1")])
    #expect(try store.forget("c.csv").removed == 1)
    #expect(try store.inventory().isEmpty)
  }

  @Test("An instance that a file moved to another service goes back")
  func moved() throws {
    let isUnique: IsUnique = { _, _ in true }
    _ = try store.importInventory([run("i-1", of: "webb")], from: source(.inventory, "a.csv"), isUnique: isUnique)
    let summary = try store.importInventory(
      [run("i-1", of: "web")], from: source(.inventory, "b.csv", checksum: 2), isUnique: isUnique)
    #expect(summary.moved == [MovedInstance(resource: "i-1", from: "webb", to: "web")])
    #expect(try store.inventory() == [run("i-1", of: "web")])
    #expect(try store.forget("b.csv", isUnique: isUnique).restored == 1)
    #expect(try store.inventory() == [run("i-1", of: "webb")])
  }

  @Test("A file that says all there is of its services leaves nothing else of them, and others alone")
  func replacing() throws {
    let others = [run("i-1", of: "web"), run("i-2", of: "web"), run("i-3", of: "api")]
    _ = try store.importInventory(others, from: source(.inventory, "a.csv"))
    let right = source(.inventory, "b.csv", checksum: 2)
    let summary = try store.importInventory(
      [run("i-2", of: "web"), run("i-4", of: "web")], from: right, replacing: true)
    #expect(summary.removed == ["web/i-1"] && summary.added == 1 && summary.alreadyThere == 1)
    #expect(try store.inventory() == [run("i-3", of: "api"), run("i-2", of: "web"), run("i-4", of: "web")])
    // Another file taken back meanwhile brings nothing of it back.
    _ = try store.importInventory([run("i-1", of: "web")], from: source(.inventory, "c.csv", checksum: 3))
    #expect(try store.forget("c.csv").removed == 1)
    #expect(try store.inventory() == [run("i-3", of: "api"), run("i-2", of: "web"), run("i-4", of: "web")])
    // What it removed and what it brought are as before it.
    let forgotten = try store.forget("b.csv")
    #expect(forgotten.removed == 1 && forgotten.restored == 1)
    #expect(try store.inventory() == [run("i-3", of: "api"), run("i-1", of: "web"), run("i-2", of: "web")])
  }

  @Test("What a file removed comes back by the import of the file that brought it, and goes with that file for good")
  func replacedAgain() throws {
    let old = source(.inventory, "a.csv")
    _ = try store.importInventory([run("i-1", of: "web")], from: old)
    let right = source(.inventory, "b.csv", checksum: 2)
    _ = try store.importInventory([run("i-2", of: "web")], from: right, replacing: true)
    #expect(try store.importInventory([run("i-1", of: "web")], from: old).added == 1)
    #expect(try store.importInventory([run("i-2", of: "web")], from: right, replacing: true).removed == ["web/i-1"])
    #expect(try store.forget("a.csv").removed == 0)
    #expect(try store.forget("b.csv").removed == 1)
    #expect(try store.inventory().isEmpty)
  }

  @Test("An instance with a unique name runs for one service at a time, of two files too; it may go on for another")
  func shared() throws {
    let isUnique: IsUnique = { _, _ in true }
    var first = run("i-1", of: "web")
    first.stopped = october.advanced(by: 7200)
    _ = try store.importInventory([first], from: source(.inventory, "a.csv"), isUnique: isUnique)
    let error = failure { () throws(DataError) in
      _ = try store.importInventory(
        [run("i-1", of: "api", from: october.advanced(by: 3600))], from: source(.inventory, "b.csv", checksum: 2),
        isUnique: isUnique)
    }
    #expect(
      error?.description == """
        b.csv: found api/i-1 started at 2026-10-01T01:00:00Z, expected one service at a time; it runs for web from \
        2026-10-01T00:00:00Z, and stops at 2026-10-01T02:00:00Z
        """)
    let next = run("i-1", of: "api", from: october.advanced(by: 7200))
    _ = try store.importInventory([next], from: source(.inventory, "c.csv", checksum: 3), isUnique: isUnique)
    #expect(try store.inventory() == [next, first])
  }

  @Test("Commitments and savings plans go with the file that holds them; prices with theirs")
  func others() throws {
    let one = Commitment(
      id: "ri-1", service: "web", type: "m5.large", count: 1, term: OfferTerm("standard-1yr-no-upfront")!,
      started: october)
    var more = one
    more.count = 2
    let plan = HeldSavingsPlan(
      id: "sp-1", term: SavingsPlanTerm("compute-savings-plan-1yr-no-upfront")!, hourly: Money("0.40")!,
      started: october)
    _ = try store.importCommitments([one], from: source(.commitments, "a.csv"))
    _ = try store.importCommitments([more], [plan], from: source(.commitments, "b.csv", checksum: 2))
    let forgotten = try store.forget("b.csv")
    #expect(forgotten.removed == 1 && forgotten.restored == 1)
    #expect(try store.commitments() == [one] && store.savingsPlans().isEmpty)
    var book = PriceBook()
    book.onDemand = [
      OnDemandPrice(
        kind: InstanceKind(region: "us-east-1", type: "m5.large", engine: "linux"), hourly: Money("0.1")!,
        provenance: provenance())
    ]
    _ = try store.importPrices(book, from: source(.prices, "p.csv", checksum: 3))
    #expect(try store.forget("p.csv").removed == 1)
    #expect(try store.status().prices.allSatisfy { $0.rows == 0 })
    try store.importFleet(StoredFleet(name: "shop", file: "fleet.yaml", text: "title: Shop"))
    #expect(try store.forget("fleet.yaml").removed == 1)
    #expect(try store.latestFleet() == nil)
  }

  @Test("A name that no import has is told the nearest; of several imports of a name the last goes first")
  func names() throws {
    let none = failure { () throws(DataError) in _ = try store.forget("x.csv") }
    #expect(none?.expected.description == "a file that was imported; none was")
    _ = try store.importInventory([run("i-1")], from: source(.inventory, "lists/inventory.csv", checksum: 1))
    _ = try store.importInventory([run("i-2")], from: source(.inventory, "lists/inventory.csv", checksum: 2))
    let error = failure { () throws(DataError) in _ = try store.forget("inventory.csv") }
    #expect(error?.kind == .missingInput)
    #expect(
      error?.description == """
        \(folder.storePath): found no import of "inventory.csv", expected the name of a file as it was imported: \
        lists/inventory.csv; did you mean "lists/inventory.csv"?
        """)
    let last = try store.forget("lists/inventory.csv")
    #expect(last.removed == 1 && last.remaining == 1)
    #expect(try store.inventory() == [run("i-1")])
  }

  @Test(
    "Of a file from before the store kept what each brought it cannot be known; one that says the same keeps its rows")
  func older() throws {
    let old = try TemporaryFolder()
    let queue = try DatabaseQueue(path: old.storePath)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      for migration in Schema.migrations.prefix(4) {
        try db.execute(sql: migration.sql)
        try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [migration.name])
        for row in Schema.about(migration.sql) {
          try db.execute(
            sql: "INSERT OR REPLACE INTO about VALUES (?, ?, ?)", arguments: [row.table, row.column, row.sentence])
        }
      }
      try db.execute(
        sql: """
          INSERT INTO source_file VALUES (1, 'inventory', 'old.csv', 100, 1, 1);
          INSERT INTO inventory VALUES ('web', 'i-1', \(october.seconds), NULL, 'm5.large', 'us-east-1a', 'on-demand');
          INSERT INTO commitment VALUES
            ('ri-1', 'web', 'm5.large', 1, 'standard-1yr-no-upfront', \(october.seconds), NULL, NULL, 'linux', 0, 5, 'f');
          """)
    }
    try queue.close()
    let store = try old.store()
    #expect(try store.commitments().map(\.bought) == [nil] && store.commitments().first?.paid?.file == "f")
    let error = failure { () throws(DataError) in _ = try store.forget("old.csv") }
    #expect(
      error?.description == """
        \(old.storePath): found old.csv, imported before the store kept which rows a file brought, expected a file that \
        was imported since; import the right one with parameter replace, which removes what is stored of its services
        """)
    _ = try store.importInventory([run("i-1"), run("i-2")], from: source(.inventory, "new.csv", checksum: 2))
    #expect(try store.forget("new.csv").removed == 1)
    #expect(try store.inventory() == [run("i-1")])
  }

  @Test("Moments of a day come back as they were, and ranges of days hold what was put into them", arguments: 0..<100)
  func times(seed: Int) {
    var random = SplitMix64(seed: seed)
    var seconds: Set<Int32> = []
    for _ in 0..<random.number(1...200) { seconds.insert(Int32(random.number(0...86_399))) }
    if random.coin() { seconds = Set((0..<288).map { Int32($0 * 300) }) }
    #expect(DayTimes.decoded(DayTimes.encoded(seconds.sorted())) == seconds.sorted())
    var days: Set<Int> = []
    var ranges = DayRanges()
    for _ in 0..<random.number(1...40) {
      let day = random.number(0...30)
      #expect(ranges.contains(day) == days.contains(day))
      days.insert(day)
      ranges.insert(day)
    }
    #expect(ranges.ranges.flatMap { Array($0) } == days.sorted())
    #expect(zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
  }

  @Test("Bytes that are no moments of a day are none")
  func damagedTimes() {
    for bytes: [UInt8] in [[], [0x80], [0, 1], [0, 0, 1], [0xFF, 0xFF, 0x7F], [0, 1, 0xFF, 0xFF, 0xFF, 0x7F]] {
      #expect(DayTimes.decoded(bytes) == nil, "\(bytes)")
    }
  }

  private func run(_ resource: String, of service: String = "web", from start: Instant = october) -> InstanceRun {
    InstanceRun(
      service: service, resource: resource, type: "m5.large", zone: "us-east-1a", lifecycle: .onDemand, started: start,
      stopped: nil)
  }
}
