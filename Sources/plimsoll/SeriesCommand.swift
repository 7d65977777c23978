import Analytics
import ArgumentParser

struct SeriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "series",
    abstract: "Every series in the store: samples, gaps, conflicts, exact percentiles and maximum.")

  @OptionGroup var stored: StoreOptions

  @Option(help: ArgumentHelp("Only of this service.", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("Only of this resource; \"\" for services as a whole.", valueName: "name"))
  var resource: String?

  @Option(help: ArgumentHelp("Only of this metric.", valueName: "name"))
  var metric: String?

  @Option(help: ArgumentHelp("Nearest-rank percentiles.", valueName: "list"))
  var percentiles = "50,95,99"

  @Option(help: "How to print.")
  var format = OutputFormat.default

  @Option(help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var out: String?

  func run() throws {
    var question = SeriesQuestion(percentiles: percentiles.split(separator: ",").map(String.init))
    question.service = service
    question.resource = resource
    question.metric = metric
    try printReport(try seriesReport(store: stored.store, question), as: format, to: out)
  }
}
