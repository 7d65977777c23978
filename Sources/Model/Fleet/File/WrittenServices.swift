/// What a fleet file says of its services: of each in its own part, of all under `defaults`.
package struct WrittenServices: Sendable {
  private let byName: [String: DocumentNode]
  private let shared: DocumentNode?

  /// - Parameter document: the whole file.
  package init(_ document: DocumentNode) {
    let named = (document[key: "services"]?.elements ?? []).compactMap { node in
      node[key: "name"]?.text.map { ($0, node) }
    }
    byName = Dictionary(named) { first, _ in first }
    shared = document[key: "defaults"]
  }

  /// The value of a key of a service: its own, else that of all; nil where the file says neither.
  package func value(_ key: String, of service: String) -> DocumentNode? {
    byName[service]?[key: key] ?? shared?[key: key]
  }
}
