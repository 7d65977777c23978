import Model

extension BillingEngine {
  /// Surplus CPU credits of a service's burstable instances.
  /// - Parameter missing: the prices that the book lacks.
  func surplusItems(_ service: Service, _ plan: FleetPlan, over period: Period, _ missing: inout MissingPrices)
    throws(DataError) -> [LineItem]
  {
    let runs = plan.runs(of: service.name)
    var surplus: [InstanceKind: Int128] = [:]
    let spread = try evenLoad(service, plan, over: period)
    for run in runs where cloud.chargesSurplus(run.type) {
      let kind = self.kind(run)
      // What is not known of a type is named by whoever makes the study.
      guard let specification = catalogue.specificationIfKnown(run.type) else { continue }
      guard let burst = specification.burst, burst.surplusPerVcpuHour != nil || cloud.surplusItem(of: kind) != nil
      else { continue }
      let use: (Instant) -> Int64?
      if let spread { use = spread } else { use = try measuredUse(run, vcpu: specification.vcpu, over: period) }
      surplus[kind, default: 0] += chargedSurplus(
        run: run, burst: burst, in: period, from: spread == nil ? creditsFrom : period.start,
        stepSeconds: stepSeconds, use: use)
    }
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
          quantity: quantity(charged, per: perHour), unit: "vCPU-hour",
          dollars: price.hourly.charge(for: charged, per: perHour), driver: service.driver,
          price: note(price, ofType: kind.type), priceService: cloud.priceService(of: kind)))
    }
    return items
  }

  /// Micro-vCPUs one instance used in the interval from an instant on, from its own series; asked for in time order.
  private func measuredUse(_ run: InstanceRun, vcpu: Int, over period: Period) throws(DataError)
    -> (Instant) -> Int64?
  {
    let key = SeriesKey(service: run.service, resource: run.resource, metric: .cpuPercent)
    let asked = Period(start: min(creditsFrom, period.start), end: period.end)
    guard let series = try history.series(key, in: asked) else { return { _ in nil } }
    // percent / 100 × vCPUs × 10⁶, rounded half-even once.
    let factor = Int128(vcpu) * 10_000
    // What is divided stays below 10^28: a divisor beyond 10^37 makes 0 of it too.
    func divisor(_ scale: Int) -> Int128 { widePowerOfTen(min(scale, 37)) }
    let shared = series.scales.isEmpty ? divisor(series.scale) : nil
    let step = stepSeconds
    var index = 0
    return { instant in
      while index < series.count, series.instants[index] < instant.seconds { index += 1 }
      guard index < series.count, series.instants[index] < instant.seconds + step else { return nil }
      let use = roundedHalfEven(
        Int128(series.mantissas[index]) * factor, dividedBy: shared ?? divisor(series.scale(index)))
      return min(max(Int64(clamping: use), -mostMicroVcpus), mostMicroVcpus)
    }
  }

  private func load(of service: Service, on grid: SampleGrid) throws(DataError) -> ServiceLoad {
    if let loads, loads.grid == grid { return try loads.load(of: service) }
    return try ServiceLoad(service, runs: inventory[service.name], history: history, grid: grid, catalogue: catalogue)
  }

  /// For a changed plan, the service's measured CPU demand spread evenly over the planned instances; nil when the plan
  /// is history.
  private func evenLoad(_ service: Service, _ plan: FleetPlan, over period: Period)
    throws(DataError) -> ((Instant) -> Int64?)?
  {
    let factor = plan.demand.factor(of: service.driver)
    guard plan.changedServices.contains(service.name) || !factor.isOne else { return nil }
    let grid = SampleGrid(period: period, stepSeconds: stepSeconds)
    let load = try load(of: service, on: grid)
    let counts = runningCounts(plan.runs(of: service.name), on: grid)
    let use = zip(load.meanVcpu, counts).map { demand, count -> Int64? in
      guard let demand, count > 0 else { return nil }
      return wholeMicroVcpus(demand * factor.value * 1_000_000 / Double(count))
    }
    return { instant in
      let slot = grid.slot(instant)
      return use.indices.contains(slot) ? use[slot] : nil
    }
  }
}
