import Analytics
import ArgumentParser
import Wording

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "The monthly review: one document and its exports.",
    discussion: """
      Writes report.md, evidence.md, bill.csv, cost-per-user.csv, recommendations.csv and recommendations.json into a folder, \
      which has those of this review or those of the one before, never some of each, and prints the six figures a reviewer \
      wants. What else lies in the folder stays. With --months the report has the last months side by \
      side, and months.csv each of them by service; a month that the store cannot answer is a row with the reason.

      Required in the store: a fleet, prices, an inventory of instances and utilisation of the month \
      (plimsoll import dataset, plimsoll import prices); without users there is no cost per user. The month before is \
      compared with when it is there.
      """)

  @OptionGroup var stored: StoreOptions

  @Option(help: ArgumentHelp("A fleet file in place of the one in the store.", valueName: "file"))
  var fleet: String?

  @Option(help: ArgumentHelp("The date of the advice; by default the month's last day.", valueName: "date"))
  var asOf: String?

  @OptionGroup var age: PriceAgeOptions

  @OptionGroup var unpriced: UnpricedOptions

  @Option(
    help: ArgumentHelp("The month to review; by default the last whole month in the store.", valueName: "yyyy-mm"))
  var month: String?

  @Option(help: ArgumentHelp("How many months up to it to set side by side, 1 to 60.", valueName: "count"))
  var months: Int?

  @Flag(help: "Tune the scaling of services too, which takes seconds for each.")
  var tune = false

  @Option(help: ArgumentHelp("The folder to write to; made when it does not exist.", valueName: "folder"))
  var out: String

  func run() throws {
    let folder = try ReplacedFolder(out, ours: reviewFileNames)
    let workspace = try Workspace(
      store: stored.store, fleet: fleet, asOf: asOf, staleAfter: age.staleAfter, allowUnpriced: unpriced.allowUnpriced,
      now: presentTime(), monthPassedOver: MonthNote().say)
    let review = try workspace.review(month: month, months: months, tuning: tune)
    let files = try reviewFiles(review)
    try folder.replace(by: files.map { ($0.name, bytes(of: $0)) })
    let glance = rendered(glanceDocument(review), as: OutputFormat.default.name)
    try writeOutput(glance + Array("\n\(out)/\(files[0].name)\n".utf8))
  }

  private func bytes(of file: ReviewFile) -> [UInt8] {
    switch file.content {
    case .document(let document, let format): rendered(document, as: format)
    case .bytes(let bytes): bytes
    }
  }
}
