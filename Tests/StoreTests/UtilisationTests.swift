import GRDB
import Model
import Store
import Testing

@Suite struct UtilisationTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test("What was imported comes back sorted, and as it was")
  func roundTrip() throws {
    // 600 samples of 5 minutes reach into a third day.
    let long = series("i-2", (0..<600).map { Int64($0) - 300 })
    let short = series("i-1", [1, 2, 3], scale: 3)
    #expect(try store.importUtilisation([long, short], from: source(.utilisation)) == ImportSummary(added: 603))
    #expect(try store.series() == [short, long])
  }

  @Test("The same file twice changes nothing and says so")
  func twice() throws {
    let one = series([425, 430, 428])
    _ = try store.importUtilisation([one], from: source(.utilisation))
    let before = try store.status()
    #expect(
      try store.importUtilisation([one], from: source(.utilisation, "b.csv")) == ImportSummary(alreadyThere: 3))
    #expect(try store.series() == [one])
    #expect(try store.status() == before)
    #expect(before.sources.map(\.file.name) == ["a.csv"])
  }

  @Test("Of two values for an instant the first one stored is kept, and the other is counted")
  func conflict() throws {
    _ = try store.importUtilisation([series([425, 430])], from: source(.utilisation))
    let summary = try store.importUtilisation([series([425, 431, 440])], from: source(.utilisation, crc32: 2))
    #expect(summary == ImportSummary(added: 1, alreadyThere: 1, conflicts: 1))
    #expect(try store.series() == [series([425, 430, 440])])
  }

  @Test("Samples that fill a gap go where they belong")
  func gap() throws {
    let all = series(Array(0..<500))
    let odd = thinned(all) { $0 % 2 == 1 }
    let even = thinned(all) { $0 % 2 == 0 }
    #expect(try store.importUtilisation([odd], from: source(.utilisation)).added == 250)
    #expect(try store.importUtilisation([even], from: source(.utilisation)).added == 250)
    #expect(try store.series() == [all])
  }

  @Test("Values with more or fewer decimals are compared as numbers and come at one scale")
  func scales() throws {
    _ = try store.importUtilisation([series([425, 430])], from: source(.utilisation))
    // 42.50 is 42.5; 44.25 is new and needs a second decimal.
    let finer = series([4250, 4300, 4425], scale: 2)
    #expect(
      try store.importUtilisation([finer], from: source(.utilisation)) == ImportSummary(added: 1, alreadyThere: 2))
    #expect(try store.series() == [finer])
    let nextDay = series(from: october.advanced(by: 86_400), [43], scale: 0)
    _ = try store.importUtilisation([nextDay], from: source(.utilisation))
    #expect(try store.series().first?.mantissas == [4250, 4300, 4425, 4300])
  }

  @Test("Values that cannot share a scale are refused, whichever comes first", arguments: [false, true])
  func tooFarApart(largeFirst: Bool) throws {
    let large = series([Int64.max / 5], scale: 0)
    let fine = series(from: october.advanced(by: 86_400), [5, 6], scale: 1)
    _ = try store.importUtilisation([largeFirst ? large : fine], from: source(.utilisation))
    let before = try store.series()
    let error = failure { () throws(DataError) in
      _ = try store.importUtilisation([largeFirst ? fine : large], from: source(.utilisation, "far.csv"))
    }
    #expect(
      error?.description == """
        far.csv: found frontend/i-1 cpu_percent with 1844674407370955161 beside values of 1 decimals, expected values \
        that share a scale: at most 18 digits from the largest to the last decimal
        """)
    #expect(try store.series() == before)
  }

  @Test("Only the samples of the period are given, and no series without any")
  func period() throws {
    let all = series((0..<600).map { Int64($0) })
    let late = series("i-9", from: october.advanced(by: 10 * 86_400), [1])
    _ = try store.importUtilisation([all, late], from: source(.utilisation))
    let start = october.advanced(by: 86_100)
    let period = Period(start: start, end: october.advanced(by: 87_000))
    // 86,100 s is sample 287, the last of the first day; the end is excluded.
    #expect(try store.series(in: period) == [series(from: start, [287, 288, 289])])
    #expect(try store.series(in: Period(start: start, end: start)) == [])
    let before = Period(start: Instant(seconds: -900), end: october)
    #expect(try store.series(in: before) == [])
  }

  @Test("An instant that the store cannot hold is refused, and nothing of the import stays")
  func tooEarly() throws {
    let error = failure { () throws(DataError) in
      _ = try store.importUtilisation(
        [series([1]), series("i-2", from: Instant(seconds: -1), [1])], from: source(.utilisation, "old.csv"))
    }
    #expect(
      error?.description
        == "old.csv: found frontend/i-2 cpu_percent at 1969-12-31T23:59:59Z, expected a date from 1970 to 2149-06-06")
    #expect(error?.kind == .badData)
    #expect(try store.series() == [])
    #expect(try store.status().sources == [])
  }

  @Test("A damaged chunk is an error that names the store")
  func damaged() throws {
    _ = try store.importUtilisation([series([1])], from: source(.utilisation))
    let queue = try DatabaseQueue(path: folder.storePath)
    try queue.write { try $0.execute(sql: "UPDATE day_chunk SET blob = x'0100'") }
    let error = failure { () throws(DataError) in _ = try store.series() }
    // 1 * 65536 + 20727 days from 1970-01-01 to 2026-10-01.
    #expect(
      error?.description == """
        \(folder.storePath): found a damaged store (row 86263 of day_chunk), expected a sound one; remove it and \
        import again
        """)
  }

  private func thinned(_ all: Series, _ keep: (Int) -> Bool) -> Series {
    let kept = (0..<all.count).filter(keep)
    return Series(
      key: all.key, instants: kept.map { all.instants[$0] }, mantissas: kept.map { all.mantissas[$0] },
      scale: all.scale)
  }
}
