import Analysis
import Model
import Solvers

/// Why a service's scaling was not replayed.
package enum SimulationRefusal: Error, Hashable {
  /// Its instances do not share their work, or hold data: nothing adds or removes any.
  case doesNotScale(ScalingApproach)
  case nothingRan
  /// The book does not say what the type offers.
  case unspecified(type: String)
  /// Nothing was measured that tells how busy it was.
  case nothingMeasured
}

/// A service that can be replayed, and what runs of it in a plan.
package struct PreparedSimulation: Sendable {
  package var simulation: ServiceSimulation
  package var type: String
  /// Instances in each tick.
  package var ran: [Int]
}

/// What the record tells of a service's load and of what carries it, by the type that would.
package struct LearnedTraffic {
  fileprivate typealias Figures = (capacity: InstanceCapacity, traffic: ServiceTraffic)
  fileprivate var ofTypes: [String: Figures] = [:]

  package init() {}
}

extension AdviceContext {
  /// A service under the demand of a plan, with what runs of it in that plan; why not, where it cannot be replayed.
  /// - Parameters:
  ///   - tickSeconds: a divisor of the grid's step.
  ///   - watch: what is asked of the replay.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package func prepared(
    _ service: Service, in plan: FleetPlan, tickSeconds: Int64, watch: SimulationWatch = .everything
  ) throws(DataError) -> Result<PreparedSimulation, SimulationRefusal> {
    var learned = LearnedTraffic()
    return try prepared(service, in: plan, tickSeconds: tickSeconds, watch: watch, &learned)
  }

  /// The same, for several plans of one service after one another.
  /// - Parameter learned: what the record tells, from one plan to the next.
  package func prepared(
    _ service: Service, in plan: FleetPlan, tickSeconds: Int64, watch: SimulationWatch,
    _ learned: inout LearnedTraffic
  ) throws(DataError) -> Result<PreparedSimulation, SimulationRefusal> {
    guard let type = mainType(of: service.name, in: plan) else { return .failure(.nothingRan) }
    let service = service.acting(by: plan.recurring[service.name])
    guard let specification = catalogue.specificationIfKnown(type) else {
      return .failure(.unspecified(type: type))
    }
    let load = try load(of: service)
    let known: LearnedTraffic.Figures
    if let found = learned.ofTypes[type] {
      known = found
    } else {
      let totals = try totals(of: service, on: grid)
      let capacity = InstanceCapacity(specification, of: load, totals: totals, doingWorkOf: service)
      known = (capacity, ServiceTraffic(load, capacity, totals: totals, tickSeconds: tickSeconds))
      learned.ofTypes[type] = known
    }
    let traffic = known.traffic.scaled(by: plan.demand.factor(of: service.driver).value)
    guard !traffic.values.isEmpty else { return .failure(.nothingMeasured) }
    let running = runningCounts(plan.runs(of: service.name), on: load.grid)
    let ran = running.flatMap { repeatElement($0, count: traffic.ticksPerSample) }.prefix(traffic.grid.count)
    let simulation = ServiceSimulation(service, known.capacity, traffic, rules, watch: watch)
    return .success(PreparedSimulation(simulation: simulation, type: type, ran: Array(ran)))
  }

  /// Replayed minute by minute, from as many instances as the plan begins with.
  package func scaledCounts(
    of service: Service, by scaling: AskedScaling, in plan: FleetPlan
  ) throws(DataError) -> ScaledCounts {
    guard service.approach == .group else {
      throw SimulationRefusal.doesNotScale(service.approach).error(of: service)
    }
    var service = service
    let variant: SimulatedScaling
    switch scaling {
    case .configured: variant = .configured
    case .named(let name): variant = .policy(name)
    case .target(let metric, let target):
      var policy = ScalingPolicy()
      (policy.name, policy.metric, policy.target) = ("\(metric.rawValue):\(target)", metric, target)
      service.policies = [policy]
      variant = .policy(policy.name)
    }
    let prepared: PreparedSimulation
    switch try self.prepared(service, in: plan, tickSeconds: 60) {
    case .success(let found): prepared = found
    case .failure(let refusal): throw refusal.error(of: service)
    }
    let known = prepared.simulation.scaling
    if case .policy(let name) = variant, !known.policies.contains(where: { $0.name == name }) {
      let isLacking = known.unreplayed.contains { $0.name == name }
      let found = isLacking ? "policy \(name), whose metric no replay can follow" : "policy \"\(name)\""
      throw DataError(
        Place(file: "what-if", key: service.name),
        found: found,
        expected: "configured, a METRIC:TARGET, or " + choice(among: known.policies.map(\.name), insteadOf: name),
        kind: .usage)
    }
    let answer = try prepared.simulation.replay(variant, initial: prepared.ran.first ?? 0)
    return ScaledCounts(counts: answer.paid.map(Int.init), grid: prepared.simulation.traffic.grid)
  }
}

extension Service {
  /// With actions by the clock in place of its own; as it is where there are none.
  fileprivate func acting(by actions: [CapacityAction]?) -> Service {
    guard let actions else { return self }
    var service = self
    service.scheduledActions = actions.enumerated().map { ScheduledAction($1, named: "advised action \($0 + 1)") }
    return service
  }
}

extension SimulationRefusal {
  /// Why a policy cannot be tried.
  fileprivate func error(of service: Service) -> DataError {
    let found =
      switch self {
      case .doesNotScale: "a policy for \(service.name), whose instances do not share their work"
      case .nothingRan: "a policy for \(service.name), of which nothing ran"
      case .unspecified(let type): "a policy for \(service.name) on \(type), whose size the price book does not say"
      case .nothingMeasured: "a policy for \(service.name), of which nothing was measured that it could follow"
      }
    return DataError(
      Place(file: "what-if", key: service.name), found: found, expected: "a service that scaling can be replayed of",
      kind: .usage)
  }
}
