import Clouds
import Model

/// What an inventory tells of a fleet that its file leaves open.
package struct FleetCompletion: Sendable {
  /// The fleet with all of it.
  package private(set) var fleet: Fleet
  /// Services that the file does not name, made from the inventory.
  package private(set) var madeServices: Set<String> = []

  private let runs: [String: [InstanceRun]]
  private let period: Period

  /// - Parameters:
  ///   - inventory: of all services.
  ///   - period: what is asked about; what ran outside of it makes no service.
  package init(_ fleet: Fleet, by inventory: [InstanceRun], in period: Period) {
    self.fleet = fleet
    self.period = period
    runs = Dictionary(grouping: inventory.filter { $0.overlap(with: period) != nil }, by: \.service)
    let known = Set(fleet.services.map(\.name))
    for name in runs.keys.sorted() where !known.contains(name) {
      var service = fleet.defaults.service
      service.name = name
      service.settle()
      self.fleet.services.append(service)
      madeServices.insert(name)
    }
    for index in self.fleet.services.indices { complete(&self.fleet.services[index]) }
  }

  private func complete(_ service: inout Service) {
    let runs = runs[service.name] ?? []
    let latest = runs.max { ($0.started, $0.resource) < ($1.started, $1.resource) }?.type
    if service.initialType.isEmpty { service.initialType = latest ?? "" }
    let type = latest ?? service.initialType
    if service.engine.isEmpty {
      service.engine = mostRun(runs) ?? supportedCloud.usualEngine(of: type)
    } else {
      service.engine = supportedCloud.engine(called: service.engine, on: type)
    }
    service.shownApproach = shownApproach(service, runs)
  }

  /// The engine that the inventory states for most runs, of equally many the first by name; nil where it states none.
  private func mostRun(_ runs: [InstanceRun]) -> String? {
    var counts: [String: Int] = [:]
    for case let engine? in runs.map(\.engine) { counts[engine, default: 0] += 1 }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }

  /// Managed nodes are a cluster; instances that come and go, or that the file lets come and go, are a group; all else is
  /// judged one by one.
  private func shownApproach(_ service: Service, _ runs: [InstanceRun]) -> ScalingApproach {
    let types = runs.map(\.type) + [service.initialType]
    if service.database != nil || service.cluster != nil || types.contains(where: supportedCloud.isManaged) {
      return .cluster
    }
    return service.isMeantToScale || comeAndGo(runs) ? .group : .single
  }

  /// True where an instance took the place of another, or ran as spot.
  private func comeAndGo(_ runs: [InstanceRun]) -> Bool {
    if runs.contains(where: { $0.lifecycle == .spot }) { return true }
    let lives = Dictionary(grouping: runs, by: \.resource).values.compactMap { own -> Period? in
      let parts = own.compactMap { $0.overlap(with: period) }
      guard let start = parts.map(\.start).min(), let end = parts.map(\.end).max() else { return nil }
      return Period(start: start, end: end)
    }
    let latestStart = lives.map(\.start).max() ?? period.start
    let earliestEnd = lives.map(\.end).min() ?? period.end
    return earliestEnd <= latestStart
  }
}

extension Period {
  /// From 1970 to the end of the year 9999.
  static let ever = Period(start: Instant(seconds: 0), end: Instant(seconds: 253_402_300_800))
}

extension Service {
  /// True where the file lets instances be added and removed.
  fileprivate var isMeantToScale: Bool {
    let rules = scaling.scaleOut.count + scaling.scaleIn.count + policies.count + scheduledActions.count
    return rules > 0 || interruptible || minimum > 1 || (2..<Service().maximum).contains(maximum)
  }
}
