/// What an instance is: the key under which it is priced.
package struct InstanceKind: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var region: String
  package var type: String
  package var engine: String
  package init(region: String, type: String, engine: String) {
    self.region = region
    self.type = type
    self.engine = engine
  }
  package var description: String { "\(type) (\(engine)) in \(region)" }
  package static func < (a: InstanceKind, b: InstanceKind) -> Bool {
    (a.region, a.engine, a.type) < (b.region, b.engine, b.type)
  }
}
