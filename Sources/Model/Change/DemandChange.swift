/// A kind of change to how much is asked of the fleet: capacity follows, by the rules that advice sizes by.
///
/// Several are multiplied, in whatever order they are given.
package protocol DemandChange: PlanChange {
  /// What demand becomes of what it was.
  /// - Throws: ``DataError`` where history does not say what it was.
  func demand(_ context: some ChangeContext) throws(DataError) -> Demand
}

extension DemandChange {
  package var services: [String] { [] }
  package var sets: String? { "" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    try context.fit(&plan, to: try demandBeside(plan, context))
  }

  /// What demand becomes on top of a plan's.
  /// - Throws: ``DataError`` also for more users than may be asked for, and where none are known for a hundred times as much.
  func demandBeside(_ plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> Demand {
    let demand = try plan.demand.times(demand(context))
    let most = (try? context.peakUsers()).map { Double(PeakUsers.most) / Double($0) } ?? 100
    guard let factor = demand.factors.values.map(\.value).max(), factor > most * 1.0001 else { return demand }
    throw DataError(
      Place(file: "what-if"), found: "\(words), in all \(rounded(factor, 1)) times the demand",
      expected: "\(rounded(most, 1)) times at most, \(grouped(PeakUsers.most)) users where users are known",
      kind: .usage)
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.low, .reversible))
  }
}

extension Demand {
  /// One change of demand on top of another, driver by driver.
  package func times(_ other: Demand) -> Demand {
    var product = factors
    for (driver, factor) in other.factors { product[driver] = product[driver].map { $0.times(factor) } ?? factor }
    return Demand(factors: product)
  }
}

extension DemandFactor {
  /// The product of two ratios: exact, or as near as 53 bits are.
  package func times(_ other: DemandFactor) -> DemandFactor {
    ratio(Int128(numerator) * Int128(other.numerator), Int128(denominator) * Int128(other.denominator))
  }

  /// What it is of another.
  package func over(_ other: DemandFactor) -> DemandFactor {
    times(DemandFactor(other.denominator, other.numerator))
  }
}

/// A ratio of positive numbers: exact in 53 bits, else halved on both sides, so that amounts times it stay in bounds.
package func ratio(_ numerator: Int128, _ denominator: Int128) -> DemandFactor {
  var (a, b) = (numerator, denominator)
  while b != 0 { (a, b) = (b, a % b) }
  var (up, down) = (numerator / a, denominator / a)
  while max(up, down) > 1 << 53 { (up, down) = (up >> 1, down >> 1) }
  return DemandFactor(Int64(max(1, up)), Int64(max(1, down)))
}
