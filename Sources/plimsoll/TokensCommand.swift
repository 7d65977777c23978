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

      By user, key or project a log of calls or an export of usage is read and not stored; what a provider says that days \
      cost stands beside what was measured:

      plimsoll tokens --usage spend.json --by user
      plimsoll tokens --costs costs.json --month 2026-10
      """)

  @OptionGroup var question: QuestionOptions

  @Option(
    help: ArgumentHelp(
      "A model of the price book to compare; may be given again. By default the cheapest ten.", valueName: "name"))
  var model: [String] = []

  @Option(
    help: ArgumentHelp(
      "Tell the tokens of --usage by project, user or key: usage of OpenAI or Anthropic, spend logs of LiteLLM.",
      valueName: "holder"))
  var by: String?

  @Option(help: ArgumentHelp("A log of calls or an export of usage; may be given again.", valueName: "file"))
  var usage: [String] = []

  @Option(
    help: ArgumentHelp(
      "Costs as OpenAI or Anthropic give them, to compare with what was measured; may be given again.",
      valueName: "file"))
  var costs: [String] = []

  func validate() throws {
    if (by == nil) != usage.isEmpty { throw ValidationError("--by and --usage are given together") }
    if [!usage.isEmpty, !costs.isEmpty, !model.isEmpty].count(where: { $0 }) > 1 {
      throw ValidationError("one of --usage, --costs and --model is asked at a time")
    }
  }

  func run() throws {
    if let by {
      let answer = try question.workspace().tokens(of: usage, by: by, month: question.month)
      return try question.show(tokensByDocument(answer))
    }
    guard costs.isEmpty else {
      return try question.show(
        tokenCostsDocument(try question.workspace().tokenCosts(of: costs, month: question.month)))
    }
    try question.show(tokensDocument(try question.workspace().tokens(month: question.month, comparing: model)))
  }
}
