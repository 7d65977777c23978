import Analysis
import Model
import Solvers

/// A part of a load that a scaling is played on, and what it costs there.
package struct TuningPart: Sendable {
  /// The load, under the scaling of the fleet file.
  package let simulation: ServiceSimulation
  /// How many ran in each tick; nil where nothing ran by this load.
  package let ran: [Int]?
  private let initial: Int
  private let costAsRun: Money?
  private let cost: @Sendable (ReplayAnswer) throws(DataError) -> Money?

  /// - Parameters:
  ///   - initial: how many serve when it begins.
  ///   - costAsRun: what it cost as it ran; nil for what its replay costs.
  ///   - cost: what a replay costs, beside what ran where something did; nil where that cannot be said.
  package init(
    _ simulation: ServiceSimulation, ran: [Int]?, initial: Int, costAsRun: Money? = nil,
    cost: @escaping @Sendable (ReplayAnswer) throws(DataError) -> Money?
  ) {
    self.simulation = simulation
    self.ran = ran
    self.initial = initial
    self.costAsRun = costAsRun
    self.cost = cost
  }

  package var period: Period { simulation.traffic.grid.period }
  package var tickSeconds: Int64 { simulation.traffic.grid.stepSeconds }

  /// What came of a scaling.
  package struct Result: Sendable {
    package let figures: SimulationFigures
    /// What a search goes by.
    package let bare: TuningFigures
    /// As the part has it; nil where that cannot be said.
    package let cost: Money?

    package var criticalSeconds: Int64 { figures.secondsAtLevel.last ?? 0 }
  }

  /// What came of all that a service's file says of its scaling.
  func result(of service: Service) throws(DataError) -> Result {
    let scaled = simulation.scaled(as: service)
    return try result(of: try scaled.replay(.configured, initial: initial), scaled)
  }

  /// What came of what ran; nil where nothing did.
  func resultAsRun() throws(DataError) -> Result? {
    guard let ran else { return nil }
    return try result(
      of: try simulation.replay(.asRun, initial: ran.first ?? 0, ran: ran), simulation, cost: costAsRun)
  }

  private func result(
    of answer: ReplayAnswer, _ simulation: ServiceSimulation, cost known: Money? = nil
  ) throws(DataError) -> Result {
    let figures = SimulationFigures(answer, of: simulation)
    let critical = Int((figures.secondsAtLevel.last ?? 0) / tickSeconds)
    let bare = TuningFigures(
      cost: answer.instanceTicks, critical: critical, unserved: figures.unservedShare == nil ? 0 : answer.unserved)
    if let known { return Result(figures: figures, bare: bare, cost: known) }
    return Result(figures: figures, bare: bare, cost: try cost(answer))
  }

  /// What some services come to, in the terms of a search.
  func bareFigures(of services: [Service?]) throws(DataError) -> [TuningFigures?] {
    try services.concurrentMap { service throws(DataError) in
      guard let service else { return TuningFigures?.none }
      return try simulation.scaled(as: service).tuningFigures(initial: initial)
    }
  }

  /// How much of it was measured, between the first and the last of what was.
  var coverage: Coverage { simulation.coverage }
}

/// The most that a scaling may come to.
package struct TuningBudget: Hashable, Sendable {
  /// For how long anything may be critical.
  package let criticalSeconds: Int64
  /// What may be left undone, in thousandths of the work.
  package let unserved: Int
  /// What there is today that keeps within it and costs least, by its place; nil where nothing does.
  package let baseline: Int?

  /// What is there today sets it: what is critical for the shortest time, or what is asked for.
  /// - Parameters:
  ///   - present: what ran, and what the fleet file's scaling would have run.
  ///   - asked: seconds; nil for as long as today.
  init(_ present: [TuningPart.Result], asked: Int64?) {
    let least = present.map(\.criticalSeconds).min() ?? 0
    criticalSeconds = asked ?? least
    let within = present.filter { [criticalSeconds] in $0.criticalSeconds <= criticalSeconds }
    unserved = (within.isEmpty ? present : within).map(\.bare.unserved).min() ?? 0
    baseline = present.indices.filter { [criticalSeconds, unserved] in
      present[$0].criticalSeconds <= criticalSeconds && present[$0].bare.unserved <= unserved
    }.min { present[$0].isCheaper(than: present[$1]) }
  }

  func holds(_ result: TuningPart.Result) -> Bool {
    result.criticalSeconds <= criticalSeconds && result.bare.unserved <= unserved
  }

  /// As a search has it.
  func limit(tickSeconds: Int64) -> TuningLimit {
    TuningLimit(critical: Int(criticalSeconds / max(1, tickSeconds)), unserved: unserved)
  }
}

extension TuningPart.Result {
  /// By the bill where both have one, else by instances and time.
  func isCheaper(than other: TuningPart.Result) -> Bool {
    if let cost, let others = other.cost { return (cost, bare.cost) < (others, other.bare.cost) }
    return bare.cost < other.bare.cost
  }
}
