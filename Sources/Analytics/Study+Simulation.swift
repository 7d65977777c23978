import Advice
import Model

extension Study {
  /// A service with what it did in the month; why not, where it cannot be replayed.
  /// - Parameter tickSeconds: a divisor of the grid's step.
  /// - Throws: ``DataError`` when the samples cannot be read.
  func prepared(
    _ service: Service, tickSeconds: Int64
  ) throws(DataError) -> Result<PreparedSimulation, SimulationRefusal> {
    try context.prepared(service, in: try asRun(), tickSeconds: tickSeconds)
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
