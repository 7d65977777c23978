import Foundation
import GRDB
import TestSupport
import Testing

/// `kill -9` at any moment of an import: the store is as before or as after, and the next import completes it.
///
/// PLIMSOLL_KILLS, PLIMSOLL_KILL_ROWS and PLIMSOLL_KILL_SEED change how many, of what size and when (`make bench-kill`).
@Suite struct KilledImportTests {
  /// What an import is killed at.
  private enum Moment: CustomStringConvertible {
    /// So many microseconds after its start.
    case time(Int)
    /// A length of the write-ahead log: while a transaction is written.
    case log(Int)
    /// A length of the database: while the log is copied into it.
    case database(Int)

    var description: String {
      switch self {
      case .time(let microseconds): "\(microseconds) us"
      case .log(let length): "a log of \(length) bytes"
      case .database(let length): "a database of \(length) bytes"
      }
    }
  }

  /// A store to import into, and what it holds when the import has ended.
  private struct Course {
    /// nil for none.
    var before: String?
    var contentBefore: String
    var contentAfter: String
    var microseconds: Int
    var lengthBefore: Int
    var lengthAfter: Int
  }

  private let workplace: Workplace
  private let kills = setting("PLIMSOLL_KILLS", 8)
  private let rows = setting("PLIMSOLL_KILL_ROWS", 80_000)
  private let seed = setting("PLIMSOLL_KILL_SEED", 1)

  init() throws { workplace = try Workplace() }

  @Test("A killed import has changed nothing or everything, the store is sound, and the next import completes it")
  func killed() throws {
    // The second file overlaps the first with other values, so that it conflicts with what is stored.
    try workplace.randomSamples("first.csv", rows: rows / 2, seed: 1)
    try workplace.randomSamples("usage.csv", rows: rows, first: rows / 80, seed: 2)
    try workplace.imported("first.csv")
    let courses = [try course(from: nil), try course(from: workplace.store)]
    var random = SplitMix64(seed: seed)
    var ends: [String: Int] = [:]
    for kill in 0..<kills {
      let course = courses[kill % 2]
      let moment = moment(kill, course, &random)
      ends[try killAndCheck(course, at: moment), default: 0] += 1
    }
    print("\(kills) kills: \(ends.sorted { $0.key < $1.key }.map { "\($1) \($0)" }.joined(separator: ", "))")
  }

  /// An import that nobody kills.
  private func course(from before: String?) throws -> Course {
    try put(before)
    let contentBefore = try content()
    let start = ContinuousClock.now
    let run = try workplace.run(["import", "--store", victim, "utilisation", "usage.csv"])
    try #require(run.status == 0, "\(run.errors)")
    let contentAfter = try content()
    try #require(contentBefore != contentAfter)
    return Course(
      before: before, contentBefore: contentBefore, contentAfter: contentAfter,
      microseconds: Int(start.duration(to: .now) / .microseconds(1)), lengthBefore: before.map(length) ?? 0,
      lengthAfter: length(victim))
  }

  /// Half of the moments are of time, the others of what has been written; twice each, for the two courses take turns.
  private func moment(_ kill: Int, _ course: Course, _ random: inout SplitMix64) -> Moment {
    switch kill / 2 % 4 {
    case 0, 2: .time(random.number(0...course.microseconds))
    case 1: .log(random.number(1...(course.lengthAfter - course.lengthBefore)))
    default: .database(random.number((course.lengthBefore + 1)...course.lengthAfter))
    }
  }

  /// Says how the import ended and what it left.
  private func killAndCheck(_ course: Course, at moment: Moment) throws -> String {
    try put(course.before)
    let wasKilled = try importKilled(at: moment)
    let left = try content()
    let isBefore = left == course.contentBefore
    #expect(isBefore || left == course.contentAfter, "killed at \(moment)")
    #expect(wasKilled || !isBefore, "ended by itself, but nothing is stored")
    if length(victim) > 0 { #expect(try workplace.integrity(victim) == "ok", "killed at \(moment)") }
    let again = try workplace.run(["import", "--store", victim, "utilisation", "usage.csv"])
    #expect(again.status == 0, "killed at \(moment): \(again.errors)")
    #expect(try content() == course.contentAfter, "killed at \(moment)")
    #expect(try workplace.integrity(victim) == "ok", "killed at \(moment)")
    return wasKilled ? (isBefore ? "before" : "after") : "too late"
  }

  /// Starts an import and kills it; false when it ended first.
  private func importKilled(at moment: Moment) throws -> Bool {
    let process = Process()
    process.executableURL = plimsollFile
    process.arguments = ["import", "--store", victim, "utilisation", "usage.csv"]
    process.currentDirectoryURL = workplace.folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    while process.isRunning {
      let isNow =
        switch moment {
        case .time(let microseconds): start.duration(to: .now) >= .microseconds(microseconds)
        case .log(let length): self.length(victim + "-wal") >= length
        case .database(let length): self.length(victim) >= length
        }
      if isNow { break }
      usleep(50)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    if process.terminationReason == .uncaughtSignal {
      #expect(process.terminationStatus == SIGKILL)
      return true
    }
    #expect(process.terminationStatus == 0)
    return false
  }

  private let victim = "victim.sqlite"

  /// Puts a copy of a store in the place of the one that is imported into.
  private func put(_ store: String?) throws {
    let manager = FileManager.default
    for suffix in ["", "-wal", "-shm"] { try? manager.removeItem(atPath: workplace.folder.path(victim + suffix)) }
    guard let store else { return }
    try manager.copyItem(atPath: workplace.folder.path(store), toPath: workplace.folder.path(victim))
  }

  /// Everything the store says of its samples, conflicts and files; empty when nothing was ever imported.
  private func content() throws -> String {
    let status = try workplace.run(["status", "--store", victim, "--format", "csv"])
    guard status.status == 0 else {
      let isNew = ["found no such store", "found a store without the schema"].contains { status.errors.contains($0) }
      try #require(isNew, "\(status.errors)")
      return ""
    }
    // The last table is of imported files.
    guard try tables(status.output).last?.rows.isEmpty == false else { return "" }
    let series = try workplace.run(["series", "--store", victim, "--format", "csv"])
    try #require(series.status == 0, "\(series.errors)")
    return series.output + status.output
  }

  /// 0 when there is no such file.
  private func length(_ name: String) -> Int {
    var status = stat()
    return stat(workplace.folder.path(name), &status) == 0 ? Int(status.st_size) : 0
  }
}
