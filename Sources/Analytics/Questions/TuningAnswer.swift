import Advice
import Analysis
import Ingest
import Model
import Reading
import Solvers

/// The scaling of services tuned by replay: learned on one part of a load and played on another.
public struct TuningAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let services: [TunedService]
  /// Month by month; empty where traffic of a file is played.
  package let effectiveness: [ScalingEffectiveness]
  /// Where costs are of instances on demand, for nothing ran by this load.
  package let isTraffic: Bool
  /// Minutes a month that anything may be critical, where that was asked.
  package let criticalMinutes: Int?
  package let currency: BillCurrency
  package let missingPrices: [MissingPrice]

  /// What came of one service.
  package struct TunedService: Sendable {
    package let service: Service
    package let result: Result<ScalingTuning, TuningRefusal>
    /// True where both parts are of the month, for too little came before it.
    package var isWithinMonth = false
    /// False where the fleet file has nothing of its scaling that is replayed.
    package var hasScaling = true
  }

  /// What was found for one service.
  public struct Found: Sendable {
    /// The service.
    public let service: String
    /// True where it held on what it was not learned on.
    public let isRecommended: Bool
    /// The settings, as `what-if` takes them.
    public let settings: String
    /// Critical seconds on what it was learned on, and on what it was played on.
    public let learnedCriticalSeconds, playedCriticalSeconds: Int64
    /// What it costs more than what ran on each, or what it costs on demand where nothing ran; nil where that is not known.
    public let learnedCost, playedCost: Money?
  }

  /// What was found, service by service; nothing of those that cannot be tuned, or where nothing keeps within the budget.
  public var found: [Found] {
    services.compactMap { part in
      guard case .success(let tuning) = part.result, let found = tuning.found, let change = tuning.change else {
        return nil
      }
      return Found(
        service: part.service.name, isRecommended: tuning.outcome == .holds, settings: change.optionText,
        learnedCriticalSeconds: found.learned.criticalSeconds, playedCriticalSeconds: found.judged.criticalSeconds,
        learnedCost: found.learned.cost, playedCost: found.judged.cost)
    }
  }
}

/// Which service is tuned now.
public struct TuningProgress: Sendable {
  /// The service.
  public let service: String
  /// Which it is of those that are asked about, from 1, and how many these are.
  public let place, count: Int
}

/// What is asked of tuning.
public struct TuningQuestion: Sendable {
  /// One service; nil for all that scale.
  public var service: String?
  /// Minutes a month that anything may be critical; nil for as long as today.
  public var criticalMinutes: Int?
  /// True where the file's own rules and policies alone are tuned, and no other form is tried.
  public var ownAlone: Bool
  /// A file of traffic to learn on in place of what was measured.
  public var traffic: String?
  /// A file of traffic to play on; nil for the second half of that.
  public var play: String?
  /// Concurrent users at the most of the traffic that is learned on.
  public var users: Int?
  /// Ticks that may be replayed of a service.
  package var mostTicks = ScalingTuning.usualMostTicks

  /// A question about all services that scale.
  public init(
    service: String? = nil, criticalMinutes: Int? = nil, ownAlone: Bool = false, traffic: String? = nil,
    play: String? = nil, users: Int? = nil
  ) {
    self.service = service
    self.criticalMinutes = criticalMinutes
    self.ownAlone = ownAlone
    self.traffic = traffic
    self.play = play
    self.users = users
  }

  /// As many minutes as are asked about at most: those of a month of 31 days.
  private static let mostMinutes = 44_640

  fileprivate func check() throws(DataError) {
    if let criticalMinutes, !(0...Self.mostMinutes).contains(criticalMinutes) {
      throw DataError(
        Place(parameter: .criticalMinutes), found: "\(criticalMinutes)",
        expected: "minutes a month from 0 to \(grouped(Self.mostMinutes))", kind: .usage)
    }
    if let users, !(1...LoadQuestion.mostUsers).contains(users) {
      throw DataError(
        Place(parameter: .users), found: "\(users)", expected: "users from 1 to \(LoadQuestion.mostUsers)", kind: .usage
      )
    }
  }

  fileprivate func tuning(_ study: Study) -> ScalingTuning.Question {
    var tuning = ScalingTuning.Question(
      criticalSecondsAMonth: criticalMinutes.map { Int64($0) * 60 }, monthSeconds: study.period.seconds,
      ownAlone: ownAlone)
    tuning.mostTicks = mostTicks
    return tuning
  }
}

extension Workspace {
  /// The cheapest scaling of services that keeps within a budget of critical time, proven on what it was not learned on.
  ///
  /// Learned on all months of the store before the month, a year at most, and played on the month; where they have less than a
  /// week, on two thirds of the month and the rest.
  /// - Parameter progress: called before each service, which takes seconds.
  /// - Throws: `DataError` for an unknown service, a budget or users out of range, and a file that is none of traffic.
  public func tuning(
    month: String?, _ question: TuningQuestion = TuningQuestion(), progress: (TuningProgress) -> Void = { _ in }
  ) throws -> TuningAnswer {
    try question.check()
    let answer = try answer(month: month) { study in
      let base = try study.outcome(Scenario())
      var services: [TuningAnswer.TunedService] = []
      let traffic = try question.traffic.map { path throws(DataError) in try study.trafficParts(path, question) }
      let asked = try study.services(named: question.service)
      for (place, service) in asked.enumerated() {
        progress(TuningProgress(service: service.name, place: place + 1, count: asked.count))
        services.append(try study.tuned(service, question, base, traffic))
      }
      return (scope: MonthScope(study), services: services, bill: base.bill)
    }
    let changes = answer.services.compactMap { part -> TunedScaling? in
      if case .success(let tuning) = part.result { tuning.change } else { nil }
    }
    let byService = Dictionary(changes.map { ($0.service, $0) }) { first, _ in first }
    let months =
      question.traffic == nil
      ? try effectiveness(upTo: answer.scope.month, of: answer.services.map(\.service.name), tuned: byService) : []
    return TuningAnswer(
      scope: answer.scope, services: answer.services, effectiveness: months, isTraffic: question.traffic != nil,
      criticalMinutes: question.criticalMinutes, currency: answer.bill.currency,
      missingPrices: answer.bill.missingPrices)
  }
}

/// Traffic to learn on, and to play on, as shares of the most that is learned on.
private struct TrafficParts {
  let learned, judged: LoadScenario
  /// At the most of it; nil where users were not measured.
  let users: Int?
  /// Of the month's slots; empty where none were measured.
  let measuredUsers: [Double?]
}

extension Study {
  fileprivate func tuned(
    _ service: Service, _ question: TuningQuestion, _ base: Outcome, _ traffic: TrafficParts?
  ) throws(DataError) -> TuningAnswer.TunedService {
    guard service.approach == .group else {
      return TuningAnswer.TunedService(
        service: service, result: .failure(.notReplayed(.doesNotScale(service.approach))))
    }
    let parts: Result<TuningParts, TuningRefusal> =
      if let traffic {
        try trafficTuning(service, traffic)
      } else {
        try TuningParts.parts(of: service, in: base.plan, context)
      }
    switch parts {
    case .failure(let refusal): return TuningAnswer.TunedService(service: service, result: .failure(refusal))
    case .success(let parts):
      return TuningAnswer.TunedService(
        service: service,
        result: .success(
          try ScalingTuning(learning: parts.learned, judging: parts.judged, question.tuning(self))),
        isWithinMonth: parts.isWithinMonth, hasScaling: parts.learned.simulation.hasScaling)
    }
  }

  // MARK: Traffic

  fileprivate func trafficParts(_ path: String, _ question: TuningQuestion) throws(DataError) -> TrafficParts {
    let learned = try traffic(path)
    let slots = try context.userCounts().concurrent
    let isMeasured = slots.contains { $0 != nil }
    guard isMeasured || question.users == nil else { throw usersUnmeasured(question.users ?? 0) }
    let halves = learned.halves
    let played = try question.play.map { path throws(DataError) in try traffic(path) }
    let (first, second) = played.map { (learned, $0) } ?? halves
    guard let most = first.values.compactMap({ $0 }).max(), most > 0 else {
      throw DataError(Place(file: path), found: "no load above 0 to learn on", expected: "traffic")
    }
    func scenario(_ traffic: Traffic) -> LoadScenario {
      LoadScenario(name: traffic.name, grid: traffic.grid, shares: traffic.values.map { $0.map { $0 / most } })
    }
    return TrafficParts(
      learned: scenario(first), judged: scenario(second),
      users: isMeasured ? try users(question) : nil, measuredUsers: isMeasured ? slots : [])
  }

  private func users(_ question: TuningQuestion) throws(DataError) -> Int {
    if let users = question.users { return users }
    return try expectedUsers()
  }

  private func trafficTuning(
    _ service: Service, _ traffic: TrafficParts
  ) throws(DataError) -> Result<TuningParts, TuningRefusal> {
    let prepared: PreparedSimulation
    switch try self.prepared(service, tickSeconds: 300) {
    case .failure(let refusal): return .failure(.notReplayed(refusal))
    case .success(let found): prepared = found
    }
    let model = LoadModel(prepared.simulation.traffic, users: traffic.measuredUsers)
    let price = inputs.catalogue.onDemandIfKnown(context.kind(prepared.type, of: service), at: context.asOf)
    func part(_ scenario: LoadScenario) -> TuningPart {
      let counts = scenario.shares.map { $0.map { $0 * Double(traffic.users ?? 1) } }
      let simulation = ServiceSimulation(
        service, prepared.simulation.capacity, model.traffic(on: scenario.grid, users: counts), context.rules,
        judgesGrowth: false)
      let tick = Int128(scenario.grid.stepSeconds)
      return TuningPart(simulation, ran: nil, initial: service.minimum) { answer in
        price.map { $0.hourly.charge(for: Int128(answer.instanceTicks) * tick, per: 3600) }
      }
    }
    return .success(
      TuningParts(learned: part(traffic.learned), judged: part(traffic.judged), isWithinMonth: false))
  }
}

extension Traffic {
  /// The first half of its intervals and the second.
  fileprivate var halves: (Traffic, Traffic) {
    func part(_ range: Range<Int>) -> Traffic {
      let end = range.upperBound == values.count ? grid.period.end : grid.instant(range.upperBound)
      let period = Period(start: grid.instant(range.lowerBound), end: end)
      return Traffic(
        name: name, grid: SampleGrid(period: period, stepSeconds: grid.stepSeconds), values: Array(values[range]))
    }
    let middle = values.count / 2
    return (part(0..<middle), part(middle..<values.count))
  }
}
