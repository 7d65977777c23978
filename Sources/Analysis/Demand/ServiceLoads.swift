import Model

#if canImport(Synchronization)
  import Synchronization
#endif

/// What the services of a fleet did in a period, each worked out when it is asked for. The latest are kept, so that memory
/// does not grow with the fleet.
package final class ServiceLoads: Sendable {
  /// Slots of all that are kept together, at some 50 bytes: a month at five minutes of a thousand services.
  private static let mostSlots = 9_000_000

  package let grid: SampleGrid
  private let inventory: RunsByService
  private let history: History
  private let catalogue: Catalogue
  private let kept = Mutex<(loads: [String: ServiceLoad], order: [String])>(([:], []))

  package init(inventory: RunsByService, history: History, catalogue: Catalogue, grid: SampleGrid) {
    self.inventory = inventory
    self.history = history
    self.catalogue = catalogue
    self.grid = grid
  }

  /// - Throws: ``DataError`` when a type that ran has no specification, or the samples cannot be read.
  package func load(of service: Service) throws(DataError) -> ServiceLoad {
    if let load = kept.withLock({ $0.loads[service.name] }) { return load }
    let load = try ServiceLoad(
      service, runs: inventory[service.name], history: history, grid: grid, catalogue: catalogue)
    kept.withLock { kept in
      if kept.loads.updateValue(load, forKey: service.name) == nil { kept.order.append(service.name) }
      if kept.order.count * grid.count > Self.mostSlots, kept.order.count > 1 {
        kept.loads[kept.order.removeFirst()] = nil
      }
    }
    return load
  }
}
