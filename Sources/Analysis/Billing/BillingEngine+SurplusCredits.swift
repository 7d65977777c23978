import Model

extension BillingEngine {
  /// Surplus CPU credits of a service's burstable instances.
  /// - Parameter missing: the prices that the book lacks.
  func surplusItems(_ service: Service, _ plan: FleetPlan, over period: Period, _ missing: inout MissingPrices)
    throws(DataError) -> [LineItem]
  {
    guard chargesSurplus else { return [] }
    let surplus = try chargedSurplus(of: service, plan, over: period)
    var items: [LineItem] = []
    for (kind, charged) in surplus.sorted(by: { $0.key < $1.key }) where charged > 0 {
      let subject = cloud.surplusItem(of: kind).map { MissingPrice.Subject.unit($0, region: kind.region) }
      let found = try missing.found(subject ?? .specification(kind.type), since: period.start) { () throws(DataError) in
        try catalogue.surplus(of: kind, at: period.end.advanced(by: -1))
      }
      guard let price = found ?? nil else { continue }
      let perHour = Int128(3600) * 1_000_000
      items.append(
        LineItem(
          service: service.name, option: .surplusCredits, item: kind.type, region: kind.region,
          engine: kind.engine, quantity: quantity(charged, per: perHour), unit: "vCPU-hour",
          dollars: price.hourly.charge(for: charged, per: perHour), driver: service.driver,
          price: note(price, ofType: kind.type), priceService: cloud.priceService(of: kind)))
    }
    return items
  }

  /// What surplus CPU credits of a service's instances, or of the one that it speaks of, cost in a plan, in USD; nothing for
  /// those that the book has no price of.
  package func surplus(of service: Service, in plan: FleetPlan, over period: Period) throws(DataError) -> Money {
    var sum = Money.zero
    for (kind, charged) in try chargedSurplus(of: service, plan, over: period) where charged > 0 {
      guard let price = try? catalogue.surplus(of: kind, at: period.end.advanced(by: -1)) else { continue }
      sum = sum + price.hourly.charge(for: charged, per: Int128(3600) * 1_000_000)
    }
    return sum
  }

  /// Micro-vCPU-seconds that are charged of each kind.
  private func chargedSurplus(of service: Service, _ plan: FleetPlan, over period: Period) throws(DataError)
    -> [InstanceKind: Int128]
  {
    var surplus: [InstanceKind: Int128] = [:]
    let load = try plannedLoad(service, plan, over: period)
    for run in plan.runs(of: service) where cloud.chargesSurplus(run.type) {
      let kind = self.kind(run)
      // What is not known of a type is named by whoever makes the study.
      guard let specification = catalogue.specificationIfKnown(run.type) else { continue }
      guard let burst = specification.burst, burst.surplusPerVcpuHour != nil || cloud.surplusItem(of: kind) != nil
      else { continue }
      func charged(_ use: some CPUUse, from: Instant) -> Int128 {
        var use = use
        return Analysis.chargedSurplus(
          run: run, burst: burst, in: period, from: from, stepSeconds: stepSeconds, &use)
      }
      let charge =
        switch load {
        case .measured: charged(try measuredUse(run, vcpu: specification.vcpu, over: period), from: creditsFrom)
        case .own(let runs, let factor):
          charged(try ownUse(runs[run.resource] ?? [], factor, over: period), from: creditsFrom)
        case .even(let use): charged(use, from: period.start)
        }
      surplus[kind, default: 0] += charge
    }
    return surplus
  }

  /// What one instance used while it ran, from its own series.
  private func measuredUse(_ run: InstanceRun, vcpu: Int, over period: Period) throws(DataError) -> RunUse {
    let series = SeriesKey(service: run.service, resource: run.resource, metric: .cpuPercent)
    let key = RunUses.Key(series: series, vcpu: vcpu, started: run.started, period: period)
    return try runUses.use(key) { () throws(DataError) in
      let asked = Period(start: min(creditsFrom, period.start), end: period.end)
      let measured = MeasuredUse(
        try history.series(series, in: asked), in: asked, vcpu: vcpu, stepSeconds: stepSeconds)
      let end = min(run.stopped ?? asked.end, asked.end)
      let start = max(run.started, asked.start).roundedUp(to: stepSeconds, from: period.start)
      return RunUse(
        measured, at: stride(from: start.seconds, to: max(start, end).seconds, by: Int(stepSeconds)),
        stepSeconds: stepSeconds)
    }
  }

  private func load(of service: Service, on grid: SampleGrid) throws(DataError) -> ServiceLoad {
    if let loads, loads.grid == grid { return try loads.load(of: service) }
    return try ServiceLoad(service, runs: inventory[service.name], history: history, grid: grid, catalogue: catalogue)
  }

  /// What an instance used on the types that it ran on, times the growth of its demand.
  /// - Parameter runs: of the instance, as they were.
  private func ownUse(_ runs: [InstanceRun], _ factor: DemandFactor, over period: Period) throws(DataError) -> OwnUse {
    var parts: [(run: InstanceRun, use: RunUse)] = []
    for run in runs {
      guard let vcpu = catalogue.specificationIfKnown(run.type)?.vcpu else { continue }
      parts.append((run, try measuredUse(run, vcpu: vcpu, over: period)))
    }
    return OwnUse(parts: parts, factor: factor)
  }

  /// On whom the load of a service lies in a plan.
  private func plannedLoad(_ service: Service, _ plan: FleetPlan, over period: Period) throws(DataError) -> PlannedLoad
  {
    let factor = plan.demand.factor(of: service.driver)
    guard plan.changedServices.contains(service.name) || !factor.isOne else { return .measured }
    let (runs, planned) = (inventory[service.name], plan.runs(of: service.name))
    let byResource = Dictionary(grouping: runs, by: \.resource)
    let isOwn =
      service.approach == .single
      ? planned.allSatisfy { byResource[$0.resource] != nil }
      : spans(of: planned, in: period) == spans(of: runs, in: period)
    if isOwn { return .own(byResource, factor) }
    return .even(try evenLoad(service, planned, factor, over: period))
  }

  /// When each instance runs.
  private func spans(of runs: [InstanceRun], in period: Period) -> Set<InstanceSpan> {
    Set(runs.compactMap { run in run.overlap(with: period).map { InstanceSpan(resource: run.resource, period: $0) } })
  }

  /// A service's measured CPU demand spread evenly over planned instances.
  private func evenLoad(_ service: Service, _ planned: [InstanceRun], _ factor: DemandFactor, over period: Period)
    throws(DataError) -> EvenUse
  {
    let grid = SampleGrid(period: period, stepSeconds: stepSeconds)
    let load = try load(of: service, on: grid)
    let counts = runningCounts(planned, on: grid)
    let use = zip(load.meanVcpu, counts).map { demand, count -> Int64? in
      guard let demand, count > 0 else { return nil }
      return wholeMicroVcpus(demand * factor.value * 1_000_000 / Double(count))
    }
    return EvenUse(grid: grid, use: use)
  }
}

/// On whom the load of a service lies in a plan.
private enum PlannedLoad {
  /// On each instance what was measured of it: the plan is history.
  case measured
  /// The same, whatever type it runs on now: the instances are history's, by their names, or do not share their work.
  case own([String: [InstanceRun]], DemandFactor)
  /// On all alike: others run, or others besides.
  case even(EvenUse)
}

/// An instance and when it runs.
private struct InstanceSpan: Hashable {
  var resource: String
  var period: Period
}
