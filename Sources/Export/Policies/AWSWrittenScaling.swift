// "PutScalingPolicy" and "PutMetricAlarm" of the API references of Amazon EC2 Auto Scaling, Application Auto Scaling and Amazon
// CloudWatch: templates, plans and commands spell their properties alike.

import Model

/// Resources of AWS for some scaling, before a format gives them names and refers from one to another.
struct AWSWrittenScaling {
  /// A policy, its alarm or a scheduled action.
  struct Item {
    var target: ScaledTarget
    var name: String
    var properties: [(String, ExportedJSON)]
  }

  private(set) var policies: [Item] = []
  /// Each by the name of the policy that it sets off.
  private(set) var alarms: [Item] = []
  private(set) var actions: [Item] = []
  private(set) var leftOut: [String] = []
  /// What is scaled and has something here.
  private(set) var targets: [ScaledTarget] = []

  init(_ configuration: ScalingConfiguration) {
    leftOut = unwrittenAlerts(configuration, "nothing is scaled by them")
    for target in configuration.targets {
      if case .workload(let kind, _, _) = target.kind {
        leftOut.append("\(target.name): AWS does not scale a \(kind)")
        continue
      }
      let before = policies.count + actions.count
      for policy in target.policies { add(policy, of: target) }
      for action in target.actions { add(action, of: target) }
      let hasLimits = target.minimum != nil || target.maximum != nil
      if policies.count + actions.count > before || hasLimits { targets.append(target) }
    }
  }

  var isEmpty: Bool { policies.isEmpty && actions.isEmpty && targets.isEmpty }

  private mutating func leave(_ what: String, _ target: ScaledTarget, _ reason: String) {
    leftOut.append("\(what) of \(target.name): \(reason)")
  }

  private mutating func add(_ policy: ScalingPolicy, of target: ScaledTarget) {
    if let reason = policy.reasonAgainstAWS(on: target) { return leave("policy \(policy.name)", target, reason) }
    if policy.threshold != nil { addAlarm(of: policy, target) }
    if target.kind == .group, policy.cooldown != nil, policy.kind != .simple {
      leave("the cooldown of policy \(policy.name)", target, "only simple policies of a group have one")
    }
    if !target.isGroup, policy.warmUp != nil {
      leave("the warm-up of policy \(policy.name)", target, "only groups have one")
    }
    let properties = target.isGroup ? policy.groupProperties : policy.serviceProperties
    policies.append(Item(target: target, name: policy.name, properties: properties))
  }

  private mutating func addAlarm(of policy: ScalingPolicy, _ target: ScaledTarget) {
    alarms.append(Item(target: target, name: policy.name, properties: policy.alarmProperties))
  }

  private mutating func add(_ action: ScheduledAction, of target: ScaledTarget) {
    var properties: [(String, ExportedJSON)]
    func counts(_ names: [(String, Int?)]) -> [(String, ExportedJSON)] {
      names.compactMap { name, count in count.map { (name, .number($0)) } }
    }
    if target.isGroup {
      properties = [("Recurrence", .string(action.recurrence)), ("TimeZone", .string(action.timezone))]
      properties += counts([
        ("MinSize", action.minimum), ("DesiredCapacity", action.desired), ("MaxSize", action.maximum),
      ])
    } else {
      guard action.minimum != nil || action.maximum != nil else {
        return leave("scheduled action \(action.name)", target, "a service's has a minimum or a maximum")
      }
      if action.desired != nil {
        leave("the count of scheduled action \(action.name)", target, "a service's has minimum and maximum only")
      }
      guard let schedule = sixFields(action.recurrence) else {
        return leave("scheduled action \(action.name)", target, "its days are counted by number")
      }
      properties = [
        ("Schedule", .string(schedule)), ("Timezone", .string(action.timezone)),
        (
          "ScalableTargetAction",
          .object(counts([("MinCapacity", action.minimum), ("MaxCapacity", action.maximum)]))
        ),
      ]
    }
    actions.append(Item(target: target, name: action.name, properties: properties))
  }

  /// Five fields of cron as AWS's six, of which one of both days is free; nil for days of the week by number.
  private func sixFields(_ recurrence: String) -> String? {
    let fields = recurrence.split(separator: " ").map(String.init)
    guard fields.count == 5, !fields[4].contains(where: \.isNumber) else { return nil }
    let isByWeekday = fields[4] != "*"
    guard !isByWeekday || fields[2] == "*" else { return nil }
    return
      "cron(\(fields[0]) \(fields[1]) \(isByWeekday ? "?" : fields[2]) \(fields[3]) \(isByWeekday ? fields[4] : "?") *)"
  }
}

extension ScaledTarget {
  var isGroup: Bool { kind == .group }

  /// True for what is no group and of which both limits are known, without which AWS scales nothing.
  var hasServiceLimits: Bool { !isGroup && minimum != nil && maximum != nil }

  /// The namespace, the dimension and the resource of what is no group.
  var serviceWords: [(String, String)] {
    guard case .service(let namespace, let dimension, let resource) = kind else { return [] }
    return [("ServiceNamespace", namespace), ("ScalableDimension", dimension), ("ResourceId", resource)]
  }
}

/// A number of ours as JSON has it.
func literal(_ number: ScaledDecimal) -> ExportedJSON { .literal("\(number.normalised)") }
