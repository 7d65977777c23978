// What a service needs in an interval, of what drives it: for each dimension the load beyond what instances have of it
// without load (`InstanceCapacity.idle`, fitted), over the room that one instance has beyond that.
//
//   memory: (GiB of all - n idle) / (GiB of the type x share - idle)
//   CPU:    (vCPUs in use - n idle) / (vCPUs of the type x share - idle)
//   others: a total / what the owner says one instance carries; jobs / what one finishes
//
// The largest counts. So a memory of which each instance fills a part without load asks for no more instances than
// the load does.

import Model
import Solvers

/// How many instances a service needs in each slot, not rounded.
package struct ServiceNeed: Sendable {
  package let grid: SampleGrid
  /// nil where a dimension that is otherwise measured was not.
  package let values: [Double?]
  /// What one instance carries beyond its idle part.
  package let dimensions: [CapacityDimension]
  /// The place of the dimension that asks for most, most often; nil where nothing was measured.
  package let binding: CountBinding?

  private struct Part {
    var dimension: CapacityDimension
    var demand: [Double?]
  }

  /// More than any service has: what no number of instances carries.
  private static let impossible = 1_000_000.0

  /// - Parameters:
  ///   - capacity: what an instance of the type has without load.
  ///   - totals: metrics of the service as a whole, on the load's grid.
  ///   - keepsHeadroom: true where the highest minutes of CPU are to leave the review's headroom too; false for what
  ///     scaling triggers ask for.
  package init(
    _ load: ServiceLoad, _ capacity: InstanceCapacity, type: InstanceSpecification, totals: [Metric: [Double?]],
    rules: ReviewRules, keepsHeadroom: Bool
  ) {
    let parts = Self.parts(load, capacity, type, totals, rules, keepsHeadroom)
    grid = load.grid
    var values = [Double?](repeating: parts.isEmpty ? nil : 0, count: load.grid.count)
    var bindings = [Int](repeating: 0, count: parts.count)
    for slot in values.indices {
      var most: (need: Double, part: Int)?
      for (place, part) in parts.enumerated() {
        guard let demand = part.demand[slot] else {
          values[slot] = nil
          break
        }
        let room = part.dimension.perInstance
        let need = demand <= 0 ? 0 : room > 0 ? min(Self.impossible, demand / room) : Self.impossible
        if most.map({ need > $0.need }) ?? true { most = (need, place) }
      }
      guard values[slot] != nil, let most else { continue }
      values[slot] = most.need
      bindings[most.part] += 1
    }
    self.values = values
    dimensions = parts.map(\.dimension)
    binding = bindings.indices.max { (bindings[$0], $1) < (bindings[$1], $0) }.map {
      .dimension(parts[$0].dimension.dimension)
    }
  }

  /// How many carry a need with a margin on the load, between a service's limits.
  package static func instances(_ need: Double, marginPercent: Int = 0) -> Int {
    let wanted = need * (1 + Double(marginPercent) / 100) - 1e-9
    return max(0, wholeNumber(wanted.rounded(.up)))
  }

  private static func parts(
    _ load: ServiceLoad, _ capacity: InstanceCapacity, _ type: InstanceSpecification, _ totals: [Metric: [Double?]],
    _ rules: ReviewRules, _ keepsHeadroom: Bool
  ) -> [Part] {
    let service = load.service
    var parts: [Part] = []
    func add(_ dimension: SizeDimension, _ perInstance: Double, atMost: Double, _ demand: [Double?]) {
      guard demand.contains(where: { $0 != nil }) else { return }
      parts.append(
        Part(dimension: CapacityDimension(dimension, perInstance: perInstance, atMost: atMost), demand: demand))
    }
    func beyond(_ idle: Double, _ instances: [Int], _ values: [Double?]) -> [Double?] {
      values.indices.map { slot in values[slot].map { max(0, $0 - Double(instances[slot]) * idle) } }
    }
    let carrying = runningCounts(load.carrying, on: load.grid)
    let idleCPU = (capacity.idle[.cpu] ?? 0) / 100
    let cpu = Double(type.vcpu)
    let headroom = Double(100 - rules.cpuHeadroomPercent)
    if keepsHeadroom {
      add(
        .cpu, cpu * headroom / 100 - idleCPU, atMost: cpu - idleCPU, beyond(idleCPU, carrying, load.peakVcpu))
    }
    let trigger = service.trigger(.cpuPercent)
    if !keepsHeadroom || trigger.map({ $0 < headroom }) ?? false {
      add(
        .cpu, cpu * (trigger ?? headroom) / 100 - idleCPU, atMost: cpu - idleCPU,
        beyond(idleCPU, carrying, load.meanVcpu))
    }
    let reserved = service.reservedMemoryPercent ?? 0
    let share = min(
      Double(100 - max(rules.memoryHeadroomPercent, reserved)), service.trigger(.memoryPercent) ?? 100)
    let idle = capacity.idle[.memory] ?? 0
    if capacity.memoryGiB != nil {
      add(
        .memory, type.memoryGiB * share / 100 - idle, atMost: type.memoryGiB * Double(100 - reserved) / 100 - idle,
        beyond(idle, load.memoryInstances, load.memoryGiB))
    }
    for limit in service.instanceLimits(load) {
      let idle = capacity.idle[.total(limit.metric)] ?? 0
      add(
        .metric(limit.metric), limit.perInstance - idle, atMost: limit.atMost - idle,
        beyond(idle, carrying, load.values(limit.metric) ?? []))
    }
    if let rate = capacity.workPerMinute, let jobs = totals[.jobsPerMinute] {
      add(.metric(.jobsPerMinute), rate, atMost: rate, jobs)
    }
    return parts
  }
}

extension Service {
  /// The value of a metric of each instance, in percent, beyond which the service is to scale out; nil where nothing
  /// says.
  fileprivate func trigger(_ metric: Metric) -> Double? {
    guard let row = thresholds.first(where: { $0.metric == metric }), row.scaling.comparison == .above,
      case .whole = row.scaling.basis
    else { return nil }
    return row.scaling.limit(for: metric)
  }
}
