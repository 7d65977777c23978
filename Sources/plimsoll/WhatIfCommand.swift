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
    help: ArgumentHelp("Recommendations of the month to apply; may be given again.", valueName: "id[,id...]"))
  var apply: [String] = []

  @Option(
    help: ArgumentHelp("A file of changes, such as a review's recommendations.json.", valueName: "file"))
  var changes: String?

  @OptionGroup var options: ChangeOptions

  func run() throws {
    var whatIf = WhatIfQuestion()
    whatIf.advice = apply.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    whatIf.file = changes
    whatIf.scenario = try Scenario(options: options.given)
    try question.show(whatIfDocument(try question.workspace().whatIf(whatIf, month: question.month)))
  }
}
