import Foundation
import GRDB
import Model
import Store
import Testing

@Suite struct UtilisationTests {
  let folder: TemporaryFolder
  let store: FleetStore

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
    let summary = try store.importUtilisation([series([425, 431, 440])], from: source(.utilisation, checksum: 2))
    let example = SampleConflict(
      key: series([]).key, instant: october.advanced(by: 300), kept: ScaledDecimal(mantissa: 43, scale: 0),
      refused: ScaledDecimal(mantissa: 431, scale: 1))
    #expect(summary == ImportSummary(added: 1, alreadyThere: 1, conflicts: 1, examples: [example]))
    #expect(example.description == "frontend/i-1 cpu_percent at 2026-10-01T00:05:00Z: 43 kept, 43.1 refused")
    #expect(try store.status().services.map(\.conflicts) == [1])
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

  @Test("Values that cannot share a scale are kept exactly, whichever comes first", arguments: [false, true])
  func tooFarApart(largeFirst: Bool) throws {
    // 1844674407370955161 has 19 digits: with 17 decimals beside it, 36 would be needed.
    let large = series([Int64.max / 5], scale: 0)
    let fine = series(from: october.advanced(by: 300), [13_333_333_333_333_333, 500_000_000_000_000_000], scale: 17)
    _ = try store.importUtilisation([largeFirst ? large : fine], from: source(.utilisation))
    _ = try store.importUtilisation([largeFirst ? fine : large], from: source(.utilisation, checksum: 2))
    let stored = try #require(try store.series().first)
    #expect((0..<3).map { stored.decimal($0).description } == ["1844674407370955161", "0.13333333333333333", "5"])
    #expect(stored.value(2) == 5)
  }

  @Test("A second import of the same file writes nothing at all")
  func nothingWritten() throws {
    let all = [series("i-1", (0..<400).map { $0 % 11 }), series("i-2", [1, 2])]
    _ = try store.importUtilisation(all, from: source(.utilisation))
    let before = try Data(contentsOf: URL(filePath: folder.storePath))
    _ = try store.importUtilisation(all, from: source(.utilisation))
    #expect(try Data(contentsOf: URL(filePath: folder.storePath)) == before)
    #expect(try Data(contentsOf: URL(filePath: folder.storePath + "-wal")).isEmpty)
  }

  @Test("One series comes by its key, and a scan gives every series in order")
  func scan() throws {
    let all = (10..<60).map { series("i-\($0)", (0..<300).map { Int64($0) }) }
    _ = try store.importUtilisation(all, from: source(.utilisation))
    #expect(try store.series(all[3].key) == all[3])
    #expect(try store.series(SeriesKey(service: "none", metric: .iops)) == nil)
    let scanned = try store.scanSeries(threads: 2) { status, samples in samples.series(status.key) }
    #expect(scanned == all)
    #expect(try store.scanSeries(matching: SeriesFilter(resource: "i-12")) { status, _ in status.key } == [all[2].key])
    #expect(try store.scanSeries(matching: SeriesFilter(service: "none")) { status, _ in status.key } == [])
  }

  @Test("The status of a series tells its usual step, its gaps and its coverage")
  func seriesStatus() throws {
    // Six instants of 300 s, without the fourth and fifth: the distance from 600 s to 1500 s is three steps.
    let one = thinned(series([1, 2, 3, 4, 5, 6])) { $0 != 3 && $0 != 4 }
    _ = try store.importUtilisation([one], from: source(.utilisation))
    let status = try #require(try store.seriesStatus().first)
    #expect(status.stepSeconds == 300)
    #expect(status.coverage == Coverage(seen: 4, expected: 6))
    #expect(status.gaps == 1)
    #expect(
      status.longestGap == Period(start: october.advanced(by: 900), end: october.advanced(by: 1500)))
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

  @Test("The last instant is that of the latest sample of any series, and of an empty store there is none")
  func lastInstant() throws {
    #expect(try store.lastInstant() == nil)
    // 288 samples of five minutes end the first day; two more of i-2 are at 00:00 and 00:05 of the second, one of i-3 at 00:00.
    let long = series("i-1", Array(repeating: 1, count: 288))
    let last = series("i-2", from: october.advanced(by: 86_400), [1, 2])
    _ = try store.importUtilisation(
      [last, long, series("i-3", from: october.advanced(by: 86_400), [1])], from: source(.utilisation))
    #expect(try store.lastInstant() == october.advanced(by: 86_700))
    #expect(try store.lastInstant() == store.status().services.map(\.last).max())
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
