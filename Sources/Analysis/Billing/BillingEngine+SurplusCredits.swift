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
      if var spread {
        surplus[kind, default: 0] += chargedSurplus(
          run: run, burst: burst, in: period, from: period.start, stepSeconds: stepSeconds, &spread)
      } else {
        var use = try measuredUse(run, vcpu: specification.vcpu, over: period)
        surplus[kind, default: 0] += chargedSurplus(
          run: run, burst: burst, in: period, from: creditsFrom, stepSeconds: stepSeconds, &use)
      }
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

  /// What one instance used, from its own series.
  private func measuredUse(_ run: InstanceRun, vcpu: Int, over period: Period) throws(DataError) -> MeasuredUse {
    let key = SeriesKey(service: run.service, resource: run.resource, metric: .cpuPercent)
    let asked = Period(start: min(creditsFrom, period.start), end: period.end)
    return MeasuredUse(try history.series(key, in: asked), in: asked, vcpu: vcpu, stepSeconds: stepSeconds)
  }

  private func load(of service: Service, on grid: SampleGrid) throws(DataError) -> ServiceLoad {
    if let loads, loads.grid == grid { return try loads.load(of: service) }
    return try ServiceLoad(service, runs: inventory[service.name], history: history, grid: grid, catalogue: catalogue)
  }

  /// For a changed plan, the service's measured CPU demand spread evenly over the planned instances; nil when the plan
  /// is history.
  private func evenLoad(_ service: Service, _ plan: FleetPlan, over period: Period)
    throws(DataError) -> EvenUse?
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
    return EvenUse(grid: grid, use: use)
  }
}

/// The same use of each instance that runs, by the slots of a grid.
private struct EvenUse: CPUUse {
  let grid: SampleGrid
  let use: [Int64?]

  mutating func use(at instant: Instant) -> Int64? {
    let slot = grid.slot(instant)
    return use.indices.contains(slot) ? use[slot] : nil
  }
}

/// What one instance used, from its own series; asked for in time order. Of several samples in an interval their mean; a
/// sample of a longer interval counts for all of it.
private struct MeasuredUse: CPUUse {
  private let series: Series?
  private let known: Range<Int>
  private let intervals: SampleIntervals
  private let stepSeconds: Int64
  /// percent / 100 × vCPUs × 10⁶ is a mantissa × factor / divisor.
  private let factor: Int128
  /// Of all samples; nil where each has its own scale.
  private let shared: MicroVcpus?
  private var index: Int

  init(_ series: Series?, in period: Period, vcpu: Int, stepSeconds: Int64) {
    self.series = series
    self.stepSeconds = stepSeconds
    let factor = Int128(vcpu) * 10_000
    self.factor = factor
    let none = Series(key: SeriesKey(service: "", metric: .cpuPercent), instants: [], mantissas: [], scale: 0)
    known = series?.range(in: period) ?? 0..<0
    intervals = SampleIntervals(series ?? none, known, usual: stepSeconds)
    shared = series.flatMap { $0.scales.isEmpty ? MicroVcpus(factor, scale: $0.scale) : nil }
    index = known.lowerBound
  }

  mutating func use(at instant: Instant) -> Int64? {
    guard let series else { return nil }
    while index < series.count, series.instants[index] < instant.seconds { index += 1 }
    let first = index
    while index < series.count, series.instants[index] < instant.seconds + stepSeconds { index += 1 }
    if index == first + 1 { return use(series, first) }
    if index > first {
      let sum = (first..<index).reduce(Int128(0)) { $0 + Int128(use(series, $1)) }
      return Int64(clamping: roundedHalfEven(sum, dividedBy: Int128(index - first)))
    }
    guard first > known.lowerBound else { return nil }
    let stands = intervals.step(first - 1 - known.lowerBound)
    guard series.instants[first - 1] + stands > instant.seconds else { return nil }
    return use(series, first - 1)
  }

  private func use(_ series: Series, _ index: Int) -> Int64 {
    (shared ?? MicroVcpus(factor, scale: series.scale(index))).use(series.mantissas[index])
  }
}

/// Makes micro-vCPUs of mantissas of one scale: × factor / 10^scale, rounded half-even once, in whole numbers.
private struct MicroVcpus {
  private let factor, divisor: Int128
  /// The factor over the divisor, where that is whole.
  private let whole: Int64?

  init(_ factor: Int128, scale: Int) {
    self.factor = factor
    // What is divided stays below 10^28: a divisor beyond 10^37 makes 0 of it too.
    divisor = widePowerOfTen(min(scale, 37))
    whole = factor % divisor == 0 ? Int64(exactly: factor / divisor) : nil
  }

  func use(_ mantissa: Int64) -> Int64 {
    if let whole {
      let (use, isBeyond) = mantissa.multipliedReportingOverflow(by: whole)
      if !isBeyond { return min(max(use, -mostMicroVcpus), mostMicroVcpus) }
    }
    let use = Int64(clamping: roundedHalfEven(Int128(mantissa) * factor, dividedBy: divisor))
    return min(max(use, -mostMicroVcpus), mostMicroVcpus)
  }
}
