import Analytics
import ArgumentParser
import Wording

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Scaling policies replayed over a month, a load test or a file of traffic.",
    discussion: """
      Without a load test or traffic, what each part of the fleet file's scaling would have run over the month, beside what \
      ran and beside none; of one service also how well it scaled month by month.

      With --tune the cheapest scaling is looked for that is critical for no longer than today, or than --critical-minutes: \
      learned on the months before and played on the month; of traffic learned on one file and played on another, or on the \
      second half of it.

      plimsoll simulate --service worker
      plimsoll simulate --load-test spike --users 500,5000,50000
      plimsoll simulate --service frontend --traffic requests.csv --users 3000
      plimsoll simulate --service worker --tune --critical-minutes 30
      plimsoll simulate --service frontend --tune --traffic july.csv --play august.csv
      """)

  @OptionGroup var question: QuestionOptions

  @Option(help: ArgumentHelp("One service, with each part of its scaling alone.", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("A load test of the fleet file, or all.", valueName: "name"))
  var loadTest: String?

  @Option(
    help: ArgumentHelp("A file of traffic, a time and a number a row; its most is all of the load.", valueName: "file"))
  var traffic: String?

  @Option(
    help: ArgumentHelp(
      "Concurrent users at all of the load; by default the fleet's limit, else the most measured.",
      valueName: "n[,n...]"))
  var users: WholeNumbers?

  @Option(
    help: ArgumentHelp(
      "A file of scaling policies of another program in place of the fleet's; may be given again, with a colon and a service.",
      valueName: "file"))
  var policies: [String] = []

  @Option(help: ArgumentHelp("Seconds of a tick; by default 60.", valueName: "seconds"))
  var tick: Int64?

  @Option(
    help: ArgumentHelp(
      "With a load test or traffic: a cache whose nodes, or so many of them, are emptied when the load is first at its most.",
      valueName: "service[=n]"))
  var flush: FlushedCache?

  @OptionGroup var tuning: TuningOptions

  @Option(help: ArgumentHelp("A file of traffic to play on what was learned on the other.", valueName: "file"))
  var play: String?

  func validate() throws {
    if !policies.isEmpty, loadTest != nil || traffic != nil {
      throw ValidationError("--policies replays a month, and neither --load-test nor --traffic.")
    }
    try tuning.validate()
    if tuning.tune, loadTest != nil || tick != nil || !policies.isEmpty {
      throw ValidationError("--tune goes with none of --load-test, --tick and --policies.")
    }
    if tuning.tune, let users, users.numbers.count != 1 { throw ValidationError("--tune takes one number of users.") }
    if play != nil, !tuning.tune || traffic == nil { throw ValidationError("--play needs --tune and --traffic.") }
    if loadTest != nil, traffic != nil { throw ValidationError("Give either --load-test or --traffic.") }
    if flush != nil, tuning.tune || loadTest == nil && traffic == nil {
      throw ValidationError("--flush needs --load-test or --traffic, without --tune.")
    }
    if users != nil, loadTest == nil, traffic == nil {
      throw ValidationError("--users needs --load-test or --traffic: a month has the users it had.")
    }
  }

  func run() throws {
    let workspace = try question.workspace()
    if tuning.tune {
      var asked = tuning.question
      (asked.traffic, asked.play, asked.users) = (traffic, play, users?.numbers.first)
      asked.service = service
      return try question.show(tuningDocument(try shownTuning(workspace, month: question.month, asked)))
    }
    guard loadTest != nil || traffic != nil else {
      let answer = try workspace.simulation(
        month: question.month, service: service, tickSeconds: tick ?? 60, policyFiles: policies)
      return try question.show(simulationDocument(answer))
    }
    var load = LoadQuestion(
      test: loadTest == "all" ? nil : loadTest, traffic: traffic, users: users?.numbers ?? [], service: service,
      tickSeconds: tick)
    load.flush = flush?.question
    try question.show(loadTestDocument(try workspace.loadTest(month: question.month, load)))
  }
}

/// A cache that is emptied: `cache`, or `cache=1` for one of its nodes.
struct FlushedCache: ExpressibleByArgument {
  let question: FlushQuestion

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty else { return nil }
    var nodes: Int?
    if parts.count == 2 {
      guard let count = Int(parts[1]) else { return nil }
      nodes = count
    }
    question = FlushQuestion(service: String(name), nodes: nodes)
  }
}

/// Tunes, and says on a terminal which service is at it.
func shownTuning(_ workspace: Workspace, month: String?, _ question: TuningQuestion) throws -> TuningAnswer {
  let line = ProgressLine("tuning")
  defer { line.clear() }
  return try workspace.tuning(month: month, question) { progress in
    line.show("\(progress.service), \(progress.place) of \(progress.count)")
  }
}

/// What is asked of tuning; every command that tunes takes it.
struct TuningOptions: ParsableArguments {
  @Flag(help: "Look for the cheapest scaling, and prove it on what it was not learned on.")
  var tune = false

  @Option(
    help: ArgumentHelp(
      "The most critical minutes a month that tuning may leave; by default as many as today.", valueName: "n"))
  var criticalMinutes: Int?

  func validate() throws {
    if criticalMinutes != nil, !tune { throw ValidationError("--critical-minutes needs --tune.") }
  }

  var question: TuningQuestion { TuningQuestion(criticalMinutes: criticalMinutes) }
}

/// Whole numbers with commas between: `500,5000`.
struct WholeNumbers: ExpressibleByArgument, CustomStringConvertible {
  let numbers: [Int]

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.allSatisfy({ $0 != nil }) else { return nil }
    self.numbers = numbers.compactMap(\.self)
  }

  var description: String { numbers.map(String.init).joined(separator: ",") }
}
