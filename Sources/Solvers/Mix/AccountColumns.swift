// What branch and bound over the purchases of a small account counts: a column is something that may be bought at one
// moment, in any whole number; a group is columns whose sum is divided before they are.

/// A purchase of branch and bound.
struct AccountColumn: Sendable {
  /// What one of it costs in grains is in it, without a price of cash.
  var arc: AccountModel.Arc
  /// Micro-USD paid upfront for one; 0 where there is no budget.
  var cash: Int
  /// Its pool, or its plan behind all pools.
  var block: Int
  /// More is of no use.
  var most: Int
}

/// All that may be bought, with what is divided together.
struct AccountColumns: Sendable {
  let columns: [AccountColumn]
  /// Of some columns, more than one: those of a pool, of an offer of it in all months, of a plan.
  let groups: [[Int]]
  /// By block, its columns.
  let blocks: [[Int]]

  init(_ model: AccountModel) {
    var columns: [AccountColumn] = []
    for pool in model.pools.indices { columns += model.columns(of: pool) }
    for plan in model.plans.indices { columns += model.columns(ofPlan: plan) }
    self.columns = columns
    let blocks = (0..<model.pools.count + model.plans.count).map { block in
      columns.indices.filter { columns[$0].block == block }
    }
    let offers = Dictionary(grouping: columns.indices) { columns[$0].arc.subject }.values.sorted { $0[0] < $1[0] }
    groups = (blocks + offers.filter { !blocks.contains($0) }).filter { $0.count > 1 }
    self.blocks = blocks
  }
}

extension AccountModel {
  /// Of reservations that serve the same segments, those than which no other is as cheap for as little cash.
  fileprivate func columns(of pool: Int) -> [AccountColumn] {
    var found: [AccountColumn] = []
    for (index, offer) in pools[pool].offers.enumerated()
    where offer.hourly < pools[pool].onDemand && offer.upfront <= budget ?? .max {
      let cash = budget == nil ? 0 : offer.upfront
      for chance in time.chances {
        let window = time.window(from: chance, term: offer.termHours)
        let cost = Int(clamping: Int128(offer.hourly) * Int128(window.hours) * Int128(grains))
        let arc = Arc(subject: .reservation(pool: order[pool], offer: index), from: chance, window: window, cost: cost)
        found.append(column(arc, cash: cash, block: pool, most: tops[pool]))
      }
    }
    found.sort {
      ($0.arc.window.from, $0.arc.window.to, $0.cash, $0.arc.cost)
        < ($1.arc.window.from, $1.arc.window.to, $1.cash, $1.arc.cost)
    }
    var kept: [AccountColumn] = []
    for column in found {
      if let last = kept.last, last.arc.window == column.arc.window, last.arc.cost <= column.arc.cost { continue }
      kept.append(column)
    }
    return kept
  }

  fileprivate func columns(ofPlan plan: Int) -> [AccountColumn] {
    guard let offer = plans[plan].offer, offer.upfront <= budget ?? .max else { return [] }
    return arcs(ofPlan: plan).map {
      column(
        $0, cash: budget == nil ? 0 : offer.upfront, block: pools.count + plan,
        most: plans[plan].most / offer.increment)
    }
  }

  private func column(_ arc: Arc, cash: Int, block: Int, most: Int) -> AccountColumn {
    let affordable = cash > 0 ? (budget ?? .max) / cash : .max
    return AccountColumn(arc: arc, cash: cash, block: block, most: min(most, affordable))
  }
}
