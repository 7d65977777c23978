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
  private let context: AdviceContext

  /// - Throws: ``DataError`` for a type without a specification or price.
  package init(_ plan: FleetPlan, to demand: Demand, _ context: AdviceContext) throws(DataError) {
    self.plan = plan
    self.context = context
    self.plan.demand = demand
    for service in context.fleet.services {
      let factor = demand.factor(of: service.driver)
      guard !factor.isOne, let type = context.mainType(of: service.name, in: plan) else { continue }
      switch service.approach {
      case .group: try scaleOut(service, type: type, factor)
      case .cluster, .single: try scaleUp(service, type: type, factor)
      }
    }
  }

  private mutating func scaleOut(_ service: Service, type: String, _ factor: DemandFactor)
    throws(DataError)
  {
    let runs = plan.runs(of: service.name)
    let running = runningCounts(runs, on: context.grid)
    let load = try context.load(of: service)
    let wanted: [Int]
    if factor.numerator < factor.denominator {
      wanted = running.map { count in
        count == 0 ? 0 : max(min(count, service.minimum), wholeNumber((Double(count) * factor.value).rounded(.up)))
      }
    } else {
      let specification = try context.catalogue.specification(type)
      let today = RequiredCount(load, type: specification, rules: context.rules)
      let required = RequiredCount(load, type: specification, rules: context.rules, factor: factor)
      wanted = running.indices.map { slot in
        guard let needed = required.perSlot[slot] else { return unmeasured(running[slot], factor) }
        return running[slot] + max(0, needed - max(running[slot], today.perSlot[slot] ?? 0))
      }
      note(service, most: wanted.max() ?? 0, required)
      if load.memoryGiB.allSatisfy({ $0 == nil }) {
        notes.append(.memoryUnmeasured(service: service.name, followed: required.dimensions.map(\.dimension)))
      }
    }
    plan.setCounts(wanted, of: service.name, on: context.grid, type: type, naming: "grown")
  }

  /// In a gap the count grows with demand, to the nearest whole: nothing says that there was room.
  private func unmeasured(_ count: Int, _ factor: DemandFactor) -> Int {
    wholeNumber((Double(count) * factor.value).rounded())
  }

  private mutating func note(_ service: Service, most: Int, _ required: RequiredCount) {
    guard most > service.maximum else { return }
    notes.append(
      .beyondMaximum(service: service.name, needed: most, binding: required.binding, maximum: service.maximum))
  }

  private mutating func scaleUp(_ service: Service, type: String, _ factor: DemandFactor)
    throws(DataError)
  {
    // Without a price nothing says which larger type would be the cheapest; the bill names what is missing.
    guard factor.numerator > factor.denominator, !context.isLeftOut(type, of: service) else { return }
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    let nodes = max(1, running.max() ?? 1)
    let current = try context.catalogue.specification(type)
    let need = try SizeNeed(service, current: type, context).scaled(by: factor.value)
    let sizing = try VerticalSizing(
      service, current: current, need: need, use: [], nodes: nodes, risk: nil, context)
    let own = sizing.candidate(try TypeOffer.of(type, service, current: current, context), nodes: nodes)
    if need.memoryGiB == nil { notes.append(.sizedOnCPU(service: service.name)) }
    guard !own.fits else { return }
    guard let best = try sizing.carrying(beside: own) else {
      notes.append(.beyondList(service: service.name, nodes: nodes, needs: own.shortfalls))
      return
    }
    notes.append(.grown(service: service.name, from: CountedType(nodes, type), to: CountedType(best.count, best.type)))
    // A job that runs at night runs at night on a larger machine too.
    plan.setCounts(
      running.map { $0 == 0 ? 0 : max($0, best.count) }, of: service.name, on: context.grid, naming: "grown")
    plan.setType(best.type, of: service)
  }
}
