import Model

/// What sets how many instances of a service are needed.
package struct CapacityDimension: Hashable, Sendable {
  package var name: String
  /// What one instance may carry.
  package var perInstance: Double
}

/// How many instances a horizontally scaled service needs in each slot, and which dimension says so.
///
/// For each measured dimension: demand × factor / what one instance carries, rounded up; the largest wins, never below
/// the fleet file's minimum. CPU and memory may be filled to 100 % less the headroom; rates, counts and shares of a limit
/// for each instance to the fleet file's scaling trigger. A slot in which a dimension that is otherwise measured has a gap
/// has no requirement: what was not seen may have been the most.
package struct RequiredCount: Sendable {
  package let perSlot: [Int?]
  /// The dimension that binds most often, by name.
  package let binding: String
  package let dimensions: [CapacityDimension]

  package init(
    _ load: ServiceLoad, type: InstanceSpecification, rules: ReviewRules,
    factor: DemandFactor = .one
  ) {
    let service = load.service
    var parts: [(dimension: CapacityDimension, demand: [Double?])] = []
    func add(_ name: String, _ perInstance: Double, _ demand: [Double?]) {
      guard perInstance > 0, demand.contains(where: { $0 != nil }) else { return }
      parts.append((CapacityDimension(name: name, perInstance: perInstance), demand))
    }
    add("CPU", Double(type.vcpu) * Double(100 - rules.cpuHeadroomPercent) / 100, load.peakVcpu)
    let reserve = max(rules.memoryHeadroomPercent, service.reservedMemoryPercent ?? 0)
    add("memory", type.memoryGiB * Double(100 - reserve) / 100, load.memoryGiB)
    for threshold in service.thresholds {
      guard let limit = service.perInstanceLimit(threshold) else { continue }
      add(threshold.metric.rawValue, limit, load.values(threshold.metric) ?? [])
    }
    var bindings: [String: Int] = [:]
    var perSlot = [Int?](repeating: nil, count: load.grid.count)
    for slot in perSlot.indices where parts.allSatisfy({ $0.demand[slot] != nil }) {
      var needed: Int?
      var binding = ""
      for part in parts {
        guard let demand = part.demand[slot] else { continue }
        // A billionth of an instance is a rounding error of the sum, not a need.
        let count = Int((demand * factor.value / part.dimension.perInstance - 1e-9).rounded(.up))
        if count > needed ?? -1 {
          needed = count
          binding = part.dimension.name
        }
      }
      guard let needed else { continue }
      if needed > service.minimum { bindings[binding, default: 0] += 1 }
      perSlot[slot] = max(service.minimum, needed)
    }
    self.perSlot = perSlot
    self.binding = bindings.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "the minimum of \(service.minimum)"
    dimensions = parts.map(\.dimension)
  }
}

extension Service {
  /// What one instance may carry of a metric before the scaling trigger: a rate or count for each instance, or a share of a
  /// limit that each instance brings; nil for anything else.
  fileprivate func perInstanceLimit(_ threshold: Threshold) -> Double? {
    guard let value = threshold.scaling.limit(for: threshold.metric), threshold.scaling.comparison == .above else {
      return nil
    }
    switch threshold.scaling.basis {
    case .perInstance: return value
    case .percentOf:
      return limit(for: threshold.metric).flatMap { $0.perInstance ? Double($0.value) * value / 100 : nil }
    case .whole: return nil
    }
  }
}
