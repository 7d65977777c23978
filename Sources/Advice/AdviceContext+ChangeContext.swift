import Analysis
import Model

/// What changes ask of the study: the rules that advice itself follows.
extension AdviceContext: ChangeContext {
  package func peakUsers() throws(DataError) -> Int {
    let users = try users()
    if let measured = users.peak, measured > 0 { return measured }
    let found: String
    switch users.gap {
    case .noTypes: found = "no user types in the fleet file, and so no users"
    case .unmeasured(let names): found = "no samples of users of type \(names.joined(separator: ", "))"
    case .nobody: found = "0 concurrent users in every measured interval"
    case nil: found = "no interval in which all user types are measured"
    }
    throw DataError(
      Place(file: "store", key: "users"), found: found, expected: "concurrent users to scale from", kind: .missingInput)
  }

  package func fit(_ plan: inout FleetPlan, to demand: Demand) throws(DataError) -> [PlanNote] {
    let growth = try DemandGrowth(plan, to: demand, self)
    plan = growth.plan
    return growth.notes
  }

  package func replayedCounts(of service: Service, on type: String, in plan: FleetPlan) throws(DataError)
    -> ReplayedCounts
  {
    let current = try catalogue.specification(latestType(of: service, in: plan) ?? service.initialType)
    let asked = try latestNeeds.answer(service, current: current.type, self)
    let sizing = try HorizontalSizing(service, current: current, need: asked.need, on: grid, self)
    func counts(_ type: String) throws(DataError) -> [Int] {
      let offer = try TypeOffer.of(type, service, current: current, self)
      return sizing.candidate(offer, beside: nil).replay.counts
    }
    return ReplayedCounts(own: try counts(current.type), other: try counts(type), minimum: sizing.minimum)
  }

  /// CPU by its percentile, whatever risk is set.
  package func shortfalls(of type: String, for service: Service, in plan: FleetPlan) throws(DataError)
    -> [SizeShortfall]
  {
    let main = latestType(of: service, in: FleetPlan(runs: inventory[service.name], commitments: []))
    let current = try catalogue.specification(main ?? service.initialType)
    let asked = try latestNeeds.answer(service, current: current.type, self)
    let sizing = try VerticalSizing(
      service, current: current, need: asked.need, use: asked.use, nodes: 1, risk: nil, self)
    let offer = try TypeOffer.of(type, service, current: current, self)
    let billed = try engine.surplus(of: service, in: plan, over: period)
    return sizing.candidate(offer, nodes: 1).shortfalls.map { shortfall in
      guard case .creditBaseline(let mean, let baseline, _) = shortfall else { return shortfall }
      return .creditBaseline(meanVcpu: mean, baselineVcpu: baseline, surplus: billed)
    }
  }

  package func shortages(of service: Service, type: String, count: Int, in plan: FleetPlan) throws(DataError)
    -> [PlanNote]
  {
    guard service.approach == .group else { return [] }
    guard let specification = catalogue.specificationIfKnown(type) else {
      return [.unspecified(service: service.name, type: type)]
    }
    let load = try load(of: service)
    let required = RequiredCount(
      load, type: specification, rules: rules, factor: plan.demand.factor(of: service.driver))
    let known = required.perSlot.compactMap { $0 }
    let unmeasured = [(load.peakVcpu, SizeDimension.cpu), (load.memoryGiB, .memory)].filter { values, _ in
      values.allSatisfy { $0 == nil }
    }.map(\.1)
    let unchecked: [PlanNote] =
      unmeasured.isEmpty ? [] : [.unchecked(service: service.name, dimensions: unmeasured)]
    let short = known.filter { $0 > count }
    guard let most = short.max() else { return unchecked }
    let tooFew = PlanNote.tooFew(
      service: service.name, count: count, share: Double(short.count) / Double(known.count), needed: most,
      binding: required.binding)
    return [tooFew] + unchecked
  }

  package func spotCounts(of service: Service, percent: Int, in plan: FleetPlan) throws(DataError) -> [Int] {
    let type = mainType(of: service.name, in: plan) ?? service.initialType
    switch try judgeSpot(service, type: type, plan: plan, maximumPercent: percent, self) {
    case .refused(let reason):
      throw DataError(
        Place(file: "what-if", key: service.name), found: "spot for a service \(reason.flaw)",
        expected: "a service that spot may serve", kind: .usage)
    case .plan(let spot):
      let (others, planned) = try plan.withoutPlanned(of: service, type: type, self)
      let demand = try ServiceDemand(of: service, type: type, plan: others, spotLimits: spot.limits, months: 12, self)
      return demand.spotCounts(within: spot.limits, beyond: planned, plan: plan, service, self)
    }
  }
}

extension SpotReason {
  /// What is wrong with a service that a change wants spot for.
  fileprivate var flaw: String {
    switch self {
    case .notInterruptible: "that is not interruptible"
    case .notRunning: "of which no instance ran"
    case .unmeasured: "whose CPU usage is not measured"
    case .uncovered(let shortfall): "of which \(shortfall)"
    case .noneCheaper(let onDemand, let leftOut):
      "of which no type has spot capacity below \(onDemand) USD/h on demand: "
        + leftOut.map(\.type).joined(separator: ", ")
    }
  }
}

extension ServiceDemand {
  /// Instances that may be spot in each slot: as the limits allow, of those that no commitment speaks for.
  /// - Parameter bought: instances that commitments beyond those in ``hours`` pay for.
  func spotCounts(
    within limits: [Int], beyond bought: Int, plan: FleetPlan, _ service: Service, _ context: AdviceContext
  ) -> [Int] {
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    return running.indices.map { slot in
      let committed = covered(at: context.grid.instant(slot), context) + bought
      return max(0, min(slot < limits.count ? limits[slot] : 0, running[slot] - committed))
    }
  }
}

extension FleetPlan {
  /// The plan without what is only planned for a service, and for how many of its instances that pays.
  fileprivate func withoutPlanned(of service: Service, type: String, _ context: AdviceContext) throws(DataError)
    -> (plan: FleetPlan, instances: Int)
  {
    var (plan, instances) = (self, 0)
    plan.commitments.removeAll { $0.isPlanned && $0.commitment.service == service.name }
    for held in commitments where held.isPlanned && held.commitment.service == service.name {
      instances += held.commitment.count
    }
    plan.savingsPlans.removeAll { $0.isPlanned && $0.service == service.name }
    for held in savingsPlans where held.isPlanned && held.service == service.name {
      let rate = try context.catalogue.savingsPlan(context.kind(type, of: service), held.term, at: context.asOf)
      guard rate.hourly > .zero else { continue }
      instances += Int(held.hourly.nanoDollars / rate.hourly.nanoDollars)
    }
    return (plan, instances)
  }
}
