/// Dated prices and specifications as rows, in any order: what price files hold and the store keeps.
package struct PriceBook: Sendable {
  package var onDemand: [OnDemandPrice] = []
  package var reserved: [ReservedPrice] = []
  package var savingsPlans: [SavingsPlanRate] = []
  package var spot: [SpotEstimate] = []
  package var spotPrices: [SpotPrice] = []
  package var units: [UnitPrice] = []
  package var specifications: [InstanceSpecification] = []
  package var performance: [InstancePerformance] = []

  package init() {}

  /// Rows of every kind together.
  package var rows: Int {
    onDemand.count + reserved.count + savingsPlans.count + spot.count + spotPrices.count + units.count
      + specifications.count + performance.count
  }

  /// Adds the rows of another book.
  package mutating func append(_ other: PriceBook) {
    onDemand += other.onDemand
    reserved += other.reserved
    savingsPlans += other.savingsPlans
    spot += other.spot
    spotPrices += other.spotPrices
    units += other.units
    specifications += other.specifications
    performance += other.performance
  }
}
