import Foundation
import Testing

/// The folder of the package, found from this file.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A small dataset and a store made of it once for the whole suite; tests read it and never write to it.
///
/// The shipped dataset of October 2026 without most of its samples, which a debug build takes long to read: all of
/// service `database`, and of everything else the first three days.
struct SharedStore: Sendable {
  static let month = "2026-10"
  static let made: Result<SharedStore, any Error> = Result { try SharedStore() }

  let dataset: String
  let store: String
  /// What the two imports printed.
  let imports: String

  private init() throws {
    // Static, so it is never released: removed when the tests end.
    let root = Self.root
    atexit { try? FileManager.default.removeItem(at: SharedStore.root) }
    let data = root.appendingPathComponent("dataset")
    dataset = data.path
    store = root.appendingPathComponent("store.sqlite").path
    try Self.writeDataset(to: data)
    imports = try Self.importing("dataset", [dataset], store) + Self.importing("prices", try priceFiles(), store)
  }

  private static let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("plimsoll-commands-\(UUID().uuidString)")

  private static func importing(_ kind: String, _ files: [String], _ store: String) throws -> String {
    let run = try plimsoll(["import", "--store", store, kind] + files)
    guard run.status == 0 else { throw Failure(run: run) }
    return run.output
  }

  private static func writeDataset(to folder: URL) throws {
    let shipped = packageFolder.appendingPathComponent("datasets/sketchy-chain")
    let utilisation = folder.appendingPathComponent("utilisation")
    try FileManager.default.createDirectory(at: utilisation, withIntermediateDirectories: true)
    for name in ["fleet.yaml", "inventory.csv", "commitments.csv"] {
      try FileManager.default.copyItem(
        at: shipped.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    for name in ["instances", "services", "database", "usage", "users"] {
      let file = shipped.appendingPathComponent("utilisation/\(name)-\(month).csv.gz").path
      try shell(
        "gzip -dc '\(file)' | grep -E '^timestamp|,database,|^\(month)-0[1-3]T' > "
          + "'\(utilisation.appendingPathComponent("\(name).csv").path)'")
    }
  }

  /// Arguments of a question to the shared store about its month.
  func ask(_ arguments: [String]) -> [String] { arguments + ["--store", store, "--month", Self.month] }
}

struct Failure: Error {
  var run: Run
}

/// The shipped price files, by name.
func priceFiles() throws -> [String] {
  let folder = packageFolder.appendingPathComponent("pricing/aws").path
  return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { $0.hasSuffix(".csv") }
    .map { "\(folder)/\($0)" }
}

/// Runs a line of shell and throws when it fails.
func shell(_ line: String) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", line]
  try process.run()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(line)")
}
