import Model

extension AWS: TypeNames {
  package var referenceType: String { "m5.large" }

  package func family(of type: String) -> String { TypeName(type).family }

  /// Bare metal is the size `metal`, or begins with it: `m7i.metal-24xl`.
  package func isBareMetal(_ type: String) -> Bool { TypeName(type).size.hasPrefix("metal") }

  /// A cache node or a database is called by the instance that it runs on: `r6g.large` of `cache.r6g.large`.
  package func hardware(of type: String) -> String {
    NodePrefix(of: type).map { String(type.dropFirst($0.rawValue.count)) } ?? type
  }
}
