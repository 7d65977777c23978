// Types are replayed in the order of a bound of their cost, and no more of them once it is beyond the best. The closer the
// bound, the fewer: a book has hundreds of types.

import Analysis
import Model

/// What a type's cost is never below, as types are compared by: the instances that any one dimension requires by itself.
/// The replay never runs fewer than the interval before required.
struct HorizontalCostBound {
  private let sizing: HorizontalSizing
  /// Instance-intervals that the limits of each instance require, whatever its type.
  private let fixed: Int
  /// vCPU and GiB, ascending, of all intervals but the greatest, which may be the last; no GiB where memory is not known.
  private let cpu, memory: [Double]

  init(_ sizing: HorizontalSizing) {
    self.sizing = sizing
    var largest = sizing.current
    (largest.vcpu, largest.memoryMilliGiB) = (1 << 40, 1 << 50)
    var conditions = CountConditions()
    conditions.zones = sizing.zones
    conditions.minimum = sizing.minimum
    conditions.isMemoryKnown = sizing.need.memoryGiB != nil
    conditions.others = sizing.throughput.map {
      (CapacityDimension($0.dimension, perInstance: 1e18, atMost: 1e18), $0.demand)
    }
    let required = RequiredCount(sizing.load, type: largest, rules: sizing.context.rules, under: conditions)
    fixed = required.perSlot.drop { $0 == nil }.dropLast().reduce(0) { $0 + max(sizing.minimum, $1 ?? 0) }
    // Where a dimension has a gap the replay holds its count, whatever the others are.
    func ascending(_ demand: [Double?]) -> [Double] {
      demand.indices.filter { required.perSlot[$0] != nil }.map { demand[$0] ?? 0 }.sorted().dropLast()
    }
    (cpu, memory) = (
      ascending(sizing.load.peakVcpu), sizing.need.memoryGiB == nil ? [] : ascending(sizing.load.memoryGiB)
    )
  }

  func callAsFunction(_ offer: TypeOffer) -> Int128 {
    let rules = sizing.context.rules
    let gibs = offer.specification.memoryGiB * Double(100 - sizing.memoryReservePercent) / 100
    if let idle = sizing.idleMemoryGiB, gibs < idle { return .max }
    let all = Double(offer.specification.vcpu) * offer.speed
    let vcpus = all * Double(100 - rules.cpuHeadroomPercent) / 100
    guard vcpus > 1e-9, gibs > 1e-9 else { return .max }
    let minimum = sizing.minimum
    let forCPU = instances(of: cpu) { demand in
      let bare = max(0, RequiredCount.instances(carrying: demand, filling: all))
      return max(
        minimum, RequiredCount.instances(carrying: demand, filling: vcpus),
        count(leaving: bare, afterLossOfOneOf: sizing.zones))
    }
    let forMemory = instances(of: memory) { max(minimum, RequiredCount.instances(carrying: $0, filling: gibs)) }
    let slots = max(fixed, forCPU, forMemory)
    return offer.weighted(offer.hourly.perHour(seconds: Int64(slots) * sizing.load.grid.stepSeconds))
  }

  /// Instances over all intervals.
  /// - Parameters:
  ///   - demand: ascending.
  ///   - count: how many a demand requires, never fewer than a smaller one does: it is asked for a few of them.
  private func instances(of demand: [Double], _ count: (Double) -> Int) -> Int {
    var sum = 0
    var start = 0
    while start < demand.count {
      let own = count(demand[start])
      var (low, high) = (start + 1, demand.count)
      while low < high {
        let middle = (low + high) / 2
        if count(demand[middle]) > own { high = middle } else { low = middle + 1 }
      }
      sum += own * (low - start)
      start = low
    }
    return sum
  }
}
