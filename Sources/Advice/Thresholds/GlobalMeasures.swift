import Analysis
import Model

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

  func values(_ metric: Metric, _ condition: Condition) throws(DataError) -> Measure {
    switch metric {
    case .cpuPercent: ofInstances(vcpu)
    case .memoryPercent: ofInstances(memory)
    case .concurrentUsers: try users(percentOfLimit: condition.basis != .whole)
    default: try atTheEdge(metric, condition)
    }
  }

  private func ofInstances(_ values: [Double?]) -> Measure {
    guard values.contains(where: { $0 != nil }) else { return .unjudged(.notMeasured) }
    return .values(MeasuredValues(values, intervalSeconds: context.grid.stepSeconds))
  }

  /// A metric of the service that the fleet file measures the fleet at.
  private func atTheEdge(_ metric: Metric, _ condition: Condition) throws(DataError) -> Measure {
    switch condition.basis {
    case .perInstance: return .unjudged(.notOfTheFleet)
    case .percentOf: break
    case .whole: break
    }
    guard let service = context.fleet.global.measuredAt else { return .unjudged(.noPlace) }
    let measured = try context.wholeValues(SeriesKey(service: service, metric: metric))
    guard case .percentOf = condition.basis else { return Measure(measured) }
    guard let limit = context.fleet.global.limits.first(where: { $0.metric == metric }), limit.value > 0 else {
      return .unjudged(.noLimit(metric))
    }
    return Measure(measured?.divided(by: Double(limit.value) / 100))
  }

  private func users(percentOfLimit: Bool) throws(DataError) -> Measure {
    guard percentOfLimit else { return Measure(try context.totalUsers()) }
    guard let limit = context.fleet.global.limits.first(where: { $0.metric == .concurrentUsers }), limit.value > 0
    else {
      return .unjudged(.noLimit(.concurrentUsers))
    }
    return Measure(try context.totalUsers()?.divided(by: Double(limit.value) / 100))
  }
}

extension MeasuredValues {
  fileprivate func divided(by divisor: Double) -> MeasuredValues {
    var copy = self
    copy.values = values.map { $0.map { $0 / divisor } }
    return copy
  }
}

extension AdviceContext {
  /// Concurrent users over all types, slot by slot; nil where users of a type are not measured, or there are no types.
  func totalUsers() throws(DataError) -> MeasuredValues? {
    var total: MeasuredValues?
    for type in fleet.userTypes {
      let key = SeriesKey(service: "users", resource: type.name, metric: .concurrentUsers)
      guard let values = try wholeValues(key) else { return nil }
      guard var sum = total else {
        total = values
        continue
      }
      sum.values = zip(sum.values, values.values).map { a, b in if let a, let b { a + b } else { nil } }
      sum.intervalSeconds = max(sum.intervalSeconds, values.intervalSeconds)
      total = sum
    }
    return total
  }
}
