import Advice
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

/// A service that can be replayed, and what ran of it.
struct PreparedSimulation {
  var simulation: ServiceSimulation
  var type: String
  /// Instances in each tick.
  var ran: [Int]
}

extension Study {
  /// A service with what it did in the month; why not, where it cannot be replayed.
  /// - Parameter tickSeconds: a divisor of the grid's step.
  /// - Throws: ``DataError`` when the samples cannot be read.
  func prepared(
    _ service: Service, tickSeconds: Int64
  ) throws(DataError) -> Result<PreparedSimulation, SimulationRefusal> {
    let plan = try asRun()
    guard let type = context.mainType(of: service.name, in: plan) else { return .failure(.nothingRan) }
    guard let specification = inputs.catalogue.specificationIfKnown(type) else {
      return .failure(.unspecified(type: type))
    }
    let load = try context.load(of: service)
    let totals = try context.totals(of: service, on: context.grid)
    let capacity = InstanceCapacity(specification, of: load, totals: totals, doingWorkOf: service)
    let traffic = ServiceTraffic(load, capacity, totals: totals, tickSeconds: tickSeconds)
    guard !traffic.values.isEmpty else { return .failure(.nothingMeasured) }
    let ran = load.running.flatMap { repeatElement($0, count: traffic.ticksPerSample) }.prefix(traffic.grid.count)
    let simulation = ServiceSimulation(service, capacity, traffic, context.rules)
    return .success(PreparedSimulation(simulation: simulation, type: type, ran: Array(ran)))
  }

  /// The service of a name; all for none.
  /// - Throws: ``DataError`` for a name that the fleet does not have.
  func services(named name: String?) throws(DataError) -> [Service] {
    guard let name else { return fleet.services }
    if let service = fleet.service(name) { return [service] }
    throw DataError(
      Place(parameter: .service), found: "\"\(name)\"",
      expected: choice(among: fleet.services.map(\.name), insteadOf: name), kind: .usage)
  }
}
