import Foundation
import GRDB
import TestSupport
import Testing

/// `kill -9` of every kind of import and of the review, at random moments and at chosen system calls: what they write is as
/// before or as after, and the next run completes it and leaves nothing else.
///
/// PLIMSOLL_KILLS and PLIMSOLL_KILL_SEED change how many of each and when (`make bench-kill`). Kills at system calls are made
/// by strace; where that is missing all are made by time.
@Suite struct KilledCommandTests {
  enum Job: String, CaseIterable, CustomTestStringConvertible {
    case dataset, prices, inventory, replacement, commitments, forget, review, reviewInPlace

    var testDescription: String { rawValue }
  }

  /// The calls by which a store and a folder of reports come to be what they are.
  private static let calls = ["pwrite64", "write", "fdatasync", "fsync", "ftruncate", "openat", "unlink", "/^rename"]

  private let workplace: Workplace
  private let kills = setting("PLIMSOLL_KILLS", 3)
  private let seed = setting("PLIMSOLL_KILL_SEED", 1)

  init() throws { workplace = try Workplace() }

  @Test("What is killed has done nothing, or all of some files, and the next run completes it", arguments: Job.allCases)
  func killed(job: Job) throws {
    try prepare(job)
    try putBack()
    let before = try state()
    let stages = try stages(job)
    try putBack()
    let start = ContinuousClock.now
    try complete(job)
    let microseconds = Int(start.duration(to: .now) / .microseconds(1))
    let after = try state()
    try #require(before != after)
    let calls = try strace.map { try callCounts(job, $0) } ?? [:]
    var random = SplitMix64(seed: seed)
    var ends: [String: Int] = [:]
    for kill in 0..<kills {
      try putBack()
      let moment: String
      if kill % 3 > 0, let strace, let call = calls.keys.sorted().randomElement(using: &random) {
        let number = random.number(1...(calls[call] ?? 1))
        moment = "\(call) number \(number)"
        try run(strace, ["-f", "-o", "/dev/null", "-e", "inject=\(call):signal=KILL:when=\(number)"], job, nil)
      } else {
        let time = random.number(0...microseconds)
        moment = "\(time) us"
        try run(plimsollFile, [], job, time)
      }
      // Files that take their places one by one are a mixture until the next run, though it fails for a reason of its own.
      if job == .reviewInPlace { _ = try plimsoll(["review", "--store", "none", "--out", "."], in: folder(of: job)) }
      let left = try state()
      #expect(stages.contains(left) || left == before || left == after, "\(job) killed at \(moment)")
      // What is forgotten already cannot be forgotten again.
      if job != .forget || left != after { try complete(job) }
      #expect(try state() == after, "\(job) killed at \(moment)")
      let strangers = try strangers()
      #expect(strangers.isEmpty, "\(job) killed at \(moment) left \(strangers)")
      ends[left == before ? "before" : left == after ? "after" : "between files", default: 0] += 1
    }
    let counts = ends.sorted { $0.key < $1.key }.map { "\($1) \($0)" }
    print("\(job.rawValue): \(kills) kills: \(counts.joined(separator: ", "))")
  }

  private var strace: URL? {
    let file = URL(fileURLWithPath: "/usr/bin/strace")
    return FileManager.default.isExecutableFile(atPath: file.path) ? file : nil
  }

  // MARK: - What is killed

  /// Writes the files of a job, and the store and the folder that it starts from.
  private func prepare(_ job: Job) throws {
    let folder = workplace.folder.url
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("account/utilisation"), withIntermediateDirectories: true)
    let place = "us-east-1a,on-demand,2026-10-01T00:00:00Z,"
    let header = "service,resource,type,zone,lifecycle,started,stopped\n"
    try workplace.file("account/fleet.yaml", "name: killed\nregion: us-east-1\n")
    try workplace.file("account/inventory.csv", header + (0..<20).map { "web,i-\($0),t3.medium,\(place)\n" }.joined())
    try workplace.file("other.csv", header + (0..<30).map { "web,i-\($0),t3.large,\(place)\n" }.joined())
    try workplace.file(
      "commitments.csv",
      "id,service,type,count,offer,started\nri-1,web,t3.medium,2,standard-1yr-no-upfront,2026-05-01\n")
    try workplace.randomSamples("account/utilisation/usage.csv", rows: 20_000, seed: 1)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("before"), withIntermediateDirectories: true)
    switch job {
    case .dataset, .prices: break
    case .review, .reviewInPlace:
      try FileManager.default.copyItem(
        atPath: try SharedStore.made.get().store, toPath: workplace.folder.path("before/store.sqlite"))
      try finish(
        ["review", "--store", "before/store.sqlite", "--month", SharedStore.month, "--as-of", "2026-11-09"]
          + ["--out", "before/out"])
    default: try finish(["import", "--store", "before/store.sqlite", "dataset", "account"])
    }
  }

  private func arguments(_ job: Job) throws -> [String] {
    let store = ["--store", "victim/store.sqlite"]
    switch job {
    case .dataset: return ["import"] + store + ["dataset", "account"]
    case .prices: return ["import"] + store + ["prices"] + (try priceFiles())
    case .inventory: return ["import"] + store + ["inventory", "other.csv"]
    case .replacement: return ["import"] + store + ["inventory", "--replace", "other.csv"]
    case .commitments: return ["import"] + store + ["commitments", "commitments.csv"]
    case .forget: return ["forget"] + store + ["account/utilisation/usage.csv"]
    case .review: return ["review"] + store + ["--month", SharedStore.month, "--out", "victim/out"]
    case .reviewInPlace: return ["review", "--store", "../store.sqlite", "--month", SharedStore.month, "--out", "."]
    }
  }

  /// What is there after each file of a command that imports several: each is imported whole or not at all.
  private func stages(_ job: Job) throws -> Set<[String]> {
    let files: [(kind: String, file: String)] =
      switch job {
      case .dataset: [("fleet", "account/fleet.yaml"), ("inventory", "account/inventory.csv")]
      case .prices: try priceFiles().map { ("prices", $0) }
      default: []
      }
    var stages: Set<[String]> = []
    for (kind, file) in files {
      try finish(["import", "--store", "victim/store.sqlite", kind, file])
      stages.insert(try state())
    }
    return stages
  }

  private func complete(_ job: Job) throws { try finish(try arguments(job), in: folder(of: job)) }

  /// Where a job runs.
  private func folder(of job: Job) -> URL {
    let folder = workplace.folder.url
    return job == .reviewInPlace ? folder.appendingPathComponent("victim/out") : folder
  }

  private func finish(_ arguments: [String], in folder: URL? = nil) throws {
    let run = try plimsoll(arguments, in: folder ?? workplace.folder.url)
    try #require(run.status == 0, "\(arguments): \(run.errors)")
  }

  /// Runs a job, under another command where there is one, and kills it after some time where one is given.
  private func run(_ command: URL, _ own: [String], _ job: Job, _ microseconds: Int?) throws {
    let process = Process()
    process.executableURL = command
    process.arguments = (own.isEmpty ? [] : own + [plimsollFile.path]) + (try arguments(job))
    process.currentDirectoryURL = folder(of: job)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    if let microseconds {
      usleep(UInt32(microseconds))
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
  }

  /// How often a job makes each call.
  private func callCounts(_ job: Job, _ strace: URL) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    try putBack()
    let log = workplace.folder.path("calls")
    try run(strace, ["-f", "-o", log, "-e", "trace=\(Self.calls.joined(separator: ","))"], job, nil)
    for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
      // `1234 pwrite64(3, ...`
      guard let call = line.split(separator: " ").dropFirst().first?.prefix(while: { $0 != "(" }),
        call.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), line.contains("(")
      else { continue }
      counts[String(call), default: 0] += 1
    }
    return counts
  }

  // MARK: - What it leaves

  /// Puts what a job starts from in the place of what one left.
  private func putBack() throws {
    let manager = FileManager.default
    try? manager.removeItem(atPath: workplace.folder.path("victim"))
    try manager.copyItem(atPath: workplace.folder.path("before"), toPath: workplace.folder.path("victim"))
  }

  /// Every row of the store, and every file of the reports.
  private func state() throws -> [String] {
    try rows() + (try reports())
  }

  /// The rows of a copy, so that what is read recovers nothing for the next run.
  private func rows() throws -> [String] {
    let manager = FileManager.default
    let copy = workplace.folder.path("copy.sqlite")
    for suffix in ["", "-wal", "-shm"] {
      try? manager.removeItem(atPath: copy + suffix)
      try? manager.copyItem(atPath: workplace.folder.path("victim/store.sqlite" + suffix), toPath: copy + suffix)
    }
    guard manager.fileExists(atPath: copy) else { return [] }
    return try DatabaseQueue(path: copy).read { db in
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
      let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      // An empty store may be made on the way to the first import. Days of services are worked out behind an import, and by
      // the next one where it was killed in between.
      let others = ["grdb_migrations", "about", "kept_since", "service_day"]
      let content = try tables.filter { !others.contains($0) }.flatMap { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }.sorted()
      }
      return content
    }
  }

  private func reports() throws -> [String] {
    let folder = workplace.folder.path("victim/out")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return try names.sorted().map { "\($0)\n\(try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))" }
  }

  /// What stands beside the store and the reports.
  private func strangers() throws -> [String] {
    let known = ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "out"]
    return try FileManager.default.contentsOfDirectory(atPath: workplace.folder.path("victim"))
      .filter { !known.contains($0) }.sorted()
  }
}
