import Analysis
import Model

/// What changes ask of the study: the rules that advice itself follows.
extension AdviceContext: ChangeContext {
  package func peakUsers() throws(DataError) -> Int {
    let users = try userCounts()
    if let measured = users.peak, measured > 0 { return measured }
    throw noUsers(users)
  }

  package func userSeconds() throws(DataError) -> [(type: UserType, seconds: Int128)] {
    let users = try users()
    guard users.gap == nil else { throw noUsers(users) }
    return Array(zip(users.types, users.seconds)).map { (type: $0.0, seconds: $0.1) }
  }

  /// That there are no users to start from.
  private func noUsers(_ users: UserCounts) -> DataError {
    let found: String
    switch users.gap {
    case .noTypes: found = "no user types in the fleet file, and so no users"
    case .unmeasured(let names): found = "no samples of users of type \(names.joined(separator: ", "))"
    case .nobody: found = "0 concurrent users in every measured interval"
    case nil: found = "no interval in which all user types are measured"
    }
    return DataError(
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
    case .plan(let spot): return try spotUse(of: service, on: type, by: spot, in: plan).counts
    }
  }

  /// How many of a service are spot in each slot, of those that no commitment speaks for, and the policy that makes most of
  /// them so; nil where none may be.
  /// - Parameter type: its main type in the plan.
  func spotUse(
    of service: Service, on type: String, by spot: SpotPlan, in plan: FleetPlan
  ) throws(DataError) -> (counts: [Int], fitted: FittedSpotPolicy?) {
    let free = try uncommitted(like: kind(type, of: service), in: plan)
    let running = runningCounts(plan.runs(of: service.name), on: grid)
    let allowed = running.indices.map { slot -> Int? in
      guard slot < spot.limits.count, spot.floor.left[slot] != nil else { return nil }
      return max(0, min(spot.limits[slot], running[slot], free[slot]))
    }
    let fitted = FittedSpotPolicy(running: running, allowed: allowed)
    return (running.map { fitted?.policy.spot(of: $0) ?? 0 }, fitted)
  }

  /// Instances of a kind that run on demand in each slot and that no commitment speaks for, were all that shares
  /// reservations with it such instances: those that are left over when it is served.
  private func uncommitted(like kind: InstanceKind, in plan: FleetPlan) throws(DataError) -> [Int] {
    let start = asOf.advanced(by: 1)
    var groups = SharingGroups(by: cloud)
    let own = groups.group(of: kind)
    let plans = plan.savingsPlans.filter { !$0.isPlanned }.held(at: start, from: period.start)
    let runs = plan.runs.filter { !plans.isEmpty || groups.group(of: engine.kind($0)) == own }
    let held = plan.commitments.filter { !plans.isEmpty || groups.group(of: $0.kind) == own }
      .held(at: start, from: period.start)
    let sharing = engine.sharing(of: plan)
    let coverage = ReservationCoverage(
      runs: runs, commitments: held, over: period, by: cloud, sharing: sharing, kind: engine.kind)
    let all = ReservationCoverage(
      runs: runs, commitments: [], over: period, by: cloud, sharing: sharing, kind: engine.kind)
    var left = coverage.uncovered
    if !plans.isEmpty {
      left = try SavingsPlanCoverage(
        of: left, plans: plans, catalogue: catalogue, over: period, sharing: sharing
      ).remaining
    }
    let units = cloud.normalisedUnits(of: kind)
    var covered = [Int128](repeating: 0, count: HourlyUnits.hours(of: period).count)
    for (key, hourly) in all.uncovered where groups.group(of: key.kind) == own {
      // What savings plans leave is in atoms of an instance-second, what reservations leave in unit-seconds.
      let (ofKey, scale) = (cloud.normalisedUnits(of: key.kind), plans.isEmpty ? 1 : atomsPerSecond)
      for hour in covered.indices {
        let rest = left[key]?.amounts[hour] ?? 0
        covered[hour] += hourly.amounts[hour] - (plans.isEmpty ? rest : rest * ofKey / scale)
      }
    }
    return onDemandUnits(of: runs.filter { groups.group(of: engine.kind($0)) == own }).enumerated().map {
      slot, running in
      let instant = grid.instant(slot)
      let hour = Int(floorDivide(instant.seconds, 3600) - HourlyUnits.hours(of: period).lowerBound)
      let committed = (covered[hour] + 3599) / 3600
      return Int(clamping: max(0, running - committed) / units)
    }
  }

  /// Normalised units of what runs on demand in each slot.
  private func onDemandUnits(of runs: [InstanceRun]) -> [Int128] {
    var units = [Int128](repeating: 0, count: grid.count)
    for (kind, runs) in Dictionary(grouping: runs.filter { $0.lifecycle == .onDemand }, by: engine.kind) {
      let each = cloud.normalisedUnits(of: kind)
      for (slot, count) in runningCounts(runs, on: grid).enumerated() { units[slot] += each * Int128(count) }
    }
    return units
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
