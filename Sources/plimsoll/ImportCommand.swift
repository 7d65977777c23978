import Analytics
import ArgumentParser

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring files into the store.",
    discussion: """
      Each file is imported whole or not at all; importing it again changes nothing and says so. Files may be gzip; - reads \
      standard input. A dataset is a folder with fleet.yaml, inventory.csv, commitments.csv and utilisation/.

      The formats are described in the README.
      """)

  @OptionGroup var stored: StoreOptions

  @Argument(help: "What the files hold.")
  var kind: ImportTarget

  @Argument(help: ArgumentHelp("The files, or the folder of a dataset.", valueName: "file"))
  var files: [String]

  func run() throws {
    let importer = try Importer(store: stored.store)
    for file in files {
      switch kind {
      case .dataset: try importer.importDataset(file) { print($0) }
      case .file(let kind): print(try importer.importFile(file, as: kind))
      }
    }
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
}
