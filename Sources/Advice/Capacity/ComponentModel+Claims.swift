import Analysis
import Model

extension ComponentModel {
  /// A component as the fleet file alone has it: by what its document says of each user, else by what the user types do in
  /// their sessions; nil where neither says anything of it.
  /// - Parameter mix: how many of each hundred users are of which type, in the fleet's order.
  package init?(_ service: Service, in fleet: Fleet, mix: [Double], types: [ComponentType], currentType: String) {
    var loads: [ComponentLoad] = []
    let nodes = max(1, service.minimum)
    for claim in fleet.claims.expectedConsumption where claim.service == service.name {
      for load in claim.loadPerUser {
        loads += service.bounds(of: load.metric, nodes: nodes).map {
          ComponentLoad(.metric(load.metric), UserLine(perUser: load.value.double), bound: $0)
        }
      }
      if let memory = claim.memoryMbPerUser {
        loads.append(
          ComponentLoad(.memory, UserLine(perUser: memory.double * bytesOfMB / bytesOfGiB), bound: .type))
      }
    }
    if loads.isEmpty, let (metric, perUser) = service.sessionLoad(of: fleet.userTypes, mix: mix), perUser > 0 {
      loads += service.bounds(of: metric, nodes: nodes).map {
        ComponentLoad(.metric(metric), UserLine(perUser: perUser), bound: $0)
      }
    }
    guard !loads.isEmpty else { return nil }
    self.init(service, loads, types: types, source: .fleetFile, currentType: currentType, fleet.review)
  }
}

extension Service {
  /// What a user of a mix causes on average, by Little's law: what a session has, over its length.
  fileprivate func sessionLoad(of types: [UserType], mix: [Double]) -> (metric: Metric, perUser: Double)? {
    let metric: Metric
    let seconds: Double
    switch driver {
    case .apiCalls: (metric, seconds) = (.requestsPerSecond, 3600)
    case .prompts: (metric, seconds) = (.jobsPerMinute, 60)
    case .websocketConnections: (metric, seconds) = (.connections, 1)
    default: return nil
    }
    let all = mix.reduce(0, +)
    guard all > 0, types.count == mix.count else { return nil }
    // Weights are in millionths of a unit (connections) or of a unit an hour.
    let sum = zip(types, mix).reduce(0.0) { $0 + Double($1.0.weight(for: driver)) / 1_000_000 * $1.1 }
    return (metric, sum / all / seconds)
  }
}
