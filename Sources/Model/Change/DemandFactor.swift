/// Demand relative to history, as an exact ratio.
package struct DemandFactor: Hashable, Sendable {
  package var numerator: Int64
  package var denominator: Int64

  /// - Precondition: both are positive.
  package init(_ numerator: Int64, _ denominator: Int64) {
    precondition(numerator > 0 && denominator > 0, "demand scales by a positive ratio")
    var (a, b) = (numerator, denominator)
    while b != 0 { (a, b) = (b, a % b) }
    self.numerator = numerator / a
    self.denominator = denominator / a
  }

  package static let one = DemandFactor(1, 1)
  @inlinable package var value: Double { Double(numerator) / Double(denominator) }
  package var isOne: Bool { numerator == denominator }
}

/// Demand relative to history for everything that follows a driver; drivers not named are as they were.
package struct Demand: Hashable, Sendable {
  package var factors: [CostDriver: DemandFactor]

  package init(factors: [CostDriver: DemandFactor] = [:]) {
    self.factors = factors.filter { !$0.value.isOne }
  }

  /// The same factor for every driver.
  package init(_ factor: DemandFactor) {
    self.init(factors: Dictionary(CostDriver.named.map { ($0, factor) }) { first, _ in first })
  }

  package static let asMeasured = Demand()
  /// What a measured metric follows, is taken to grow with the number of users where nothing else is known of it.
  package func factor(of driver: CostDriver) -> DemandFactor {
    if case .metric = driver { return factors[driver] ?? factors[.users] ?? .one }
    return factors[driver] ?? .one
  }
}
