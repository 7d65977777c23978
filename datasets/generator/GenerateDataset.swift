import Foundation

/// Writes the synthetic dataset of the fleet Sketchy Chain as plain CSV files; the Makefile compresses them.
///
/// The same seed gives the same bytes. What was planted is in `Events.swift`, and in the README beside the data.
@main
struct GenerateDataset {
  static let usage = "usage: generate-dataset --seed NUMBER --out DIRECTORY"

  static func main() {
    guard let (seed, directory) = options(CommandLine.arguments) else { fail(usage, code: 64) }
    do {
      try Output(fleet: Fleet(seed: seed), directory: directory).write()
    } catch {
      fail("\(directory): \(error.localizedDescription)", code: 74)
    }
  }

  private static func options(_ arguments: [String]) -> (seed: UInt64, directory: String)? {
    guard arguments.count == 5, arguments[1] == "--seed", arguments[3] == "--out", let seed = UInt64(arguments[2])
    else { return nil }
    return (seed, arguments[4])
  }

  private static func fail(_ message: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data("generate-dataset: \(message)\n".utf8))
    exit(code)
  }
}
