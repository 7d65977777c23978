import Analytics
import ArgumentParser
import Foundation
import Reporting
import Wording

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "What the fleet file says against itself and against history.",
    discussion: """
      Ends with 1 when anything contradicts anything, and with 0 when there are notes at most. A fleet file alone, where there \
      is no store, is held against itself.

      plimsoll check
      plimsoll check --fleet fleet.yaml --format sarif --out plimsoll.sarif
      plimsoll check --rules
      """)

  @OptionGroup var stored: StoreOptions

  @Option(help: ArgumentHelp("A fleet file in place of the one in the store.", valueName: "file"))
  var fleet: String?

  @Option(
    help: ArgumentHelp(
      "The month to hold it against; by default the last whole month in the store.", valueName: "yyyy-mm"))
  var month: String?

  @Option(help: "How to print.")
  var format = FindingFormat.default

  @Option(help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var out: String?

  @Flag(help: "List what is looked for instead.")
  var rules = false

  func run() throws {
    if rules { return try write(checkRulesDocument()) }
    let answer = try answer()
    try write(checkDocument(answer))
    if answer.isContradictory { throw ExitCode(1) }
  }

  private func answer() throws -> CheckAnswer {
    let isUsualStore = stored.store == StoreOptions.usual
    if let fleet, month == nil, isUsualStore, !FileManager.default.fileExists(atPath: stored.store) {
      return try checkFleet(file: fleet)
    }
    return try Workspace(
      store: stored.store, fleet: fleet, allowUnpriced: true, now: presentTime(), monthPassedOver: MonthNote().say
    ).check(month: month)
  }

  private func write(_ document: ReportDocument) throws {
    let bytes = rendered(document, as: format.name)
    guard let out else { return try writeOutput(bytes) }
    try writeFile(bytes, to: out)
  }
}

/// One of the report formats, or that of findings beside files.
struct FindingFormat: ExpressibleByArgument, CustomStringConvertible {
  let name: String
  static var `default`: FindingFormat { FindingFormat(name: OutputFormat.default.name) }
  static var allValueStrings: [String] { OutputFormat.allValueStrings + [SARIFLog().name] }

  private init(name: String) { self.name = name }
  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    self.init(name: argument)
  }
  var description: String { name }
  var defaultValueDescription: String { name }
}
