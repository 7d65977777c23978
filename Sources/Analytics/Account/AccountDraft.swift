import Ingest
import Model
import Reading

/// A fleet file made from what a cloud printed into a folder, and what it could not know.
public struct AccountDraft: Sendable {
  /// What became of the fleet file of the folder.
  public enum Outcome: String, Sendable {
    /// There was none.
    case new
    /// It says what would be written.
    case same
    /// It has what is new.
    case updated
    /// It says something else, and was left alone.
    case left
  }

  /// A service of the draft.
  package struct ListedService: Hashable, Sendable {
    package var name: String
    package var running: Int
    package var types: [String]
    package var regions: [String]
    /// nil where no group says so.
    package var minimum, maximum: Int?
  }

  /// Of the fleet.
  public let name: String
  /// The fleet file of the folder.
  public let path: String
  /// What became of it.
  public let outcome: Outcome
  /// What it is to say; nil where it is to stay as it is.
  public let text: String?
  /// Where what was written is kept, and what; nil where nothing changes.
  public let record: (path: String, text: String)?
  package let services: [ListedService]
  package let charges: Int
  package let unknowns: [DraftUnknown]
  package let differences: [DraftDifference]
  package let pods: PodShares?
  /// The files that were of use, and those that were not, with the reason.
  package let read: [String]
  package let skipped: [(file: String, reason: String)]
}

/// What the cloud says otherwise than a fleet file.
package struct DraftDifference: Hashable, Sendable {
  /// `service web`, `charge storage gp3-gb-month`.
  package var subject: String
  /// What becomes of it.
  package var outcome: String
  /// What the file has, and what the cloud has instead.
  package var file, cloud: [String]
}

/// Makes a fleet file from what a cloud printed into a folder.
///
/// A fleet file that is there is left alone unless it is to be brought up to date; what was edited in it stays then too.
/// - Parameters:
///   - tag: the tag that names services; nil takes that of the file that is there, else groups and names.
///   - updating: true to bring a fleet file that is there up to date.
/// - Throws: `DataError` where there is no such folder, no file in it lists anything, or its fleet file is wrong.
public func accountDraft(_ folder: String, groupedBy tag: String?, updating: Bool) throws -> AccountDraft {
  try DraftMaker(folder, tag, updating: updating).draft()
}

/// What a draft is made of.
private struct DraftMaker {
  let folder: String
  let updating: Bool
  let files: [DatasetFile]
  let account: AccountFiles
  let tag: String?
  let fleetPath, recordPath: String
  /// The fleet file that is there.
  let current: String?

  init(_ folder: String, _ tag: String?, updating: Bool) throws {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.updating = updating
    files = try datasetFiles(self.folder)
    account = AccountFiles(files.filter { $0.content == .listing }.map(\.path))
    fleetPath = "\(self.folder)/fleet.yaml"
    recordPath = "\(self.folder)/.fleet.yaml.init"
    // Also a link that leads to nothing yet: what is written would land there.
    if isTaken(recordPath) { try checkRegularFile(recordPath, in: self.folder) }
    current = pathExists(fleetPath) ? try InputFile.read(path: fleetPath).text() : nil
    let path = fleetPath
    let own = try current.map { try readFleet(text: $0, file: path).groupBy }
    if let tag, let own, own != tag {
      throw DataError(
        Place(parameter: .groupBy), found: "\"\(tag)\"",
        expected:
          "the grouping of \(fleetPath), which says \(own.map { "group_by: \($0)" } ?? "none"); change it there first",
        kind: .usage)
    }
    self.tag = tag ?? own ?? nil
  }

  func draft() throws -> AccountDraft {
    guard !account.files.isEmpty else {
      if let fault = account.faults.first { throw fault }
      throw DataError(
        Place(file: folder), found: "no file that lists what an account has",
        expected: "what the cloud prints of it; plimsoll init prints the commands (\(parameter: .accountCommands))",
        kind: .missingInput)
    }
    let draft = FleetDraft(account.listing, named: fleetName(of: folder), groupedBy: tag)
    let written = pathExists(recordPath) ? try InputFile.read(path: recordPath).text() : nil
    let merge = current.map { FleetFileMerge($0, base: written, draft: draft.text) }
    let text: String? =
      if let merge { updating && merge.text != current ? merge.text : nil } else { draft.text }
    // What would be written must be readable, whatever the cloud calls things.
    if let text { _ = try readFleet(text: text, file: fleetPath) }
    let isChanged = merge.map { !$0.differences.isEmpty } ?? true
    let outcome: AccountDraft.Outcome =
      current == nil ? .new : text != nil ? .updated : isChanged && !updating ? .left : .same
    let isToRecord = (current == nil || updating) && written != draft.text
    return AccountDraft(
      name: draft.name, path: fleetPath, outcome: outcome, text: text,
      record: isToRecord ? (recordPath, draft.text) : nil,
      services: draft.services.map(AccountDraft.ListedService.init), charges: draft.charges.count,
      unknowns: sources(draft).unknowns, differences: (merge?.differences ?? []).map { difference($0, text != nil) },
      pods: PodShares(account.listing, groupedBy: tag),
      read: account.files.map(\.file.name) + others,
      skipped: skipped + (try foldersPassedOver(in: folder)).map { (folder, $0) })
  }

  /// Files of use that list nothing.
  private var others: [String] {
    files.filter { if case .kind(let kind) = $0.content { kind != .fleet } else { false } }.map(\.path)
  }

  private var skipped: [(file: String, reason: String)] {
    account.faults.map { ("\($0.place)", "found \($0.found), expected \($0.expected)") }
      + files.compactMap { file in
        switch file.content {
        case .skipped(let reason): (file.path, reason)
        case .refused(let error): (file.path, "found \(error.found), expected \(error.expected)")
        case .kind, .listing: nil
        }
      }
  }

  private func sources(_ draft: FleetDraft) -> DraftSources {
    let runs = account.listing.instances.map { $0.run(groupedBy: tag) }
    func has(_ kind: ImportKind) -> Bool { files.contains { $0.content == .kind(kind) } }
    let measured = MeasuredMetrics(files.filter { $0.content == .kind(.utilisation) }.map(\.path), runs: runs)
    return DraftSources(
      listing: account.listing, draft: draft, measured: measured.metrics, hasUsers: measured.hasUsers,
      hasCommitments: has(.commitments), hasPrices: has(.prices))
  }

  private func difference(_ one: FleetFileMerge.Difference, _ isWritten: Bool) -> DraftDifference {
    let noun = one.part == "services" ? "service" : "charge"
    let outcome: String =
      switch one.kind {
      case .new: isWritten ? "added" : "new"
      case .gone: isWritten ? "removed" : "gone"
      case .changed: isWritten ? "brought up to date" : "changed"
      case .kept: "edited, so kept"
      }
    return DraftDifference(
      subject: "\(noun) \(one.name)", outcome: outcome, file: one.file.map(\.trimmed), cloud: one.cloud.map(\.trimmed))
  }
}

extension AccountDraft.ListedService {
  fileprivate init(_ draft: FleetDraft.DraftService) {
    let isBounded = draft.service.maximum < Service().maximum
    self.init(
      name: draft.service.name, running: draft.running, types: draft.types, regions: draft.regions,
      minimum: isBounded ? draft.service.minimum : nil, maximum: isBounded ? draft.service.maximum : nil)
  }
}

/// What a fleet is called after its folder: letters, digits and hyphens of the last part of the path.
private func fleetName(of folder: String) -> String {
  let last = absolutePath(folder).split(separator: "/").last.map(String.init) ?? ""
  let word = last.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined().split(separator: "-").joined(
    separator: "-")
  return word.isEmpty ? "account" : word
}
