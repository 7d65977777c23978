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
      """)

  @OptionGroup var question: QuestionOptions

  @Option(help: ArgumentHelp("Concurrent users at the peak, one or more numbers.", valueName: "n[,n...]"))
  var users: WholeNumbers

  @Option(
    help: ArgumentHelp(
      "How many of each hundred users are of which type; by default as measured.", valueName: "type=n[,type=n...]"))
  var mix: NamedShares?

  func run() throws {
    let asked = CapacityQuestion(users: users.numbers, mix: mix?.shares ?? [])
    try question.show(capacityDocument(try question.workspace().capacity(month: question.month, asked)))
  }
}

/// Whole numbers by name: `casual=70,power=5`.
struct NamedShares: ExpressibleByArgument, CustomStringConvertible {
  let shares: [(type: String, share: Int)]

  init?(argument: String) {
    var shares: [(type: String, share: Int)] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty, let share = Int(halves[1]),
        !shares.contains(where: { $0.type == halves[0] })
      else { return nil }
      shares.append((String(halves[0]), share))
    }
    self.shares = shares
  }

  var description: String { shares.map { "\($0.type)=\($0.share)" }.joined(separator: ",") }
}
