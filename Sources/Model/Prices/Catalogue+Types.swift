// What types are there, what do they offer, how fast are they? Asked of hundreds of types at a time, so that nothing here
// builds an error or compares spellings.

extension Catalogue {
  /// What a type offers; nil when the book has no specification of it.
  package func specificationIfKnown(_ type: String) -> InstanceSpecification? { specifications[type] }

  /// The current types that may stand in a kind's place, by name: priced on demand in its region for what it runs, of its
  /// sort of service (``InstanceServices/priceService(ofType:engine:)``), with a known specification.
  ///
  /// Bare metal is left out. The kind's own type is among them when it is such a type itself.
  package func types(like kind: InstanceKind) -> [String] {
    let service = cloud.priceService(of: kind)
    return onDemand.keys.filter { other in
      other.region == kind.region && other.engine == kind.engine
        && specifications[other.type]?.isCurrentGeneration == true
        && cloud.priceService(of: other) == service
        && !cloud.isBareMetal(other.type)
    }.map(\.type).sorted()
  }

  /// How fast a virtual CPU of one type is beside one of another; nil when either was not measured.
  ///
  /// Types of one family run on the same processors: exactly 1, measured or not.
  package func relativePerformance(of type: String, to other: String) -> RelativePerformance? {
    if cloud.family(of: type) == cloud.family(of: other) { return .same }
    guard let one = performance[cloud.hardware(of: type)], let two = performance[cloud.hardware(of: other)] else {
      return nil
    }
    return RelativePerformance(one, to: two)
  }
}
