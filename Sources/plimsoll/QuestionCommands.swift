import Analytics
import ArgumentParser

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "What the store holds: series, periods, coverage, gaps, conflicts, price dates, sizes.")

  @OptionGroup var stored: StoreOptions

  @Option(help: "How to print.")
  var format = OutputFormat.default

  func run() throws { try printReport(try status(store: stored.store), as: format, to: nil) }
}

struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost", abstract: "The bill by service, purchase option and user type; cost per user.")

  @OptionGroup var question: QuestionOptions

  func run() throws { try question.show(try question.workspace().cost(month: question.month)) }
}

struct ThresholdsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thresholds",
    abstract: "Which warning, scaling and critical thresholds were crossed, and for how long.")

  @OptionGroup var question: QuestionOptions

  func run() throws { try question.show(try question.workspace().thresholds(month: question.month)) }
}

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "The evidence behind one verdict.")

  @OptionGroup var question: QuestionOptions

  @OptionGroup var sizing: SizingOptions

  @Argument(help: "A verdict's id as a report prints it, such as rightsize-database.")
  var id: String

  func run() throws { try question.show(try question.workspace(sizing).why(id, month: question.month)) }
}
