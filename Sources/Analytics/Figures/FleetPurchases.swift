import Model

/// What purchases of all services together cost over the term they share, plan beside plan.
package struct FleetPurchases: Sendable {
  package let months: Int
  /// The plan that the fleet file asks for.
  package let chosen: PlanChoice
  /// Sums over services; without what is bought and when it is paid back, which differ from service to service.
  package var rows: [PurchaseComparison.Row]
  /// Services whose purchases were not judged.
  package let missing: [String]

  /// nil where no verdict has purchases.
  init?(_ verdicts: [Verdict]) {
    let all = verdicts.compactMap(\.purchases)
    guard let first = all.first else { return nil }
    var sum = first
    for index in sum.rows.indices {
      let plan = sum.rows[index].plan
      for row in all.dropFirst().compactMap({ $0[plan] }) { sum.rows[index].add(row) }
      sum.rows[index].buys = nil
      sum.rows[index].paybackMonth = nil
    }
    if let best = sum[.hindsight] {
      for index in sum.rows.indices { sum.rows[index].setWorstRegret(beside: best) }
    }
    (months, chosen, rows) = (sum.months, sum.chosen, sum.rows)
    missing = verdicts.filter { $0.step == .mix && $0.purchases == nil }.map(\.service)
  }
}

extension PurchaseComparison.Row {
  fileprivate mutating func add(_ other: PurchaseComparison.Row) {
    expected += other.expected
    fallen += other.fallen
    same += other.same
    grown += other.grown
  }

  fileprivate mutating func setWorstRegret(beside best: PurchaseComparison.Row) {
    worstRegret = max(fallen - best.fallen, same - best.same, grown - best.grown)
  }
}
