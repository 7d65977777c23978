// A plan made better one pool or savings plan at a time.
//
// Given everything else, the cheapest purchases of a pool are a flow through time on what each of its units saves; those
// of a plan likewise, counted in steps. A few units to each side of what is held are priced exactly; the levels below
// count as much as they could save, those above as nothing. What the flow answers is priced, and taken if it costs less.

/// A plan of purchases and what it costs, which only falls.
struct AccountPolish: Sendable {
  /// What is bought of one pool or plan.
  private struct Block: Sendable {
    var arcs: [AccountModel.Arc]
    var counts: [Int]
    /// Its place in a row of units, or of money.
    var place: Int
    var isPlan: Bool
    /// Micro-USD an hour of one; 1 for a pool.
    var size: Int
  }

  private let model: AccountModel
  /// False where a plan may become better beyond the budget.
  private let isWithinBudget: Bool
  private var blocks: [Block]
  private var holding: AccountHolding
  /// Of each segment, what is left to pay, in grains.
  private var left: [Int128]
  /// Pools and states whose prices were looked at, and what looks at pools take besides.
  private(set) var work = 0
  private let fill: AccountFill

  /// - Parameter purchases: to begin with; of offers that serve the same hours the cheapest takes the others' place.
  /// - Parameter cashPrice: as in ``AccountWorths``.
  init(_ model: AccountModel, _ purchases: [AccountPlan.Purchase], cashPrice: Int = 0, isWithinBudget: Bool = false) {
    self.model = model
    self.isWithinBudget = isWithinBudget
    fill = AccountFill(model)
    var blocks = model.pools.indices.map {
      Block(arcs: model.arcs(of: $0, cashPrice: cashPrice), counts: [], place: $0, isPlan: false, size: 1)
    }
    for (index, plan) in model.plans.enumerated() {
      guard let offer = plan.offer else { continue }
      blocks.append(
        Block(
          arcs: model.arcs(ofPlan: index, cashPrice: cashPrice), counts: [], place: index, isPlan: true,
          size: offer.increment))
    }
    self.blocks = blocks
    holding = AccountHolding(model)
    left = []
    for index in self.blocks.indices { take(purchases, index) }
    left = prices(Array(model.time.segments.indices))
  }

  private mutating func take(_ purchases: [AccountPlan.Purchase], _ index: Int) {
    var counts = [Int](repeating: 0, count: blocks[index].arcs.count)
    for (place, arc) in blocks[index].arcs.enumerated() {
      let hour = model.time.segments[arc.from].start
      // Others that serve the same segments are no dearer here than the one that was bought.
      for purchase in purchases where purchase.hour == hour && model.serves(purchase, as: arc) {
        counts[place] += purchase.count
      }
    }
    blocks[index].counts = counts
    set(counts, index)
  }

  /// What is left to pay in segments.
  private mutating func prices(_ segments: [Int]) -> [Int128] {
    let (model, holding, fill) = (model, holding, fill)
    work += segments.count * model.pools.count * model.segmentStates / model.time.segments.count
    return segments.concurrentMap { model.cost($0, beside: holding, fill) }
  }

  /// Grains over the horizon.
  var cost: Int128 {
    blocks.reduce(left.reduce(0, +)) { sum, block in
      zip(block.arcs, block.counts).reduce(sum) { $0 + Int128($1.0.cost) * Int128($1.1) }
    }
  }

  /// Of pools, segment after segment.
  var units: [Int] { holding.units }

  var purchases: [AccountPlan.Purchase] { blocks.flatMap { model.purchases($0.arcs, $0.counts) } }

  /// Holds so many of a block.
  private mutating func set(_ counts: [Int], _ index: Int) {
    blocks[index].counts = counts
    let block = blocks[index]
    let amounts = model.covered(block.arcs, counts)
    for segment in amounts.indices {
      if block.isPlan {
        let plan = model.plans[block.place]
        holding.money[segment * holding.plans + block.place] =
          min(plan.most, plan.held[segment] + amounts[segment] * block.size)
      } else {
        holding.units[segment * holding.pools + block.place] = amounts[segment]
      }
    }
  }

  /// Makes each pool and plan the best beside the others, until none gets better or the work is done.
  mutating func run(work most: Int) {
    var before = cost + 1
    while cost < before, work < most {
      before = cost
      for index in blocks.indices where blocks[index].isPlan && work < most { improvePlan(index, most) }
      for index in blocks.indices where !blocks[index].isPlan {
        improvePool(index, most)
      }
      // A thousandth of a per mille is not worth another round.
      if before - cost < cost / 1_000_000 { break }
    }
  }

  /// Where a unit of a pool more or less may be bought, a pool's chance and offer each.
  var places: [Place] {
    blocks.indices.filter { !blocks[$0].isPlan }.flatMap { block in
      blocks[block].arcs.indices.flatMap { arc in [1, -1].map { Place(block: block, arc: arc, more: $0) } }
    }
  }

  /// One unit more or less of what may be bought at a time.
  struct Place: Hashable, Sendable {
    fileprivate var block: Int
    fileprivate var arc: Int
    fileprivate var more: Int
  }

  /// Changes units of pools, and makes the plans the best beside that; false where there is no such unit.
  mutating func move(_ places: [Place], work most: Int) -> Bool {
    for place in places {
      var counts = blocks[place.block].counts
      counts[place.arc] += place.more
      guard counts[place.arc] >= 0, isUseful(counts, blocks[place.block]) else { return false }
      replace(place.block, counts)
    }
    for index in blocks.indices where blocks[index].isPlan && work < most { improvePlan(index, most) }
    return true
  }

  /// Units of a pool up to which one more or less is tried at a time.
  private static let fewUnits = 1_024
  /// From so many on they are cut in fewer steps at first, for of the finer ones there are too many.
  private static let (manyUnits, fewSteps) = (65_536, 32)

  /// In steps that become finer where there are many units: one by one would take as many looks as there are.
  private mutating func improvePool(_ index: Int, _ most: Int) {
    let top = model.tops[blocks[index].place]
    var step = top < Self.manyUnits ? max(1, top / Self.fewUnits) : top / Self.fewSteps
    while work < most {
      while work < most, improve(index, step: step) { work += Self.leastWork }
      if step == 1 { break }
      step = max(1, step / 4)
    }
  }

  private mutating func improvePlan(_ index: Int, _ most: Int) {
    let units = model.plans[blocks[index].place].most / blocks[index].size
    let held = model.covered(blocks[index].arcs, blocks[index].counts).max() ?? 0
    var step = max(1, held > 0 ? min(held / 8, units / 32) : units / 32)
    while work < most {
      var rounds = 0
      while rounds < 4, work < most, improve(index, step: step) { rounds += 1 }
      if step == 1 || Int128(step) * Int128(blocks[index].arcs.first?.cost ?? 0) < cost / 200_000 { break }
      step = max(1, step / 4)
    }
  }

  // MARK: A block

  /// Makes a block better; false where it is not.
  private mutating func improve(_ index: Int, step: Int) -> Bool {
    let block = blocks[index]
    guard !block.arcs.isEmpty else { return false }
    let before = (cost, block.counts, left)
    let steps = block.counts.map { $0 / step }
    let rests = block.counts.map { $0 % step }
    let levels = levels(
      index, step: step, held: model.covered(block.arcs, steps), base: model.covered(block.arcs, rests))
    let arcs = block.arcs.map { arc in
      var arc = arc
      arc.cost = Int(clamping: Int128(arc.cost) * Int128(step))
      return arc
    }
    let flow = model.flow(levels, arcs)
    work += flow.work
    let counts = zip(flow.bought, rests).map { $0 * step + $1 }
    guard counts != block.counts, isUseful(counts, block) else { return false }
    replace(index, counts)
    if cost < before.0, !isWithinBudget || model.isAffordable(purchases) { return true }
    set(before.1, index)
    left = before.2
    return false
  }

  /// False for more than any plan can need at once (see `PhasedMix`), which a free offer would be bought without end.
  private func isUseful(_ counts: [Int], _ block: Block) -> Bool {
    let top = block.isPlan ? model.plans[block.place].most / block.size : model.tops[block.place]
    return model.covered(block.arcs, counts).allSatisfy { $0 <= 2 * top + 2 }
  }

  /// Holds so many of a block, and prices what changes.
  private mutating func replace(_ index: Int, _ counts: [Int]) {
    let old = model.covered(blocks[index].arcs, blocks[index].counts)
    let new = model.covered(blocks[index].arcs, counts)
    set(counts, index)
    let changed = left.indices.filter { old[$0] != new[$0] }
    for (segment, cost) in zip(changed, prices(changed)) { left[segment] = cost }
  }

  /// How far to each side levels are priced.
  private static let reach = 2

  /// What a look at a pool takes however few the pools and states are, in prices.
  static let leastWork = 4_000

  private mutating func levels(_ index: Int, step: Int, held: [Int], base: [Int]) -> [DemandLevels] {
    let block = blocks[index]
    let (model, holding, fill) = (model, holding, fill)
    work += Self.reach * model.segmentStates * model.pools.count
    return Array(held.indices).concurrentMap { segment -> DemandLevels in
      let low = max(0, held[segment] - Self.reach)
      let amounts = (low...held[segment] + Self.reach).map { $0 * step + base[segment] }
      let choice: AccountFill.Choice =
        block.isPlan
        ? .plan(block.place, amounts.map { model.plans[block.place].held[segment] + $0 * block.size })
        : .pool(block.place, amounts.map { $0 * model.parts })
      let costs = model.costs(segment, beside: holding, choice, fill)
      // However much it is, what levels save adds up.
      let limit = Int.max / 8 / (low + 8) / held.count
      return Self.window(costs, low: low, most: min(limit, Self.mostSaved(model, block, segment, step)))
    }
  }

  /// Grains that a level saves at most.
  private static func mostSaved(_ model: AccountModel, _ block: Block, _ segment: Int, _ step: Int) -> Int {
    let hours = Int128(model.time.segments[segment].hours) * Int128(model.grains)
    guard block.isPlan else { return Int(clamping: Int128(model.pools[block.place].onDemand * step) * hours) }
    let worth = model.plans[block.place].classes.reduce(Int128(0)) {
      max($0, Int128(model.pools[$1.pool].onDemand) * Int128(block.size * step) / Int128($1.rate) + 1)
    }
    return Int(clamping: worth * hours)
  }

  /// Levels of which only some are priced.
  private static func window(_ costs: [Int128], low: Int, most: Int) -> DemandLevels {
    var runs = low > 0 ? [DemandLevels.Run(end: low, saving: most)] : []
    var saving = most
    for (index, pair) in zip(costs, costs.dropFirst()).enumerated() {
      saving = min(saving, Int(clamping: max(0, pair.0 - pair.1)))
      runs.append(DemandLevels.Run(end: low + index + 1, saving: saving))
    }
    return DemandLevels(runs: runs)
  }
}

extension AccountModel {
  /// One increment of a plan at every chance.
  func arcs(ofPlan plan: Int, cashPrice: Int = 0) -> [Arc] {
    guard let offer = plans[plan].offer else { return [] }
    return time.chances.map { chance in
      let window = time.window(from: chance, term: offer.termHours)
      let charge = Int128(offer.increment) * Int128(window.hours) * Int128(grains)
      let cost = charge + (Int128(offer.upfront) * Int128(cashPrice)) >> Self.worthBits
      return Arc(subject: .plan(plan), from: chance, window: window, cost: Int(clamping: cost))
    }
  }

  /// True when a purchase is of the same pool or plan and serves the same segments.
  func serves(_ purchase: AccountPlan.Purchase, as arc: Arc) -> Bool {
    switch (purchase.subject, arc.subject) {
    case (.plan(let one), .plan(let other)): one == other
    case (.reservation(let one, _), .reservation(let other, _)):
      one == other && term(of: purchase.subject).map { time.window(from: arc.from, term: $0) == arc.window } ?? false
    default: false
    }
  }
}
