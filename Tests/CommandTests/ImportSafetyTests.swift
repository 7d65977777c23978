import Foundation
import GRDB
import Testing

/// Whatever goes wrong, the store is as it was, and the message says what to do.
@Suite struct ImportSafetyTests {
  @Test("The same sample twice is one; another value is a conflict that is counted, shown and settled for the first")
  func conflicts() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("a.csv", twoSamples))
    // 44 is refused for the stored 43; 43.0 is the stored 43; of 45 and 46 the first is kept.
    try workplace.file(
      "b.csv",
      """
      timestamp,service,resource,metric,value
      2026-10-01T00:05:00Z,web,i-1,cpu_percent,44
      2026-10-01T00:05:00Z,web,i-1,cpu_percent,43.0
      2026-10-01T00:10:00Z,web,i-1,cpu_percent,45
      2026-10-01T00:10:00Z,web,i-1,cpu_percent,46

      """)
    let conflicts = [
      "  conflict: web/i-1 cpu_percent at 2026-10-01T00:05:00Z: 43 kept, 44 refused",
      "  conflict: web/i-1 cpu_percent at 2026-10-01T00:10:00Z: 45 kept, 46 refused",
    ]
    #expect(
      try workplace.imported("b.csv")
        == ["b.csv: 1 sample added, 1 was there, 2 in conflict with earlier values, which were kept"] + conflicts)
    let before = workplace.bytes(workplace.store)
    #expect(
      try workplace.imported("b.csv")
        == ["b.csv: 0 samples added, 2 were there, 2 in conflict with earlier values, which were kept"] + conflicts)
    #expect(workplace.bytes(workplace.store) == before, "the same file again changes nothing")
    // 42.5, 43 and 45.
    #expect(try workplace.content() == ["web/i-1 cpu_percent: 3 from 2026-10-01T00:00:00Z, p50 43, max 45"])
    let status = try tables(try workplace.status())
    #expect(status[1].rows.map { $0["conflicts"] } == ["2"])
    // Four rows of b.csv, each remembered once.
    #expect(status[4].rows.map { [$0["file"], $0["rows"]] } == [["a.csv", "2"], ["b.csv", "4"]])
  }

  @Test("Status tells series, period, step, coverage, gaps with the longest, conflicts and bytes")
  func status() throws {
    let workplace = try Workplace()
    // Every five minutes from 00:00 to 00:55, of which 00:10 and from 00:30 to 00:45 are missing: 12 - 1 - 4 = 7 of 12.
    let minutes = [0, 5, 15, 20, 25, 50, 55]
    let rows = minutes.map { "2026-10-01T00:\($0 < 10 ? "0" : "")\($0):00Z,web,i-1,\($0)\n" }
    try workplace.imported(
      try workplace.file("usage.csv", "timestamp,service,resource,cpu_percent\n" + rows.joined()))
    let rowsOfService = try tables(try workplace.status()).prefix(2).map { try #require($0.rows.first) }
    let row = rowsOfService[0].merging(rowsOfService[1]) { a, _ in a }
    let expected = [
      "service": "web", "series": "1", "samples": "7", "first": "2026-10-01T00:00:00Z",
      "last": "2026-10-01T00:55:00Z", "step_seconds": "300", "gaps": "2", "conflicts": "0",
      "longest_gap_seconds": "1200", "longest_gap_start": "2026-10-01T00:30:00Z",
    ]
    for (column, value) in expected { #expect(row[column] == value, "\(column)") }
    let coverage = try #require(row["coverage"].flatMap(Double.init))
    #expect(abs(coverage - 7.0 / 12) < 1e-9)
    #expect(Int(try #require(row["bytes"])) ?? 0 > 0)
  }

  @Test("One sample, one bad row and one conflict are told in the singular, and a gap of seconds in seconds")
  func singular() throws {
    let workplace = try Workplace()
    let rows = "1790812800,web,i-1,42.5\n1790812800,web,i-1,43\nnever,web,i-1,44\n"
    try workplace.file("usage.csv", "timestamp,service,resource,cpu_percent\n" + rows)
    #expect(
      try workplace.imported("usage.csv", "--skip-bad-rows", "1").prefix(3) == [
        "usage.csv: 1 sample added, 1 in conflict with an earlier value, which was kept",
        "  timestamps were taken as epoch seconds", "  1 bad row was passed over",
      ])
    try workplace.file("one.csv", "timestamp,service,resource,cpu_percent\n1790812800,web,i-1,42.5\n")
    #expect(try workplace.imported("one.csv").first == "one.csv: nothing new, its one sample was there")
    // Every ten seconds but for 20 and 30 seconds behind midnight: nothing from 00:00:20 to 00:00:40.
    let seconds = [0, 10, 40, 50].map { "\(1_790_812_800 + $0),api,,5\n" }
    try workplace.file("fast.csv", "timestamp,service,resource,requests_per_second\n" + seconds.joined())
    try workplace.imported("fast.csv")
    let api = try #require(try tables(try workplace.status())[1].rows.first { $0["service"] == "api" })
    #expect(api["longest_gap_seconds"] == "20" && api["longest_gap_start"] == "2026-10-01T00:00:20Z")
    #expect(try workplace.run(["status", "--store", workplace.store]).output.contains(" 20 s "))
  }

  @Test("Gzip that is cut short or followed by something else is refused whole")
  func damagedGzip() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    // Far more than one buffer: the start of it is read and parsed before the end is missed.
    try workplace.randomSamples("usage.csv", rows: 100_000, seed: 1)
    try shell("cd '\(workplace.folder.url.path)' && gzip -k usage.csv && head -c 400000 usage.csv.gz > cut.csv.gz")
    try shell("cd '\(workplace.folder.url.path)' && (gzip -c good.csv; echo more) > more.csv.gz")
    let before = workplace.bytes(workplace.store)
    let run = try workplace.run(workplace.importing(["cut.csv.gz"]))
    #expect(run.status == 65)
    #expect(
      run.errors.wholeMatch(
        of:
          /plimsoll: cut.csv.gz: found gzip data cut short after [0-9]+ bytes of content, expected a complete gzip file\n/
      )
        != nil, "\(run.errors)")
    #expect(workplace.bytes(workplace.store) == before)
    let more = try workplace.run(workplace.importing(["more.csv.gz"]))
    #expect(more.status == 65)
    #expect(more.firstError.hasPrefix("plimsoll: more.csv.gz: found something else behind the gzip data, from byte "))
    #expect(workplace.bytes(workplace.store) == before)
  }

  @Test("A file that is missing, a folder and text of another encoding are named")
  func unreadable() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    try workplace.expectRefused(
      "none.csv", status: 66, saying: "plimsoll: none.csv: found no such file, expected a file to read")
    try FileManager.default.createDirectory(atPath: workplace.folder.path("folder"), withIntermediateDirectories: true)
    try workplace.expectRefused(
      "folder", status: 74, saying: "plimsoll: folder: found \"Is a directory\" on reading, expected a readable file")
    try #require(twoSamples.data(using: .utf16)).write(to: workplace.folder.url.appendingPathComponent("wide.csv"))
    try workplace.expectRefused(
      "wide.csv", saying: "plimsoll: wide.csv: found UTF-16 text, expected UTF-8 text (`iconv -f UTF-16 -t UTF-8`)")
  }

  @Test("A store that another process writes to is told after a while, can be read, and takes the file afterwards")
  func locked() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    try workplace.file("more.csv", twoSamples.replacing("i-1", with: "i-2"))
    let other = try DatabaseQueue(path: workplace.folder.path(workplace.store))
    try other.inDatabase { db in
      try db.inTransaction(.immediate) {
        try workplace.expectRefused(
          "more.csv", status: 69,
          saying: "plimsoll: store.sqlite: found a store locked by another process, "
            + "expected to be alone; try again when it has ended")
        #expect(try workplace.content() == twoSamplesContent)
        return .rollback
      }
    }
    try other.close()
    #expect(try workplace.imported("more.csv") == ["more.csv: 2 samples added"])
  }

  @Test("A store that a newer version has made is neither read nor written")
  func newerVersion() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    let other = try DatabaseQueue(path: workplace.folder.path(workplace.store))
    try other.write { try $0.execute(sql: "INSERT INTO grdb_migrations(identifier) VALUES ('999 what comes next')") }
    try other.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try other.close()
    let found = "plimsoll: store.sqlite: found a store of a newer plimsoll (its schema has \"999 what comes next\"), "
    let run = try workplace.run(["status", "--store", workplace.store])
    #expect(run.status == 65)
    #expect(run.firstError.hasPrefix(found + "expected a schema up to \""))
    #expect(run.firstError.hasSuffix("\"; use the newer plimsoll, or import into a new store"))
    try workplace.expectRefused("good.csv", saying: run.firstError)
  }

  @Test("Where the store cannot grow it stays as it was, the message says so, and the import works once there is room")
  func noRoom() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    try workplace.randomSamples("usage.csv", rows: 100_000, first: 60, seed: 2)
    let content = try workplace.series()
    // 400 blocks of 512 bytes hold the store as it is, of some 100 KB, and not the 300 KB that are to come. Without the
    // trap the system would kill the command.
    try shell(
      """
      cd '\(workplace.folder.url.path)'; trap '' XFSZ; ulimit -f 400
      '\(plimsollFile.path)' import --store store.sqlite utilisation usage.csv 2> errors.txt; echo $? > status.txt
      """)
    #expect(try workplace.text("status.txt") == "74\n")
    #expect(
      try workplace.text("errors.txt")
        == "plimsoll: store.sqlite: found a failing disk (disk I/O error), expected to read and write the store\n")
    #expect(try workplace.integrity(workplace.store) == "ok")
    #expect(try workplace.series() == content)
    #expect(try workplace.imported("usage.csv").first == "usage.csv: 100,000 samples added")
  }
}

extension Workplace {
  /// What SQLite finds on looking at every page.
  func integrity(_ store: String) throws -> String? {
    let queue = try DatabaseQueue(path: folder.path(store))
    defer { try? queue.close() }
    return try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
  }
}
