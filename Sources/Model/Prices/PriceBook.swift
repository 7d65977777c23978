/// Dated prices and specifications as rows, in any order: what price files hold and the store keeps.
package struct PriceBook: Sendable {
  /// Instances on demand, in USD an hour.
  package var onDemand: [OnDemandPrice] = []
  /// Reservations, in USD at the start and USD an hour.
  package var reserved: [ReservedPrice] = []
  /// What instances draw from savings plans, in USD an hour.
  package var savingsPlans: [SavingsPlanRate] = []
  /// What spot capacity saves on average, in percent, and how often it is taken back.
  package var spot: [SpotEstimate] = []
  /// Spot prices as they were, in USD an hour.
  package var spotPrices: [SpotPrice] = []
  /// Services other than instances, in USD a unit.
  package var units: [UnitPrice] = []
  /// What types offer.
  package var specifications: [InstanceSpecification] = []
  /// How fast types were measured to be, in CoreMark iterations a second.
  package var performance: [InstancePerformance] = []
  /// How long requests to language models may be, in tokens.
  package var contexts: [ModelContext] = []

  /// A book without a row.
  package init() {}

  /// Rows of every kind together.
  package var rows: Int { priceKinds.reduce(0) { $0 + count($1) } }

  /// Adds the rows of another book.
  package mutating func append(_ other: PriceBook) {
    for kind in priceKinds { append(kind, of: other) }
  }

  private mutating func append<Row: PriceRow>(_: Row.Type, of other: PriceBook) {
    self[keyPath: Row.rows] += other[keyPath: Row.rows]
  }

  private func count<Row: PriceRow>(_: Row.Type) -> Int { self[keyPath: Row.rows].count }
}
