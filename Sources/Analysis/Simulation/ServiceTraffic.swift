import Model
import Solvers

/// What a service has to carry, tick by tick, in the thousandths of a replay.
///
/// CPU is in percent of a vCPU, memory in GiB, all else in the metric's unit; each beyond what instances have of it without
/// work.
package struct ServiceTraffic: Sendable {
  /// What is carried.
  package enum Load: Hashable, Comparable, Sendable {
    case cpu, peakCPU, memory
    /// A metric of the service as a whole.
    case total(Metric)

    /// As a replay calls it.
    package var name: String {
      switch self {
      case .cpu: "cpu"
      case .peakCPU: "peak cpu"
      case .memory: "memory"
      case .total(let metric): metric.rawValue
      }
    }

    package static func < (a: Load, b: Load) -> Bool { a.name < b.name }
  }

  /// The ticks.
  package let grid: SampleGrid
  /// How many ticks a measurement stands for.
  package let ticksPerSample: Int
  /// Of how many ticks an alarm that counts samples takes one; at least 1.
  package var datapointTicks: Int
  /// By load, of each tick, or ``ReplayLoad/missing``; none of a load that was never measured.
  package private(set) var values: [Load: [Int]] = [:]

  package init(on grid: SampleGrid, ticksPerSample: Int = 1) {
    self.grid = grid
    self.ticksPerSample = ticksPerSample
    datapointTicks = ticksPerSample
  }

  /// What was measured, each sample held for as many ticks as its slot has.
  /// - Parameters:
  ///   - totals: metrics of the service as a whole, on the load's grid.
  ///   - tickSeconds: a divisor of the grid's step.
  package init(
    _ load: ServiceLoad, _ capacity: InstanceCapacity, totals: [Metric: [Double?]], tickSeconds: Int64
  ) {
    let grid = SampleGrid(period: load.grid.period, stepSeconds: tickSeconds)
    self.init(on: grid, ticksPerSample: max(1, Int(load.grid.stepSeconds / tickSeconds)))
    let carrying = runningCounts(load.carrying, on: load.grid)
    func beyondIdle(_ values: [Double?], _ part: Load) -> [Double?] {
      guard let idle = capacity.idle[part], idle > 0 else { return values }
      let instances = part == .memory ? load.memoryInstances : carrying
      return values.indices.map { slot in values[slot].map { max(0, $0 - Double(instances[slot]) * idle) } }
    }
    hold(beyondIdle(load.meanVcpu.map { $0.map { $0 * 100 } }, .cpu), as: .cpu)
    hold(beyondIdle(load.peakVcpu.map { $0.map { $0 * 100 } }, .peakCPU), as: .peakCPU)
    if capacity.memoryGiB != nil { hold(beyondIdle(load.memoryGiB, .memory), as: .memory) }
    for (metric, values) in totals { hold(beyondIdle(values, .total(metric)), as: .total(metric)) }
  }

  private mutating func hold(_ samples: [Double?], as load: Load) {
    guard samples.contains(where: { $0 != nil }) else { return }
    let count = grid.count
    var ticks: [Int] = []
    ticks.reserveCapacity(count)
    for sample in samples where ticks.count < count {
      let value = sample.map(Self.thousandths) ?? ReplayLoad.missing
      for _ in 0..<min(ticksPerSample, count - ticks.count) { ticks.append(value) }
    }
    values[load] = ticks
  }

  /// Sets a load.
  /// - Parameter ticks: as many as the grid has, in the load's unit; nil where it is not known.
  package mutating func set(_ load: Load, to ticks: [Double?]) {
    values[load] = ticks.map { $0.map(Self.thousandths) ?? ReplayLoad.missing }
  }

  /// Sets a load to that of others, in thousandths or ``ReplayLoad/missing``, times a factor.
  mutating func set(_ load: Load, to ticks: [Int], times factor: Double) {
    values[load] =
      factor == 1
      ? ticks
      : ticks.map { $0 == ReplayLoad.missing ? $0 : Self.thousandths(Double($0) / 1000 * factor) }
  }

  /// The nearest number of thousandths; what is beyond what may be replayed is refused there.
  private static func thousandths(_ value: Double) -> Int { max(0, nearestWholeNumber(value * 1000)) }

  /// Some of the ticks, at the edges of measurements.
  package func part(_ ticks: Range<Int>) -> ServiceTraffic {
    let period = Period(
      start: grid.instant(ticks.lowerBound), end: min(grid.period.end, grid.instant(ticks.upperBound)))
    var part = ServiceTraffic(
      on: SampleGrid(period: period, stepSeconds: grid.stepSeconds), ticksPerSample: ticksPerSample)
    part.datapointTicks = datapointTicks
    part.values = values.compactMapValues { all in
      let own = Array(all[ticks])
      return own.contains { $0 != ReplayLoad.missing } ? own : nil
    }
    return part
  }

  /// From the first tick in which anything was measured to behind the last; nil where nothing was.
  package var measured: Range<Int>? {
    let known = values.values.compactMap { ticks -> Range<Int>? in
      guard let first = ticks.firstIndex(where: { $0 != ReplayLoad.missing }),
        let last = ticks.lastIndex(where: { $0 != ReplayLoad.missing })
      else { return nil }
      return first..<last + 1
    }
    guard let first = known.map(\.lowerBound).min(), let end = known.map(\.upperBound).max() else { return nil }
    return first..<end
  }

  /// In the order in which a replay has them.
  package var loads: [Load] { values.keys.sorted() }
}
