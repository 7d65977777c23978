import Model
import Solvers

/// What a replay of a service's scaling came to.
package struct SimulationFigures: Hashable, Sendable {
  /// The median and the 95th percentile of some stretches of time, in seconds.
  package struct Lengths: Hashable, Sendable {
    package var count: Int
    package var median: Int64
    package var p95: Int64

    /// nil for no stretches.
    init?(_ ticks: [Int64], tickSeconds: Int64) {
      guard !ticks.isEmpty else { return nil }
      var selection = RankSelection()
      let percents = [50, 95].map { ScaledDecimal(mantissa: $0, scale: 0) }
      let found = selection.percentiles(percents, of: ticks)
      (count, median, p95) = (ticks.count, found[0] * tickSeconds, found[1] * tickSeconds)
    }
  }

  package var seconds: Int64
  /// Instances paid for, times seconds.
  package var instanceSeconds: Int128
  package var fewest: Int
  package var most: Int
  /// Seconds in which any condition of a severity held, mildest first.
  package var secondsAtLevel: [Int64]
  /// The part of the work that nobody did; nil where nothing tells what an instance does.
  package var unservedShare: Double?
  /// The most that waited, of a service with a queue.
  package var mostWaiting: Int
  /// How long those that served would have worked at it.
  package var longestWaitSeconds: Int64
  package var events: Int
  /// Changes that undid the one before within half an hour.
  package var reversals: Int
  /// Stretches in which fewer served than the triggers ask for: how long until enough did.
  package var short: Lengths?
  /// Stretches in which more were wanted than the triggers, and the minimum, ask for: how long until they were taken in.
  package var spare: Lengths?
  /// Mean CPU in the quarter of an hour after instances that were added serve, and after some were taken out, in percent.
  package var useAfterOut: Double?
  package var useAfterIn: Double?

  /// How near two changes are for the later one to take the earlier one back.
  private static let reversalSeconds: Int64 = 1800
  /// For how long CPU is looked at after a change.
  private static let afterSeconds: Int64 = 900

  package init(_ answer: ReplayAnswer, of simulation: ServiceSimulation) {
    let grid = simulation.traffic.grid
    let step = grid.stepSeconds
    seconds = Int64(grid.count) * step
    instanceSeconds = Int128(answer.instanceTicks) * Int128(step)
    fewest = Int(answer.desired.min() ?? 0)
    most = Int(answer.desired.max() ?? 0)
    secondsAtLevel = simulation.secondsAtLevels(answer)
    unservedShare = simulation.work.offered.map { $0 > 0 ? Double(answer.unserved) / Double($0) : 0 }
    mostWaiting = (answer.maxBacklog + 999) / 1000
    longestWaitSeconds = Int64(clamping: Int128(answer.longestWait) * Int128(step))
    events = answer.events.count
    reversals = zip(answer.events, answer.events.dropFirst()).count { earlier, later in
      (earlier.to > earlier.from) != (later.to > later.from)
        && Int64(later.tick - earlier.tick) * step <= Self.reversalSeconds
    }
    short = Lengths(
      Self.stretches(simulation.required) { $0 > Int(answer.serving[$1]) }, tickSeconds: step)
    let minimum = simulation.service.minimum
    spare = Lengths(
      Self.stretches(simulation.required) { max(minimum, $0) < Int(answer.desired[$1]) }, tickSeconds: step)
    useAfterOut = Self.use(after: answer.events.filter { $0.to > $0.from }, answer, simulation)
    useAfterIn = Self.use(after: answer.events.filter { $0.to < $0.from }, answer, simulation)
  }

  /// The lengths of the stretches of ticks in which something holds; what is not known ends one.
  private static func stretches(_ required: [Int?], where holds: (Int, Int) -> Bool) -> [Int64] {
    var lengths: [Int64] = []
    var length: Int64 = 0
    for (tick, count) in required.enumerated() {
      if let count, holds(count, tick) {
        length += 1
      } else if length > 0 {
        lengths.append(length)
        length = 0
      }
    }
    if length > 0 { lengths.append(length) }
    return lengths
  }

  private static func use(
    after events: [ReplayAnswer.Event], _ answer: ReplayAnswer, _ simulation: ServiceSimulation
  ) -> Double? {
    guard let cpu = simulation.cpuMetric else { return nil }
    let length = Int(max(1, afterSeconds / simulation.traffic.grid.stepSeconds))
    var (sum, count) = (0.0, 0)
    for event in events {
      // An instance that was asked for serves once the count has risen.
      let first = answer.serving[event.tick...].firstIndex { Int($0) == event.to } ?? answer.serving.count
      for tick in first..<min(first + length, answer.serving.count) {
        guard let value = simulation.metrics.value(cpu, at: tick, serving: Int(answer.serving[tick])) else { continue }
        sum += value
        count += 1
      }
    }
    return count > 0 ? sum / Double(count) : nil
  }
}

/// How near a replay comes to what ran.
package struct RecordAgreement: Hashable, Sendable {
  /// Ticks in which as many were wanted as ran, of all.
  package var equalTicks: Int
  package var ticks: Int
  /// By how many instances they differ in the mean, and whether more ran (above 0) or fewer.
  package var meanDifference: Double
  package var meanExcess: Double

  /// - Parameter isKnown: of each tick, whether anything was measured that a count could follow.
  package init(_ desired: [Int32], ran: [Int], isKnown: [Bool]) {
    let differences = zip(zip(desired, ran), isKnown).filter(\.1).map { $0.0.1 - Int($0.0.0) }
    ticks = differences.count
    equalTicks = differences.count { $0 == 0 }
    meanDifference = Double(differences.reduce(0) { $0 + abs($1) }) / Double(max(1, ticks))
    meanExcess = Double(differences.reduce(0, +)) / Double(max(1, ticks))
  }
}
