import Analytics
import Foundation
import Model
import Reporting
import Wording

/// `guide/what-if.md`: questions as a reviewer types them, each with its real answer.
struct WhatIfPage {
  /// A question in words, and the options that ask it.
  private struct Question {
    var words: String
    var options: [(name: String, text: String)]
  }

  private static let questions = [
    Question(words: "What if we had 5,000 users at the peak?", options: [("users", "5000")]),
    Question(
      words: "What if we grow by 5 % a month for half a year?", options: [("growth", "5%/month"), ("horizon", "6m")]),
    Question(
      words: "What if the same users were more casual?", options: [("mix", "casual=85,active=12,power=3")]),
    Question(words: "What if the API ran on t3.large?", options: [("instance", "api=t3.large:replayed")]),
    Question(words: "What if all of m5 moved to Graviton?", options: [("instance", "m5.*=m6g.*")]),
    Question(words: "What if six workers ran, always?", options: [("count", "worker=6")]),
    Question(
      words: "What if never fewer than four workers ran, half of them as spot?",
      options: [("min", "worker=4"), ("spot", "worker=50%")]),
    Question(
      words: "What if the workers' capacity followed their CPU at 50 %?", options: [("policy", "worker=cpu_percent:50")]
    ),
    Question(
      words: "What if we signed a savings plan of 0.30 USD an hour?",
      options: [("savings-plan", "0.30@compute-savings-plan-1yr-no-upfront")]),
    Question(words: "What if the API moved to Ireland?", options: [("region", "api=eu-west-1")]),
    Question(words: "What if we took the three best recommendations?", options: [("apply", "top:3")]),
    Question(
      words: "What is the cheapest change that leaves 30 critical minutes a month?",
      options: [("solve-for", "change"), ("critical-minutes", "30")]),
  ]

  let text: String

  init(_ workspace: Workspace, month: String) throws {
    let format = reportFormats(width: 80)[0]
    var page = """
      # What if

      Twelve questions as a reviewer types them, asked of the shipped dataset on October 2026; the answers are what the command
      prints, without its list of old prices. `plimsoll what-if --help` has every option, [growth](methods/growth.md) what follows
      demand. Several scenarios stand side by side with `--scenario FILE`: a YAML list whose entries have options of changes as
      keys, without their dashes, `apply` and a `name`. Critical time is the threshold table replayed over what runs; it is known where what
      an instance carries was measured. The page is made by a test.

      `--scaling SERVICE="SETTINGS"` replays a service's scaling with other settings, `;` between them: `min N`, `max N`, `cooldown TIME`,
      `out METRIC CONDITION`, `in METRIC CONDITION`, `track NAME METRIC TARGET`, and `policy NAME` with any of `target N`, `threshold N`,
      `for TIME`, `steps N,N`. What is not written stays as the fleet file has it; a rule that is written stands for all of its direction,
      a policy for all policies, and `out none`, `in none` and `policies none` leave them out.

      """
    for question in Self.questions {
      let line = question.options.map { " --\($0.name) \($0.text.contains("*") ? "'\($0.text)'" : $0.text)" }.joined()
      let document = try Self.answer(question, workspace, month)
      page += "\n## \(question.words)\n\n```\n$ plimsoll what-if\(line)\n"
      page += String(decoding: format.render(document), as: UTF8.self) + "```\n"
    }
    text = page
  }

  private static func answer(_ question: Question, _ workspace: Workspace, _ month: String) throws -> ReportDocument {
    func value(_ name: String) -> String? { question.options.first { $0.name == name }?.text }
    var whatIf = WhatIfQuestion()
    whatIf.advice = value("apply").map { [$0] } ?? []
    whatIf.horizonMonths = value("horizon").flatMap { Int($0.dropLast()) }
    whatIf.scenario = try Scenario(options: question.options.map { ($0.name, [$0.text]) })
    let minutes = value("critical-minutes").flatMap { Int($0) }
    var document =
      if let goal = try Goal(value("solve-for"), budget: value("budget"), criticalMinutes: minutes) {
        goalDocument(try workspace.goal(goal, whatIf, month: month))
      } else {
        whatIfDocument(try workspace.whatIf(whatIf, month: month))
      }
    document.sections = []
    return document
  }
}
