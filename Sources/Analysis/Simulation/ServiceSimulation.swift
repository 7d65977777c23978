// A service's scaling replayed over its load: what each part of it would have run, beside what ran and beside none.
//
// Everything is decided by the replay (Solvers/Replay) in whole thousandths; what is worked out here of its answer are counts
// of ticks. A service is short in a tick when fewer serve than its scaling triggers ask for: what follows from the load by
// division. Where its file has no trigger of such a metric, CPU may be filled to what the review's headroom leaves.

import Model
import Solvers

/// Which part of a service's scaling is replayed.
package enum SimulatedScaling: Hashable, Sendable {
  /// What ran.
  case asRun
  /// All of the file together.
  case configured
  /// One part alone: the rules, or a policy.
  case policy(String)
  /// The scheduled actions alone.
  case schedule
  /// Nothing: what it begins with stays.
  case none
}

/// What is asked of a replay.
package enum SimulationWatch: Sendable {
  case everything
  /// For how long anything critical holds over what runs: neither what scales nor how many were needed.
  case critical
}

/// A service ready to be replayed.
package struct ServiceSimulation: Sendable {
  package private(set) var service: Service
  package let capacity: InstanceCapacity
  package let traffic: ServiceTraffic
  /// What all of its scaling is, and what of it cannot be replayed.
  package private(set) var scaling: ServicePolicies
  package private(set) var metrics: ReplayMetrics
  let work: ServedWork
  /// The fewest instances in each tick that keep below every scaling trigger; nil where that is not known.
  package let required: [Int?]
  /// The place of CPU use among the metrics; nil where it was not measured.
  package let cpuMetric: Int?
  /// The conditions of the threshold tables that are replayed.
  private let breaches: [Breach]
  private let levels: [[Int]]
  /// Those that have a level, mildest first.
  private let severities: [Severity]

  /// A condition of a threshold table.
  private struct Breach: Sendable {
    var metric: Metric
    var condition: NamedCondition
  }

  /// - Parameter judgesGrowth: false for a load that begins with nothing, of which every rise is beyond any rate of growth.
  package init(
    _ service: Service, _ capacity: InstanceCapacity, _ traffic: ServiceTraffic, _ rules: ReviewRules,
    judgesGrowth: Bool = true, watch: SimulationWatch = .everything
  ) {
    self.service = service
    self.capacity = capacity
    self.traffic = traffic
    var metrics = ReplayMetrics(service, capacity, traffic)
    var breaches: [Breach] = []
    var levels: [[Int]] = []
    severities = watch == .critical ? [.critical] : Severity.allCases
    for severity in severities {
      var places: [Int] = []
      for row in service.thresholds where judgesGrowth || row.metric != .connectionGrowthPercentPerMinute {
        guard let condition = metrics.condition(row.condition(severity), on: row.metric) else { continue }
        places.append(breaches.count)
        let named = NamedCondition(name: "\(severity.rawValue) \(breaches.count)", condition: condition)
        breaches.append(Breach(metric: row.metric, condition: named))
      }
      levels.append(places)
    }
    switch watch {
    case .critical: (scaling, required, cpuMetric) = (ServicePolicies(), [], nil)
    case .everything:
      // Behind the severities each critical condition by itself, so that it can be said which was met first.
      levels += (levels.last ?? []).map { [$0] }
      scaling = metrics.policies(of: service, on: traffic.grid)
      required = Self.required(service, &metrics, traffic, rules)
      cpuMetric = metrics.metric(.cpuPercent, .whole)?.index
    }
    work = ServedWork(service, capacity, traffic, hasQueue: metrics.hasQueue)
    self.metrics = metrics
    self.breaches = breaches
    self.levels = levels
  }

  /// Seconds in which any condition of each severity held, mildest first; of what was watched for.
  package func secondsAtLevels(_ answer: ReplayAnswer) -> [Int64] {
    // Nobody serves what comes: no metric tells, for it is of those that serve, and nothing is worse.
    let outage = zip(work.ticks, answer.serving).count { work, serving in work > 0 && serving == 0 }
    return answer.levelTicks.prefix(severities.count).map {
      Int64(min(traffic.grid.count, $0 + outage)) * traffic.grid.stepSeconds
    }
  }

  /// The metrics of which a critical condition is met first, of those that are replayed; none where none is.
  package func firstCritical(_ answer: ReplayAnswer) -> [Metric] {
    let critical = zip(levels.dropFirst(severities.count), answer.levelSpans.dropFirst(severities.count))
    guard let first = critical.compactMap({ $1?.lowerBound }).min() else { return [] }
    return critical.filter { $1?.lowerBound == first }.compactMap { level, _ in level.first.map { breaches[$0].metric }
    }
  }

  private static func required(
    _ service: Service, _ metrics: inout ReplayMetrics, _ traffic: ServiceTraffic, _ rules: ReviewRules
  ) -> [Int?] {
    var triggers: [(metric: Int, most: Double)] = []
    for row in service.thresholds where row.scaling.comparison == .above {
      guard let limit = row.scaling.limit(for: row.metric), let found = metrics.metric(row.metric, row.scaling.basis),
        found.follows
      else { continue }
      triggers.append((found.index, limit * found.factor))
    }
    if triggers.isEmpty, let cpu = metrics.metric(.cpuPercent, .whole) {
      triggers.append((cpu.index, Double(100 - rules.cpuHeadroomPercent)))
    }
    return (0..<traffic.grid.count).map { tick in
      let counts = triggers.compactMap { metrics.instances($0.metric, at: tick, keeping: $0.most) }
      return counts.max().map { min(service.maximum, max(service.minimum, $0)) }
    }
  }

  /// What can be replayed, in the order of a report: what is the same as all together is not repeated.
  /// - Parameter ran: whether what ran is known.
  package func variants(ran: Bool) -> [SimulatedScaling] {
    var parts: [SimulatedScaling] = scaling.policies.map { .policy($0.name) }
    if !scaling.actions.isEmpty { parts.append(.schedule) }
    return (ran ? [.asRun] : []) + (parts.isEmpty ? [] : [.configured]) + (parts.count > 1 ? parts : []) + [.none]
  }

  /// Replays a part of the scaling.
  /// - Parameters:
  ///   - initial: how many serve when it begins, brought within the limits of the service where anything scales.
  ///   - ran: instances in each tick, of what ran.
  /// - Throws: ``DataError`` for figures beyond what may be replayed.
  package func replay(
    _ variant: SimulatedScaling, initial: Int, ran: [Int] = []
  ) throws(DataError) -> ReplayAnswer {
    let problem = problem(variant, initial: initial, ran: ran)
    do throws(ProblemFault) {
      return try ReplayRun.solve(problem)
    } catch {
      throw error.error(at: Place(file: "service \(service.name)"))
    }
  }

  private func problem(_ variant: SimulatedScaling, initial: Int, ran: [Int]) -> ReplayProblem {
    var problem = ReplayProblem(
      service: replayed(variant, initial: initial, most: ran.max() ?? 0), loads: loads,
      work: work.replayed(load: traffic.loads.count),
      metrics: metrics.metrics, policies: [], breaches: breaches.map(\.condition), levels: levels)
    switch variant {
    case .asRun: problem.scheduled = actions(of: ran)
    case .configured: (problem.policies, problem.scheduled) = (scaling.policies, scaling.actions)
    case .policy(let name): problem.policies = scaling.policies.filter { $0.name == name }
    case .schedule: problem.scheduled = scaling.actions
    case .none: break
    }
    // A pod autoscaler stands alone: beside it the cloud's own policies would fight over the same count.
    if let alone = problem.policies.first(where: { if case .podAutoscaler = $0.kind { true } else { false } }) {
      problem.policies = [alone]
    }
    return problem
  }

  private func replayed(_ variant: SimulatedScaling, initial: Int, most: Int) -> ReplayService {
    guard variant != .asRun, variant != .none else {
      return ReplayService(minimum: 0, maximum: max(1, initial, most), initial: initial)
    }
    let rules = service.scaling
    let drain = rules.drain ?? (service.loadBalancer == nil ? TimeSpan(seconds: 0) : ScalingRules.usualDrain)
    func ticks(_ span: TimeSpan) -> Int { span.seconds > 0 ? metrics.ticks(span.seconds) : 0 }
    return ReplayService(
      minimum: service.minimum, maximum: max(1, service.maximum),
      initial: max(service.minimum, min(service.maximum, initial)), launchTicks: ticks(rules.launch),
      warmupTicks: ticks(service.slowestWarmUp), drainTicks: ticks(drain), defaultCooldownTicks: ticks(rules.cooldown))
  }

  /// The loads of the metrics, and behind them the work.
  private var loads: [ReplayLoad] {
    traffic.loads.map { ReplayLoad(name: $0.name, values: traffic.values[$0] ?? []) }
      + [ReplayLoad(name: "work", values: work.ticks)]
  }

  /// True where the file has a rule, policy or action that is replayed.
  package var hasScaling: Bool { !scaling.policies.isEmpty || !scaling.actions.isEmpty }

  /// The same load and threshold tables under other limits, rules and policies, which are all that the service may differ in.
  ///
  /// What was made of the load and of the clock is shared; ``required`` stays within the limits that it was made with.
  package func scaled(as service: Service) -> ServiceSimulation {
    var copy = self
    copy.service = service
    copy.scaling = copy.metrics.policies(of: service, on: traffic.grid, keepingActionsOf: scaling)
    return copy
  }

  /// What a search needs to know of all of the scaling together, and no more: critical conditions alone are watched, and no
  /// series is kept.
  /// - Parameter initial: how many serve when it begins, brought within the limits of the service.
  /// - Throws: ``DataError`` for figures beyond what may be replayed.
  package func tuningFigures(initial: Int) throws(DataError) -> TuningFigures {
    var problem = problem(.configured, initial: initial, ran: [])
    let critical = levels.prefix(Severity.allCases.count).last ?? []
    problem.breaches = critical.map { breaches[$0].condition }
    problem.levels = critical.isEmpty ? [] : [Array(critical.indices)]
    do throws(ProblemFault) {
      let answer = try ReplayRun.solve(problem, series: false)
      return TuningFigures(
        cost: answer.instanceTicks, critical: answer.levelTicks.first ?? 0,
        unserved: work.perInstance == nil ? 0 : answer.unserved)
    } catch {
      throw error.error(at: Place(file: "service \(service.name)"))
    }
  }

  /// The part of the ticks in which something was measured that a count could follow.
  package var coverage: Coverage {
    Coverage(seen: required.count { $0 != nil }, expected: required.count)
  }

  /// What ran as scheduled actions: one wherever the count changes.
  private func actions(of ran: [Int]) -> [ReplayAction] {
    ran.indices.dropFirst().filter { ran[$0] != ran[$0 - 1] }.map { tick in
      ReplayAction(name: "change \(tick)", ticks: [tick], desired: ran[tick])
    }
  }
}
