import Analytics
import ArgumentParser

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring files into the store.",
    discussion: """
      Each file is imported whole or not at all; importing it again changes nothing and says so. Files may be gzip; - reads \
      standard input. A dataset is a folder with fleet.yaml, inventory.csv, commitments.csv and utilisation/.

      Of two values for one instant the store keeps the one it had, then the one that comes first in the file; the others \
      are counted as conflicts. The formats are described in the README.
      """)

  @OptionGroup var stored: StoreOptions

  @OptionGroup(title: "Utilisation") var utilisation: UtilisationArguments

  @Argument(help: "What the files hold.")
  var kind: ImportTarget

  @Argument(help: ArgumentHelp("The files, or the folder of a dataset.", valueName: "file"))
  var files: [String]

  func run() throws {
    let importer = try Importer(store: stored.store)
    switch kind {
    case .dataset: for folder in files { try importer.importDataset(folder, report: printLines) }
    case .file(.utilisation): try utilisation.importFiles(files, with: importer, report: printLines)
    case .file(let kind): for file in files { printLines(try importer.importFile(file, as: kind)) }
    }
  }

  func validate() throws {
    if case .file(.utilisation) = kind {
      guard files.count < 2 || utilisation.rejects == nil else {
        throw ValidationError("--rejects is for one file; without it each file gets a rejects file of its own.")
      }
      try utilisation.checkRejects(of: files)
      return
    }
    if let option = utilisation.given.first {
      throw ValidationError("\(option) is for utilisation, not for \(kind.text).")
    }
  }
}

private func printLines(_ lines: [String]) { for line in lines { print(line) } }

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

  var text: String {
    switch self {
    case .dataset: "a dataset"
    case .file(let kind): kind.rawValue
    }
  }
}
