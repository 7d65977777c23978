import Analysis
import Model
import Solvers

/// Why a service's scaling is not tuned.
package enum TuningRefusal: Error, Hashable, Sendable {
  case notReplayed(SimulationRefusal)
  /// So many days were measured, of those that it takes to learn on some and be judged on others.
  case tooFewDays(Int, required: Int)
  /// Too little was measured of one of them.
  case shortfall(Coverage, requiredPercent: Int)
}

/// What was measured of a service, divided: what is learned on comes before what is judged on.
package struct TuningParts: Sendable {
  package let learned, judged: TuningPart
  /// True where both are of the reviewed month, for too little came before it.
  package let isWithinMonth: Bool

  package init(learned: TuningPart, judged: TuningPart, isWithinMonth: Bool) {
    self.learned = learned
    self.judged = judged
    self.isWithinMonth = isWithinMonth
  }

  private static let tickSeconds: Int64 = 60
  private static let daySeconds: Int64 = 86_400
  /// As many days before the month are learned on, or else days of the month are.
  private static let leastDaysBefore: Int64 = 7
  private static let leastDays = 2
  /// How far back is looked at most.
  private static let mostDays: Int64 = 366

  /// - Parameter plan: what runs in the reviewed month.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package static func parts(
    of service: Service, in plan: FleetPlan, _ context: AdviceContext
  ) throws(DataError) -> Result<TuningParts, TuningRefusal> {
    let prepared: PreparedSimulation
    switch try context.prepared(service, in: plan, tickSeconds: tickSeconds) {
    case .failure(let refusal): return .failure(.notReplayed(refusal))
    case .success(let found): prepared = found
    }
    guard let measured = prepared.simulation.traffic.measured else { return .failure(.notReplayed(.nothingMeasured)) }
    let month = TuningMonth(prepared: prepared, plan: plan, context: context)
    if let before = try learnedBefore(prepared, plan, context) {
      let judged = try month.part(measured, of: context.engine)
      return checked(TuningParts(learned: before, judged: judged, isWithinMonth: false), context)
    }
    let ticksADay = Int(daySeconds / tickSeconds)
    let days = (measured.count + ticksADay / 2) / ticksADay
    guard days >= leastDays else { return .failure(.tooFewDays(days, required: leastDays)) }
    // Two thirds of the days, whole ones.
    let cut = measured.lowerBound + max(1, days * 2 / 3) * ticksADay
    let parts = TuningParts(
      learned: try month.part(measured.lowerBound..<cut, of: context.engine),
      judged: try month.part(cut..<measured.upperBound, of: context.engine), isWithinMonth: true)
    return checked(parts, context)
  }

  private static func checked(_ parts: TuningParts, _ context: AdviceContext) -> Result<TuningParts, TuningRefusal> {
    let required = context.rules.requiredCoveragePercent
    let short = [parts.learned.coverage, parts.judged.coverage].first { $0.permille < required * 10 }
    return short.map { .failure(.shortfall($0, requiredPercent: required)) } ?? .success(parts)
  }

  /// What was measured before the reviewed month; nil where that is too little.
  private static func learnedBefore(
    _ prepared: PreparedSimulation, _ plan: FleetPlan, _ context: AdviceContext
  ) throws(DataError) -> TuningPart? {
    let end = context.period.start
    let start = max(context.record.period.start, end.advanced(by: -mostDays * daySeconds))
    let step = context.grid.stepSeconds
    let slots = max(0, start.distance(to: end) / step)
    guard slots * step >= leastDaysBefore * daySeconds else { return nil }
    let grid = SampleGrid(period: Period(start: end.advanced(by: -slots * step), end: end), stepSeconds: step)
    let earlier = EarlierRecord(prepared: prepared, plan: plan, context: context, grid: grid)
    return try earlier.part(tickSeconds: tickSeconds, leastSeconds: leastDaysBefore * daySeconds)
  }
}

/// The reviewed month of a service in a plan.
private struct TuningMonth {
  let prepared: PreparedSimulation
  let plan: FleetPlan
  let context: AdviceContext

  /// Some ticks of it.
  func part(_ ticks: Range<Int>, of engine: BillingEngine) throws(DataError) -> TuningPart {
    let whole = prepared.simulation
    let simulation =
      ticks == 0..<whole.traffic.grid.count
      ? whole : ServiceSimulation(whole.service, whole.capacity, whole.traffic.part(ticks), context.rules)
    let ran = Array(prepared.ran[ticks])
    let base = try context.judgedBills.parts(
      of: plan, for: whole.service, over: simulation.traffic.grid.period, engine)
    let costs = BilledReplays(base: base, engine: engine, type: prepared.type, simulation: simulation)
    return TuningPart(simulation, ran: ran, initial: ran.first ?? 0, costAsRun: .zero) { answer throws(DataError) in
      try costs.difference(of: answer)
    }
  }
}

/// What was measured of a service before the reviewed month.
private struct EarlierRecord {
  let prepared: PreparedSimulation
  let plan: FleetPlan
  let context: AdviceContext
  let grid: SampleGrid

  /// nil where less was measured than so many seconds from the first to the last sample.
  func part(tickSeconds: Int64, leastSeconds: Int64) throws(DataError) -> TuningPart? {
    let service = prepared.simulation.service
    guard let type = context.catalogue.specificationIfKnown(prepared.type) else { return nil }
    let load = try ServiceLoad(
      service, runs: context.inventory[service.name], history: context.record, grid: grid, catalogue: context.catalogue)
    let totals = try context.totals(of: service, on: grid, from: context.record)
    let capacity = InstanceCapacity(type, of: load, totals: totals, doingWorkOf: service)
    let factor = plan.demand.factor(of: service.driver)
    let all = ServiceTraffic(load, capacity, totals: totals, tickSeconds: tickSeconds).scaled(by: factor.value)
    guard let measured = all.measured, Int64(measured.count) * tickSeconds >= leastSeconds else { return nil }
    let simulation = ServiceSimulation(service, capacity, all.part(measured), context.rules)
    let runs = context.fleet.services.flatMap { context.inventory[$0.name] }
    let ticks = load.grid.stepSeconds / tickSeconds
    let ran = load.running.flatMap { repeatElement($0, count: Int(ticks)) }[measured]
    let costs = try costs(runs, simulation)
    return TuningPart(simulation, ran: Array(ran), initial: ran.first ?? 0, costAsRun: .zero) {
      answer throws(DataError) in
      try costs.difference(of: answer)
    }
  }

  /// Of instances alone: what is charged by what is used does not hang on how many there are.
  private func costs(_ runs: [InstanceRun], _ simulation: ServiceSimulation) throws(DataError) -> BilledReplays {
    var fleet = context.fleet
    fleet.charges = []
    let period = simulation.traffic.grid.period
    var engine = BillingEngine(
      fleet: fleet, catalogue: context.catalogue, history: context.record, inventory: runs, creditsFrom: period.start,
      stepSeconds: grid.stepSeconds)
    engine.allowsUnpriced = context.engine.allowsUnpriced
    engine.loads = ServiceLoads(
      inventory: RunsByService(runs), history: context.record, catalogue: context.catalogue, grid: grid)
    var earlier = FleetPlan(
      runs: runs.filter { $0.overlap(with: period) != nil }, commitments: plan.commitments,
      savingsPlans: plan.savingsPlans, demand: plan.demand)
    earlier.priceCuts = plan.priceCuts
    if context.mainType(of: simulation.service.name, in: earlier) != prepared.type {
      earlier.setType(prepared.type, of: simulation.service)
    }
    let base = try engine.parts(of: earlier, over: period)
    return BilledReplays(base: base, engine: engine, type: prepared.type, simulation: simulation)
  }
}

/// What replays of a service's scaling cost, beside what ran.
package struct BilledReplays: Sendable {
  let base: BillParts
  let engine: BillingEngine
  let type: String
  let simulation: ServiceSimulation

  /// As many instances of a service at once as are billed one by one.
  private static let mostBilled: Int32 = 2_000

  package init(base: BillParts, engine: BillingEngine, type: String, simulation: ServiceSimulation) {
    self.base = base
    self.engine = engine
    self.type = type
    self.simulation = simulation
  }

  /// What the bill is more than it was; nil where more run than are billed one by one.
  func difference(of answer: ReplayAnswer) throws(DataError) -> Money? {
    try parts(of: answer).map { $0.total - base.total }
  }

  /// The bill with as many instances as a replay pays for; nil where more run than are billed one by one.
  package func parts(of answer: ReplayAnswer) throws(DataError) -> BillParts? {
    guard answer.paid.allSatisfy({ $0 <= Self.mostBilled }) else { return nil }
    var plan = base.plan
    plan.setCounts(
      answer.paid.map(Int.init), of: simulation.service.name, on: simulation.traffic.grid, type: type,
      naming: "simulated")
    return try engine.parts(of: plan, from: base)
  }
}
