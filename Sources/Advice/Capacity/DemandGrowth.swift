// What a plan becomes when demand changes.
//
// Growth first uses the room there is: a horizontally scaled service adds what the grown demand requires (RequiredCount) beyond
// the larger of what ran and what today's demand required, so that a shortage of today is not charged to the growth. Shrinking keeps today's utilisation: it runs today's count times the factor, rounded up, never
// below the minimum. A vertically scaled service that no longer fits moves to the cheapest combination of type and nodes on its list that carries
// the grown need; it never shrinks by itself. With a factor of one nothing changes.

import Analysis
import Model

/// Fits a plan to scaled demand, and says in notes what the fleet file did not foresee.
package struct DemandGrowth: Sendable {
  package private(set) var plan: FleetPlan
  package private(set) var notes: [String] = []
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
      case .horizontal: try scaleOut(service, type: type, factor)
      case .vertical: try scaleUp(service, type: type, factor)
      }
    }
  }

  private mutating func scaleOut(_ service: Service, type: String, _ factor: DemandFactor)
    throws(DataError)
  {
    let runs = plan.runs(of: service.name)
    let running = runningCounts(runs, on: context.grid)
    let load = context.loads[service.name]!
    let wanted: [Int]
    if factor.numerator < factor.denominator {
      wanted = running.map { count in
        count == 0 ? 0 : max(min(count, service.minimum), Int((Double(count) * factor.value).rounded(.up)))
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
        notes.append(
          "\(service.name): memory is unmeasured; the count follows \(required.dimensions.map(\.name).joined(separator: ", "))"
        )
      }
    }
    guard wanted != running, var template = runs.first else { return }
    template.resource = "\(service.name)-grown"
    template.type = type
    plan.setRuns(reshaped(runs, to: wanted, on: context.grid, template: template), of: service.name)
  }

  /// In a gap the count grows with demand, to the nearest whole: nothing says that there was room.
  private func unmeasured(_ count: Int, _ factor: DemandFactor) -> Int {
    Int((Double(count) * factor.value).rounded())
  }

  private mutating func note(_ service: Service, most: Int, _ required: RequiredCount) {
    guard most > service.maximum else { return }
    notes.append(
      "\(service.name): needs up to \(most) instances (\(required.binding)); the fleet file's maximum is \(service.maximum)"
    )
  }

  private mutating func scaleUp(_ service: Service, type: String, _ factor: DemandFactor)
    throws(DataError)
  {
    guard factor.numerator > factor.denominator else { return }
    let runs = plan.runs(of: service.name)
    let nodes = runningCounts(runs, on: context.grid).max() ?? 0
    let need = try SizeNeed(service, current: type, context)
    let grownVcpu = need.vcpu * factor.value * Double(nodes)
    let grownMemory = (need.memoryGiB ?? 0) * factor.value * Double(nodes)
    guard let (best, count) = try cheapest(service, from: type, nodes: nodes, vcpu: grownVcpu, memory: grownMemory)
    else {
      notes.append(
        "\(service.name): beyond its list of types; \(nodes) nodes would need \(rounded(grownVcpu / Double(max(1, nodes)), 1)) vCPU and "
          + "\(rounded(grownMemory / Double(max(1, nodes)), 1)) GiB each: shard or extend the list; priced as it runs today"
      )
      return
    }
    if need.memoryGiB == nil { notes.append("\(service.name): memory is unmeasured; sized on CPU alone") }
    guard best != type || count != nodes else { return }
    notes.append("\(service.name): grows from \(nodes) x \(type) to \(count) x \(best)")
    var template = runs[0]
    template.resource = "\(service.name)-grown"
    let wanted = runningCounts(runs, on: context.grid).map { max($0, count) }
    plan.setRuns(reshaped(runs, to: wanted, on: context.grid, template: template), of: service.name)
    plan.setType(best, of: service.name)
  }

  /// The cheapest type and node count that carry a total need; nodes may be added only to clusters.
  private func cheapest(
    _ service: Service, from type: String, nodes: Int, vcpu: Double, memory: Double
  ) throws(DataError) -> (type: String, nodes: Int)? {
    let current = try context.catalogue.specification(type)
    if vcpu <= Double(current.vcpu * nodes), memory <= current.memoryGiB * Double(nodes) {
      return (type, nodes)
    }
    let most = service.cluster == nil ? nodes : max(nodes, service.cluster!.maximumNodes)
    var best: (cost: Money, type: String, nodes: Int)?
    for candidate in Set(service.instanceTypes + [type]).sorted() {
      let specification = try context.catalogue.specification(candidate)
      let hourly = try context.catalogue.onDemand(
        context.kind(candidate, of: service), at: context.period.start
      ).hourly
      let byCpu = Int((vcpu / Double(specification.vcpu)).rounded(.up))
      let byMemory = Int((memory / specification.memoryGiB).rounded(.up))
      let count = max(nodes, byCpu, byMemory)
      guard count <= most else { continue }
      let cost = hourly.charge(for: Int128(count), per: 1)
      if best.map({ cost < $0.cost }) ?? true { best = (cost, candidate, count) }
    }
    return best.map { ($0.type, $0.nodes) }
  }
}
