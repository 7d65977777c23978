import Advice
import Model

extension Study {
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
