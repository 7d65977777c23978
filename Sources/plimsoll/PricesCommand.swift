import Analytics
import ArgumentParser
import Wording

struct PricesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices",
    abstract: "What instance types cost: every offer with its break-even, since when and from where.",
    discussion: """
      plimsoll prices t3.medium cache.m5.large --on 2026-10-01
      plimsoll prices --diff 2025-04-05 2026-10-01
      plimsoll prices --find 'memory>=64,arch=x86_64' --region eu-west-1
      plimsoll prices --missing --month 2026-10
      plimsoll prices --missing --region eu-west-1
      plimsoll prices --commands eu-west-1

      A rate that follows from others by a rule, rather than being published, is marked derived.
      """)

  @OptionGroup var stored: StoreOptions

  @Option(help: ArgumentHelp("The region; by default the fleet's.", valueName: "name"))
  var region: String?

  @Option(help: ArgumentHelp("What runs on it; by default linux, else redis.", valueName: "name"))
  var engine: String?

  @Option(help: ArgumentHelp("Prices in force on a day; by default the newest.", valueName: "date"))
  var on: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Two dates: what changed from the first to the second.", valueName: "date"))
  var diff: [String] = []

  @Option(
    help: ArgumentHelp("With --on, name prices last confirmed longer ago; by default the fleet's.", valueName: "days"))
  var staleAfter: Int?

  @Option(
    help: ArgumentHelp(
      "List the cheapest types that offer this: memory (GiB), vcpu and price (USD/h) with >=, <= or =, arch=, type=.",
      valueName: "conditions"))
  var find: String?

  @Flag(
    help: ArgumentHelp(
      "Print the rows of price files that the bill of a month lacks, ready to be filled in; with --region, were all of it there."
    ))
  var missing = false

  @Option(help: ArgumentHelp("With --missing, the month; by default the last whole one.", valueName: "yyyy-mm"))
  var month: String?

  @Option(
    help: ArgumentHelp(
      "Print the commands that bring the provider's own prices of a region, and those that import them.",
      valueName: "region"))
  var commands: String?

  @OptionGroup var output: OutputOptions

  @Argument(help: ArgumentHelp("Instance types, such as t3.medium.", valueName: "type"))
  var types: [String] = []

  func validate() throws {
    let questions = [missing, commands != nil, find != nil, !diff.isEmpty].filter { $0 }.count
    guard questions < 2, questions == 0 || types.isEmpty || !diff.isEmpty else {
      throw ValidationError("--missing, --commands, --find and --diff exclude each other; only --diff goes with types")
    }
    guard month == nil || missing else { throw ValidationError("--month goes with --missing") }
    guard !missing && commands == nil && find == nil else { return }
    guard diff.count != 1 else { throw ValidationError("--diff takes two dates") }
    guard !types.isEmpty || !diff.isEmpty else { throw ValidationError("name a type, or two dates with --diff") }
    guard diff.isEmpty || (on == nil && engine == nil) else {
      throw ValidationError("--diff excludes --on and --engine")
    }
    guard staleAfter == nil || on != nil else {
      throw ValidationError("--stale-after counts back from --on, which must be given")
    }
  }

  func run() throws {
    if let commands { return try output.write(try fetchScript(region: commands)) }
    guard missing else { return try output.show(try document()) }
    let answer = try Workspace(store: stored.store, now: presentTime(), monthPassedOver: MonthNote().say).missingPrices(
      month: month, region: region)
    guard output.isDefaultFormat else { return try output.show(missingPricesDocument(answer)) }
    let files = answer.files.joined(separator: "\n")
    try output.write(files.isEmpty ? noPriceIsMissing(in: answer) + "\n" : files)
  }

  private var question: PriceQuestion {
    var question = PriceQuestion(types: types)
    question.region = region
    question.engine = engine
    question.date = on
    question.staleAfterDays = staleAfter
    return question
  }

  private func document() throws -> ReportDocument {
    if let find { return priceFindDocument(try findPrices(store: stored.store, find, question)) }
    if !diff.isEmpty {
      // Types behind the dates are taken for more of them.
      let types = types + diff.dropFirst(2)
      return priceDifferenceDocument(
        try priceDifference(store: stored.store, from: diff[0], to: diff[1], types: types, region: region))
    }
    return pricesDocument(try prices(store: stored.store, question))
  }
}
