import Model
import Reading
import Solvers

/// Makes the problem of a replay of its input.
struct ReplayReader {
  private let input: JSONRecord
  private let loads: [ReplayLoad]
  private var loadNumbers: [String: Int] = [:]
  private var metricNumbers: [String: Int] = [:]

  init(_ input: JSONRecord, loads: [ReplayLoad]) {
    self.input = input
    self.loads = loads
    for (index, load) in loads.enumerated() { loadNumbers[load.name] = index }
  }

  /// - Throws: `DataError` for an input that states no problem.
  mutating func problem() throws(DataError) -> ReplayProblem {
    let metrics = try metrics()
    for (index, metric) in metrics.enumerated() { metricNumbers[metric.name] = index }
    var policies: [ReplayPolicy] = []
    for policy in try input.records("policies") { policies.append(try self.policy(policy)) }
    var breaches: [NamedCondition] = []
    for breach in try input.records("breach") {
      breaches.append(NamedCondition(name: try breach.text("name"), condition: try condition(breach)))
    }
    var scheduled: [ReplayAction] = []
    let actions = try input.records("scheduled")
    guard actions.count(where: { $0.has("recurrence") }) <= Self.mostRecurrences else {
      throw input.wrong("scheduled", expected: "at most \(Self.mostRecurrences) recurrences")
    }
    for action in actions { scheduled.append(try self.action(action)) }
    return ReplayProblem(
      service: try service(try input.record("service")), loads: loads, work: try work(try input.record("work")),
      metrics: metrics, policies: policies, scheduled: scheduled, breaches: breaches)
  }

  private func service(_ record: JSONRecord) throws(DataError) -> ReplayService {
    ReplayService(
      minimum: try record.whole("minimum"), maximum: try record.whole("maximum"), initial: try record.whole("initial"),
      launchTicks: try record.whole("launch_ticks"), warmupTicks: try record.whole("warmup_ticks"),
      servesWhileWarming: try record.flag("warming_serves"), drainTicks: try record.whole("drain_ticks"),
      defaultCooldownTicks: try record.whole("default_cooldown_ticks"))
  }

  private func work(_ record: JSONRecord) throws(DataError) -> ReplayWork {
    var queue: ReplayWork.Queue?
    if record.has("queue") {
      let stated = try record.record("queue")
      queue = ReplayWork.Queue(
        initial: try stated.thousandths("initial"), limit: try stated.thousandthsIfKnown("limit"))
    }
    return ReplayWork(load: try load(record), perInstance: try record.thousandths("per_instance"), queue: queue)
  }

  private func load(_ record: JSONRecord) throws(DataError) -> Int {
    if let number = loadNumbers[try record.text("load")] { return number }
    throw record.wrong("load", expected: "a name of \"loads\"")
  }

  private func metric(_ record: JSONRecord) throws(DataError) -> Int {
    if let number = metricNumbers[try record.text("metric")] { return number }
    throw record.wrong("metric", expected: "a name of \"metrics\"")
  }

  private func action(_ record: JSONRecord) throws(DataError) -> ReplayAction {
    ReplayAction(
      name: try record.text("name"), ticks: try ticks(record), minimum: try record.wholeIfKnown("minimum"),
      maximum: try record.wholeIfKnown("maximum"), desired: try record.wholeIfKnown("desired"))
  }

  /// Stated, or those of a recurrence in a time zone since the replay's start.
  private func ticks(_ action: JSONRecord) throws(DataError) -> [Int] {
    guard action.has("recurrence") else { return try action.signedWholes("ticks") }
    let schedule = try action.value("recurrence", expected: "five cron fields such as \"0 12 * * *\"") {
      CronSchedule($0)
    }
    let zone = try action.textIfKnown("timezone") ?? "Etc/UTC"
    guard let clock = LocalClock(identifier: zone) else {
      throw action.wrong("timezone", expected: "an IANA time zone such as Europe/Berlin")
    }
    let (start, seconds) = (try input.instant("start"), try input.count("tick_seconds"))
    let count = loads.first?.values.count ?? 0
    guard seconds <= Self.longestRecurrence / max(1, count) else {
      throw input.wrong("tick_seconds", expected: "recurrences over ten years at most")
    }
    guard let ticks = schedule.ticks(from: start, tickSeconds: seconds, count: count, on: clock) else {
      throw action.wrong("recurrence", expected: "at most \(ReplayProblem.mostTicks) times")
    }
    return ticks
  }

  /// In seconds.
  private static let longestRecurrence = 3_660 * 86_400
  private static let mostRecurrences = 100

  // MARK: Metrics

  private func metrics() throws(DataError) -> [ReplayMetric] {
    let record = try input.record("metrics")
    var metrics: [ReplayMetric] = []
    for member in record.node.members {
      let metric = try record.record(member.key)
      let statistic: ReplayMetric.Statistic = metric.has("statistic") ? try metric.word("statistic") : .average
      metrics.append(
        ReplayMetric(
          name: member.key, kind: try kind(metric), periodTicks: try metric.wholeIfKnown("period_ticks") ?? 1,
          statistic: statistic, delayTicks: try metric.wholeIfKnown("delay_ticks") ?? 0))
    }
    return metrics
  }

  private enum KindName: String, CaseIterable {
    case utilisation, per_instance, value, backlog, backlog_per_instance, growth
  }

  private func kind(_ record: JSONRecord) throws(DataError) -> ReplayMetric.Kind {
    let name: KindName = try record.word("kind")
    switch name {
    case .utilisation:
      return .utilisation(
        load: try load(record), perInstance: try record.thousandths("per_instance"),
        cap: try record.thousandthsIfKnown("cap"))
    case .per_instance: return .perInstance(load: try load(record))
    case .value: return .value(load: try load(record))
    case .backlog: return .backlog
    case .backlog_per_instance: return .backlogPerInstance
    case .growth: return .growth(load: try load(record), over: try record.whole("over"))
    }
  }

  private func condition(_ record: JSONRecord) throws(DataError) -> ReplayCondition {
    ReplayCondition(
      metric: try metric(record), comparison: try record.word("comparison"),
      threshold: try record.thousandths("threshold"), forTicks: try record.whole("for_ticks"))
  }

  // MARK: Policies

  private enum PolicyType: String, CaseIterable { case step, target, simple, rule, predictive, hpa }

  private func policy(_ record: JSONRecord) throws(DataError) -> ReplayPolicy {
    let type: PolicyType = try record.word("type")
    let kind: ReplayPolicy.Kind =
      switch type {
      case .step: .step(try step(record))
      case .target: .target(try target(record))
      case .simple:
        .simple(
          SimplePolicy(
            alarm: try alarm(record), adjustment: try record.adjustment(),
            cooldownTicks: try record.wholeIfKnown("cooldown_ticks")))
      case .rule:
        .rule(
          RulePolicy(
            scaleOut: try side(record, "out"), scaleIn: try side(record, "in"),
            cooldownTicks: try record.whole("cooldown_ticks")))
      case .predictive:
        .predictive(
          PredictivePolicy(
            slotTicks: try record.whole("slot_ticks"), leadTicks: try record.whole("lead_ticks"),
            capacity: try record.signedWholes("capacity"),
            bufferPercent: try record.signedWholeIfKnown("buffer_percent")))
      case .hpa: .podAutoscaler(try autoscaler(record))
      }
    return ReplayPolicy(name: try record.text("name"), kind: kind)
  }

  private func alarm(_ policy: JSONRecord) throws(DataError) -> ReplayAlarm {
    let record = try policy.record("alarm")
    return ReplayAlarm(
      metric: try metric(record), comparison: try record.word("comparison"),
      threshold: ExactFraction(thousandths: try record.thousandths("threshold")),
      rule: AlarmRule(
        needed: try record.whole("m"), periods: try record.whole("n"), treatment: try record.word("treat_missing")),
      range: try record.whole("range"))
  }

  private func step(_ record: JSONRecord) throws(DataError) -> StepPolicy {
    let alarm = try alarm(record)
    return StepPolicy(
      alarm: alarm,
      scaling: try record.stepScaling(threshold: alarm.threshold.numerator, isUpward: alarm.comparison.isUpward))
  }

  private func target(_ record: JSONRecord) throws(DataError) -> TargetPolicy {
    TargetPolicy(
      metric: try metric(record), target: try record.target(), scalesIn: try record.flag("scale_in"),
      scaleOut: try window(record.record("out")), scaleIn: try window(record.record("in")),
      inPercent: try record.record("in").thousandths("percent"))
  }

  private func window(_ record: JSONRecord) throws(DataError) -> TargetPolicy.Window {
    TargetPolicy.Window(
      needed: try record.whole("m"), periods: try record.whole("n"), range: try record.whole("range"))
  }

  private enum Match: String, CaseIterable { case any, all }

  private func side(_ rule: JSONRecord, _ key: String) throws(DataError) -> RulePolicy.Side? {
    guard rule.has(key) else { return nil }
    let record = try rule.record(key)
    let match: Match = try record.word("match")
    var conditions: [ReplayCondition] = []
    for condition in try record.records("conditions") { conditions.append(try self.condition(condition)) }
    return RulePolicy.Side(needsAll: match == .all, conditions: conditions, adjustment: try record.adjustment())
  }

  private func autoscaler(_ record: JSONRecord) throws(DataError) -> PodAutoscaler {
    var metrics: [PodAutoscaler.Metric] = []
    for stated in try record.records("metrics") {
      let isTotal = !stated.has("target")
      metrics.append(
        PodAutoscaler.Metric(
          metric: try metric(stated), target: try stated.thousandths(isTotal ? "target_average" : "target"),
          isTotal: isTotal))
    }
    return PodAutoscaler(
      metrics: metrics, up: try behaviour(record.record("up")), down: try behaviour(record.record("down")))
  }

  private enum RateType: String, CaseIterable {
    case pods = "Pods"
    case percent = "Percent"
  }

  private func behaviour(_ record: JSONRecord) throws(DataError) -> PodAutoscaler.Behaviour {
    var policies: [PodAutoscaler.RatePolicy] = []
    for policy in try record.records("policies") {
      let type: RateType = try policy.word("type")
      policies.append(
        PodAutoscaler.RatePolicy(
          isPercent: type == .percent, value: try policy.whole("value"),
          periodTicks: try policy.whole("period_ticks")))
    }
    return PodAutoscaler.Behaviour(
      tolerance: try record.thousandths("tolerance"), windowTicks: try record.whole("window_ticks"),
      selection: try record.word("select"), policies: policies)
  }
}
