import Ingest
import Model
import Store

extension Importer {
  /// Imports a folder: `fleet.yaml`, `inventory.csv`, `commitments.csv` and everything in `utilisation/`, each if it is
  /// there, and every other file in it by its content: what the cloud's command line lists of an account, what is held,
  /// prices, samples. What is known by its content alone and cannot be used is told with the reason, and passed over.
  ///
  /// - Throws: `DataError` when the folder holds nothing that can be imported, or a file of those names is wrong, and
  ///   what `report` throws; files before it are in the store.
  public func importDataset(_ folder: String, report: ([Phrase]) throws -> Void) throws {
    let files = try datasetFiles(folder)
    var imported = 0
    func attempt(_ file: DatasetFile, _ body: () throws -> [Phrase]) throws {
      let lines: [Phrase]
      do {
        lines = try body()
        imported += 1
      } catch let error as DataError where !file.isNamed {
        lines = [notImported(error)]
      }
      try report(lines)
    }
    for file in files where file.content.isBefore(.inventory) {
      guard case .kind(let kind) = file.content else { continue }
      try attempt(file) { try importFile(file.path, as: kind, isPartOfDataset: true) }
    }
    let account = AccountFiles(files.filter { $0.content == .listing }.map(\.path))
    try importListings(account, report: report)
    imported += account.files.count
    for fault in account.faults { try report([notImported(fault)]) }
    for file in files {
      guard case .kind(let kind) = file.content, kind == .inventory || kind == .commitments else { continue }
      try attempt(file) { try importFile(file.path, as: kind, isPartOfDataset: true) }
    }
    // Behind the others, which say what names mean.
    var utilisation = try utilisation()
    for file in files where file.content == .kind(.utilisation) {
      try attempt(file) { try utilisation.readFile(file.path, joiningParts: true) { _ in nil } }
    }
    for file in files {
      if case .skipped(let reason) = file.content { try report(["\(file.path): skipped: \(reason)"]) }
    }
    guard imported > 0 else { throw noDataset(folder) }
    let notes = try utilisation.missingParts + utilisation.unmatchedNames() + store.workOutServiceDays()
    if !notes.isEmpty { try report(notes) }
  }

  private func notImported(_ error: DataError) -> Phrase {
    "\(error.place): not imported: found \(error.found), expected \(phrase: error.expected)"
  }

  private func noDataset(_ folder: String) -> DataError {
    DataError(
      Place(file: folder), found: "no dataset",
      expected: "fleet.yaml, inventory.csv, commitments.csv, utilisation/, or what the cloud prints of an account",
      kind: .missingInput)
  }
}

extension DatasetContent {
  /// True for what is imported before a kind.
  fileprivate func isBefore(_ kind: ImportKind) -> Bool {
    guard case .kind(let own) = self else { return false }
    let order = ImportKind.allCases
    return (order.firstIndex(of: own) ?? 0) < (order.firstIndex(of: kind) ?? 0)
  }
}
