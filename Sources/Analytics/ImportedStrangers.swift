import Ingest
import Model
import Store

/// Names of imported samples that neither fleet nor inventory has, and instances that no sample is of: what a slip in a
/// name looks like, for everything is stored and nothing is found.
struct ImportedStrangers {
  /// `service/resource`, of metrics that each instance has, where the inventory has other resources of the service.
  private(set) var resources: [String] = []
  private(set) var services: [String] = []
  private(set) var userTypes: [String] = []
  /// `service/resource` of instances that ran while others of their service were measured.
  private(set) var silent: [String] = []
  private var knownServices: Set<String> = []
  private var knownUserTypes: Set<String> = []

  /// An instance that ran for less need not have a sample.
  private static let shortestRun: Int64 = 3600

  /// - Parameter runs: the inventory.
  /// - Throws: ``DataError`` when the store cannot be read.
  init(_ measured: MeasuredNames, runs: [InstanceRun], in store: FleetStore) throws(DataError) {
    try compareServices(measured, runs, store)
    let runsOfService = Dictionary(grouping: runs, by: \.service)
    for (service, names) in measured.instances.sorted(by: { $0.key < $1.key }) where !names.isEmpty {
      guard let runs = runsOfService[service] else { continue }
      let known = Set(runs.map(\.resource))
      resources += names.subtracting(known).sorted().map { "\(service)/\($0)" }
      guard let period = measured.periods[service], !names.isDisjoint(with: known) else { continue }
      let running = runs.filter { Self.isLong($0, within: period) }.map(\.resource)
      let unheard = Set(running).subtracting(names)
      if unheard.isEmpty { continue }
      let stored = try store.measuredResources(of: service)
      silent += unheard.subtracting(stored).sorted().map { "\(service)/\($0)" }
    }
  }

  private static func isLong(_ run: InstanceRun, within period: Period) -> Bool {
    let start = max(run.started, period.start)
    let end = min(run.stopped ?? period.end, period.end)
    return start < end && end.seconds - start.seconds >= shortestRun
  }

  /// Compares services and user types with those of all fleet files; without one only services of which there are samples
  /// of instances, with those of the inventory.
  private mutating func compareServices(
    _ measured: MeasuredNames, _ runs: [InstanceRun], _ store: FleetStore
  ) throws(DataError) {
    var fleets: [Fleet] = []
    for stored in try store.storedFleets() { fleets.append(try stored.read()) }
    let inInventory = Set(runs.map(\.service))
    guard !fleets.isEmpty else {
      guard !runs.isEmpty else { return }
      knownServices = inInventory
      services = measured.instances.filter { !$0.value.isEmpty && !inInventory.contains($0.key) }.keys.sorted()
      return
    }
    knownUserTypes = Set(fleets.flatMap { $0.userTypes.map(\.name) })
    // A charge may be anybody's, such as that of a network.
    knownServices = Set(fleets.flatMap { $0.services.map(\.name) + $0.charges.map(\.service) })
      .union(inInventory)
    services = Set(measured.instances.keys).subtracting(knownServices.union(["users"])).sorted()
    userTypes = measured.userTypes.subtracting(knownUserTypes.union([""])).sorted()
  }

  /// All of them in a line, the first few by their names; nil where there are none.
  var line: String? {
    var parts: [String] = []
    if !resources.isEmpty {
      parts.append("\(counted(resources.count, "resource")) not in the inventory (\(names(resources)))")
    }
    if !services.isEmpty {
      parts.append(
        "\(counted(services.count, "service")) in neither fleet nor inventory (\(names(services, near: knownServices)))"
      )
    }
    if !userTypes.isEmpty {
      parts.append(
        "\(counted(userTypes.count, "user type")) not in the fleet (\(names(userTypes, near: knownUserTypes)))")
    }
    if !silent.isEmpty {
      parts.append(
        "\(counted(silent.count, "instance")) of the inventory without a sample, where others have some (\(names(silent)))"
      )
    }
    return parts.isEmpty ? nil : "names that match nothing: " + parts.joined(separator: "; ")
  }

  /// The first few, the only one with the known name that may be meant.
  private func names(_ all: [String], near known: Set<String> = []) -> String {
    let meant = all.count == 1 ? nearestName(to: all[0], among: known.sorted()) : nil
    return shortened(all, to: 5) + (meant.map { "; did you mean \($0)?" } ?? "")
  }
}
