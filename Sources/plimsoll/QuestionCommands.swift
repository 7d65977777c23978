import Analytics
import ArgumentParser
import Wording

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "What the store holds: series, periods, coverage, gaps, conflicts, price dates, sizes.")

  @OptionGroup var stored: StoreOptions

  @OptionGroup var output: OutputOptions

  @Flag(help: "Read everything the store holds instead, and name what is damaged.")
  var verify = false

  func run() throws {
    guard verify else { return try output.show(statusDocument(try status(store: stored.store))) }
    try output.show(verificationDocument(try Analytics.verify(store: stored.store)))
  }
}

struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost", abstract: "The bill by service, purchase option and user type; cost per user.",
    discussion: """
      plimsoll cost --by tag:team
      plimsoll cost --by type --where account=123456789012 --where tag:team=shop

      By region, account or tag each line of the bill is split among the instances it is of, by how long they ran; the rows \
      add up to the bill.
      """)

  @OptionGroup var question: QuestionOptions

  @Option(
    help: ArgumentHelp(
      "Tell the bill by service, type, region, account, namespace, model, or tag: and the key of a tag.",
      valueName: "key"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Only what has this value of such a key; may be given again. With nothing behind the sign: what has none.",
      valueName: "key=value"))
  var `where`: [String] = []

  func run() throws {
    let workspace = try question.workspace()
    guard by != nil || !`where`.isEmpty else {
      return try question.show(costDocument(try workspace.cost(month: question.month)))
    }
    try question.show(costByDocument(try workspace.cost(by: by, where: `where`, month: question.month)))
  }
}

struct ThresholdsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thresholds",
    abstract: "Which warning, scaling and critical thresholds were crossed, and for how long.",
    discussion: """
      With --tune instead better numbers for the thresholds, times and limits by which the fleet file scales a service: as \
      simulate --tune, of the file's own rules and policies alone.
      """)

  @OptionGroup var question: QuestionOptions

  @OptionGroup var tuning: TuningOptions

  @Option(help: ArgumentHelp("The one service to tune.", valueName: "name"))
  var service: String?

  func validate() throws {
    try tuning.validate()
    if service != nil, !tuning.tune { throw ValidationError("--service needs --tune.") }
  }

  func run() throws {
    if tuning.tune {
      var asked = tuning.question
      (asked.service, asked.ownAlone) = (service, true)
      return try question.show(tuningDocument(try shownTuning(try question.workspace(), month: question.month, asked)))
    }
    try question.show(thresholdsDocument(try question.workspace().thresholds(month: question.month)))
  }
}

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "The evidence behind one verdict.")

  @OptionGroup var question: QuestionOptions

  @OptionGroup var sizing: SizingOptions

  @Argument(help: "A verdict's id as a report prints it, such as rightsize-database.")
  var id: String

  func run() throws {
    try question.show(whyDocument(try question.workspace(sizing).why(id, month: question.month)))
  }
}
