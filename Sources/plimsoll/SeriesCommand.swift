import Analytics
import ArgumentParser
import Wording

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

  @OptionGroup var output: OutputOptions

  func run() throws {
    var question = SeriesQuestion(percentiles: percentiles.split(separator: ",").map(String.init))
    question.service = service
    question.resource = resource
    question.metric = metric
    try output.show(seriesDocument(try series(store: stored.store, question)))
  }
}
