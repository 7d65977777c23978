import Analytics
import ArgumentParser
import Wording

struct TokensCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens",
    abstract: "Models, caches, batches, seats and rate limits of external services.",
    discussion: """
      What the month's tokens cost, by model, job, session and user; the same load on other models of the price book, of \
      which the price alone is known; from which hit rate on a cache of prompts pays; what batches would save; seats that \
      nobody uses; how near calls came to their limits, and at how many users they reach them.

      plimsoll tokens --month 2026-10
      plimsoll tokens --model gpt-5-mini --model claude-haiku-4-5 --as-of 2026-11-29
      plimsoll what-if --model claude-sonnet-5=openai/gpt-5-mini
      """)

  @OptionGroup var question: QuestionOptions

  @Option(
    help: ArgumentHelp(
      "A model of the price book to compare; may be given again. By default the cheapest ten.", valueName: "name"))
  var model: [String] = []

  func run() throws {
    try question.show(tokensDocument(try question.workspace().tokens(month: question.month, comparing: model)))
  }
}
