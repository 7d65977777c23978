import Analytics
import ArgumentParser

/// Where the store is; every command takes it.
struct StoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The SQLite store.", valueName: "file"))
  var store = ".plimsoll/store.sqlite"
}

/// How old a price may be before it is named; every command that uses prices takes it.
struct PriceAgeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Name prices older than so many days; by default what the fleet file says, or 180.", valueName: "days"))
  var staleAfter: Int?
}

/// What every question takes: a store, a fleet, a month, a format.
struct QuestionOptions: ParsableArguments {
  @OptionGroup var stored: StoreOptions

  @Option(help: ArgumentHelp("A fleet file in place of the one in the store.", valueName: "file"))
  var fleet: String?

  @Option(help: ArgumentHelp("The date of the advice; by default the month's last day.", valueName: "date"))
  var asOf: String?

  @OptionGroup var age: PriceAgeOptions

  @Option(
    help: ArgumentHelp("The month in question; by default the last whole month in the store.", valueName: "yyyy-mm"))
  var month: String?

  @Option(help: "How to print.")
  var format = OutputFormat.default

  @Option(help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var out: String?

  func workspace() throws -> Workspace {
    try Workspace(store: stored.store, fleet: fleet, asOf: asOf, staleAfter: age.staleAfter)
  }

  /// The workspace for a question that is asked of right-sizing in particular; its options are judged first.
  func workspace(_ sizing: SizingOptions) throws -> Workspace {
    let question = try sizing.question()
    return try workspace().asking(question)
  }

  func show(_ report: Report) throws { try printReport(report, as: format, to: out) }
}

/// Prints a report, or writes it to a file.
func printReport(_ report: Report, as format: OutputFormat, to path: String?) throws {
  let text = report.rendered(as: format.name, width: terminalWidth())
  guard let path else {
    print(text, terminator: "")
    return
  }
  try writeFile(text, to: path)
}

/// One of the report formats.
struct OutputFormat: ExpressibleByArgument, CustomStringConvertible {
  let name: String
  static var `default`: OutputFormat { OutputFormat(name: Report.formatNames[0]) }
  static var allValueStrings: [String] { Report.formatNames }

  private init(name: String) { self.name = name }
  init?(argument: String) {
    guard Report.formatNames.contains(argument) else { return nil }
    self.init(name: argument)
  }
  var description: String { name }
  var defaultValueDescription: String { name }
}
