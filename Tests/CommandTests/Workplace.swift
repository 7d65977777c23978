import Foundation
import Testing

/// A folder with files of utilisation and a store of its own, in which the command runs, so that all names are short.
struct Workplace {
  let folder: TemporaryFolder
  let store = "store.sqlite"

  init() throws { folder = try TemporaryFolder() }

  /// Writes a file in the folder and gives its name.
  @discardableResult
  func file(_ name: String, _ text: String) throws -> String {
    _ = try folder.file(name, text)
    return name
  }

  /// Writes the gzip of each text, one member behind the other, and gives the file's name.
  func gzip(_ name: String, _ members: String...) throws -> String {
    for (index, text) in members.enumerated() { try file("member\(index)", text) }
    let parts = members.indices.map { "gzip -c member\($0)" }.joined(separator: "; ")
    try shell("cd '\(folder.url.path)' && (\(parts)) > '\(name)'")
    return name
  }

  func run(_ arguments: [String], input: String? = nil, environment: [String: String] = [:]) throws -> Run {
    try plimsoll(
      arguments, input: input.map { folder.url.appendingPathComponent($0) }, environment: environment, in: folder.url)
  }

  /// Arguments of an import of utilisation into the store.
  func importing(_ arguments: [String]) -> [String] { ["import", "--store", store, "utilisation"] + arguments }

  /// Imports files of utilisation, expects it to succeed without a word on standard error, and gives the lines it printed.
  @discardableResult
  func imported(
    _ arguments: String..., input: String? = nil, at location: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    let run = try run(importing(arguments), input: input)
    #expect(run.status == 0, "\(arguments)", sourceLocation: location)
    #expect(run.errors == "", "\(arguments)", sourceLocation: location)
    return run.output.split(separator: "\n").map(String.init)
  }

  /// Expects an import of utilisation to fail with a code and a message, and the store to keep its bytes.
  func expectRefused(
    _ arguments: String..., status: Int32 = 65, saying message: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let before = bytes(store)
    let run = try run(importing(arguments))
    #expect(run.status == status, "\(arguments)", sourceLocation: location)
    #expect(run.firstError == message, "\(arguments)", sourceLocation: location)
    #expect(run.output == "", "\(arguments)", sourceLocation: location)
    // An empty store may be made on the way.
    if before != nil { #expect(bytes(store) == before, "the store has changed", sourceLocation: location) }
  }

  /// What `series` prints as CSV.
  func series(_ arguments: String...) throws -> String {
    let run = try run(["series", "--store", store, "--format", "csv"] + arguments)
    try #require(run.status == 0, "\(run.errors)")
    return run.output
  }

  /// Of each series: name, samples, first sample, median and maximum, such as `web/i-1 cpu_percent: 2 from
  /// 2026-10-01T00:00:00Z, p50 42.5, max 43`.
  func content() throws -> [String] {
    try tables(try series())[0].rows.map { row in
      func value(_ column: String) throws -> String { try #require(row[column], "\(column)") }
      return try "\(value("service"))/\(value("resource")) \(value("metric")): \(value("samples")) from "
        + "\(value("first")), p50 \(value("p50")), max \(value("max"))"
    }
  }

  func status() throws -> String {
    let run = try run(["status", "--store", store, "--format", "csv"])
    try #require(run.status == 0, "\(run.errors)")
    return run.output
  }

  /// nil when there is no such file.
  func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: folder.path(name)) }
  func text(_ name: String) throws -> String { try String(contentsOfFile: folder.path(name), encoding: .utf8) }
}

/// Two samples of a CPU, 42.5 and 43 %, at midnight and five minutes later.
let twoSamples = """
  timestamp,service,resource,metric,value
  2026-10-01T00:00:00Z,web,i-1,cpu_percent,42.5
  2026-10-01T00:05:00Z,web,i-1,cpu_percent,43

  """

/// What a store that holds ``twoSamples`` alone says: the lower of two values is the median by nearest rank.
let twoSamplesContent = ["web/i-1 cpu_percent: 2 from 2026-10-01T00:00:00Z, p50 42.5, max 43"]

extension Workplace {
  /// Writes a file of samples of 20 instances, a minute apart, whose values have six random decimals and pack badly.
  /// - Parameter first: the minute of October 2026 that the first are of.
  func randomSamples(_ name: String, rows: Int, first: Int = 0, seed: Int) throws {
    // 1790812800 is 2026-10-01T00:00:00Z.
    try shell(
      """
      awk 'BEGIN {
        srand(\(seed))
        print "timestamp,service,resource,metric,value"
        for (row = 0; row < \(rows); row++) {
          instant = 1790812800 + 60 * (\(first) + int(row / 20))
          printf "%d,web,i-%d,cpu_percent,%d.%06d\\n", instant, row % 20, rand() * 100, rand() * 1000000
        }
      }' > '\(folder.path(name))'
      """)
  }
}
