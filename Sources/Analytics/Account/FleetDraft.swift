import Clouds
import Ingest
import Model

/// A fleet file as it can be written from what a cloud lists of an account.
struct FleetDraft {
  /// A service of it.
  struct DraftService {
    var service: Service
    /// Machines and nodes that run now.
    var running = 0
    /// Their types, the most first.
    var types: [String] = []
    /// The regions they run in, sorted.
    var regions: [String] = []
    /// What its nodes are asked for by namespace, in millionths of what they have; sorted by name, none of nothing.
    var namespaces: [(name: String, millionths: Int64)] = []
    /// The cooldown of its group; nil where no group says one.
    var cooldown: Int?
  }

  var name: String
  /// Where most machines run; empty where no file says.
  var region: String
  var groupBy: String?
  /// Sorted by name.
  var services: [DraftService]
  /// Sorted by name.
  var charges: [Charge]

  /// - Parameters:
  ///   - listing: settled.
  ///   - tag: the tag that names services; nil for groups and names.
  init(_ listing: AccountListing, named name: String, groupedBy tag: String?) {
    self.name = name
    groupBy = tag
    region = Self.region(of: listing)
    services = Self.services(of: listing, tag)
    charges = DraftCharges(listing, groupedBy: tag, home: region).charges
  }

  private static func region(of listing: AccountListing) -> String {
    let running = listing.instances.filter { $0.stopped == nil }
    var counts: [String: Int] = [:]
    for one in running.isEmpty ? listing.instances : running {
      if let region = one.place { counts[region, default: 0] += 1 }
    }
    if counts.isEmpty {
      for holding in listing.holdings { if let region = holding.region { counts[region, default: 0] += 1 } }
    }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? ""
  }

  /// Services with a machine that runs, and groups that may have some.
  private static func services(of listing: AccountListing, _ tag: String?) -> [DraftService] {
    var drafts: [String: DraftService] = [:]
    func draft(_ name: String) -> DraftService {
      var service = Service()
      service.name = name
      return drafts[name] ?? DraftService(service: service)
    }
    let running = Dictionary(grouping: listing.instances.filter { $0.stopped == nil }) { $0.service(groupedBy: tag) }
    for (name, machines) in running {
      var one = draft(name)
      one.running = machines.count
      one.regions = Set(machines.compactMap(\.place)).sorted()
      let types = Dictionary(grouping: machines, by: \.type).mapValues(\.count)
      one.types = types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      drafts[name] = one
    }
    for (name, parts) in PodShares.parts(of: listing, groupedBy: tag) {
      var one = draft(name)
      one.namespaces = parts
      drafts[name] = one
    }
    let owners = groupOwners(listing, tag)
    // What a group may do is no bound of a service that has machines beside it.
    let groups = Set(listing.groups.map(\.name))
    let mixed = Set(running.filter { $0.value.contains { one in !(one.group.map(groups.contains) ?? false) } }.keys)
    for group in listing.groups where group.maximum > 0 {
      let name = owners[group.name] ?? group.name
      guard !mixed.contains(name) else { continue }
      var one = draft(name)
      one.add(group, listing)
      drafts[name] = one
    }
    return drafts.values.sorted { $0.service.name < $1.service.name }
  }

  /// The service that the machines of each group are of, where they are of one.
  private static func groupOwners(_ listing: AccountListing, _ tag: String?) -> [String: String] {
    let services = Dictionary(grouping: listing.instances.filter { $0.group != nil }) { $0.group ?? "" }
      .mapValues { Set($0.map { $0.service(groupedBy: tag) }) }
    var owners = services.compactMapValues { $0.count == 1 ? $0.first : nil }
    for group in listing.groups where owners[group.name] == nil {
      if let tag, let value = group.tags.first(where: { $0.key == tag })?.value, !value.isEmpty {
        owners[group.name] = value
      }
    }
    return owners
  }
}

extension FleetDraft.DraftService {
  /// Adds what a group may do; several groups of a service add up.
  fileprivate mutating func add(_ group: ListedGroup, _ listing: AccountListing) {
    let isFirst = service.maximum == Service().maximum
    service.minimum = min(mostOfGroup, (isFirst ? 0 : service.minimum) + min(group.minimum, mostOfGroup))
    service.maximum = min(mostOfGroup, (isFirst ? 0 : service.maximum) + min(group.maximum, mostOfGroup))
    cooldown = cooldown ?? group.cooldown
    service.loadBalancer = service.loadBalancer ?? group.loadBalancer
    for policy in listing.policies where policy.group == group.name {
      if let policy = policy.policy, !service.policies.contains(where: { $0.name == policy.name }) {
        service.policies.append(policy)
      }
    }
    for schedule in listing.schedules where schedule.group == group.name {
      guard let action = schedule.action, !service.scheduledActions.contains(where: { $0.name == action.name }) else {
        continue
      }
      service.scheduledActions.append(action)
    }
  }
}

/// The most instances that a fleet file has of a service.
private let mostOfGroup = 100_000

extension ListedInstance {
  /// The region it is in, by its zone or by what the cloud says; nil for neither.
  var place: String? { supportedCloud.region(ofZone: zone) ?? region }
}
