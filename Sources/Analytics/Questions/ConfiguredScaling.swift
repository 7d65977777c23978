import Clouds
import Ingest
import Model

/// The scaling of a fleet, or of files, to be written for other programs.
public struct ConfiguredScaling: Sendable {
  /// Where it comes from, in a line.
  public let origin: String
  package let configuration: ScalingConfiguration
  /// What of it no program could be told, by name and with the reason.
  public let notes: [String]
}

extension Workspace {
  /// What the fleet file of a month says of scaling: policies, rules and scheduled actions of its services, and its thresholds and
  /// alerts as rules.
  /// - Parameters:
  ///   - service: one service; nil for all.
  ///   - advice: ids of recommendations of that month which are taken to be made: tuned scaling and recurring actions.
  /// - Throws: `DataError` for a service that the fleet does not have, and an id that is no such recommendation.
  public func configuredScaling(
    service: String? = nil, month: String?, following advice: [String] = []
  ) throws -> ConfiguredScaling {
    var fleet = try completedFleet(month: month).fleet
    if !advice.isEmpty { fleet = try following(advice, fleet, month: month) }
    if let service, fleet.service(service) == nil {
      throw DataError(
        Place(parameter: .service), found: "\"\(service)\"",
        expected: choice(among: fleet.services.map(\.name), insteadOf: service), kind: .usage)
    }
    var making = ScalingMaking(fleet)
    for one in fleet.services where service == nil || one.name == service { making.add(one) }
    if service == nil { making.addGlobal() }
    making.addAlerts(of: service)
    let whose = advice.isEmpty ? "its fleet file has it" : "\(advice.joined(separator: ", ")) would have it"
    return ConfiguredScaling(
      origin: "Scaling of \(fleet.name) as \(whose), by plimsoll", configuration: making.configuration,
      notes: making.notes)
  }

  /// A fleet with the scaling that recommendations ask for.
  private func following(_ advice: [String], _ fleet: Fleet, month: String?) throws -> Fleet {
    let study = try study(month: month)
    let place = Place(file: "recommendations")
    var fleet = fleet
    for verdict in try study.recommendations(advice, from: try study.outcome(Scenario()), at: place) {
      for change in verdict.changes {
        guard let name = change.change.services.first,
          let index = fleet.services.firstIndex(where: { $0.name == name }),
          let service = change.change.scaling(of: fleet.services[index])
        else {
          throw DataError(
            place, found: "\(verdict.id): \(change.change.words)",
            expected: "tuned scaling or recurring actions; `plimsoll export aws-cli \(verdict.id)` writes others",
            kind: .usage)
        }
        fleet.services[index] = service
      }
    }
    return fleet
  }
}

extension PlanChange {
  /// The service as a fleet file would have it after this; nil for what changes nothing of its scaling.
  fileprivate func scaling(of service: Service) -> Service? {
    switch self {
    case let tuned as TunedScaling: return tuned.applied(to: service)
    case let scheduled as ScheduledCapacity:
      var service = service
      service.scheduledActions = scheduled.actions.enumerated().map { number, action in
        ScheduledAction(action, named: "\(service.name)-\(number + 1)")
      }
      return service
    default: return nil
    }
  }
}

extension PoliciesAnswer {
  /// The same to be written for another program.
  public var scaling: ConfiguredScaling {
    let names = files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    return ConfiguredScaling(
      origin: "Scaling of \(names.joined(separator: ", ")), read by plimsoll", configuration: configuration, notes: [])
  }
}

/// Puts a fleet's words into those of programs that scale and watch.
struct ScalingMaking {
  private let fleet: Fleet
  private(set) var configuration = ScalingConfiguration()
  private(set) var notes: [String] = []
  private var names: Set<String> = []

  init(_ fleet: Fleet) { self.fleet = fleet }

  mutating func add(_ service: Service) {
    var target = ScaledTarget(name: service.name)
    if service.maximum < Service().maximum { (target.minimum, target.maximum) = (service.minimum, service.maximum) }
    target.policies = service.policies.map { named($0, of: service) } + ruled(service)
    target.actions = service.scheduledActions.map { action in
      var action = action
      if action.name.isEmpty { action.name = action.recurrence }
      return action
    }
    if !target.policies.isEmpty || !target.actions.isEmpty { configuration.targets.append(target) }
    for (part, conditions) in [("ScaleOut", service.scaling.scaleOut), ("AddReplica", service.scaling.addReplica)] {
      for condition in conditions {
        add(
          condition.condition, on: condition.metric, of: service,
          "\(service.name) \(part) \(condition.metric.rawValue)",
          labels: ["severity": "scaling", "scaling_action": part == "ScaleOut" ? "scale_out" : "add_replica"])
      }
    }
    for row in service.thresholds {
      for severity in Severity.allCases {
        add(
          row.condition(severity), on: row.metric, of: service,
          "\(service.name) \(row.metric.rawValue) \(severity.rawValue)", labels: ["severity": severity.rawValue])
      }
    }
  }

  // MARK: Policies

  /// A policy whose metric has the name that the cloud has for it.
  private func named(_ policy: ScalingPolicy, of service: Service) -> ScalingPolicy {
    var policy = policy
    guard policy.kind != .hpa, policy.source == nil else { return policy }
    policy.source = source(policy.metric, policy.kind, of: service)
    return policy
  }

  private func source(_ metric: Metric, _ kind: ScalingPolicy.Kind, of service: Service) -> MetricSource {
    var source = supportedCloud.source(of: metric, following: kind)
    if source.kind == .custom { source.dimensions = ["AutoScalingGroupName": service.name] }
    return source
  }

  /// Each condition that scales out by itself is a policy of one instance more; one that alone scales in, of one less.
  private mutating func ruled(_ service: Service) -> [ScalingPolicy] {
    let rules = service.scaling
    var policies = rules.scaleOut.compactMap { ruled($0, by: 1, "scale-out", service) }
    if rules.scaleIn.count > 1 {
      notes.append(
        "the scale_in rule of \(service.name): all of several conditions must hold, which no alarm that scales can say")
    } else {
      policies += rules.scaleIn.compactMap { ruled($0, by: -1, "scale-in", service) }
    }
    return policies
  }

  private mutating func ruled(
    _ rule: MetricCondition, by amount: Int, _ word: String, _ service: Service
  ) -> ScalingPolicy? {
    guard service.approach == .group else { return nil }
    let condition = rule.condition
    guard condition.samples == nil, let threshold = threshold(condition, rule.metric, service) else {
      notes.append("the \(word) rule on \(rule.metric.rawValue) of \(service.name): \"\(condition)\" is no alarm's")
      return nil
    }
    var policy = ScalingPolicy()
    (policy.name, policy.kind, policy.metric) = ("\(word)-\(rule.metric.rawValue)", .simple, rule.metric)
    (policy.threshold, policy.isBelow, policy.adjustment) = (threshold, condition.comparison == .below, amount)
    policy.duration = TimeSpan(seconds: max(60, condition.durationSeconds))
    policy.missing = condition.missing
    policy.cooldown = service.scaling.cooldown
    policy.source = source(rule.metric, .simple, of: service)
    return policy
  }

  /// The number that the metric is held against, in its own unit; of a share of a limit the share itself.
  private func threshold(_ condition: Condition, _ metric: Metric, _ service: Service?) -> ScaledDecimal? {
    let value = condition.value.normalised
    if case .percentOf = condition.basis {
      guard let limit = (service?.limits ?? fleet.global.limits).first(where: { $0.metric == metric }),
        limit.perGib != true
      else { return nil }
      return ScaledDecimal(mantissa: value.mantissa, scale: min(18, value.scale + 2)).multiplied(by: Int64(limit.value))
    }
    switch (condition.unit, metric.unit) {
    case (.seconds, .milliseconds): return value.multiplied(by: 1000)
    case (.milliseconds, .seconds):
      return ScaledDecimal(mantissa: value.mantissa, scale: min(18, value.scale + 3)).normalised
    default: return condition.limit(for: metric) == nil ? nil : value
    }
  }

  // MARK: Alerts

  private mutating func add(
    _ condition: Condition, on metric: Metric, of service: Service?, _ name: String, labels: [String: String]
  ) {
    guard let expression = expression(condition, metric, service) else {
      notes.append("the alert \(name): \"\(condition)\" is no comparison of a metric with a number")
      return
    }
    let scope = service?.name ?? "fleet"
    var rule = AlertExpressionRule(
      group: scope, name: unused(name), expression: expression, duration: TimeSpan(seconds: condition.durationSeconds))
    rule.labels = labels.merging(["service": scope]) { own, _ in own }
    rule.annotations = ["summary": "\(scope): \(metric.rawValue) \(condition)"]
    configuration.alerts.append(rule)
  }

  private func expression(_ condition: Condition, _ metric: Metric, _ service: Service?) -> AlertExpression? {
    guard condition.samples == nil, let threshold = threshold(condition, metric, service) else { return nil }
    let place = service?.name ?? fleet.global.measuredAt
    var matchers = place.map { [AlertExpression.Matcher("service", "=", $0)] } ?? []
    if service == nil, metric.isPerInstance { matchers = [] }
    if service == nil, !metric.isPerInstance, place == nil { return nil }
    var operand = AlertExpression.Operand(metric.rawValue, matchers)
    if condition.statistic == .average, condition.durationSeconds > 0 {
      (operand.function, operand.window) = (.average, TimeSpan(seconds: condition.durationSeconds))
    }
    if metric.isPerInstance { operand.aggregation = .avg }
    var divisor: AlertExpression.Operand?
    let limit = (service?.limits ?? fleet.global.limits).first { $0.metric == metric }
    let isShared =
      if case .percentOf = condition.basis { limit?.perInstance == true } else { condition.basis == .perInstance }
    if isShared { divisor = AlertExpression.Operand("instances", matchers) }
    return AlertExpression(operand, over: divisor, condition.comparison == .above ? .above : .below, threshold)
  }

  mutating func addGlobal() {
    for row in fleet.global.thresholds {
      for severity in Severity.allCases {
        add(
          row.condition(severity), on: row.metric, of: nil, "fleet \(row.metric.rawValue) \(severity.rawValue)",
          labels: ["severity": severity.rawValue])
      }
    }
  }

  mutating func addAlerts(of name: String?) {
    for alert in fleet.alerts where name == nil || alert.service == name {
      guard let service = fleet.service(alert.service),
        let expression = expression(alert.condition, alert.metric, service)
      else {
        notes.append("the alert \(alert.name): \"\(alert.condition)\" is no comparison of a metric with a number")
        continue
      }
      var rule = AlertExpressionRule(
        group: alert.service, name: alert.name, expression: expression,
        duration: TimeSpan(seconds: alert.condition.durationSeconds))
      rule.labels = ["severity": alert.severity.rawValue, "service": alert.service]
      if !alert.scalingAction.isEmpty { rule.labels["scaling_action"] = alert.scalingAction }
      if !alert.summary.isEmpty { rule.annotations = ["summary": alert.summary] }
      configuration.alerts.append(rule)
    }
  }

  /// `FrontendCpuPercentWarning`, with a number where there is one of that name.
  private mutating func unused(_ words: String) -> String {
    let parts = words.split { !$0.isLetter && !$0.isNumber }
    let wanted = parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    var (name, number) = (wanted, 2)
    while !names.insert(name).inserted {
      name = "\(wanted)\(number)"
      number += 1
    }
    return name
  }
}
