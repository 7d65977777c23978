import Analytics
import ArgumentParser
import Wording

struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Cost, users, load and instances ahead, with intervals.",
    discussion: """
      Looks back from the end of the month, or from the date of the advice within it, up to 400 days as far as the store has \
      them.

      plimsoll forecast --month 2026-10 --as-of 2026-10-11
      plimsoll forecast --service api --level 95 --backtest
      """)

  @OptionGroup var question: QuestionOptions

  @Option(help: ArgumentHelp("One service, and no cost.", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("Percent of what comes that intervals are to hold, 50 to 99.", valueName: "percent"))
  var level = 80

  @Flag(help: "Forecast the past too, and say how far that was off.")
  var backtest = false

  func run() throws {
    let forecast = try question.workspace().forecast(
      month: question.month, service: service, level: level, backtest: backtest)
    try question.show(forecastDocument(forecast))
  }
}
