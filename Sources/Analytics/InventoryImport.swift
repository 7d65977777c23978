import Clouds
import Ingest
import Model
import Reading
import Store

extension Importer {
  /// Imports an inventory and says in a line what it brought; further lines are what its owner should know: services
  /// that no fleet file names, instances that were another service's, names that run for several services at a time.
  ///
  /// - Parameter replacing: true where the file says all there is of each service it names: what else the store has of
  ///   them is removed.
  /// - Throws: `DataError` that names the place; the store is then as it was.
  public func importInventory(_ path: String, replacing: Bool = false) throws -> [Phrase] {
    try importInventory(path, replacing: replacing, isPartOfDataset: false)
  }

  func importInventory(_ path: String, replacing: Bool, isPartOfDataset: Bool) throws -> [Phrase] {
    let file = try rewindable(path)
    if accountFormat(of: try file.open().takeStart()) != nil {
      guard !replacing else {
        throw DataError(
          Place(parameter: .replace), found: "a listing of an account, of which other files may list more",
          expected: "an inventory in a table", kind: .usage)
      }
      return try importListing(file, isPartOfDataset: isPartOfDataset)
    }
    let source = try file.open()
    let runs = try readInventory(source)
    let summary = try store.importInventory(
      runs, from: self.source(source, .inventory), replacing: replacing, isUnique: supportedCloud.isUnique)
    let notes = isPartOfDataset ? [] : store.workOutServiceDays()
    var lines: [Phrase] = ["\(source.name): \(importWords(summary, "row"))"]
    lines += removalNotes(summary) + moveNotes(summary)
    lines += try strangerNotes(Set(runs.map(\.service)), in: source.name, areMade: true)
    lines += sharedNotes(runs, of: try store.inventory())
    return lines + notes
  }

  /// A file that can be opened again: what can be read once only, standard input and pipes, is kept.
  private func rewindable(_ path: String) throws -> (name: String, open: () throws -> ByteSource) {
    let source = try ByteSource.open(path: path)
    guard path == "-" || source.storedSize == nil else { return (path, { try ByteSource.open(path: path) }) }
    let bytes = try source.readAll()
    return (source.name, { ByteSource(name: source.name, bytes: bytes) })
  }

  /// Imports what one file lists of an account.
  private func importListing(
    _ file: (name: String, open: () throws -> ByteSource), isPartOfDataset: Bool
  ) throws -> [Phrase] {
    let account = AccountFiles([file])
    if let fault = account.faults.first { throw fault }
    var lines: [Phrase] = []
    try importListings(account) { lines += $0 }
    return lines + (isPartOfDataset ? [] : store.workOutServiceDays())
  }

  /// Names that no fleet file of the store knows as services; none while there is no fleet file.
  /// - Parameter areMade: true where the file suffices to make services of them.
  func strangerNotes(_ services: Set<String>, in file: String, areMade: Bool = false) throws -> [Phrase] {
    let known = try store.knownServices()
    guard !known.isEmpty else { return [] }
    let names = known.sorted()
    return services.subtracting(known).sorted().map { service in
      let near = nearestName(to: service, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
      let made = areMade ? ": it is taken from this file" : ""
      let undone = "(plimsoll forget \(file) takes this file back)"
      return "  the fleet file has no service \"\(service)\"\(made)\(near) \(undone)"
    }
  }
}

/// What a file that says all there is of its services removed.
private func removalNotes(_ summary: ImportSummary) -> [Phrase] {
  guard !summary.removed.isEmpty else { return [] }
  return [
    "  removed: \(counted(summary.removed.count, "row")) that the file does not have: \(shortened(summary.removed, to: 5))"
  ]
}

/// Which instances are another service's from now on.
func moveNotes(_ summary: ImportSummary) -> [Phrase] {
  let moves = Dictionary(grouping: summary.moved) { [$0.from, $0.to] }.sorted {
    $0.key.lexicographicallyPrecedes($1.key)
  }
  return moves.map { move, instances in
    let names = instances.map(\.resource)
    let become = names.count == 1 ? "is" : "are"
    return """
        \(counted(names.count, "row")) of \(move[0]) \(become) \(move[1])'s from now on: \(shortened(names, to: 5))
      """
  }
}

/// Names of the file that run for another service at the same time.
private func sharedNotes(_ runs: [InstanceRun], of inventory: [InstanceRun]) -> [Phrase] {
  let own = Set(runs.map(\.resource))
  return sharedNames(inventory).filter { own.contains($0.resource) }.map { shared in
    "  \(shared.resource) runs for \(shared.services.joined(separator: " and ")) at the same time: billed for each"
  }
}

/// A name that runs for several services at one time.
struct SharedName: Hashable {
  var resource: String
  /// Sorted.
  var services: [String]
}

/// The names of instances and nodes, each of one service of the provider's, that run for several services of the fleet at
/// one time; sorted.
func sharedNames(_ inventory: [InstanceRun]) -> [SharedName] {
  struct Node: Hashable {
    var resource, seller: String
  }
  let byNode = Dictionary(grouping: inventory) {
    Node(resource: $0.resource, seller: supportedCloud.priceService(ofType: $0.type, engine: ""))
  }
  var names: [SharedName] = []
  for (node, runs) in byNode {
    guard let first = runs.first, runs.contains(where: { $0.service != first.service }) else { continue }
    let ordered = runs.sorted { ($0.started, $0.service) < ($1.started, $1.service) }
    var services: Set<String> = []
    var latest = ordered[0]
    for run in ordered.dropFirst() {
      if run.service != latest.service, latest.stopped.map({ $0 > run.started }) ?? true {
        services.formUnion([latest.service, run.service])
      }
      if let end = latest.stopped, run.stopped.map({ $0 > end }) ?? true { latest = run }
    }
    if !services.isEmpty { names.append(SharedName(resource: node.resource, services: services.sorted())) }
  }
  return names.sorted { ($0.resource, $0.services.joined()) < ($1.resource, $1.services.joined()) }
}

extension FleetStore {
  /// The services that any of the fleet files names; empty without one that can be read.
  func knownServices() throws(DataError) -> Set<String> {
    Set(try readableFleets().flatMap { $0.services.map(\.name) })
  }

  /// What the fleet files say, in the order of their dates; those that cannot be read left out.
  func readableFleets() throws(DataError) -> [Fleet] {
    var fleets: [Fleet] = []
    for stored in try storedFleets() { if let fleet = try? stored.read() { fleets.append(fleet) } }
    return fleets
  }
}
