import Analysis
import Model

/// What a condition is held against, or why there is nothing.
enum Measure {
  case values(MeasuredValues)
  case unjudged(UnjudgedReason)

  /// - Parameter values: nil where nothing was measured.
  init(_ values: MeasuredValues?) { self = values.map(Measure.values) ?? .unjudged(.notMeasured) }
}

/// A service's metrics as its threshold table reads them: averages over instances, or of what holds data the node that goes
/// furthest; rates an instance; percent of a limit.
struct ServiceMeasures {
  private let service: Service
  private let load: ServiceLoad
  private let context: AdviceContext
  private let instances: [Int]
  private let offered: (vcpu: [Double], memoryGiB: [Double])

  init(_ service: Service, _ context: AdviceContext) throws(DataError) {
    self.service = service
    self.context = context
    load = try context.load(of: service)
    offered = load.measuredCapacity(context.catalogue)
    instances = runningCounts(load.carrying, on: context.grid)
  }

  /// One value a slot in the condition's basis.
  func values(_ metric: Metric, _ condition: Condition) throws(DataError) -> Measure {
    if metric == .instances {
      return .values(MeasuredValues(load.running.map { Double($0) }, intervalSeconds: context.grid.stepSeconds))
    }
    if metric == .storagePercent, service.limit(for: .storageGiB) == nil { return .unjudged(.noLimit(.storageGiB)) }
    if case .percentOf = condition.basis, service.limit(for: metric) == nil { return .unjudged(.noLimit(metric)) }
    guard var measured = try plain(metric, condition) else { return .unjudged(.notMeasured) }
    switch condition.basis {
    case .whole: break
    case .perInstance:
      measured.values = zip(measured.values, instances).map { value, count in
        count > 0 ? value.map { $0 / Double(count) } : nil
      }
    case .percentOf:
      guard let limit = service.limit(for: metric) else { return .unjudged(.noLimit(metric)) }
      measured.values = measured.values.indices.map { slot in
        let most = most(limit, slot)
        return most > 0 ? measured.values[slot].map { $0 / most * 100 } : nil
      }
    }
    return .values(measured)
  }

  /// What a limit comes to with what runs in a slot.
  private func most(_ limit: Limit, _ slot: Int) -> Double {
    if limit.perGib == true { return Double(limit.value) * offered.memoryGiB[slot] }
    return Double(limit.value) * (limit.perInstance ? Double(instances[slot]) : 1)
  }

  private func plain(_ metric: Metric, _ condition: Condition) throws(DataError) -> MeasuredValues? {
    if metric.isPerInstance { return try ofInstances(metric, condition) }
    switch metric {
    case .connectionGrowthPercentPerMinute: return try growth(of: .connections)
    case .storagePercent:
      guard let limit = service.limit(for: .storageGiB), limit.value > 0, var measured = try whole(.storageGiB) else {
        return nil
      }
      measured.values = measured.values.map { $0.map { $0 / Double(limit.value) * 100 } }
      return measured
    default: return try whole(metric)
    }
  }

  /// A metric of instances: by node where each carries a load of its own and no average is asked for.
  private func ofInstances(_ metric: Metric, _ condition: Condition) throws(DataError) -> MeasuredValues? {
    let runs = context.inventory.of(service)
    if service.approach != .group, condition.statistic != .average {
      return try nodeValues(metric, condition.comparison, of: service, runs, context)
    }
    let values: [Double?]? =
      switch metric {
      case .cpuPercent: percent(load.meanVcpu, of: offered.vcpu)
      case .cpuMaxPercent: percent(load.peakVcpu, of: offered.vcpu)
      case .memoryPercent: percent(load.memoryGiB, of: offered.memoryGiB)
      default: nil
      }
    guard let values, values.contains(where: { $0 != nil }) else { return nil }
    let interval = try sampleInterval(metric, of: service, runs, context)
    return MeasuredValues(values, intervalSeconds: interval)
  }

  /// What is measured of the service as a whole.
  private func whole(_ metric: Metric) throws(DataError) -> MeasuredValues? {
    try context.wholeValues(SeriesKey(service: service.name, metric: metric))
  }

  /// Growth from one interval to the next, in percent a minute; nil beside a gap. Of a series with a longer interval than a
  /// slot it is that of the interval, in the slot in which the next begins.
  private func growth(of metric: Metric) throws(DataError) -> MeasuredValues? {
    guard var measured = try whole(metric) else { return nil }
    let values = measured.values
    let minutes = Double(measured.intervalSeconds) / 60
    measured.values = values.indices.map { slot in
      guard slot > 0, let before = values[slot - 1], let now = values[slot], before > 0 else { return nil }
      return (now / before - 1) * 100 / minutes
    }
    return measured
  }
}

extension AdviceContext {
  /// What is measured of a service as a whole on the grid; nil without a sample.
  func wholeValues(_ key: SeriesKey) throws(DataError) -> MeasuredValues? {
    guard let series = try history.series(key, in: period) else { return nil }
    let range = series.range(in: period)
    guard !range.isEmpty else { return nil }
    let intervals = SampleIntervals(series, range, usual: grid.stepSeconds)
    let values = series.aligned(to: grid, slots: 0..<grid.count, in: period, .largest, intervals)
    return MeasuredValues(values, intervalSeconds: max(grid.stepSeconds, intervals.stepSeconds))
  }
}

/// Demand over capacity in percent; nil where nothing was measured or nothing ran.
func percent(_ demand: [Double?], of capacity: [Double]) -> [Double?] {
  zip(demand, capacity).map { demand, capacity in
    capacity > 0 ? demand.map { $0 / capacity * 100 } : nil
  }
}
