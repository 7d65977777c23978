// How much of each plan is worth buying beside commitments that are given, and what a micro-USD of it is then worth in
// each hour.
//
// In an hour, a plan pays for its classes in its order, each at price / rate a micro-USD (less where a later plan would
// pay for it anyway), so what it spares is piecewise linear in its amount. Cut into steps, it is a demand in levels like
// that of a pool, and the cheapest purchases are a flow through time. The flow's potentials say what a step is worth in
// each segment: between what the highest step that is bought and the lowest that is not spare. The same mixture of both
// in every hour gives worths by which no purchase is worth more than it costs, so that they need no repair in a bound.
//
// Binary floating point: worths only choose what a bound is made of (see `AccountWorths`), and purchases what is priced.

/// The plans' best answer to commitments.
struct AccountResponse {
  /// State after state, by plan: what a micro-USD spares.
  var worths: [Double]
  /// Segment after segment, by plan: micro-USD an hour, with what is held.
  var money: [Double]
  /// Of plans, in whole increments.
  var purchases: [AccountPlan.Purchase]
  /// What the flows took, in prices.
  var work: Int
}

extension AccountModel {
  /// What all plans answer.
  ///
  /// - Parameter units: of pools by segment, fractions allowed.
  /// - Parameter money: of plans by segment, the mean of what was answered: what is left to later plans is behind it.
  /// - Parameter share: how much this answer counts in that mean.
  /// - Parameter worths: of later plans.
  /// - Parameter steps: in how many each plan's amount is cut.
  /// - Parameter most: micro-USD an hour of each plan up to which purchases are looked at.
  func response(
    units: [Double], money: [Double], share: Double, worths: [Double], steps: Int, most: [Double], cashPrice: Int
  ) -> AccountResponse {
    let firstStates = firstStates
    let sizes = zip(plans, most).map { stepSize($0, steps: steps, most: $1) }
    let walks = Array(time.segments.indices).concurrentMap { segment in
      AccountWalk(self, segment, units: units, first: firstStates[segment], sizes: sizes, steps: steps)
        .savings(money: money, worths: worths)
    }
    let choices = plans.indices.map { plan in
      choice(plan, walks.map { $0[plan] }, size: sizes[plan], cashPrice: cashPrice)
    }
    var (money, mean) = (money, money)
    for (plan, choice) in choices.enumerated() {
      for segment in time.segments.indices {
        money[segment * plans.count + plan] =
          Double(plans[plan].held[segment]) + sizes[plan] * Double(choice.steps[segment].level)
      }
    }
    for index in mean.indices { mean[index] += share * (money[index] - mean[index]) }
    let reached = mean
    let rows = Array(time.segments.indices).concurrentMap { segment in
      AccountWalk(self, segment, units: units, first: firstStates[segment], sizes: sizes, steps: steps)
        .worths(money: reached, worths: worths, choices.map { $0.steps[segment] })
    }
    return AccountResponse(
      worths: rows.flatMap(\.self), money: money, purchases: choices.flatMap(\.purchases),
      work: choices.reduce(0) { $0 + $1.looks })
  }

  /// Micro-USD an hour of a step.
  private func stepSize(_ plan: Plan, steps: Int, most: Double) -> Double {
    guard let offer = plan.offer else { return max(1, Double(plan.most) / 4096) }
    let wanted = (Self.whole(most) + steps - 1) / steps
    return Double(max(1, (wanted + offer.increment - 1) / offer.increment) * offer.increment)
  }

  /// How many steps of a plan are bought in each segment.
  private func choice(_ plan: Int, _ savings: [[Double]], size: Double, cashPrice: Int) -> PlanChoice {
    guard let offer = plans[plan].offer else {
      return PlanChoice(steps: savings.map { _ in StepChoice(level: 0, share: 0) }, purchases: [], looks: 0)
    }
    let blocks = zip(time.segments, savings).map { segment, savings in
      let scale = size * Double(segment.hours) * Double(grains) / Double(demand.blocks[segment.stretch].total)
      return DemandLevels(savings: savings.map { Self.whole($0 * scale) })
    }
    let cash = Double(offer.upfront) / Double(offer.increment) * Double(cashPrice) / Double(1 << Self.worthBits)
    let arcs = time.chances.map { chance in
      let window = time.window(from: chance, term: offer.termHours)
      return Arc(
        subject: .plan(plan), from: chance, window: window,
        cost: Self.whole(size * (Double(window.hours) * Double(grains) + cash)))
    }
    let flow = flow(blocks, arcs)
    let levels = covered(arcs, flow.bought)
    let steps = levels.enumerated().map { segment, level in
      let rise = Double(flow.potentials[segment + 1] - flow.potentials[segment])
      return StepChoice(level: level, of: savings[segment].count, rise: rise, blocks[segment])
    }
    let increments = Self.whole(size) / offer.increment
    return PlanChoice(
      steps: steps, purchases: purchases(arcs, flow.bought.map { $0 * increments }), looks: flow.work)
  }

  /// As a whole number that flows can add up.
  private static func whole(_ value: Double) -> Int { Int(min(max(0, value), 0x1p60).rounded(.down)) }
}

/// What is bought of a plan.
private struct PlanChoice {
  /// By segment.
  var steps: [StepChoice]
  var purchases: [AccountPlan.Purchase]
  /// Of its flow.
  var looks: Int
}

/// How many steps of a plan are bought in a segment, and what the next is worth.
struct StepChoice {
  var level: Int
  /// Of the worth, how much is that of the highest step that is bought; the rest is that of the next one.
  var share: Double
}

extension StepChoice {
  /// - Parameter rise: what a step is worth, in grains.
  init(level: Int, of most: Int, rise: Double, _ levels: DemandLevels) {
    let (above, below) = (Double(levels.saving(of: level + 1)), Double(levels.saving(of: level)))
    self.level = level
    // Nothing is known of what lies beyond the highest step.
    if level >= most {
      share = 1
    } else {
      share = level == 0 || below <= above ? 0 : min(1, max(0, (rise - above) / (below - above)))
    }
  }
}

/// A walk through the states of a segment, which looks at what plans pay for beside given commitments.
struct AccountWalk {
  private let model: AccountModel
  private let segment: Int
  private let covered: [Double]
  private let block: AccountDemand.Block
  private let first: Int
  private let sizes: [Double]
  private let steps: Int
  /// By pool, parts on demand that no earlier plan pays for, in units.
  private var rest: [Double]

  init(_ model: AccountModel, _ segment: Int, units: [Double], first: Int, sizes: [Double], steps: Int) {
    self.model = model
    self.segment = segment
    covered = units[segment * model.pools.count..<(segment + 1) * model.pools.count].map { $0 * Double(model.parts) }
    block = model.demand.blocks[model.time.segments[segment].stretch]
    self.first = first
    self.sizes = sizes
    self.steps = steps
    rest = [Double](repeating: 0, count: model.pools.count)
  }

  private mutating func leave(_ state: Int) {
    let base = (block.first + state) * model.pools.count
    let part = 1 / Double(model.parts)
    for pool in rest.indices { rest[pool] = max(0, Double(model.demand.plain[base + pool]) - covered[pool]) * part }
  }

  /// What a micro-USD of a plan spares in a class: its price, or what later plans would pay for it.
  @inline(__always)
  private func slope(_ item: AccountModel.PlanClass, _ plan: Int, _ worths: [Double], _ row: Int) -> Double {
    var price = Double(model.pools[item.pool].onDemand)
    for other in model.pools[item.pool].plans where other.plan > plan {
      price = min(price, worths[row + other.plan] * Double(other.rate))
    }
    return price / Double(item.rate)
  }

  /// Lets a plan pay.
  private mutating func pay(_ plan: Int, _ money: Double) {
    var left = money
    for item in model.plans[plan].classes where rest[item.pool] > 0 {
      let use = rest[item.pool] * Double(item.rate)
      if use > left {
        rest[item.pool] -= left / Double(item.rate)
        return
      }
      rest[item.pool] = 0
      left -= use
    }
  }

  /// By plan, what a micro-USD of each step beyond what is held spares over all states.
  func savings(money: [Double], worths: [Double]) -> [[Double]] {
    var walk = self
    return walk.gather(money, worths)
  }

  private mutating func gather(_ money: [Double], _ worths: [Double]) -> [[Double]] {
    var drops = model.plans.map { _ in [Double](repeating: 0, count: steps + 2) }
    for (state, weight) in block.weights.enumerated() {
      leave(state)
      let row = (first + state) * model.plans.count
      for plan in model.plans.indices {
        if model.plans[plan].offer != nil { gather(plan, Double(weight), worths, row, &drops[plan]) }
        pay(plan, money[segment * model.plans.count + plan])
      }
    }
    return drops.map { drops in
      var sum = 0.0
      return Array(
        drops.reversed().map {
          sum += $0; return sum
        }.reversed().dropFirst().dropLast())
    }
  }

  private func gather(_ plan: Int, _ weight: Double, _ worths: [Double], _ row: Int, _ drops: inout [Double]) {
    let held = Double(model.plans[plan].held[segment])
    var (amount, before, end) = (0.0, Double.infinity, 0.0)
    for item in model.plans[plan].classes where rest[item.pool] > 0 {
      let slope = min(before, slope(item, plan, worths, row))
      if before < .infinity { add(end, (before - slope) * weight, &drops) }
      amount += rest[item.pool] * Double(item.rate)
      end = max(0, amount - held) / sizes[plan]
      before = slope
    }
    if before < .infinity { add(end, before * weight, &drops) }
  }

  @inline(__always)
  private func add(_ end: Double, _ drop: Double, _ drops: inout [Double]) {
    let level = min(Int(min(end, 0x1p20)), steps)
    let share = min(1, end - Double(level))
    drops[level] += drop * (1 - share)
    drops[level + 1] += drop * share
  }

  /// State after state, by plan, what a micro-USD is worth at the steps that are chosen.
  func worths(money: [Double], worths: [Double], _ choices: [StepChoice]) -> [Double] {
    var walk = self
    return walk.mix(money, worths, choices)
  }

  private mutating func mix(_ money: [Double], _ worths: [Double], _ choices: [StepChoice]) -> [Double] {
    let plans = model.plans.indices
    var mixed = [Double](repeating: 0, count: block.weights.count * plans.count)
    for state in block.weights.indices {
      leave(state)
      let row = (first + state) * plans.count
      for plan in plans {
        mixed[state * plans.count + plan] = mix(plan, choices[plan], worths, row)
        pay(plan, money[segment * plans.count + plan])
      }
    }
    return mixed
  }

  private func mix(_ plan: Int, _ choice: StepChoice, _ worths: [Double], _ row: Int) -> Double {
    let middle = Double(model.plans[plan].held[segment]) + sizes[plan] * Double(choice.level)
    let (low, high) = (middle - (choice.share > 0 ? sizes[plan] : 0), middle + sizes[plan])
    var (amount, before, below, above) = (0.0, Double.infinity, 0.0, 0.0)
    for item in model.plans[plan].classes where rest[item.pool] > 0 {
      before = min(before, slope(item, plan, worths, row))
      let end = amount + rest[item.pool] * Double(item.rate)
      below += before * max(0, min(end, middle) - max(amount, low))
      above += before * max(0, min(end, high) - max(amount, middle))
      amount = end
      if amount >= high { break }
    }
    return (choice.share * below + (1 - choice.share) * above) / sizes[plan]
  }
}
