import Analytics
import ArgumentParser
import Wording

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Any combination of changes: cost and cost per user before, after, and the difference.",
    discussion: """
      First the advice that is named is applied, in the review's order; then the changes of a file, in theirs; then those of \
      options, in the order in which they stand below. With none, today's bill is printed with a difference of 0.00.

      plimsoll what-if --users 5000 --instance api=t3.large --reserve api=4@standard-1yr-no-upfront
      plimsoll what-if --apply rightsize-database,mix-m5
      plimsoll what-if --changes reports/2026-10/recommendations.json
      """)

  @OptionGroup var question: QuestionOptions

  @Option(
    help: ArgumentHelp(
      "Recommendations of the month to apply, or top:N for those that save most; may be given again.",
      valueName: "id[,id...]"))
  var apply: [String] = []

  @Option(
    help: ArgumentHelp("A file of changes, such as a review's recommendations.json.", valueName: "file"))
  var changes: String?

  @Option(
    help: ArgumentHelp(
      "A YAML or JSON file of scenarios, answered side by side; may be given again.", valueName: "file"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp(
      "Look for the most users within a budget, the most growth that what is held carries, or the cheapest change within critical minutes.",
      valueName: "users|growth|change"))
  var solveFor: SoughtGoal?

  @Option(help: ArgumentHelp("What a month may cost, for users to be found.", valueName: "amount[/month]"))
  var budget: String?

  @Option(
    help: ArgumentHelp(
      "The most critical minutes a month, services added up, for a change to be found.", valueName: "n"))
  var criticalMinutes: Int?

  @Option(help: ArgumentHelp("Look so many months ahead, each with what it costs.", valueName: "n[m]"))
  var horizon: MonthSpan?

  @OptionGroup var options: ChangeOptions

  func run() throws {
    var whatIf = WhatIfQuestion()
    whatIf.advice = apply.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    whatIf.file = changes
    whatIf.horizonMonths = horizon?.months
    whatIf.scenario = try Scenario(options: options.given)
    whatIf.scenarioFiles = scenario
    try question.show(try document(whatIf))
  }

  private func document(_ whatIf: WhatIfQuestion) throws -> ReportDocument {
    let (workspace, month) = (try question.workspace(), question.month)
    if let goal = try Goal(solveFor?.rawValue, budget: budget, criticalMinutes: criticalMinutes) {
      return goalDocument(try workspace.goal(goal, whatIf, month: month))
    }
    guard whatIf.scenarioFiles.isEmpty else {
      return scenarioComparisonDocument(try workspace.comparison(whatIf, month: month))
    }
    return whatIfDocument(try workspace.whatIf(whatIf, month: month))
  }
}

/// What a what-if may look for.
enum SoughtGoal: String, ExpressibleByArgument, CaseIterable, CustomStringConvertible {
  case users, growth, change
  var description: String { rawValue }
}

/// A number of months: `12` or `12m`.
struct MonthSpan: ExpressibleByArgument, CustomStringConvertible {
  let months: Int

  init?(argument: String) {
    guard let months = Int(argument.hasSuffix("m") ? String(argument.dropLast()) : argument) else { return nil }
    self.months = months
  }
  var description: String { "\(months)m" }
}
