import Analytics
import ArgumentParser
import Wording

struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "Types, counts and cost of each component at numbers of users.",
    discussion: """
      Users are those at the same time at the peak. Loads are learned from the month where users were measured, else from the \
      fleet file's claims and user types.

      plimsoll capacity --users 5000
      plimsoll capacity --users 500,5000,50000 --mix casual=70,contributor=25,power=5
      plimsoll capacity --users 5000 --regions us-east-1=60,eu-west-1=40
      plimsoll capacity --users 5000 --backtest
      """)

  @OptionGroup var question: QuestionOptions

  @Option(help: ArgumentHelp("Concurrent users at the peak, one or more numbers.", valueName: "n[,n...]"))
  var users: WholeNumbers

  @Option(
    help: ArgumentHelp(
      "How many of each hundred users are of which type; by default as measured.", valueName: "type=n[,type=n...]"))
  var mix: NamedShares?

  @Option(
    help: ArgumentHelp(
      "How many of each hundred users are in which region, beside all of them in the first.",
      valueName: "region=n,region=n"))
  var regions: NamedShares?

  @Option(
    help: ArgumentHelp(
      "With --regions: replicas of the first region's databases in the others, or a primary of its own in each.",
      valueName: "replica|primary"))
  var databases: DatabasesOfRegions?

  @Option(
    help: ArgumentHelp(
      "With --regions: the percentage of what goes out to users that a CDN delivers, by its item of the price book.",
      valueName: "item=percent"))
  var cdn: NamedShares?

  @Option(
    help: ArgumentHelp(
      "With --regions: gigabytes a month from region to region, by their item of the price book.",
      valueName: "item=gb"))
  var between: NamedShares?

  @Flag(
    help: ArgumentHelp(
      "Say how often what was learned before the month was too little in it, by number of users, with and without margin."
    ))
  var backtest = false

  func validate() throws {
    for (name, value) in [("--mix", mix), ("--regions", regions), ("--cdn", cdn), ("--between", between)] {
      if let fault = value?.fault { throw ValidationError("\(name): \(fault)") }
    }
    if regions == nil, databases != nil || cdn != nil || between != nil {
      throw ValidationError("--databases, --cdn and --between are given with --regions")
    }
    if [cdn, between].contains(where: { ($0?.shares.count ?? 1) != 1 }) {
      throw ValidationError("--cdn and --between take one item each")
    }
  }

  func run() throws {
    var asked = CapacityQuestion(users: users.numbers, mix: mix?.shares ?? [])
    asked.isBacktested = backtest
    if let regions {
      var divided = RegionsQuestion(shares: regions.shares.map { (region: $0.type, share: $0.share) })
      divided.databases = databases?.databases ?? .replica
      divided.cdn = cdn?.shares.first.map { (item: $0.type, percent: $0.share) }
      divided.between = between?.shares.first.map { (item: $0.type, gigabytes: $0.share) }
      asked.regions = divided
    }
    try question.show(capacityDocument(try question.workspace().capacity(month: question.month, asked)))
  }
}

/// How databases serve several regions.
struct DatabasesOfRegions: ExpressibleByArgument {
  let databases: RegionsQuestion.Databases
  static var allValueStrings: [String] { RegionsQuestion.Databases.allCases.map(\.rawValue) }

  init?(argument: String) {
    guard let databases = RegionsQuestion.Databases(rawValue: argument) else { return nil }
    self.databases = databases
  }
}

/// Whole numbers by name: `casual=70,power=5`.
struct NamedShares: ExpressibleByArgument, CustomStringConvertible {
  let shares: [(type: String, share: Int)]
  /// What is wrong with a part of the text; nil when nothing is.
  let fault: String?

  init?(argument: String) {
    var shares: [(type: String, share: Int)] = []
    var fault: String?
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty else { return nil }
      let name = String(halves[0])
      if shares.contains(where: { $0.type == name }) {
        fault = fault ?? "\"\(name)\" is there twice: expected each once"
      }
      let share = Int(halves[1])
      if share == nil { fault = fault ?? "\"\(name)=\(halves[1].prefix(40))\": expected a whole number behind =" }
      shares.append((name, share ?? 0))
    }
    (self.shares, self.fault) = (shares, fault)
  }

  var description: String { shares.map { "\($0.type)=\($0.share)" }.joined(separator: ",") }
}
