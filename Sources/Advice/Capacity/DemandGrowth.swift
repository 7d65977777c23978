// What a plan becomes when demand changes.
//
// Growth first uses the room there is: a horizontally scaled service adds what the grown demand requires (RequiredCount) beyond
// the larger of what ran and what today's demand required, so that a shortage of today is not charged to the growth. Shrinking keeps today's utilisation: it runs today's count times the factor, rounded up, never
// below the minimum. A vertically scaled service that no longer fits moves to what right-sizing would take for the grown
// need (VerticalSizing), with no fewer nodes; it never shrinks by itself. With a factor of one nothing changes.

import Analysis
import Model

/// Fits a plan to scaled demand, and says in notes what the fleet file did not foresee.
package struct DemandGrowth: Sendable {
  package private(set) var plan: FleetPlan
  package private(set) var notes: [PlanNote] = []

  /// - Throws: ``DataError`` for a type without a specification or price.
  package init(_ plan: FleetPlan, to demand: Demand, _ context: AdviceContext) throws(DataError) {
    self = try Self.each(plan, to: [demand], context)[0]
  }

  /// A plan fitted to each of several demands; what they share is worked out once.
  /// - Throws: ``DataError`` for a type without a specification or price.
  package static func each(_ plan: FleetPlan, to demands: [Demand], _ context: AdviceContext) throws(DataError)
    -> [DemandGrowth]
  {
    let services = context.fleet.services
    let grown = try services.concurrentMap { service throws(DataError) in
      var today = ServiceToday(service, plan, context)
      var growths: [ServiceGrowth] = []
      for demand in demands { growths.append(try today.growth(by: demand.factor(of: service.driver))) }
      return growths
    }
    return demands.indices.map { index in
      DemandGrowth(plan, demands[index], zip(services, grown.map { $0[index] }), on: context.grid)
    }
  }

  private init(
    _ plan: FleetPlan, _ demand: Demand, _ grown: some Sequence<(Service, ServiceGrowth)>, on grid: SampleGrid
  ) {
    self.plan = plan
    self.plan.demand = demand
    for (service, growth) in grown {
      notes += growth.notes
      if let counts = growth.counts {
        self.plan.setCounts(counts, of: service.name, on: grid, type: growth.addedType, naming: "grown")
      }
      for move in growth.moves { self.plan.setType(move.type, of: move.service) }
    }
  }
}

/// What demand makes of one service.
private struct ServiceGrowth: Sendable {
  /// How many run in each slot; nil for as many as did.
  var counts: [Int]?
  /// What is added is of it; nil for what runs.
  var addedType: String?
  /// What all of the service become, or one of its instances.
  var moves: [(service: Service, type: String)] = []
  var notes: [PlanNote] = []
}

/// A service as it runs, which several demands are tried on.
private struct ServiceToday {
  private let service: Service
  private let context: AdviceContext
  /// Instances that do not share their work, each by itself, where there are several.
  private var units: [ServiceToday] = []
  /// nil where nothing runs.
  private let type: String?
  /// One that runs and of which nothing is known.
  private let unspecified: String?
  private let running: [Int]
  /// The demand that it is fitted to.
  private let demand: DemandFactor
  /// What that demand requires of a service that scales out, once it was asked for.
  private var required: RequiredCount?
  /// What one that scales up needs today, once it was asked for.
  private var need: SizeNeed?

  init(_ service: Service, _ plan: FleetPlan, _ context: AdviceContext) {
    self.service = service
    self.context = context
    demand = plan.demand.factor(of: service.driver)
    type = context.mainType(of: service, in: plan)
    unspecified = context.unspecifiedTypes(of: service, in: plan).first
    running = runningCounts(plan.runs(of: service), on: context.grid)
    units = context.separateInstances(of: service, in: plan).map { ServiceToday($0, plan, context) }
  }

  /// Each instance carries its own load, and moves by itself.
  private mutating func unitsGrown(by factor: DemandFactor) throws(DataError) -> ServiceGrowth {
    var growth = ServiceGrowth()
    for index in units.indices {
      let own = try units[index].growth(by: factor)
      growth.moves += own.moves
      growth.notes += own.notes
    }
    return growth
  }

  mutating func growth(by factor: DemandFactor) throws(DataError) -> ServiceGrowth {
    guard factor != demand, let type else { return ServiceGrowth() }
    if let unspecified { return ServiceGrowth(notes: [.unspecified(service: service.name, type: unspecified)]) }
    if !units.isEmpty { return try unitsGrown(by: factor) }
    switch service.approach {
    case .group: return try scaledOut(type, factor)
    case .cluster, .single: return try scaledUp(type, factor)
    }
  }

  private mutating func scaledOut(_ type: String, _ factor: DemandFactor) throws(DataError) -> ServiceGrowth {
    let change = factor.over(demand)
    if change.numerator < change.denominator {
      let wanted = running.map { count in
        count == 0 ? 0 : max(min(count, service.minimum), wholeNumber((Double(count) * change.value).rounded(.up)))
      }
      return ServiceGrowth(counts: wanted, addedType: type)
    }
    let load = try context.load(of: service)
    let specification = try context.catalogue.specification(type)
    let today = required ?? RequiredCount(load, type: specification, rules: context.rules, factor: demand)
    required = today
    let grown = RequiredCount(load, type: specification, rules: context.rules, factor: factor)
    let wanted = running.indices.map { slot in
      guard let needed = grown.perSlot[slot] else { return unmeasured(running[slot], change) }
      return running[slot] + max(0, needed - max(running[slot], today.perSlot[slot] ?? 0))
    }
    var growth = ServiceGrowth(counts: wanted, addedType: type)
    if let most = wanted.max(), most > service.maximum {
      growth.notes.append(
        .beyondMaximum(service: service.name, needed: most, binding: grown.binding, maximum: service.maximum))
    }
    if load.memoryGiB.allSatisfy({ $0 == nil }) {
      growth.notes.append(.memoryUnmeasured(service: service.name, followed: grown.dimensions.map(\.dimension)))
    }
    return growth
  }

  /// In a gap the count grows with demand, to the nearest whole: nothing says that there was room.
  private func unmeasured(_ count: Int, _ factor: DemandFactor) -> Int {
    wholeNumber((Double(count) * factor.value).rounded())
  }

  private mutating func scaledUp(_ type: String, _ factor: DemandFactor) throws(DataError) -> ServiceGrowth {
    // Without a price nothing says which larger type would be the cheapest; the bill names what is missing.
    let change = factor.over(demand)
    guard change.numerator > change.denominator, !context.isLeftOut(type, of: service) else { return ServiceGrowth() }
    let nodes = max(1, running.max() ?? 1)
    let current = try context.catalogue.specification(type)
    let today = if let need { need } else { try SizeNeed(service, current: type, context) }
    need = today
    let grown = today.scaled(by: factor.value)
    let sizing = try VerticalSizing(
      service, current: current, need: grown, use: [], nodes: nodes, risk: nil, context)
    let own = sizing.candidate(try TypeOffer.of(type, service, current: current, context), nodes: nodes)
    var growth = ServiceGrowth()
    if grown.memoryGiB == nil { growth.notes.append(.sizedOnCPU(service: service.subject)) }
    guard !own.fits else { return growth }
    guard let best = try sizing.carrying(beside: own) else {
      growth.notes.append(.beyondList(service: service.subject, nodes: nodes, needs: own.shortfalls))
      return growth
    }
    growth.notes.append(
      .grown(service: service.subject, from: CountedType(nodes, type), to: CountedType(best.count, best.type)))
    // A job that runs at night runs at night on a larger machine too.
    if service.resource == nil { growth.counts = running.map { $0 == 0 ? 0 : max($0, best.count) } }
    growth.moves = [(service, best.type)]
    return growth
  }
}
