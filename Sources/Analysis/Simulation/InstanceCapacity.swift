import Model
import Solvers

/// What one instance of a service carries, in the units in which its load is replayed.
package struct InstanceCapacity: Hashable, Sendable {
  package var vcpu: Int
  /// nil where no memory is known of the type, or none was measured.
  package var memoryGiB: Double?
  /// What an instance has of a load without any work, in the load's unit.
  package var idle: [ServiceTraffic.Load: Double]
  /// Work that an instance finishes in a minute, of a service with a queue; nil for any other.
  package var workPerMinute: Double?
  /// Of each idle part that a line tells, the share of the variance that the line explains.
  package private(set) var explained: [ServiceTraffic.Load: Double] = [:]

  package init(
    vcpu: Int, memoryGiB: Double?, idle: [ServiceTraffic.Load: Double] = [:], workPerMinute: Double? = nil
  ) {
    self.vcpu = vcpu
    self.memoryGiB = memoryGiB
    self.idle = idle
    self.workPerMinute = workPerMinute
  }

  /// Learns what instances of a type carry from what a service's did.
  ///
  /// CPU, memory and pools of connections are there without work too, in each instance as much: ``IdlePart`` tells how much.
  /// - Parameter totals: metrics of the service as a whole, on the load's grid.
  package init(_ type: InstanceSpecification, of load: ServiceLoad, totals: [Metric: [Double?]]) {
    vcpu = type.vcpu
    memoryGiB = type.memoryGiB > 0 && load.memoryGiB.contains { $0 != nil } ? type.memoryGiB : nil
    let drivers = totals.filter { $0.key.growsWithUsers && $0.key != .poolConnections }
      .sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
    idle = [:]
    let memory = IdlePart(
      load.memoryGiB, drivers: drivers, instances: load.memoryInstances, whereUnknown: .leastSeen)
    (idle[.memory], explained[.memory]) = (memory.each, memory.explained)
    let carrying = runningCounts(load.carrying, on: load.grid)
    func part(_ values: [Double?]) -> IdlePart {
      IdlePart(values, drivers: drivers, instances: carrying, whereUnknown: .nothing)
    }
    let cpu = part(load.meanVcpu.map { $0.map { $0 * 100 } })
    (idle[.cpu], explained[.cpu]) = (cpu.each, cpu.explained)
    idle[.peakCPU] = idle[.cpu]
    idle[.total(.poolConnections)] = totals[.poolConnections].map { part($0).each }
  }
}

extension InstanceCapacity {
  /// The same with the work that an instance does in a minute, of a group with a queue: what the owner says, else what brings
  /// the queue nearest to the record.
  package init(
    _ type: InstanceSpecification, of load: ServiceLoad, totals: [Metric: [Double?]], doingWorkOf service: Service
  ) {
    self.init(type, of: load, totals: totals)
    guard service.approach == .group else { return }
    workPerMinute =
      service.limit(for: .jobsPerMinute).flatMap { $0.perInstance ? Double($0.value) : nil }
      ?? QueueRate.fitted(
        jobs: totals[.jobsPerMinute] ?? [], depth: totals[.queueDepthItems] ?? [], running: load.running,
        stepSeconds: load.grid.stepSeconds)
  }
}

/// What each instance has of something without work.
///
/// It is where the line of what an instance has over the work it does meets no work: of several kinds of work the one that
/// explains most of the variance, and no more than the least that was seen of an instance. The busiest hundredth is left out,
/// for what is full follows no line. Where none explains half of it, or the line meets no work below zero, it is not known.
package struct IdlePart: Hashable, Sendable {
  /// What holds where no line tells.
  package enum Unknown: Sendable {
    case nothing
    /// Of memory: what was never seen free is not load.
    case leastSeen
  }

  package let each: Double
  /// The share of the variance that the line explains; nil where none tells.
  package let explained: Double?

  private static let leastExplained = 0.5
  /// Up to which percentile of the work lines are fitted.
  private static let fitted = ScaledDecimal(mantissa: 99, scale: 0)

  /// - Parameters:
  ///   - values: of all instances together, in each slot.
  ///   - drivers: kinds of work, likewise.
  ///   - instances: that the values are of.
  package init(_ values: [Double?], drivers: [[Double?]], instances: [Int], whereUnknown unknown: Unknown) {
    // Slot by slot in flat arrays: a month has thousands, and each service several kinds of work.
    var (slots, each): ([Int], [Double]) = ([], [])
    for (slot, value) in values.enumerated() {
      guard let value, instances[slot] > 0 else { continue }
      slots.append(slot)
      each.append(value / Double(instances[slot]))
    }
    let least = each.min() ?? 0
    let fits = drivers.compactMap { work in
      Self.line(each, over: work, in: slots, instances)
    }
    let best = fits.filter { $0.slope > 0 }.max { $0.explained < $1.explained }
    if let best, best.explained >= Self.leastExplained, best.intercept >= 0 {
      (self.each, explained) = (min(best.intercept, max(0, least)), best.explained)
    } else {
      (self.each, explained) = (unknown == .leastSeen ? least : 0, nil)
    }
  }
  /// Of what instances have, over what each does of a kind of work, its busiest hundredth left out.
  private static func line(
    _ each: [Double], over work: [Double?], in slots: [Int], _ instances: [Int]
  ) -> LinearFit? {
    var (x, y): ([Double], [Double]) = ([], [])
    for (place, slot) in slots.enumerated() {
      guard let total = work[slot] else { continue }
      x.append(total / Double(instances[slot]))
      y.append(each[place])
    }
    guard let busiest = percentile(fitted, of: x) else { return nil }
    return LinearFit(x, y, upTo: busiest)
  }
}
