// What a replay may be of: limits that keep every figure within its type, and work and memory bounded.
//
// A metric's numerator and denominator stay within 2^62, summed over a period, so that comparing fits 128 bits. What is
// proposed is at most 2^62 × 10^7 (thousandths of a second a message) × 3 × 10^11 (what may drain) < 2^127.

import Model

extension ReplayProblem {
  /// Instances, in limits, forecasts and actions.
  package static let mostInstances = 100_000
  /// A year of minutes is 525,600.
  package static let mostTicks = 1_000_000
  /// Ticks times metrics, alarms and conditions.
  package static let mostWork = 30_000_000
  /// Datapoints that alarms remember, and 512 for each place in a period.
  package static let mostRemembered = 1_000_000_000
  /// Loads, in thousandths.
  package static let mostLoad = 1_000_000_000_000
  /// Thresholds and targets, in thousandths and size.
  package static let mostThreshold = 1_000_000_000
  /// Lengths of time, in ticks.
  package static let longest = 1_000_000_000
  /// Numbers of an adjustment, and percentages.
  package static let mostAdjustment = 1_000_000
  /// What an instance carries, in thousandths.
  package static let mostPerInstance = 1_000_000_000

  /// - Throws: ``ProblemFault`` for what makes no sense or is beyond the limits.
  package func check() throws(ProblemFault) {
    try checkService()
    try checkLoads()
    try checkNames()
    for policy in policies {
      try naming("policy", policy.name) { () throws(ProblemFault) in try check(policy) }
    }
    for action in scheduled {
      try naming("action", action.name) { () throws(ProblemFault) in try check(action) }
    }
    for breach in breaches { try check(breach.condition) }
    // The greatest values rest on the limits of policies and actions.
    for metric in metrics { try check(metric) }
    try checkWork()
  }

  /// Says of which part what is wrong is.
  private func naming(
    _ part: String, _ name: String, _ check: () throws(ProblemFault) -> Void
  ) throws(ProblemFault) {
    do throws(ProblemFault) { try check() } catch {
      var fault = error
      if !name.isEmpty { fault.found += " in \(part) \"\(name.prefix(60))\"" }
      throw fault
    }
  }

  /// - Throws: ``ProblemFault`` for more instances than there may be, and for limits that exclude each other.
  package static func check(capacity: Int, minimum: Int, maximum: Int) throws(ProblemFault) {
    try within(capacity, 0...mostInstances, "capacity")
    try within(minimum, 0...mostInstances, "minimum")
    try within(maximum, minimum...mostInstances, "maximum")
  }

  private func checkService() throws(ProblemFault) {
    let most = Self.mostInstances
    try within(service.minimum, 0...most, "minimum")
    try within(service.initial, service.minimum...most, "initial")
    try within(service.maximum, max(1, service.initial)...most, "maximum")
    try checkTicks(service.launchTicks, "launch_ticks")
    try checkTicks(service.warmupTicks, "warmup_ticks")
    try checkTicks(service.drainTicks, "drain_ticks")
    try checkTicks(service.defaultCooldownTicks, "default_cooldown_ticks")
  }

  private func checkLoads() throws(ProblemFault) {
    try within(tickCount, 1...Self.mostTicks, "loads")
    for load in loads {
      guard load.values.count == tickCount else {
        throw ProblemFault(
          key: "loads", found: "\(load.values.count) ticks", expected: "\(tickCount), as many as others")
      }
      for value in load.values where value != ReplayLoad.missing {
        try within(value, 0...Self.mostLoad, "loads", areThousandths: true)
      }
    }
    try within(work.load, 0...(loads.count - 1), "load")
    try within(work.perInstance, 1...Self.mostPerInstance, "per_instance", areThousandths: true)
    if let queue = work.queue {
      try within(queue.initial, 0...Self.mostLoad, "initial", areThousandths: true)
      try within(queue.limit ?? 0, 0...Self.mostLoad * Self.mostTicks, "limit", areThousandths: true)
    }
  }

  private func check(_ metric: ReplayMetric) throws(ProblemFault) {
    try within(metric.periodTicks, 1...Self.mostTicks, "period_ticks")
    try checkTicks(metric.delayTicks, "delay_ticks")
    if let load = metric.load { try within(load, 0...(loads.count - 1), "load") }
    switch metric.kind {
    case .utilisation(_, let perInstance, let idle, let cap):
      try within(perInstance, 1...Self.mostPerInstance, "per_instance", areThousandths: true)
      try within(idle, 0...Self.mostPerInstance, "idle", areThousandths: true)
      try within(cap ?? 0, -Self.mostThreshold...Self.mostThreshold, "cap", areThousandths: true)
    case .growth(_, let over): try within(over, 1...Self.mostTicks, "over")
    case .backlog, .backlogPerInstance:
      guard work.queue != nil else {
        throw ProblemFault(key: "metrics", found: "the backlog", expected: "a queue in \"work\"")
      }
    case .perInstance, .value: break
    }
    let period = Int128(min(metric.periodTicks, tickCount))
    guard most(metric) * period <= 1 << 62 else {
      throw ProblemFault(
        key: "metrics", found: "\"\(metric.name)\" of values that are too large together",
        expected: "smaller loads, fewer instances or a shorter period")
    }
  }

  /// The most that a tick's numerator, denominator or a part of them may be.
  private func most(_ metric: ReplayMetric) -> Int128 {
    let load = Int128(loads[metric.load ?? work.load].values.max() ?? 0)
    let serving = 1000 * Int128(mostServing)
    switch metric.kind {
    case .utilisation(_, let perInstance, let idle, let cap):
      let carried = serving * Int128(perInstance)
      let use = 100_000 * (load + serving / 1000 * Int128(idle))
      return max(use, carried, carried / 1000 * Int128(abs(cap ?? 0)))
    case .perInstance, .value: return max(load, serving)
    case .growth: return 100 * max(load, 1)
    case .backlog, .backlogPerInstance: return max(mostWaiting, serving)
    }
  }

  /// The most instances that limits, forecasts and actions ever allow.
  private var mostServing: Int {
    var most = service.maximum
    for action in scheduled { most = max(most, action.maximum ?? 0) }
    for policy in policies {
      guard case .predictive(let predictive) = policy.kind else { continue }
      let forecast = max(0, predictive.capacity.max() ?? 0)
      most = max(most, predictive.bounds(forecast: forecast, minimum: 0, maximum: most).limit)
    }
    return most
  }

  private var mostWaiting: Int128 {
    let arriving = loads[work.load].values.reduce((sum: Int128(0), last: 0)) { total, value in
      let last = value == ReplayLoad.missing ? total.last : value
      return (total.sum + Int128(last), last)
    }
    return arriving.sum + Int128(work.queue?.initial ?? 0)
  }

  private func checkNames() throws(ProblemFault) {
    var names: Set<String> = []
    for name in policies.map(\.name) + scheduled.map(\.name) where !names.insert(name).inserted {
      throw ProblemFault(key: "policies", found: "two called \"\(name.prefix(60))\"", expected: "names of their own")
    }
    names = []
    for name in breaches.map(\.name) where !names.insert(name).inserted {
      throw ProblemFault(key: "breach", found: "two called \"\(name.prefix(60))\"", expected: "names of their own")
    }
    let kinds = policies.map(\.kind)
    if policies.count > 1, kinds.contains(where: { if case .podAutoscaler = $0 { true } else { false } }) {
      throw ProblemFault(key: "policies", found: "others beside an hpa", expected: "an hpa alone")
    }
    if kinds.count(where: { if case .predictive = $0 { true } else { false } }) > 1 {
      throw ProblemFault(key: "policies", found: "two that are predictive", expected: "at most one")
    }
  }

  private func check(_ action: ReplayAction) throws(ProblemFault) {
    for capacity in [action.minimum, action.maximum, action.desired] {
      try within(capacity ?? 0, 0...Self.mostInstances, "scheduled")
    }
  }

  private func checkWork() throws(ProblemFault) {
    let watches = policies.reduce(metrics.count + breaches.count + 1) { $0 + $1.watchCount }
    guard watches <= Self.mostWork / tickCount else {
      throw ProblemFault(
        key: "input", found: "\(tickCount) ticks of \(watches) metrics, alarms and conditions",
        expected: "at most \(Self.mostWork) in all")
    }
    let remembered = policies.flatMap(\.alarms).reduce(0) { sum, alarm in
      sum + min(metrics[alarm.metric].periodTicks, tickCount) * (alarm.range + 512)
    }
    guard remembered <= Self.mostRemembered else {
      throw ProblemFault(
        key: "policies", found: "alarms of \(remembered) datapoints", expected: "shorter periods or ranges")
    }
    guard scheduled.reduce(0, { $0 + $1.ticks.count }) <= Self.mostTicks else {
      throw ProblemFault(key: "scheduled", found: "too many ticks", expected: "at most \(Self.mostTicks)")
    }
  }
}

/// Refuses a number outside of a range.
/// - Parameter areThousandths: whether the number is stated in thousandths of what its owner wrote.
func within(
  _ value: Int, _ range: ClosedRange<Int>, _ key: String, areThousandths: Bool = false
) throws(ProblemFault) {
  guard !range.contains(value) else { return }
  let (found, low, high) = (value, range.lowerBound, range.upperBound)
  guard areThousandths else {
    throw ProblemFault(key: key, found: "\(found)", expected: "a number from \(low) to \(high)")
  }
  throw ProblemFault(key: key, found: decimal(found), expected: "a number from \(decimal(low)) to \(decimal(high))")
}

private func decimal(_ thousandths: Int) -> String {
  ScaledDecimal(mantissa: Int64(thousandths), scale: 3).normalised.description
}
