import Analysis
import Model

/// When scheduled actions take capacity away against when there is least to do.
///
/// With history: whether the fewest are to run in an hour of the day that is nearly as busy as the busiest. Without: whether its
/// times are of another clock than the fleet's.
struct ScheduleAgainstLoad: CheckRule {
  let id = "schedule-against-load"
  let about = "A schedule has less run while there is more to do, or its times are of another clock than the fleet's."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      timezone: America/New_York
      services:
        - name: web
          maximum: 8
          scheduled_actions:
            - { name: down, desired: 1, minimum: 1, maximum: 8, recurrence: "0 0 * * *", timezone: UTC }
            - { name: up, desired: 4, minimum: 1, maximum: 8, recurrence: "0 12 * * *", timezone: UTC }
      """,
    consistent: """
      name: shop
      timezone: America/New_York
      services:
        - name: web
          maximum: 8
          scheduled_actions:
            - { name: down, desired: 1, minimum: 1, maximum: 8, recurrence: "0 0 * * *", timezone: America/New_York }
            - { name: up, desired: 4, minimum: 1, maximum: 8, recurrence: "0 12 * * *", timezone: America/New_York }
      """)

  /// From which share of the busiest hour's load on an hour is no time to have the fewest run.
  private static let busyShare = 0.9

  private typealias Action = (path: DocumentPath, value: ScheduledAction)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service throws(DataError) in
      let actions = placed(service.scheduledActions, path.key("scheduled_actions"))
        .filter { $0.value.desired ?? $0.value.minimum != nil }
      guard Set(actions.map(\.value.asked)).count > 1 else { return [] }
      if let history = facts.history, let (load, what) = try load(of: service, history) {
        return upsideDown(actions, load, what, service, history.context, facts.fleet).map { [$0] } ?? []
      }
      return otherClock(actions, service, facts.fleet).map { [$0] } ?? []
    }
  }

  /// What the service had to do in each slot: what its driver is counted by, else CPU.
  private func load(
    of service: Service, _ history: CheckedHistory
  ) throws(DataError) -> (values: [Double?], what: String)? {
    let metrics: [Metric] =
      switch service.driver {
      case .websocketConnections: [.connections]
      case .apiCalls: [.requestsPerSecond]
      case .prompts: [.jobsPerMinute]
      case .metric(let metric): [metric]
      case .users, .shared: [.requestsPerSecond, .connections]
      }
    for metric in metrics {
      if let values = try history.total(metric, of: service) { return (values, metric.rawValue) }
    }
    let load = try history.context.load(of: service)
    return load.meanVcpu.contains { $0 != nil } ? (load.meanVcpu, "vCPU in use") : nil
  }

  private func upsideDown(
    _ actions: [Action], _ load: [Double?], _ what: String, _ service: Service, _ context: AdviceContext, _ fleet: Fleet
  ) -> CheckFinding? {
    let desired = counts(actions, on: context)
    let fewest = actions.map(\.value.asked).min() ?? 0
    // By local hour: what there was to do, and in how many of its slots the fewest were to run.
    var hours = [(sum: Double, slots: Int, fewest: Int)](repeating: (0, 0, 0), count: 24)
    for slot in load.indices {
      guard let value = load[slot], let count = desired[slot] else { continue }
      let hour = context.clock.hourOfWeek(at: context.grid.instant(slot)) % 24
      hours[hour].sum += value
      hours[hour].slots += 1
      if count == fewest { hours[hour].fewest += 1 }
    }
    let means = hours.map { $0.slots > 0 ? $0.sum / Double($0.slots) : 0 }
    let low = hours.indices.filter { hours[$0].fewest * 2 > hours[$0].slots }
    let high = hours.indices.filter { hours[$0].slots > 0 && !low.contains($0) }
    guard let worst = low.max(by: { means[$0] < means[$1] }), let most = means.max(), most > 0,
      let quietest = high.map({ means[$0] }).min(), means[worst] >= Self.busyShare * most
    else { return nil }
    return CheckFinding(
      self, .error, service.name,
      "its schedule has \(fewest) run in the hour from \(worst):00, at \(rounded(means[worst] / most * 100, 0)) % of the "
        + "busiest hour's load: \(localTimes(actions, fleet))",
      "from \(worst):00 there are \(figureText(means[worst])) \(what) on average, "
        + "\(figureText(means[worst] / Double(max(1, fewest)))) for each of \(fewest); in the busiest hour "
        + "\(figureText(most)), in the quietest of those that are to have more \(figureText(quietest))",
      actions.map { place($0, "recurrence") } + [CheckedPlace(fleetRoot.key("timezone"), fleet.timezone)],
      weight: means[worst] / max(quietest, 1e-9))
  }

  private func place(_ action: Action, _ key: String) -> CheckedPlace {
    let value = action.value
    return CheckedPlace(action.path.key(key), "\(value.asked) at \(value.recurrence) \(value.timezone)")
  }

  /// How many each slot is to have, by the last action that struck before it; nil before the first.
  private func counts(_ actions: [Action], on context: AdviceContext) -> [Int?] {
    let grid = context.grid
    // A day more, so that the first slots have the action of the day before.
    let period = Period(start: grid.period.start.advanced(by: -86_400), end: grid.period.end)
    var strikes: [(instant: Instant, desired: Int)] = []
    for action in actions {
      guard let cron = CronSchedule(action.value.recurrence), let clock = LocalClock(identifier: action.value.timezone),
        let instants = cron.instants(in: period, on: clock, most: 100_000)
      else { continue }
      strikes += instants.map { ($0, action.value.asked) }
    }
    strikes.sort { ($0.instant.seconds, $0.desired) < ($1.instant.seconds, $1.desired) }
    var next = 0
    var now: Int?
    return (0..<grid.count).map { slot in
      while next < strikes.count, strikes[next].instant <= grid.instant(slot) {
        now = strikes[next].desired
        next += 1
      }
      return now
    }
  }

  private func otherClock(_ actions: [Action], _ service: Service, _ fleet: Fleet) -> CheckFinding? {
    guard let own = LocalClock(identifier: fleet.timezone) else { return nil }
    let others = actions.filter { action in
      LocalClock(identifier: action.value.timezone).map { clock in
        Self.seasons.contains { clock.offset(at: $0) != own.offset(at: $0) }
      } ?? false
    }
    guard let first = others.first else { return nil }
    return CheckFinding(
      self, .warning, service.name,
      "its schedule is on the clock of \(first.value.timezone), the fleet on that of \(fleet.timezone)",
      localTimes(others, fleet),
      others.map { place($0, "timezone") } + [CheckedPlace(fleetRoot.key("timezone"), fleet.timezone)])
  }

  /// Days of both halves of a year, for clocks that differ in one of them.
  private static let seasons = [Instant(year: 2026, month: 1, day: 15), Instant(year: 2026, month: 7, day: 15)]

  /// `2 from 20:00 (19:00 in winter)`, of each action on the fleet's clock.
  private func localTimes(_ actions: [Action], _ fleet: Fleet) -> String {
    guard let own = LocalClock(identifier: fleet.timezone) else { return "" }
    let parts = actions.map { action -> String in
      let times = Self.seasons.compactMap { day -> String? in
        guard let cron = CronSchedule(action.value.recurrence),
          let clock = LocalClock(identifier: action.value.timezone)
        else { return nil }
        let week = Period(start: day, end: day.advanced(by: 7 * 86_400))
        return cron.instants(in: week, on: clock, most: 100_000)?.first.map { String(own.text($0).suffix(5)) }
      }
      let differ = Set(times).count > 1 ? times.sorted().joined(separator: " or ") : times.first ?? "?"
      return "\(action.value.asked) from \(differ)"
    }
    return "\(parts.joined(separator: ", ")) on the fleet's clock"
  }
}

extension ScheduledAction {
  /// How many it has run: those it asks for, else those below which it lets none fall.
  fileprivate var asked: Int { desired ?? minimum ?? 0 }
}
