import Ingest
import Model
import Store

extension Importer {
  /// Imports a folder: `fleet.yaml`, `inventory.csv`, `commitments.csv` and everything in `utilisation/`, each if it is
  /// there, and every other file in it by its content: what the cloud's command line lists of an account, what is held,
  /// prices, samples. What is known by its content alone and cannot be used is told with the reason, and passed over.
  ///
  /// What is wrong with `fleet.yaml`, `inventory.csv` or `commitments.csv` ends the import, for everything behind them rests
  /// on what they say of names; any other file that is refused leaves the rest to be imported, and is named at the end.
  /// - Parameter now: what time it is: samples of more than a day later cannot be; nil where nobody says.
  /// - Throws: `DataError` when the folder holds nothing that can be imported, when one of those files is wrong, and at the
  ///   end one for each file that was refused; also what `report` throws. Files before it are in the store.
  public func importDataset(_ folder: String, now: Instant? = nil, report: ([Phrase]) throws -> Void) throws {
    let files = try datasetFiles(folder)
    var imported = 0
    var refused: [DataError] = []
    func attempt(_ file: DatasetFile, _ body: () throws -> [Phrase]) throws {
      let lines: [Phrase]
      do {
        lines = try body()
      } catch let error as DataError where !file.endsImport && error.kind != .inputOutput {
        return refused.append(error)
      }
      imported += 1
      try report(lines)
    }
    for file in files where file.content.isBefore(.inventory) {
      guard case .kind(let kind) = file.content else { continue }
      try attempt(file) { try importFile(file.path, as: kind, isPartOfDataset: true) }
    }
    let account = AccountFiles(files.filter { $0.content == .listing }.map(\.path))
    try importListings(account, report: report)
    imported += account.files.count
    refused += account.faults
    for file in files {
      guard case .kind(let kind) = file.content, kind == .inventory || kind == .commitments else { continue }
      try attempt(file) {
        guard kind == .commitments, !file.endsImport else {
          return try importFile(file.path, as: kind, isPartOfDataset: true)
        }
        // What the cloud prints beside the machines of one account is of that account.
        var options = CommitmentOptions()
        options.account = account.listing.onlyAccount
        return try importCommitments(file.path, options)
      }
    }
    // Behind the others, which say what names mean.
    var options = UtilisationOptions()
    options.now = now
    var utilisation = try utilisation(options)
    for file in files where file.content == .kind(.utilisation) {
      try attempt(file) { try utilisation.readFile(file.path, joiningParts: true) { _ in nil } }
    }
    for file in files {
      switch file.content {
      case .skipped(let reason): try report(["\(file.path): skipped: \(reason)"])
      case .refused(let error): refused.append(error)
      case .kind, .listing: break
      }
    }
    for line in try foldersPassedOver(in: folder) { try report(["\(folder): \(line)"]) }
    guard imported > 0 || !refused.isEmpty else { throw noDataset(folder) }
    let notes = try utilisation.missingParts + utilisation.unmatchedNames() + store.workOutServiceDays()
    if !notes.isEmpty { try report(notes) }
    if let error = refusal(refused, of: imported + refused.count, in: folder) { throw error }
  }

  /// One error that names each file that was refused, with their number behind; nil where none was.
  private func refusal(_ refused: [DataError], of files: Int, in folder: String) -> DataError? {
    guard var error = refused.first else { return nil }
    let rest = refused.dropFirst().flatMap { [$0] + $0.further }
    let sum = DataError(
      Place(file: folder), found: "\(counted(refused.count, "file")) of \(files) that cannot be used",
      expected: "files that can; the others are in the store, and importing the folder again adds what was mended")
    error.further += rest + [sum]
    error.kind = .badData
    return error
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
