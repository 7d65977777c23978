import Analysis
import Model

/// Why nothing is known of a component.
package struct CapacityGap: Error, Hashable {
  package var reason: String

  package init(_ reason: String) { self.reason = reason }
}

extension AdviceContext {
  /// A service as numbers of users ask for it: as the month showed it, else as the fleet file has it. Whoever says what so
  /// many users need asks this, so that no two say different things.
  /// - Parameters:
  ///   - plan: what runs.
  ///   - mix: how many of each hundred users are of which type, in the fleet's order.
  ///   - factor: how many times as much each user drives of it, where that is another mix than was measured.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package func component(
    _ service: Service, in plan: FleetPlan, mix: [Double], factor: Double = 1
  ) throws(DataError) -> Result<ComponentModel, CapacityGap> {
    let type = mainType(of: service.name, in: plan) ?? service.initialType
    guard let own = catalogue.specificationIfKnown(type) else {
      return .failure(CapacityGap("no book says what \(type.isEmpty ? "its type" : type) offers"))
    }
    let noPrice = CapacityGap("none of its types has a price")
    let counts = try userCounts()
    if (counts.peak ?? 0) > 0,
      case .success(let prepared) = try prepared(service, in: plan, tickSeconds: SampleGrid.usualStepSeconds)
    {
      let simulation = prepared.simulation
      let model = ComponentModel(
        simulation.service, simulation.traffic, simulation.capacity, users: counts.concurrent,
        nodes: prepared.ran.max() ?? 1, type: type, factor: factor, self)
      if let model, !model.loads.isEmpty { return model.types.isEmpty ? .failure(noPrice) : .success(model) }
    }
    let types = ComponentType.all(of: service, running: own, self)
    guard !types.isEmpty else { return .failure(noPrice) }
    let model = ComponentModel(service, in: fleet, mix: mix, types: types, currentType: type)
    return model.map { .success($0) } ?? .failure(CapacityGap("nothing says what users make of it"))
  }
}
