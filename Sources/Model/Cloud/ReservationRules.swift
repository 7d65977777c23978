/// How a cloud counts sizes, and which other sizes a reservation covers.
package protocol ReservationRules: Sendable {
  /// The normalisation factor of a type × 4, so that it is a whole number; nil for a size without one.
  func quarterUnits(of type: String) -> Int128?
  /// The family all of whose sizes a regional reservation of a kind covers, in normalised units; nil where it covers its
  /// own type alone.
  func flexibleFamily(of kind: InstanceKind) -> String?
}

extension ReservationRules {
  /// Normalised units of a type (× 4); sizes without a factor count 1 and match only themselves.
  package func normalisedUnits(of type: String) -> Int128 { quarterUnits(of: type) ?? 1 }
}
