import Analytics
import ArgumentParser
import Wording

struct FleetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "The fleet as understood, defaults included; what a key of the fleet file means.",
    discussion: """
      Every key with its value and where it comes from: the fleet file, its defaults for all services, the inventory, or a \
      built-in default. With --explain it tells what a key means, its type and unit, and what holds without it; it needs no \
      store then.
      """)

  @OptionGroup var question: QuestionOptions

  @Option(help: ArgumentHelp("Explain a key, such as percentile or services.engine.", valueName: "key"))
  var explain: String?

  func run() throws {
    if let explain { return try question.show(fleetKeyDocument(try FleetKeyAnswer.explaining(explain))) }
    try question.show(fleetDocument(try question.workspace().fleetAsUnderstood(month: question.month)))
  }
}
