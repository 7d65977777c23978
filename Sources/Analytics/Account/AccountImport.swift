import Clouds
import Ingest
import Model
import Reading
import Store

/// What the files of an account list together, and which file listed what.
struct AccountFiles {
  /// A file and what it lists, as it stands there.
  struct Listed {
    var file: SourceFile
    var noun, plural: String
    var listing: AccountListing
  }

  private(set) var files: [Listed] = []
  /// All of them together, settled.
  private(set) var listing = AccountListing()
  /// Files that could not be read, with the reason.
  private(set) var faults: [DataError] = []
  /// What each machine is from a moment on, and which file says so.
  private var types: [String: (type: String, file: String)] = [:]

  /// Reads files; one that is wrong is passed over and told.
  init(_ paths: [String]) { self.init(paths.map { path in (path, { try ByteSource.open(path: path) }) }) }

  /// The same of content that is opened when its turn is.
  init(_ sources: [(name: String, open: () throws -> ByteSource)]) {
    for (name, open) in sources {
      do { try read(try open()) } catch let error as DataError { faults.append(error) } catch {
        faults.append(DataError(Place(file: name), found: "\(error)", expected: "a listing of an account"))
      }
    }
    listing.settle()
  }

  private mutating func read(_ source: ByteSource) throws {
    let read = try readListing(source)
    try checkTypes(read.listing, source.name)
    let file = SourceFile(
      kind: .inventory, name: source.name, byteCount: source.checksum.count, checksum: source.checksum.value)
    files.append(Listed(file: file, noun: read.noun, plural: read.plural, listing: read.listing))
    listing.add(read.listing)
  }

  /// Refuses a machine that is of two types from one moment on: one that was resized has started again since, and both of
  /// its runs are billed.
  private mutating func checkTypes(_ listing: AccountListing, _ file: String) throws(DataError) {
    var own = types
    for one in listing.instances where !one.isNode {
      let region = supportedCloud.region(ofZone: one.zone) ?? one.region ?? ""
      let key = [
        one.listedID, "\(one.started.seconds)", supportedCloud.priceService(ofType: one.type, engine: ""), region,
        one.account ?? "",
      ].joined(separator: "\n")
      if let known = own[key], known.type != one.type {
        throw DataError(
          Place(file: file, key: one.listedID), found: "\(one.type), running since \(one.started)",
          expected:
            "\(known.type), which \(known.file) has it run on since then; of two answers on one machine keep the later"
        )
      }
      own[key] = (one.type, file)
    }
    types = own
  }

  /// The runs that a file lists, as all files together tell them.
  func runs(of listed: Listed, groupedBy tag: String?) -> [InstanceRun] {
    func key(_ one: ListedInstance) -> [String] { [one.listedID, one.type, one.zone, "\(one.started.seconds)"] }
    let own = Set(listed.listing.instances.map(key))
    return listing.instances.filter { own.contains(key($0)) }.map { $0.run(groupedBy: tag) }
      .sorted { ($0.service, $0.resource, $0.started) < ($1.service, $1.resource, $1.started) }
  }
}

extension Importer {
  /// Imports what files list of an account and says in a line what each brought.
  ///
  /// Machines become runs of the services that they are put into by the fleet's `group_by`, their group or their name.
  /// What else an account has is for the fleet file.
  /// - Throws: `DataError` when the store cannot be written, and what `report` throws.
  func importListings(_ account: AccountFiles, report: ([Phrase]) throws -> Void) throws {
    let tag = try store.latestFleet()?.read().groupBy
    for listed in account.files {
      let runs = account.runs(of: listed, groupedBy: tag)
      var lines: [Phrase] = []
      let things = "\(listed.file.name): \(counted(listed.listing.listed, listed.noun, listed.plural))"
      if runs.isEmpty {
        lines = ["\(things)\(listed.listing.use)"]
      } else {
        let all = try settled(runs)
        let summary = try store.importInventory(all, from: listed.file, isUnique: supportedCloud.isUnique)
        lines = ["\(things): \(importWords(summary, "run"))"] + moveNotes(summary)
        lines += try unlistedNotes(Set(runs.map(\.service)))
      }
      try report(lines + listed.listing.leftOutLines + listed.listing.notes.sorted().map { "  \($0)" })
    }
    let undated = account.listing.undatedNodes
    if !undated.isEmpty {
      let names = shortened(undated.map(\.id), to: 5)
      try report(["  not billed, since no file says when they started: \(counted(undated.count, "node")): \(names)"])
    }
  }

  /// A line on services that no fleet file of the store names; none while there is no fleet file. They are made from the
  /// inventory.
  private func unlistedNotes(_ services: Set<String>) throws -> [Phrase] {
    let known = try store.knownServices()
    let others = services.subtracting(known).sorted()
    guard !known.isEmpty, !others.isEmpty else { return [] }
    return ["  not in the fleet file: \(counted(others.count, "service")), \(shortened(others, to: 5))"]
  }

  /// Runs, and those of the store that they end: what was running and was started again since did not run twice.
  private func settled(_ runs: [InstanceRun]) throws(DataError) -> [InstanceRun] {
    // A machine is one whatever it serves; a node is one of its service.
    func name(_ run: InstanceRun) -> [String] {
      supportedCloud.isUnique(run.resource, ofType: run.type) ? [run.resource] : [run.service, run.resource]
    }
    var byName = Dictionary(grouping: runs, by: name)
    let stored = try store.inventory().filter { byName[name($0)] != nil }
    for old in stored where byName[name(old)]?.contains(where: { $0.started == old.started }) == false {
      byName[name(old)]?.append(old)
    }
    let known = Set(stored)
    return byName.values.flatMap { own in
      var own = own.sorted { $0.started < $1.started }
      for index in own.indices.dropLast() where own[index].stopped.map({ $0 > own[index + 1].started }) ?? true {
        own[index].stopped = own[index + 1].started
      }
      return own.filter { !known.contains($0) || runs.contains($0) }
    }.sorted { ($0.service, $0.resource, $0.started) < ($1.service, $1.resource, $1.started) }
  }
}

extension AccountListing {
  /// The accounts that anything of it is of.
  var accounts: Set<String> { Set(instances.compactMap(\.account) + holdings.compactMap(\.account)) }

  /// The account that all of it is of; nil for several, and where nothing says.
  var onlyAccount: String? {
    let accounts = accounts
    return accounts.count == 1 ? accounts.first : nil
  }

  /// What becomes of what it lists besides machines; empty for nothing.
  fileprivate var use: String {
    let isForTheFleetFile =
      !groups.isEmpty || policies.contains { $0.policy != nil } || schedules.contains { $0.action != nil }
      || holdings.contains { !$0.uses.isEmpty }
    return isForTheFleetFile ? "; plimsoll init makes a fleet file of them" : ""
  }

  /// What is not billed, and why, the most first.
  var leftOutLines: [Phrase] {
    leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "  left out (\($0.value)): \($0.key)" }
  }
}
