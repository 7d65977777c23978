/// The top of every path into a fleet file.
package let fleetRoot = DocumentPath()

/// The elements of a list of the fleet, each with its path.
package func placed<Element>(_ elements: [Element], _ list: DocumentPath) -> [(path: DocumentPath, value: Element)] {
  elements.enumerated().map { (list.index($0.offset), $0.element) }
}

extension Fleet {
  /// What services share, and the services, with their paths: each lies in range by itself.
  package var placedParts: [(path: DocumentPath, value: Service)] {
    [(fleetRoot.key("defaults"), defaults.service)] + placedServices
  }

  /// The services with their paths.
  package var placedServices: [(path: DocumentPath, value: Service)] { placed(services, fleetRoot.key("services")) }
}
