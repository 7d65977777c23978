import Clouds
import Model
import Store

/// Names in a store that match nothing, so that no question looks at what stands under them.
public struct UnmatchedNames: Hashable, Sendable {
  /// What is not matched by what.
  public enum Kind: Int, Hashable, Sendable, CaseIterable {
    /// Resources with samples of which the inventory of the service has no run.
    case samplesWithoutInstance
    /// Instances of the inventory without a sample.
    case instanceWithoutSamples
    /// User types with samples that no fleet file has.
    case unknownUserType
    /// A service with samples that neither a fleet file nor the inventory has.
    case unknownService
    /// A service with instances that no fleet file has.
    case serviceOutsideFleet
    /// A service that commitments are for, and neither a fleet file nor the inventory has.
    case commitmentOfUnknownService
    /// Instances that run for another service at the same time.
    case sharedInstance
  }

  /// What is wrong.
  public let kind: Kind
  /// The service whose names they are.
  public let service: String
  /// The names, sorted.
  public let names: [String]
  /// The known name nearest to the service's, where it is the service that is not known; nil when none is near.
  public let nearest: String?

  init(_ kind: Kind, _ service: String, _ names: some Sequence<String>, nearest: String? = nil) {
    self.kind = kind
    self.service = service
    self.names = names.sorted()
    self.nearest = nearest
  }
}

extension FleetStore {
  /// Names that match nothing, by kind and service.
  ///
  /// Without a fleet file that can be read nothing is held against it; resources are held against the inventory only
  /// where it has instances of their service, since services may be measured that run on no instances.
  func unmatchedNames() throws(DataError) -> [UnmatchedNames] {
    let inventory = try inventory()
    let names = StoredNames(try readableFleets(), inventory: inventory, series: try seriesKeys())
    var found = names.resources() + names.services(held: try commitments().map(\.service))
    for (service, shared) in Dictionary(grouping: sharedNames(inventory), by: { $0.services.joined(separator: ", ") }) {
      found.append(UnmatchedNames(.sharedInstance, service, shared.map(\.resource)))
    }
    return found.sorted { ($0.kind.rawValue, $0.service) < ($1.kind.rawValue, $1.service) }
  }
}

/// The names of a store by where they stand.
private struct StoredNames {
  /// Of fleet files; empty without one.
  private let fleetServices, chargedServices, userTypes: Set<String>
  private let hasFleet: Bool
  /// The resources of each service that ran, and that have samples; empty names are services as a whole.
  private let ran, measured: [String: Set<String>]

  init(_ fleets: [Fleet], inventory: [InstanceRun], series: [SeriesKey]) {
    hasFleet = !fleets.isEmpty
    fleetServices = Set(fleets.flatMap { $0.services.map(\.name) })
    chargedServices = Set(fleets.flatMap { $0.charges.map(\.service) })
    userTypes = Set(fleets.flatMap { $0.userTypes.map(\.name) })
    ran = Dictionary(grouping: inventory, by: \.service).mapValues { Set($0.map(\.resource)) }
    // What was counted of a model is of no instance.
    let tokens = Set(TokenKind.metrics)
    let models = Set(series.filter { tokens.contains($0.metric) }.map { [$0.service, $0.resource] })
    let ofInstances = series.filter {
      !Metric.ofModels.contains($0.metric) || !models.contains([$0.service, $0.resource])
    }
    measured = Dictionary(grouping: ofInstances, by: \.service).mapValues { Set($0.map(\.resource)) }
  }

  private var known: Set<String> { fleetServices.union(ran.keys) }

  /// Resources of samples that did not run, instances without samples, user types that are none.
  func resources() -> [UnmatchedNames] {
    var found: [UnmatchedNames] = []
    for (service, ran) in ran {
      let measured = measured[service] ?? []
      let strangers = measured.subtracting(ran).subtracting([""])
      if !strangers.isEmpty { found.append(UnmatchedNames(.samplesWithoutInstance, service, strangers)) }
      let silent = ran.subtracting(measured)
      if !silent.isEmpty { found.append(UnmatchedNames(.instanceWithoutSamples, service, silent)) }
    }
    let users = (measured[userService] ?? []).subtracting(userTypes)
    if hasFleet, !users.isEmpty { found.append(UnmatchedNames(.unknownUserType, userService, users)) }
    return found
  }

  /// Services that stand in one place and are known in no other.
  func services(held: [String]) -> [UnmatchedNames] {
    guard hasFleet else { return [] }
    var found: [UnmatchedNames] = []
    let measurable = known.union(chargedServices).union([userService])
    for service in measured.keys where !measurable.contains(service) {
      found.append(unknown(.unknownService, service, measured[service]!))
    }
    // A file that names no services leaves them to the inventory.
    for service in ran.keys where !fleetServices.isEmpty && !fleetServices.contains(service) {
      found.append(unknown(.serviceOutsideFleet, service, ran[service]!))
    }
    for service in Set(held) where service != Commitment.unassigned && !known.contains(service) {
      found.append(unknown(.commitmentOfUnknownService, service, []))
    }
    return found
  }

  private func unknown(_ kind: UnmatchedNames.Kind, _ service: String, _ names: Set<String>) -> UnmatchedNames {
    UnmatchedNames(
      kind, service, names.subtracting([""]),
      nearest: nearestName(to: service, among: fleetServices.subtracting([service]).sorted()))
  }
}

/// The service whose resources are user types.
private let userService = "users"
