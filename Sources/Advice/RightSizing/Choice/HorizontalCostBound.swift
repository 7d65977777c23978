// Types are replayed in the order of a bound of their cost, and no more of them once it is beyond the best. The closer the
// bound, the fewer: a book has hundreds of types.

import Analysis
import Model

/// What a type's cost is never below, as types are compared by: the instances that any one dimension requires by itself.
/// The replay never runs fewer than the interval before required, which weighs no more than the interval that follows it.
struct HorizontalCostBound {
  private let sizing: HorizontalSizing
  /// Instance-intervals that the limits of each instance require, whatever its type.
  private let fixed: Double
  /// vCPU and GiB of all intervals but the last; no GiB where memory is not known.
  private let cpu, memory: WeighedDemand

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
    let slots = required.perSlot.indices
    let first = required.perSlot.firstIndex { $0 != nil } ?? slots.upperBound
    let weights = sizing.weights?.scaled(from: first) ?? slots.map { _ in 1 }
    fixed = slots.dropFirst(first).dropLast().reduce(0.0) { sum, slot in
      sum + weights[slot] * Double(max(sizing.minimum, required.perSlot[slot] ?? 0))
    }
    // Where a dimension has a gap the replay holds its count, whatever the others are.
    let known = slots.filter { required.perSlot[$0] != nil }.dropLast()
    func weighed(_ demand: [Double?]) -> WeighedDemand {
      WeighedDemand(demand.isEmpty ? [] : known.map { (demand[$0] ?? 0, weights[$0]) })
    }
    (cpu, memory) = (weighed(sizing.load.peakVcpu), weighed(sizing.need.memoryGiB == nil ? [] : sizing.load.memoryGiB))
  }

  func callAsFunction(_ offer: TypeOffer) -> Int128 {
    let rules = sizing.context.rules
    let gibs = offer.specification.memoryGiB * Double(100 - sizing.memoryReservePercent) / 100
    if let idle = sizing.idleMemoryGiB, gibs < idle { return .max }
    let all = Double(offer.specification.vcpu) * offer.speed
    let vcpus = all * Double(100 - rules.cpuHeadroomPercent) / 100
    guard vcpus > 1e-9, gibs > 1e-9 else { return .max }
    let minimum = sizing.minimum
    let forCPU = cpu.instances { demand in
      let bare = max(0, RequiredCount.instances(carrying: demand, filling: all))
      return max(
        minimum, RequiredCount.instances(carrying: demand, filling: vcpus),
        count(leaving: bare, afterLossOfOneOf: sizing.zones))
    }
    let forMemory = memory.instances { max(minimum, RequiredCount.instances(carrying: $0, filling: gibs)) }
    // Whole numbers where nothing is weighed; else below what the replay adds up in another order.
    let slots = max(fixed, forCPU, forMemory) * (sizing.weights == nil ? 1 : 1 - 1e-9)
    let seconds: Int64 = wholeNumber((slots * Double(sizing.load.grid.stepSeconds)).rounded(.down))
    return offer.weighted(offer.hourly.perHour(seconds: seconds))
  }
}

/// Demand of intervals in order, with what they weigh.
private struct WeighedDemand {
  /// Ascending.
  private let demand: [Double]
  /// Of all before each, and of all.
  private let weightBefore: [Double]

  init(_ weighed: [(demand: Double, weight: Double)]) {
    let weighed = weighed.sorted { $0.demand < $1.demand }
    demand = weighed.map(\.demand)
    weightBefore = weighed.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.weight) }
  }

  /// Instances over all intervals.
  /// - Parameter count: how many a demand requires, never fewer than a smaller one does: it is asked for a few of them.
  func instances(_ count: (Double) -> Int) -> Double {
    var sum = 0.0
    var start = 0
    while start < demand.count {
      let own = count(demand[start])
      var (low, high) = (start + 1, demand.count)
      while low < high {
        let middle = (low + high) / 2
        if count(demand[middle]) > own { high = middle } else { low = middle + 1 }
      }
      sum += Double(own) * (weightBefore[low] - weightBefore[start])
      start = low
    }
    return sum
  }
}
