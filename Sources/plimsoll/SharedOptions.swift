import Analytics
import ArgumentParser
import Reporting

/// Where the store is; every command takes it.
struct StoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The SQLite store.", valueName: "file"))
  var store = StoreOptions.usual

  static let usual = ".plimsoll/store.sqlite"
}

/// How old a price may be before it is named; every command that uses prices takes it.
struct PriceAgeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Name prices older than so many days; by default what the fleet file says, or 180.", valueName: "days"))
  var staleAfter: Int?
}

/// What to do where the book lacks a price; every command that bills takes it.
struct UnpricedOptions: ParsableArguments {
  @Flag(help: "Leave out what has no price, and mark every sum that lacks it as incomplete.")
  var allowUnpriced = false
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

  @OptionGroup var unpriced: UnpricedOptions

  @OptionGroup var output: OutputOptions

  func workspace() throws -> Workspace {
    try Workspace(
      store: stored.store, fleet: fleet, asOf: asOf, staleAfter: age.staleAfter,
      allowUnpriced: unpriced.allowUnpriced, now: presentTime(), monthPassedOver: MonthNote().say)
  }

  /// The workspace for a question that is asked of right-sizing in particular; its options are judged first.
  func workspace(_ sizing: SizingOptions) throws -> Workspace {
    let question = try sizing.question()
    return try workspace().asking(question)
  }

  func show(_ document: ReportDocument) throws { try output.show(document) }
}

/// How a report is written down, and where to; every question takes it.
struct OutputOptions: ParsableArguments {
  @Option(help: "How to print.")
  var format = OutputFormat.default

  @Option(help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var out: String?

  /// True where no format for machines or documents is asked for.
  var isDefaultFormat: Bool { format.name == OutputFormat.default.name }

  /// Prints a report, or writes it to the file.
  func show(_ document: ReportDocument) throws {
    try write(rendered(document, as: format.name))
  }

  /// Prints text that has no other format, or writes it to the file.
  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Writes bytes, to the file where one is named.
  func write(_ bytes: [UInt8]) throws {
    guard let out else { return try writeOutput(bytes) }
    try writeFile(bytes, to: out)
  }
}

/// A report in a format, as wide as the terminal where that matters.
/// - Parameter format: a name of the list of formats; anything else gives the first.
func rendered(_ document: ReportDocument, as format: String) -> [UInt8] {
  let formats = reportFormats(width: terminalWidth()) + [SARIFLog()]
  return (formats.first { $0.name == format } ?? formats[0]).render(document)
}

/// One of the report formats.
struct OutputFormat: ExpressibleByArgument, CustomStringConvertible {
  let name: String
  static var `default`: OutputFormat { OutputFormat(name: allValueStrings[0]) }
  static var allValueStrings: [String] { reportFormats(width: terminalWidth()).map(\.name) }

  private init(name: String) { self.name = name }
  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    self.init(name: argument)
  }
  var description: String { name }
  var defaultValueDescription: String { name }
}
