import Advice
import Analysis
import Ingest
import Model
import Reading
import Solvers

/// How a fleet, as its file has it, takes a load that nobody measured.
public struct LoadTestAnswer: Sendable {
  /// The month that its load is learned from, and its clock.
  public let scope: MonthScope
  /// How long a tick of the replay is.
  public let tickSeconds: Int64
  /// True where users were measured; else all of a load is the most that was seen of it.
  package let isByUsers: Bool
  package let runs: [Run]
  /// Services that were left out, with why.
  package let refused: [(service: String, reason: SimulationRefusal)]
  package let currency: BillCurrency

  /// One load, for so many users.
  package struct Run: Sendable {
    package var scenario: LoadScenario
    /// At all of the load; nil where users were not measured.
    package var users: Int?
    package var components: [Component]
    /// What of a cache is emptied; nil where nobody asked.
    package var flush: CacheFlush?

    /// The component whose first critical condition is met first; of those at once the first of the file.
    package var firstToFail: Component? {
      components.filter { $0.first(.critical) != nil }.min { ($0.first(.critical) ?? 0) < ($1.first(.critical) ?? 0) }
    }

    /// The users of a tick.
    package func users(at tick: Int) -> Double? {
      users.flatMap { users in scenario.shares[tick].map { $0 * Double(users) } }
    }
  }

  /// What became of one service.
  package struct Component: Sendable {
    package var service: Service
    package var type: String
    /// How many serve when it begins.
    package var initial: Int
    package var answer: ReplayAnswer
    /// What is critical first.
    package var firstCritical: [Metric]
    package var figures: SimulationFigures
    /// The most users that its most instances carry below every critical condition; nil where none of them follows from
    /// users, or without users.
    package var carriedUsers: Int?
    package var unreplayed: [Unreplayed]
    /// Each part of its scaling alone, and none, where one service is asked about.
    package var rows: [Row]

    /// The first tick in which a condition of a severity is met.
    package func first(_ severity: Severity) -> Int? { span(severity)?.lowerBound }

    package func span(_ severity: Severity) -> ClosedRange<Int>? {
      Severity.allCases.firstIndex(of: severity).flatMap { answer.levelSpans[$0] }
    }

    /// The tick in which capacity is first added.
    package var firstScaleOut: Int? { answer.events.first { $0.to > $0.from }?.tick }
  }

  /// One replay of a service.
  package struct Row: Sendable {
    package var scaling: SimulatedScaling
    package var figures: SimulationFigures
    /// Instance-hours at the price on demand; nil where there is none.
    package var cost: Money?
  }
}

/// What a load test asks.
public struct LoadQuestion: Sendable {
  /// A load test of the fleet file, by its name; nil for all of them.
  public var test: String?
  /// A file of traffic in place of a load test.
  public var traffic: String?
  /// Concurrent users at all of the load, one run for each; empty for the fleet's limit, else the most that were measured.
  public var users: [Int]
  /// One service; nil for all.
  public var service: String?
  /// How long a tick is, in seconds; nil for a minute, or the interval of the file.
  public var tickSeconds: Int64?
  /// A cache that is emptied when the load is first at its most; nil for none.
  public var flush: FlushQuestion?

  /// A question about all load tests of the fleet file.
  public init(
    test: String? = nil, traffic: String? = nil, users: [Int] = [], service: String? = nil, tickSeconds: Int64? = nil
  ) {
    self.test = test
    self.traffic = traffic
    self.users = users
    self.service = service
    self.tickSeconds = tickSeconds
  }
}

extension Workspace {
  /// How the fleet takes load tests, or the traffic of a file.
  /// - Throws: `DataError` for a test that the fleet file does not have, a file that is none of traffic, users where none
  ///   were measured, or figures beyond what may be replayed.
  public func loadTest(month: String?, _ question: LoadQuestion) throws -> LoadTestAnswer {
    if let users = question.users.first(where: { !(1...LoadQuestion.mostUsers).contains($0) }) {
      throw DataError(
        Place(parameter: .users), found: "\(users)", expected: "users from 1 to \(LoadQuestion.mostUsers)", kind: .usage
      )
    }
    return try answer(month: month) { try LoadTestAnswer($0, question) }
  }
}

extension LoadQuestion {
  /// The most that are asked about.
  package static let mostUsers = 100_000_000
}

extension LoadTestAnswer {
  fileprivate init(_ study: Study, _ question: LoadQuestion) throws(DataError) {
    let base = try study.outcome(of: try study.asRun())
    let scenarios = try study.scenarios(question)
    let slots = try study.context.userCounts().concurrent
    let isMeasured = slots.contains { $0 != nil }
    guard isMeasured || question.users.isEmpty else { throw study.usersUnmeasured(question.users[0]) }
    let services = try study.services(named: question.service)
    var refused: [(String, SimulationRefusal)] = []
    var prepared: [PreparedSimulation] = []
    for service in services {
      switch try study.prepared(service, tickSeconds: 300) {
      case .success(let found): prepared.append(found)
      case .failure(let reason): refused.append((service.name, reason))
      }
    }
    let models = prepared.map { LoadModel($0.simulation.traffic, users: isMeasured ? slots : []) }
    let cold = try question.flush.map { flush throws(DataError) in
      try study.coldCache(flush, prepared, models, slots)
    }
    let sizes: [Int?] = isMeasured ? (question.users.isEmpty ? [try study.expectedUsers()] : question.users) : [nil]
    var runs: [Run] = []
    for scenario in scenarios {
      for users in sizes {
        let flush = cold.map { CacheFlush($0, in: scenario) }
        let components = try zip(prepared, models).map { ($0, $1) }.concurrentMap { part throws(DataError) in
          try study.component(part.0, part.1, scenario, users, flush, alone: question.service != nil)
        }
        runs.append(Run(scenario: scenario, users: users, components: components, flush: flush))
      }
    }
    self.init(
      scope: MonthScope(study), tickSeconds: scenarios.first?.grid.stepSeconds ?? 60, isByUsers: isMeasured, runs: runs,
      refused: refused, currency: base.bill.currency)
  }
}

extension Study {
  /// The load tests that are asked about, or the traffic of a file.
  fileprivate func scenarios(_ question: LoadQuestion) throws(DataError) -> [LoadScenario] {
    if let file = question.traffic { return [try trafficScenario(file)] }
    let tests = fleet.loadTests.filter { question.test == nil || $0.name == question.test }
    guard !tests.isEmpty else {
      let names = fleet.loadTests.map(\.name)
      let expected =
        names.isEmpty ? "a fleet file with load_tests" : choice(among: names, insteadOf: question.test ?? "")
      throw DataError(
        Place(parameter: .loadTest), found: question.test.map { "\"\($0)\"" } ?? "no load test", expected: expected,
        kind: .usage)
    }
    var scenarios: [LoadScenario] = []
    for test in tests {
      guard let scenario = LoadScenario(test, from: period.start, tickSeconds: question.tickSeconds ?? 60) else {
        throw DataError(
          Place(file: "fleet file", key: "load_tests.\(test.name)"), found: "stages that last no time, or years",
          expected: "at most \(ReplayProblem.mostTicks) ticks")
      }
      scenarios.append(scenario)
    }
    return scenarios
  }

  /// The traffic of a file, all of whose load is the most that it has.
  private func trafficScenario(_ path: String) throws(DataError) -> LoadScenario {
    let traffic = try traffic(path)
    guard let most = traffic.values.compactMap({ $0 }).max(), most > 0 else {
      throw DataError(Place(file: path), found: "no load above 0", expected: "traffic")
    }
    return LoadScenario(name: traffic.name, grid: traffic.grid, shares: traffic.values.map { $0.map { $0 / most } })
  }

  /// What a file of traffic has.
  func traffic(_ path: String) throws(DataError) -> Traffic {
    try readTraffic(try ByteSource.open(path: path), on: context.clock, most: ReplayProblem.mostTicks)
  }

  /// That users are asked about of whom nothing was measured.
  func usersUnmeasured(_ users: Int) -> DataError {
    DataError(
      Place(parameter: .users), found: "\(users)",
      expected: "users that user_types of the fleet file name and that this month was measured of", kind: .usage)
  }

  /// The users that the fleet is to carry: its limit, else the most that were measured.
  func expectedUsers() throws(DataError) -> Int {
    let limit = fleet.global.limits.first { $0.metric == .concurrentUsers && $0.value > 0 }
    if let limit { return limit.value }
    return max(1, try context.userCounts().peak ?? 1)
  }

  fileprivate func component(
    _ prepared: PreparedSimulation, _ model: LoadModel, _ scenario: LoadScenario, _ users: Int?, _ flush: CacheFlush?,
    alone: Bool
  ) throws(DataError) -> LoadTestAnswer.Component {
    let service = prepared.simulation.service
    let capacity = prepared.simulation.capacity
    let counts = scenario.shares.map { $0.map { $0 * Double(users ?? 1) } }
    let warm = model.traffic(on: scenario.grid, users: counts)
    let traffic = flush?.traffic(warm, of: service.name) ?? warm
    let simulation = ServiceSimulation(service, capacity, traffic, context.rules, judgesGrowth: false)
    // What scales begins with the least; what does not, with what it has.
    let scales = service.approach == .group
    let initial = scales ? service.minimum : prepared.ran.last ?? service.minimum
    let answer = try simulation.replay(scales ? .configured : .none, initial: initial)
    let figures = SimulationFigures(answer, of: simulation)
    let price = inputs.catalogue.onDemandIfKnown(context.kind(prepared.type, of: service), at: context.asOf)
    let variants = alone && scales ? simulation.variants(ran: false) : [scales ? .configured : .none]
    let rows = try variants.map { variant throws(DataError) in
      let own =
        variant == .configured
        ? figures : SimulationFigures(try simulation.replay(variant, initial: initial), of: simulation)
      return LoadTestAnswer.Row(
        scaling: variant, figures: own, cost: price.map { $0.hourly.charge(for: own.instanceSeconds, per: 3600) })
    }
    return LoadTestAnswer.Component(
      service: service, type: prepared.type, initial: initial, answer: answer,
      firstCritical: simulation.firstCritical(answer), figures: figures,
      carriedUsers: users == nil ? nil : carriedUsers(service, capacity, model, scales ? service.maximum : initial),
      unreplayed: simulation.scaling.unreplayed, rows: rows)
  }

  /// By halving: the metrics rise with the users, or stay.
  private func carriedUsers(_ service: Service, _ capacity: InstanceCapacity, _ model: LoadModel, _ count: Int) -> Int?
  {
    func isCarried(_ users: Int) -> Bool {
      let grid = SampleGrid(period: Period(start: period.start, end: period.start.advanced(by: 60)), stepSeconds: 60)
      let traffic = model.traffic(on: grid, users: [Double(users)])
      return !ServiceSimulation(service, capacity, traffic, context.rules).isCritical(at: 0, serving: count)
    }
    guard !isCarried(LoadQuestion.mostUsers) else { return nil }
    var (carried, beyond) = (0, LoadQuestion.mostUsers)
    while beyond - carried > 1 {
      let middle = carried + (beyond - carried) / 2
      if isCarried(middle) { carried = middle } else { beyond = middle }
    }
    return carried
  }
}
