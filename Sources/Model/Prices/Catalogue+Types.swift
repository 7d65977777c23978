// What types are there, what do they offer, how fast are they? Asked of hundreds of types at a time, so that nothing here
// builds an error or compares spellings.

extension Catalogue {
  /// What a type offers; nil when the book has no specification of it.
  package func specificationIfKnown(_ type: String) -> InstanceSpecification? { specifications[type] }

  /// The current types that may stand in a kind's place, by name: priced on demand in its region for what it runs, of its
  /// sort of service (``priceService(ofType:engine:)``), with a known specification.
  ///
  /// Bare metal is left out. The kind's own type is among them when it is such a type itself.
  package func types(like kind: InstanceKind) -> [String] {
    let service = kind.priceService
    return onDemand.keys.filter { other in
      other.region == kind.region && other.engine == kind.engine
        && specifications[other.type]?.isCurrentGeneration == true
        && other.priceService == service
        && !TypeName(other.type).size.hasPrefix("metal")
    }.map(\.type).sorted()
  }

  /// How fast a virtual CPU of one type is beside one of another; nil when either was not measured.
  ///
  /// Types of one family run on the same processors: exactly 1, measured or not.
  package func relativePerformance(of type: String, to other: String) -> RelativePerformance? {
    if TypeName(type).family == TypeName(other).family { return .same }
    guard let one = performance[hardware(type)], let two = performance[hardware(other)] else { return nil }
    return RelativePerformance(one, to: two)
  }

  /// The instance that a cache node or a database runs on, by its name: `r6g.large` of `cache.r6g.large`.
  private func hardware(_ type: String) -> String {
    ["cache.", "db."].first { type.hasPrefix($0) }.map { String(type.dropFirst($0.count)) } ?? type
  }
}
