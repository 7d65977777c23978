/// Why spot capacity is not offered for a service.
package enum SpotReason: Hashable, Sendable {
  /// The fleet file does not call it interruptible.
  case notInterruptible
  /// No instance ran in the period.
  case notRunning
  /// Its CPU usage is not measured.
  case unmeasured
  /// What its instances carried is known too seldom.
  case uncovered(CoverageShortfall)
  /// No type that fits has a spot price that ends up below on demand, in USD an hour.
  case noneCheaper(onDemand: Money, [SpotLeftOut])
}

/// A type that spot could run on and does not.
package struct SpotLeftOut: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// It is smaller than the type that is needed, or of unknown size.
    case notAsLarge(as: String)
    /// The price book has no spot price of it, or none in the zones that the fleet file names.
    case unpriced(inNamedZones: Bool)
    /// What an hour is expected to cost, all counted, is not below on demand.
    case notCheaper(Money)
    /// It is cheaper than on demand, and using it too would save no more than using those that are cheaper still.
    case savesNoMore(Money)
  }
  package var type: String
  package var reason: Reason

  package init(_ type: String, _ reason: Reason) {
    self.type = type
    self.reason = reason
  }
}
