import Foundation
import Testing

/// One run of the real command: what it printed and how it ended.
struct Run {
  let arguments: [String]
  /// The exit code; negative, the signal's number, when the command was ended by a signal.
  let status: Int32
  let output: String
  let errors: String

  /// The lines of standard error that do not come from swift-argument-parser's usage text.
  var firstError: String { errors.split(separator: "\n").first.map(String.init) ?? "" }
}

/// The `plimsoll` that was built beside this test bundle, or the one that PLIMSOLL_COMMAND names.
let plimsollFile =
  ProcessInfo.processInfo.environment["PLIMSOLL_COMMAND"].map { URL(fileURLWithPath: $0) }
  ?? Bundle.main.bundleURL.appendingPathComponent("plimsoll")

/// Runs ``plimsollFile`` with neither a terminal nor colour settings.
///
/// Output goes to files, not pipes, so that a long report cannot fill a pipe that nobody empties.
/// - Parameters:
///   - input: a file for standard input; nothing by default.
///   - working: the folder it runs in; that of the tests by default.
func plimsoll(
  _ arguments: [String], input: URL? = nil, environment: [String: String] = [:], in working: URL? = nil
) throws -> Run {
  let folder = try TemporaryFolder()
  let (output, errors) = (folder.url.appendingPathComponent("out"), folder.url.appendingPathComponent("err"))
  for file in [output, errors] { try Data().write(to: file) }
  let process = Process()
  process.executableURL = plimsollFile
  process.arguments = arguments
  if let working { process.currentDirectoryURL = working }
  // swift-argument-parser wraps its help to COLUMNS; a crash must end the command, not start a debugger.
  // What an import says of a file stays on one line, however long the name of the temporary folder.
  let columns = arguments.first == "import" && !arguments.contains("--help") ? "1000" : "100"
  let fixed = ["COLUMNS": columns, "SWIFT_BACKTRACE": "enable=no"]
  process.environment = ProcessInfo.processInfo.environment.merging(fixed.merging(environment) { $1 }) { $1 }
  process.standardInput = try input.map(FileHandle.init(forReadingFrom:)) ?? FileHandle.nullDevice
  process.standardOutput = try FileHandle(forWritingTo: output)
  process.standardError = try FileHandle(forWritingTo: errors)
  try process.run()
  process.waitUntilExit()
  let code = process.terminationStatus
  return Run(
    arguments: arguments, status: process.terminationReason == .exit ? code : -code,
    output: try String(contentsOf: output, encoding: .utf8), errors: try String(contentsOf: errors, encoding: .utf8))
}

/// Runs the command and expects it to succeed without a word on standard error.
func succeeding(
  _ arguments: [String], input: URL? = nil, at location: SourceLocation = #_sourceLocation
) throws -> String {
  let run = try plimsoll(arguments, input: input)
  #expect(run.status == 0, "\(arguments)", sourceLocation: location)
  #expect(run.errors == "", "\(arguments)", sourceLocation: location)
  return run.output
}

/// Runs the command and expects it to fail with a code and a first line on standard error, and to print nothing.
func expectFailure(
  _ arguments: [String], _ status: Int32, _ message: String, at location: SourceLocation = #_sourceLocation
) throws {
  let run = try plimsoll(arguments)
  #expect(run.status == status, "\(arguments)", sourceLocation: location)
  #expect(run.firstError == message, "\(arguments)", sourceLocation: location)
  #expect(run.output == "", "\(arguments)", sourceLocation: location)
}

/// A folder of its own, removed when the last use of it ends.
final class TemporaryFolder: Sendable {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("plimsoll-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }
}

/// A number that the environment sets.
func setting(_ name: String, _ usual: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
}
