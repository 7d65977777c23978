import Analysis
import Model

/// A service's metrics as its threshold table reads them: averages over instances, rates an instance, percent of a limit.
struct ServiceMeasures {
  private let service: Service
  private let load: ServiceLoad
  private let history: History
  private let instances: [Int]
  private let offered: (vcpu: [Double], memoryGiB: [Double])

  init(_ service: Service, _ context: AdviceContext) throws(DataError) {
    self.service = service
    load = try context.load(of: service)
    history = context.history
    offered = load.measuredCapacity(context.catalogue)
    instances = runningCounts(load.carrying, on: context.grid)
  }

  /// One value a slot in the condition's basis; nil when the metric is not measured.
  func values(_ metric: Metric, _ condition: Condition) throws(DataError) -> [Double?]? {
    guard let plain = try plain(metric) else { return nil }
    switch condition.basis {
    case .whole: return plain
    case .perInstance:
      return zip(plain, instances).map { value, count in
        count > 0 ? value.map { $0 / Double(count) } : nil
      }
    case .percentOf:
      guard let limit = service.limit(for: metric) else { return nil }
      return zip(plain, instances).map { value, count in
        let most = limit.perInstance ? limit.value * count : limit.value
        return most > 0 ? value.map { $0 / Double(most) * 100 } : nil
      }
    }
  }

  private func plain(_ metric: Metric) throws(DataError) -> [Double?]? {
    switch metric {
    case .cpuPercent: percent(load.meanVcpu, of: offered.vcpu)
    case .cpuMaxPercent: percent(load.peakVcpu, of: offered.vcpu)
    case .memoryPercent: percent(load.memoryGiB, of: offered.memoryGiB)
    case .connectionGrowthPercentPerMinute: try growth(of: .connections)
    case .storagePercent:
      try whole(.storageGiB).flatMap { values in
        service.limit(for: .storageGiB).map { limit in
          values.map { $0.map { $0 / Double(limit.value) * 100 } }
        }
      }
    default: try whole(metric)
    }
  }

  /// What is measured of the service as a whole.
  private func whole(_ metric: Metric) throws(DataError) -> [Double?]? {
    guard !metric.isPerInstance else { return nil }
    let key = SeriesKey(service: service.name, metric: metric)
    return try history.series(key, in: load.grid.period)?.aligned(to: load.grid)
  }

  /// Growth from one interval to the next, in percent a minute; nil beside a gap. Of a series with a longer interval than a
  /// slot it is that of the interval, in the slot in which the next begins.
  private func growth(of metric: Metric) throws(DataError) -> [Double?]? {
    guard let values = try whole(metric) else { return nil }
    let key = SeriesKey(service: service.name, metric: metric)
    let step = try history.series(key, in: load.grid.period).map { series in
      SampleIntervals(series, series.range(in: load.grid.period), usual: load.grid.stepSeconds).stepSeconds
    }
    let minutes = Double(max(load.grid.stepSeconds, step ?? 0)) / 60
    return values.indices.map { slot in
      guard slot > 0, let before = values[slot - 1], let now = values[slot], before > 0 else { return nil }
      return (now / before - 1) * 100 / minutes
    }
  }
}

/// Demand over capacity in percent; nil where nothing was measured or nothing ran.
func percent(_ demand: [Double?], of capacity: [Double]) -> [Double?] {
  zip(demand, capacity).map { demand, capacity in
    capacity > 0 ? demand.map { $0 / capacity * 100 } : nil
  }
}

/// The fleet as a whole: CPU and memory over all instances, users over all types, anything else where
/// the fleet file measures it (`global.measured_at`).
struct GlobalMeasures {
  private let context: AdviceContext
  private let vcpu: [Double?]
  private let memory: [Double?]

  init(_ context: AdviceContext) throws(DataError) {
    self.context = context
    let none = [Double](repeating: 0, count: context.grid.count)
    var (vcpu, memory) = ((used: none, offered: none), (used: none, offered: none))
    for service in context.fleet.services {
      let load = try context.load(of: service)
      let capacities = load.measuredCapacity(context.catalogue)
      Self.add(load.meanVcpu, of: capacities.vcpu, to: &vcpu)
      Self.add(load.memoryGiB, of: capacities.memoryGiB, to: &memory)
    }
    self.vcpu = Self.percents(vcpu)
    self.memory = Self.percents(memory)
  }

  /// Adds demand and capacity of a service where it was measured.
  private static func add(_ demand: [Double?], of capacity: [Double], to sum: inout (used: [Double], offered: [Double]))
  {
    for (slot, value) in demand.enumerated() {
      guard let value else { continue }
      sum.used[slot] += value
      sum.offered[slot] += capacity[slot]
    }
  }

  private static func percents(_ sum: (used: [Double], offered: [Double])) -> [Double?] {
    zip(sum.used, sum.offered).map { $1 > 0 ? $0 / $1 * 100 : nil }
  }

  func values(_ metric: Metric, _ condition: Condition) throws(DataError) -> [Double?]? {
    switch metric {
    case .cpuPercent: vcpu
    case .memoryPercent: memory
    case .concurrentUsers: try users(percentOfLimit: condition.basis != .whole)
    default: try atTheEdge(metric, condition)
    }
  }

  /// A metric of the service that the fleet file measures the fleet at.
  private func atTheEdge(_ metric: Metric, _ condition: Condition) throws(DataError) -> [Double?]? {
    guard condition.basis == .whole, let service = context.fleet.global.measuredAt else { return nil }
    let key = SeriesKey(service: service, metric: metric)
    return try context.history.series(key, in: context.period)?.aligned(to: context.grid)
  }

  private func users(percentOfLimit: Bool) throws(DataError) -> [Double?]? {
    let limit = context.fleet.global.limits.first { $0.metric == .concurrentUsers }
    if percentOfLimit, limit == nil { return nil }
    let divisor = percentOfLimit ? Double(limit?.value ?? 100) / 100 : 1
    var totals: [Double?]?
    for type in context.fleet.userTypes {
      let key = SeriesKey(service: "users", resource: type.name, metric: .concurrentUsers)
      guard let series = try context.history.series(key, in: context.period) else { return nil }
      let values = series.aligned(to: context.grid)
      totals = totals.map { zip($0, values).map { a, b in if let a, let b { a + b } else { nil } } } ?? values
    }
    return totals?.map { $0.map { $0 / divisor } }
  }
}
