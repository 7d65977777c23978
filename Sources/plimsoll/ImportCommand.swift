import Analytics
import ArgumentParser
import Reporting

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring files into the store.",
    discussion: """
      Each file is imported whole or not at all; importing it again changes nothing and says so. Files may be gzip; - reads \
      standard input. A dataset is a folder with fleet.yaml, inventory.csv, commitments.csv and utilisation/, and with \
      whatever else is known by its content: what the cloud lists of an account, metrics, prices.

      Of two values for one instant the store keeps the one it had, then the one that comes first in the file; the others \
      are counted as conflicts. Formats: guide/formats.

      A fleet file holds from its date on (--from, or its key effective_from) until that of the next; it replaces the one of \
      the same date. A month is billed by the fleet file in force on its last day.

      What was imported by mistake is taken back with plimsoll forget.
      """)

  @OptionGroup var stored: StoreOptions

  @OptionGroup(title: "Fleet") var fleet: FleetArguments

  @OptionGroup(title: "Inventory") var inventory: InventoryArguments

  @OptionGroup(title: "Utilisation") var utilisation: UtilisationArguments

  @OptionGroup(title: "Prices, spot and commitments") var prices: PriceArguments

  @OptionGroup(title: "Commitments") var commitments: CommitmentArguments

  @Argument(help: "What the files hold.")
  var kind: ImportTarget

  @Argument(help: ArgumentHelp("The files, or the folder of a dataset.", valueName: "file"))
  var files: [String]

  func run() throws {
    let importer = try Importer(store: stored.store)
    switch kind {
    case .dataset: for folder in files { try importer.importDataset(folder, now: presentTime(), report: printLines) }
    case .file(.utilisation): try utilisation.importFiles(files, with: importer, report: printLines)
    case .file(.fleet): for file in files { try printLines(try importer.importFleet(file, from: fleet.from)) }
    case .file(.inventory):
      for file in files { try printLines(try importer.importInventory(file, replacing: inventory.replace)) }
    case .file(let kind) where kind.isPriced:
      for file in files { try printLines(try importer.importPrices(file, as: kind, prices.options)) }
    case .file(.commitments):
      for file in files { try printLines(try importer.importCommitments(file, commitmentOptions)) }
    case .file(let kind): for file in files { try printLines(try importer.importFile(file, as: kind)) }
    }
  }

  func validate() throws {
    for option in utilisation.given where !kind.isUtilisation && !(kind.isCommitments && option == "--service") {
      let kinds = option == "--service" ? "utilisation and commitments" : "utilisation"
      throw ValidationError("\(option) is for \(kinds), not for \(kind.text).")
    }
    for option in prices.given where !kind.isPriced && !(kind.isCommitments && option == "--region") {
      let kinds = option == "--region" ? "prices, spot and commitments" : "prices and spot"
      throw ValidationError("\(option) is for \(kinds), not for \(kind.text).")
    }
    try fleet.check(kind, files)
    try inventory.check(kind)
    try commitments.check(kind)
    guard case .file(.utilisation) = kind else { return }
    guard files.count < 2 || utilisation.rejects == nil else {
      throw ValidationError("--rejects is for one file; without it each file gets a rejects file of its own.")
    }
    try utilisation.checkRejects(of: files)
  }

  private var commitmentOptions: CommitmentOptions {
    var options = CommitmentOptions()
    options.service = utilisation.service
    options.regions = prices.region
    options.account = commitments.account
    return options
  }
}

/// What may be said about commitments.
struct CommitmentArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The account that commitments are of, where the file does not say, as of EC2's it does not.", valueName: "id"))
  var account: String?

  /// Refuses it for what is held by nobody.
  fileprivate func check(_ kind: ImportTarget) throws {
    if let account, account.isEmpty || account.contains(where: \.isWhitespace) {
      throw ValidationError("--account is the number of an account, such as 111122223333.")
    }
    guard account != nil, !kind.isCommitments else { return }
    throw ValidationError("--account is for commitments, not for \(kind.text).")
  }
}

/// What may be said about an inventory.
struct InventoryArguments: ParsableArguments {
  @Flag(help: "The file says all there is of each service it names: remove what else is stored of them.")
  var replace = false

  /// Refuses it for what is no inventory: samples and prices are never replaced.
  fileprivate func check(_ kind: ImportTarget) throws {
    guard replace else { return }
    guard case .file(.inventory) = kind else {
      throw ValidationError("--replace is for inventory, not for \(kind.text).")
    }
  }
}

/// What may be said about a fleet file.
struct FleetArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day from which the fleet file holds, where it does not say; by default from ever.", valueName: "date"))
  var from: String?

  /// Refuses the day for what is no fleet file, and for several, each of which would replace the one before.
  fileprivate func check(_ kind: ImportTarget, _ files: [String]) throws {
    guard from != nil else { return }
    guard case .file(.fleet) = kind else { throw ValidationError("--from is for fleet, not for \(kind.text).") }
    guard files.count < 2 else {
      throw ValidationError("--from is for one file; of several on one day each would replace the one before.")
    }
  }
}

/// What may be said about files of prices, and of commitments.
struct PriceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep only what is of this region; may be given again. For files that name none, their region.", valueName: "name"
    ))
  var region: [String] = []

  @Option(
    help: ArgumentHelp("The day the file was taken, where it does not say when its prices held.", valueName: "date"))
  var retrieved: String?

  /// The options that were given, as they are called.
  var given: [String] {
    (region.isEmpty ? [] : ["--region"]) + (retrieved == nil ? [] : ["--retrieved"])
  }

  var options: PriceImportOptions {
    var options = PriceImportOptions()
    options.regions = region
    options.retrieved = retrieved
    return options
  }
}

/// Prints what an import or its taking back says.
/// - Throws: as ``writeOutput(_:)``.
func printLines(_ lines: [Phrase]) throws {
  let width = statedWidth() ?? .max
  for line in lines.flatMap({ progressLines($0.text(spelling: \.option), within: width) }) {
    try writeLine(commandless(line))
  }
}

/// A kind of file, or a whole dataset.
enum ImportTarget: ExpressibleByArgument {
  case dataset
  case file(ImportKind)

  init?(argument: String) {
    if argument == "dataset" {
      self = .dataset
    } else if let kind = ImportKind(rawValue: argument) {
      self = .file(kind)
    } else {
      return nil
    }
  }
  static var allValueStrings: [String] { ["dataset"] + ImportKind.allCases.map(\.rawValue) }

  var isUtilisation: Bool { if case .file(.utilisation) = self { true } else { false } }
  var isCommitments: Bool { if case .file(.commitments) = self { true } else { false } }
  var isPriced: Bool { if case .file(let kind) = self { kind.isPriced } else { false } }

  var text: String {
    switch self {
    case .dataset: "a dataset"
    case .file(let kind): kind.rawValue
    }
  }
}

extension ImportKind {
  /// True for what comes as files of prices.
  fileprivate var isPriced: Bool { self == .prices || self == .spot }
}
