/// How a cloud counts sizes, and which other sizes a reservation covers.
package protocol ReservationRules: Sendable {
  /// The normalisation factor of a type × 4, so that it is a whole number; nil for a size without one.
  func quarterUnits(of type: String) -> Int128?
  /// The family all of whose sizes a regional reservation of a kind covers, in normalised units; nil where it covers its
  /// own type alone.
  func flexibleFamily(of kind: InstanceKind) -> String?
  /// The engines whose reservations cover a kind, its own first.
  func coveringEngines(of kind: InstanceKind) -> [String]
  /// The engine under which all are counted that share reservations with a kind: one whose reservations cover every one.
  func sharedEngine(of kind: InstanceKind) -> String
  /// How many fifths of the normalised units of its size an instance of a kind draws from a reservation: 5, fewer of an
  /// engine that a reservation of another covers in part of its units, more of what is several instances in one.
  func fifths(of kind: InstanceKind) -> Int128
}

extension ReservationRules {
  /// Normalised units of a kind × 20, so that they are whole numbers; sizes without a factor count a quarter and match
  /// only themselves.
  package func normalisedUnits(of kind: InstanceKind) -> Int128 {
    (quarterUnits(of: kind.type) ?? 1) * fifths(of: kind)
  }
}
