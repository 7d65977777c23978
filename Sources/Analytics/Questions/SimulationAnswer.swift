import Advice
import Analysis
import Ingest
import Model
import Solvers

/// What each part of the scaling of a fleet's services would have run over a month, beside what ran and beside none.
public struct SimulationAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  /// How long a tick of the replay is.
  public let tickSeconds: Int64
  package let services: [ServiceReplay]
  package let vertical: [VerticalReplay]
  /// What is not known of types that ran, whose instances are left out.
  package let missingPrices: [MissingPrice]
  package let currency: BillCurrency
  /// Month by month, where one service is asked about.
  package var effectiveness: [ScalingEffectiveness] = []

  /// What came of one service.
  package struct ServiceReplay: Sendable {
    package var service: Service
    package var result: Result<ReplayedService, SimulationRefusal>
  }

  /// What a trigger of a service that holds data would have done.
  package struct VerticalReplay: Sendable {
    package var trigger: VerticalTrigger
    /// What the month's bill would be more than it was, had the service been all month what the trigger makes of it in the end;
    /// nil where it never acted, or a price is missing.
    package var difference: Money?
    /// The same of what it makes of the service when it acts first, whether or not it did.
    package var firstDifference: Money?
  }

  /// The replays of a service.
  package struct ReplayedService: Sendable {
    package var type: String
    package var capacity: InstanceCapacity
    package var rows: [Row]
    package var triggers: [TriggerReach]
    package var unreplayed: [Unreplayed]
    /// How near all of the scaling together comes to what ran; nil where nothing scales.
    package var agreement: RecordAgreement?
    /// The longest queue that was recorded; nil where none was.
    package var recordedQueue: Double?
    /// In what part of the time anything was measured that a count could follow.
    package var coverage: Coverage
  }

  /// One replay.
  package struct Row: Sendable {
    package var scaling: SimulatedScaling
    package var figures: SimulationFigures
    /// What the month's bill, of the whole fleet, would be more than it was; nil where a price is missing, or more instances
    /// would run than are billed one by one.
    package var difference: Money?
  }
}

extension SimulationAnswer {
  /// One replay of one service.
  public struct Replay: Sendable {
    /// The service.
    public let service: String
    /// Which part of its scaling acted: `as-run`, `configured`, the name of a policy, `schedule`, `none`.
    public let scaling: String
    /// Instance-hours that are paid for.
    public let instanceHours: Double
    /// Seconds in which any warning, scaling or critical condition held.
    public let warningSeconds, scalingSeconds, criticalSeconds: Int64
    /// How often capacity changed.
    public let events: Int
    /// What the bill would be more than it was; nil where a price is missing.
    public let difference: Money?
  }

  /// Every replay, service by service.
  public var replays: [Replay] {
    services.flatMap { service -> [Replay] in
      guard case .success(let replayed) = service.result else { return [] }
      return replayed.rows.map { row in
        Replay(
          service: service.service.name, scaling: row.scaling.word,
          instanceHours: Double(row.figures.instanceSeconds) / 3600,
          warningSeconds: row.figures.secondsAtLevel[0], scalingSeconds: row.figures.secondsAtLevel[1],
          criticalSeconds: row.figures.secondsAtLevel[2], events: row.figures.events, difference: row.difference)
      }
    }
  }
}

extension SimulatedScaling {
  /// As machines read it.
  package var word: String {
    switch self {
    case .asRun: "as-run"
    case .configured: "configured"
    case .policy(let name): name
    case .schedule: "schedule"
    case .none: "none"
    }
  }
}

extension Workspace {
  /// What each part of the scaling of the fleet's services would have run over a month.
  /// - Parameters:
  ///   - service: one of them; nil for all.
  ///   - tickSeconds: how long a tick of the replay is: 60, or another divisor of 300.
  ///   - policyFiles: files of other programs, whose scaling stands for that of the services they name; `FILE:SERVICE` for a
  ///     file that names another. None takes the fleet's own.
  /// - Throws: `DataError` for an unknown service, another tick, or figures beyond what may be replayed.
  public func simulation(
    month: String?, service: String? = nil, tickSeconds: Int64 = 60, policyFiles: [String] = []
  ) throws -> SimulationAnswer {
    guard tickSeconds > 0, SampleGrid.usualStepSeconds % tickSeconds == 0, tickSeconds >= 10 else {
      throw DataError(
        Place(parameter: .tick), found: "\(tickSeconds)", expected: "seconds that divide 300, 10 at least", kind: .usage
      )
    }
    let files = policyFiles.isEmpty ? nil : try PolicyFiles(policyFiles, of: fleet)
    var simulation = try answer(month: month) { study in
      let base = try study.outcome(Scenario())
      let own = try study.services(named: service)
      let services = try files?.scaled(own, isAsked: service != nil, by: MetricMapping(study.fleet)) ?? own
      let replays = try services.concurrentMap { service throws(DataError) in
        SimulationAnswer.ServiceReplay(
          service: service, result: try study.replayed(service, tickSeconds: tickSeconds, base))
      }
      let vertical = try study.context.verticalTriggers(of: services, in: base.plan).map { trigger in
        SimulationAnswer.VerticalReplay(
          trigger: trigger,
          difference: trigger.steps.last.flatMap {
            study.difference(VerticalTrigger.Size(type: $0.type, nodes: $0.nodes), of: trigger, base)
          },
          firstDifference: trigger.next.flatMap { study.difference($0, of: trigger, base) })
      }
      return SimulationAnswer(
        scope: MonthScope(study), tickSeconds: tickSeconds, services: replays, vertical: vertical,
        missingPrices: base.bill.missingPrices,
        currency: base.bill.currency)
    }
    if let service { simulation.effectiveness = try effectiveness(upTo: simulation.scope.month, of: [service]) }
    return simulation
  }
}

extension Study {
  fileprivate func replayed(
    _ service: Service, tickSeconds: Int64, _ base: Outcome
  ) throws(DataError) -> Result<SimulationAnswer.ReplayedService, SimulationRefusal> {
    guard service.approach == .group else { return .failure(.doesNotScale(service.approach)) }
    let prepared: PreparedSimulation
    switch try context.prepared(service, in: base.plan, tickSeconds: tickSeconds) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let found): prepared = found
    }
    let simulation = prepared.simulation
    var rows: [SimulationAnswer.Row] = []
    var agreement: RecordAgreement?
    for variant in simulation.variants(ran: true) {
      let answer = try simulation.replay(variant, initial: prepared.ran.first ?? 0, ran: prepared.ran)
      if variant == .configured {
        agreement = RecordAgreement(
          answer.desired, ran: prepared.ran, isKnown: simulation.required.map { $0 != nil })
      }
      rows.append(
        SimulationAnswer.Row(
          scaling: variant, figures: SimulationFigures(answer, of: simulation),
          difference: variant == .asRun ? .zero : try difference(of: answer, prepared, base)))
    }
    let depth = simulation.traffic.values[.total(.queueDepthItems)]?.max().map { Double($0) / 1000 }
    return .success(
      SimulationAnswer.ReplayedService(
        type: prepared.type, capacity: simulation.capacity, rows: rows,
        triggers: simulation.triggers(ran: prepared.ran),
        unreplayed: simulation.scaling.unreplayed, agreement: agreement, recordedQueue: depth,
        coverage: simulation.coverage))
  }

  /// What the bill is more than it was with a service as a trigger makes it in the end.
  fileprivate func difference(_ last: VerticalTrigger.Size, of trigger: VerticalTrigger, _ base: Outcome) -> Money? {
    var plan = base.plan
    let name = trigger.finding.scope
    if last.type != trigger.type, let service = fleet.service(name) { plan.setType(last.type, of: service) }
    if last.nodes != trigger.nodes {
      let wanted = runningCounts(plan.runs(of: name), on: context.grid).map { $0 + last.nodes - trigger.nodes }
      plan.setCounts(wanted, of: name, on: context.grid, naming: "added")
    }
    return try? difference(of: plan, from: base)
  }

  private func difference(of plan: FleetPlan, from base: Outcome) throws(DataError) -> Money {
    context.engine.bill(try context.engine.parts(of: plan, from: base.parts)).total - base.bill.total
  }

  /// What the bill is more than it was with as many instances as a replay pays for.
  private func difference(
    of answer: ReplayAnswer, _ prepared: PreparedSimulation, _ base: Outcome
  ) throws(DataError) -> Money? {
    try replayed(answer, prepared, base.parts).map { $0.total - base.bill.total }
  }

  /// The bill with as many instances as a replay pays for; nil where more run than are billed one by one.
  func replayed(
    _ answer: ReplayAnswer, _ prepared: PreparedSimulation, _ base: BillParts
  ) throws(DataError) -> BillParts? {
    try BilledReplays(base: base, engine: context.engine, type: prepared.type, simulation: prepared.simulation)
      .parts(of: answer)
  }
}
