import Model
import Solvers

/// A load that nobody measured: a load test of the fleet file, or what a file of traffic says.
package struct LoadScenario: Sendable {
  package let name: String
  package let grid: SampleGrid
  /// Load in each tick, where 1 is all that is expected; nil where that is not known.
  package let shares: [Double?]

  package init(name: String, grid: SampleGrid, shares: [Double?]) {
    self.name = name
    self.grid = grid
    self.shares = shares
  }

  /// A load test from its start on: from nothing to each stage's share along a straight line, and held there.
  /// - Returns: nil where it is longer than may be replayed, or has no length.
  package init?(_ test: LoadTest, from start: Instant, tickSeconds: Int64) {
    let seconds = test.stages.reduce(Int64(0)) { $0.clampedSum($1.ramp.seconds).clampedSum($1.hold.seconds) }
    guard seconds > 0, seconds / tickSeconds < Int64(ReplayProblem.mostTicks) else { return nil }
    var shares: [Double] = []
    var (before, end) = (0.0, Int64(0))
    for stage in test.stages {
      let share = Double(stage.percentOfCapacity) / 100
      let begin = end
      end += stage.ramp.seconds
      while Int64(shares.count) * tickSeconds < end {
        // The share in the middle of the tick.
        let into = Double(Int64(shares.count) * tickSeconds - begin) + Double(tickSeconds) / 2
        let part = min(1, max(0, into / Double(max(1, stage.ramp.seconds))))
        shares.append(before + (share - before) * part)
      }
      end += stage.hold.seconds
      while Int64(shares.count) * tickSeconds < end { shares.append(share) }
      before = share
    }
    name = test.name
    self.shares = shares
    let period = Period(start: start, end: start.advanced(by: Int64(shares.count) * tickSeconds))
    grid = SampleGrid(period: period, stepSeconds: tickSeconds)
  }
}

extension Int64 {
  fileprivate func clampedSum(_ other: Int64) -> Int64 {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? .max : sum
  }
}

/// How a service's loads grow with the users of the fleet.
///
/// Each load is a straight line of the users where that explains half of its variance, rises and has something left without
/// users; else it is in proportion to them. Where no users were measured, all of a load is the most that was seen of it.
package struct LoadModel: Sendable {
  /// How one load follows.
  package struct Part: Hashable, Sendable {
    package var load: ServiceTraffic.Load
    /// What is there without users.
    package var base: Double
    package var perUser: Double
    /// Of the line; nil for what is in proportion.
    package var explained: Double?
    /// How far a load is above that at most, by users; none where nobody asked.
    package var margins: [LoadMargin] = []
  }

  /// Where it is of shares of the most seen, perUser is that most.
  package let parts: [Part]
  /// What a sample of what was measured stands for.
  private let sampleSeconds: Int64

  private static let leastExplained = 0.5

  /// - Parameters:
  ///   - users: in each tick of what was measured; empty where none were.
  ///   - percentile: of what a load was beside its line, which margins are to be; nil for none.
  package init(_ traffic: ServiceTraffic, users: [Double?], marginsAt percentile: ScaledDecimal? = nil) {
    sampleSeconds = Int64(traffic.ticksPerSample) * traffic.grid.stepSeconds
    parts = traffic.loads.filter(\.growsWithUsers).compactMap { load in
      let values = traffic.values[load] ?? []
      let known = values.indices.filter { values[$0] != ReplayLoad.missing }
      guard !users.isEmpty else {
        return known.map { values[$0] }.max().map { Part(load: load, base: 0, perUser: Double($0) / 1000) }
      }
      // One tick of each sample: the others say the same.
      let points = stride(from: 0, to: values.count, by: traffic.ticksPerSample).compactMap {
        tick -> (x: Double, y: Double)? in
        guard values[tick] != ReplayLoad.missing, let count = users[tick] else { return nil }
        return (count, Double(values[tick]) / 1000)
      }
      var part = Part(load: load, base: 0, perUser: 0)
      if let fit = LinearFit(points), fit.slope > 0, fit.intercept >= 0, fit.explained >= Self.leastExplained {
        (part.base, part.perUser, part.explained) = (fit.intercept, fit.slope, fit.explained)
      } else {
        let total = points.reduce(0) { $0 + $1.x }
        guard total > 0 else { return nil }
        part.perUser = points.reduce(0) { $0 + $1.y } / total
      }
      if let percentile {
        part.margins = LoadMargin.levels(points, at: percentile) { part.base + part.perUser * $0 }
      }
      return part
    }
  }

  /// The loads under so many users in each tick; shares of the most seen where users were not measured.
  package func traffic(on grid: SampleGrid, users: [Double?]) -> ServiceTraffic {
    var traffic = ServiceTraffic(on: grid)
    // Alarms on it look at samples as the month's are.
    traffic.datapointTicks = Int(max(1, sampleSeconds / grid.stepSeconds))
    for part in parts { traffic.set(part.load, to: users.map { $0.map { part.base + part.perUser * $0 } }) }
    return traffic
  }
}

extension ServiceTraffic {
  /// The same with what users make more of times a factor, to the nearest thousandth.
  package func scaled(by factor: Double) -> ServiceTraffic {
    guard factor != 1 else { return self }
    var scaled = ServiceTraffic(on: grid, ticksPerSample: ticksPerSample)
    scaled.datapointTicks = datapointTicks
    for (load, ticks) in values {
      let share = load.growsWithUsers ? factor : 1
      scaled.set(load, to: ticks, times: share)
    }
    return scaled
  }
}

extension ServiceTraffic.Load {
  /// True for what more users make more of.
  fileprivate var growsWithUsers: Bool {
    switch self {
    case .cpu, .peakCPU, .memory: true
    case .total(let metric): metric.growsWithUsers
    }
  }
}

extension Metric {
  /// True for a total that more users make more of: not for times, rates of error, or what a disk holds.
  package var growsWithUsers: Bool {
    switch self {
    case .requestsPerSecond, .connections, .messagesPerSecond, .poolConnections, .jobsPerMinute, .iops, .readsPerSecond:
      true
    default: false
    }
  }
}
