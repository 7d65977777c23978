import Ingest
import Model
import Pricing
import Reading

/// What a file of a folder holds, judged by how it starts.
enum DatasetContent: Hashable {
  case kind(ImportKind)
  /// What a cloud, or what runs on it, lists of an account.
  case listing
  /// Nothing that is imported, and why.
  case skipped(String)
  /// What cannot be read, or may not.
  case refused(DataError)

  /// Listings before commitments and utilisation, whose formats ask for less.
  init(_ start: FileStart) {
    if [".yaml", ".yml"].contains(where: { start.file.hasSuffix($0) }) {
      self = .skipped("of YAML files only fleet.yaml is read")
    } else if start.bytes.allSatisfy({ $0 == 32 || (9...13).contains($0) }) {
      self = .skipped("it is empty")
    } else if let reason = reasonToSkip(start) {
      self = .skipped(reason)
    } else if accountFormat(of: start) != nil {
      self = .listing
    } else if isInventory(start) {
      self = .kind(.inventory)
    } else if holdsCommitments(start) {
      self = .kind(.commitments)
    } else if let isSpot = isSpotPrices(start) {
      self = .kind(isSpot ? .spot : .prices)
    } else if utilisationFormats.contains(where: { $0.recognises(start) }) {
      self = .kind(.utilisation)
    } else {
      self = .skipped("its content is none of the formats that are known")
    }
  }
}

/// A file of a dataset.
struct DatasetFile: Hashable {
  var path: String
  var content: DatasetContent
  /// True for what the other files rest on: what is wrong with it ends the import.
  var endsImport: Bool
}

/// The files of a dataset folder, in the order of import, those of one kind by name: what has one of the names of a dataset
/// is what its name says, everything else what its content says.
/// - Throws: ``DataError`` where there is no such folder, and for a file of those names that is none.
func datasetFiles(_ folder: String) throws(DataError) -> [DatasetFile] {
  guard pathExists(folder) else {
    throw DataError(Place(file: folder), found: "no such folder", expected: "a dataset", kind: .missingInput)
  }
  let named: [String: ImportKind] = [
    "fleet.yaml": .fleet, "inventory.csv": .inventory, "commitments.csv": .commitments,
  ]
  var files: [DatasetFile] = []
  for path in try filesInFolder(folder, suffixes: [""]) where !isFolder(path) {
    let name = path.dropFirst(folder.count + 1)
    guard !name.hasPrefix(".") else { continue }
    if let kind = named[String(name)] {
      try checkRegularFile(path, in: folder)
      files.append(DatasetFile(path: path, content: .kind(kind), endsImport: true))
    } else {
      files.append(DatasetFile(path: path, content: content(of: path, in: folder), endsImport: false))
    }
  }
  let utilisation = "\(folder)/utilisation"
  if pathExists(utilisation) {
    for path in try filesInFolder(utilisation, suffixes: utilisationSuffixes) {
      try checkRegularFile(path, in: folder)
      files.append(DatasetFile(path: path, content: .kind(.utilisation), endsImport: false))
    }
  }
  return files.sorted { ($0.content.turn, $0.path) < ($1.content.turn, $1.path) }
}

private func content(of path: String, in folder: String) -> DatasetContent {
  do throws(DataError) {
    try checkRegularFile(path, in: folder)
    return DatasetContent(try ByteSource.open(path: path).takeStart())
  } catch {
    return .refused(error)
  }
}

extension DatasetContent {
  /// When its turn is, files of one kind after another: in the order of ``ImportKind``, listings with inventories.
  fileprivate var turn: Int {
    switch self {
    case .kind(let kind): ImportKind.allCases.firstIndex(of: kind) ?? 0
    case .listing: ImportKind.allCases.firstIndex(of: .inventory) ?? 0
    case .skipped, .refused: ImportKind.allCases.count
    }
  }
}

/// The suffixes of files with samples in a dataset; other files, such as a README, may lie beside them.
private let utilisationSuffixes = [".csv", ".json", ".jsonl", ".om", ".prom"].flatMap { [$0, $0 + ".gz"] }
