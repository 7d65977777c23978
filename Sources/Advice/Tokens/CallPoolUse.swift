import Analysis
import Model
import Solvers

/// How far the connections to an external service were taken, and how long calls waited for one.
package struct CallPoolUse: Sendable {
  package var pool: CallPool
  /// Nil where calls, their length or the instances that make them are not known.
  package var found: Found?

  package struct Found: Hashable, Sendable {
    /// The interval in which most of the connections were taken.
    package var busiest: CallPoolQueue
    package var busiestAt: Instant
    package var instances: Int
    /// Intervals in which calls and instances are known, and those of them in which calls pile up.
    package var intervals, boundIntervals: Int
    /// At how many users of the month's peak the busiest interval would take all connections, with as many instances; nil
    /// where users were not measured, or nobody called.
    package var bindsAtUsers: Int?
  }
}

extension CallPoolUse {
  /// Every pool of the fleet file, in its order, as a plan runs its service.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package static func all(on plan: FleetPlan, _ context: AdviceContext) throws(DataError) -> [CallPoolUse] {
    let peak = try context.userCounts().peak
    var uses: [CallPoolUse] = []
    for pool in context.fleet.callPools {
      uses.append(CallPoolUse(pool: pool, found: try found(pool, plan, peakUsers: peak, context)))
    }
    return uses
  }

  private static func found(
    _ pool: CallPool, _ plan: FleetPlan, peakUsers: Int?, _ context: AdviceContext
  ) throws(DataError) -> Found? {
    let key = SeriesKey(service: pool.service, metric: pool.metric)
    guard let calls = try context.history.series(key, in: context.period)?.aligned(to: context.grid) else { return nil }
    let times = try times(of: pool, context)
    let running = runningCounts(plan.runs(of: pool.service), on: context.grid)
    let share = pool.callsPercent.double / 100 / (pool.metric.isPerMinute ? 60 : 1)
    var found: Found?
    for slot in 0..<context.grid.count {
      guard let work = calls[slot], let time = times[slot], running[slot] > 0 || !pool.perInstance else { continue }
      let queue = CallPoolQueue(
        connections: pool.connections * (pool.perInstance ? running[slot] : 1), callsPerSecond: work * share,
        secondsPerCall: time / 1000)
      let isFirst = found.map { queue.utilisation > $0.busiest.utilisation } ?? true
      var new =
        found
        ?? Found(
          busiest: queue, busiestAt: context.grid.instant(slot), instances: running[slot], intervals: 0,
          boundIntervals: 0)
      if isFirst {
        (new.busiest, new.busiestAt, new.instances) = (queue, context.grid.instant(slot), running[slot])
      }
      new.intervals += 1
      if queue.utilisation >= 1 { new.boundIntervals += 1 }
      found = new
    }
    if let utilisation = found?.busiest.utilisation, utilisation > 0, let peakUsers {
      found?.bindsAtUsers = wholeNumber((Double(peakUsers) / utilisation).rounded(.down))
    }
    return found
  }

  /// How long a call takes in each interval, in milliseconds.
  private static func times(of pool: CallPool, _ context: AdviceContext) throws(DataError) -> [Double?] {
    if let fixed = pool.callMs { return [Double?](repeating: Double(fixed), count: context.grid.count) }
    let key = SeriesKey(service: pool.service, metric: .processingTimeAverageMilliseconds)
    return try context.history.series(key, in: context.period)?.aligned(to: context.grid)
      ?? [Double?](repeating: nil, count: context.grid.count)
  }
}

extension Metric {
  /// True for work that is counted by the minute; what else leads to calls is by the second.
  fileprivate var isPerMinute: Bool { self == .jobsPerMinute }
}
