import Analysis
import Ingest
import Model
import Pricing
import Reading
import Store

/// What can be imported, in the order a new store is filled: a review needs all of them.
public enum ImportKind: String, CaseIterable, Sendable {
  /// The fleet file (YAML).
  case fleet
  /// Price lists and specifications, the provider's or our own.
  case prices
  /// Spot prices and how often spot capacity is taken back.
  case spot
  /// Instances and when they ran.
  case inventory
  /// Reservations and savings plans that are held.
  case commitments
  /// Samples, users and metered amounts.
  case utilisation
}

/// Brings files into a store, each file whole or not at all.
public struct Importer: Sendable {
  let store: FleetStore

  /// Opens a store for writing, making it and its folder when they do not exist.
  /// - Throws: `DataError` when the store cannot be made, is locked, or is of a newer version.
  public init(store path: String) throws {
    try FleetStore.checkName(path)
    try makeFolder(of: path)
    store = try FleetStore.open(path: path, mode: .readWrite(createIfMissing: true))
  }

  /// Opens a store for writing that there is already.
  /// - Throws: `DataError` when there is none, it is locked, or is of a newer version.
  public init(existing path: String) throws {
    store = try FleetStore.open(path: path, mode: .readWrite(createIfMissing: false))
  }

  /// Imports one file and says in a line what it brought; further lines are what its owner should know.
  /// - Throws: `DataError` that names the place; the store is then as it was.
  public func importFile(_ path: String, as kind: ImportKind) throws -> [Phrase] {
    try importFile(path, as: kind, isPartOfDataset: false)
  }

  func importFile(_ path: String, as kind: ImportKind, isPartOfDataset: Bool) throws -> [Phrase] {
    switch kind {
    case .utilisation:
      var utilisation = try utilisation()
      return try utilisation.importFile(path) { _ in nil } + utilisation.unmatchedNames()
    case .prices, .spot: return try importPrices(path, as: kind)
    case .commitments: return try importCommitments(path)
    case .fleet: return try importFleet(path)
    case .inventory: return try importInventory(path, replacing: false, isPartOfDataset: isPartOfDataset)
    }
  }

  /// Imports one file of prices or spot prices, whatever its size.
  /// - Throws: `DataError` that names the place; the store is then as it was.
  public func importPrices(
    _ path: String, as kind: ImportKind = .prices, _ options: PriceImportOptions = PriceImportOptions()
  ) throws -> [Phrase] {
    let source = try ByteSource.open(path: path)
    let wanted = try options.parsed()
    var read: PriceSummary?
    let summary = try store.importPrices(kind == .spot ? .spot : .prices, named: source.name) { add in
      let reading = try readPrices(source, wanted, spot: kind == .spot, into: add)
      read = reading
      return (reading.byteCount, reading.checksum)
    }
    var leftOut = read?.leftOut ?? []
    if summary.orphanTiers > 0 { leftOut.append(("of tiers without the first one, from 0 on", summary.orphanTiers)) }
    return ["\(source.name): \(importWords(summary, "row"))"] + (read?.remarks ?? []).map { "  remark: \($0)" }
      + leftOut.map { leftOutLine($0.count, "row", $0.reason) }
  }

  /// Imports files of utilisation that one thing is said about, as the fleet and the inventory in the store name them now.
  /// - Throws: `DataError` for a time zone that is none, and for a mapping that cannot be read.
  public func utilisation(_ options: UtilisationOptions = UtilisationOptions()) throws -> UtilisationImport {
    try UtilisationImport(store, options)
  }

  /// Of a file that was read to its end.
  func source(_ file: ByteSource, _ kind: SourceFile.Kind) -> SourceFile {
    SourceFile(kind: kind, name: file.name, byteCount: file.checksum.count, checksum: file.checksum.value)
  }

  func source(_ file: InputFile, _ kind: SourceFile.Kind) -> SourceFile {
    SourceFile(kind: kind, name: file.name, byteCount: file.bytes.count, checksum: file.checksum)
  }
}

extension FleetStore {
  /// Works out the days of services that imports changed, so that questions need not.
  /// - Returns: what an owner should know where that failed: what was imported is there all the same.
  func workOutServiceDays() -> [Phrase] {
    do throws(DataError) {
      try deriveServiceDays { day, service, runs, series throws(DataError) in
        try ServiceDay(day, of: service, runs: runs, series: series)
      }
      return []
    } catch {
      return ["  not worked out, so that questions take longer: days of services (\(error))"]
    }
  }
}

/// What may be said of a file of prices.
public struct PriceImportOptions: Hashable, Sendable {
  /// The regions that are kept; empty for all.
  public var regions: [String] = []
  /// The day the file was retrieved, `2026-11-24`; needed where a file has no date of its own.
  public var retrieved: String?

  /// Nothing said.
  public init() {}

  func parsed() throws(DataError) -> PriceOptions {
    var options = PriceOptions(regions: regions.isEmpty ? nil : Set(regions))
    if let retrieved { options.retrieved = try moment(retrieved, of: .retrieved, example: "2026-11-24") }
    return options
  }
}

/// What of a file was not kept, for one reason.
func leftOutLine(_ count: Int, _ noun: String, _ reason: String) -> Phrase {
  "  left out: \(counted(count, noun)) \(reason)"
}

/// What an import did, in words.
/// - Parameter noun: what was imported, one of it.
func importWords(_ summary: ImportSummary, _ noun: String) -> String {
  if summary.added == 0, summary.updated == 0, summary.conflicts == 0 {
    guard summary.alreadyThere > 0 else { return "no \(noun)s" }
    return summary.alreadyThere == 1
      ? "nothing new, its one \(noun) was there" : "nothing new, all \(counted(summary.alreadyThere, noun)) were there"
  }
  var parts = ["\(counted(summary.added, noun)) added"]
  if summary.updated > 0 { parts.append("\(grouped(summary.updated)) updated") }
  if summary.alreadyThere > 0 {
    parts.append("\(grouped(summary.alreadyThere)) \(summary.alreadyThere == 1 ? "was" : "were") there")
  }
  if summary.conflicts > 0 {
    parts.append(
      "\(grouped(summary.conflicts)) in conflict with "
        + (summary.conflicts == 1 ? "an earlier value, which was kept" : "earlier values, which were kept"))
  }
  return parts.joined(separator: ", ")
}

/// `1 sample`, `2,000 samples`.
/// - Parameter plural: of several; nil for the noun with an s.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}
