/// The runs of an inventory, grouped once by service.
package struct RunsByService: Sendable {
  private let byService: [String: [InstanceRun]]

  /// - Parameter runs: in the inventory's order, which each service's keep.
  package init(_ runs: [InstanceRun]) { byService = Dictionary(grouping: runs, by: \.service) }

  package subscript(service: String) -> [InstanceRun] { byService[service] ?? [] }

  /// Those of the one instance that a service speaks of; of all where it speaks of none.
  package func of(_ service: Service) -> [InstanceRun] {
    let all = self[service.name]
    return service.resource.map { resource in all.filter { $0.resource == resource } } ?? all
  }
}
