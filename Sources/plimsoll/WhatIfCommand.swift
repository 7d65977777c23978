import Analytics
import ArgumentParser
import Wording

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Any combination of changes: cost and cost per user before, after, and the difference.",
    discussion: """
      The changes are applied to the month in this order: types, users, counts, reservations. With none, today's bill is printed \
      with a difference of 0.00.

      plimsoll what-if --users 5000 --instance api=t3.large --reserve api=4@standard-1yr-no-upfront
      """)

  @OptionGroup var question: QuestionOptions

  @Option(help: ArgumentHelp("Concurrent users at the month's peak; demand and instances follow.", valueName: "n"))
  var users: Int?

  @Option(help: ArgumentHelp("A service on another instance type.", valueName: "service=type"))
  var instance: [Scenario.TypeChange] = []

  @Option(help: ArgumentHelp("A fixed number of instances of a service.", valueName: "service=n"))
  var count: [Scenario.CountChange] = []

  @Option(help: ArgumentHelp("Further reservations for a service.", valueName: "service=n@offer"))
  var reserve: [Scenario.Reservation] = []

  func validate() throws {
    if let users, !(1...250_000).contains(users) {
      throw ValidationError("--users takes a number from 1 to 250,000")
    }
    let twice = [instance.map(\.service), count.map(\.service)].contains { Set($0).count < $0.count }
    if twice { throw ValidationError("--instance and --count take each service once") }
  }

  func run() throws {
    var scenario = Scenario()
    scenario.peakUsers = users
    scenario.types = instance
    scenario.counts = count
    scenario.reservations = reserve
    try question.show(whatIfDocument(try question.workspace().whatIf(scenario, month: question.month)))
  }
}

extension Scenario.TypeChange: ExpressibleByArgument {}
extension Scenario.CountChange: ExpressibleByArgument {}
extension Scenario.Reservation: ExpressibleByArgument {}
