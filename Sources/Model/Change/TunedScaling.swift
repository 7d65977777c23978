/// A service scaled by other numbers than its fleet file has, as it would stand there: limits, rules and policies. What they
/// would have made of the plan's demand, minute by minute, is what runs.
package struct TunedScaling: PlanChange {
  /// A condition of the rules.
  package struct Trigger: Codable, Hashable, Sendable {
    package var metric: Metric
    package var when: Condition
  }

  /// A policy: of the fleet file one of its name, with what is set here; else one that tracks a target.
  package struct Policy: Codable, Hashable, Sendable {
    package var name: String
    /// What a policy that the file does not have tracks; nil for one that it has.
    package var tracks: Metric?
    package var target, threshold: ScaledDecimal?
    package var duration: TimeSpan?
    /// Of its steps in their order, or of a simple policy.
    package var adjustments: [Int]?
  }

  package var service: String
  package var minimum, maximum: Int
  package var cooldown: TimeSpan
  package var scaleOut, scaleIn: [Trigger]
  /// In their order; those of the file that are not here are no more.
  package var policies: [Policy]

  /// What makes the present scaling of a service the tuned one.
  package init(_ tuned: Service, from present: Service) {
    service = tuned.name
    (minimum, maximum, cooldown) = (tuned.minimum, tuned.maximum, tuned.scaling.cooldown)
    scaleOut = tuned.scaling.scaleOut.map { Trigger(metric: $0.metric, when: $0.condition) }
    scaleIn = tuned.scaling.scaleIn.map { Trigger(metric: $0.metric, when: $0.condition) }
    policies = tuned.policies.map { policy in
      let old = present.policies.first { $0.name == policy.name }
      var own = Policy(name: policy.name, tracks: old == nil ? policy.metric : nil)
      if policy.target?.normalised != old?.target?.normalised { own.target = policy.target }
      if policy.threshold?.normalised != old?.threshold?.normalised { own.threshold = policy.threshold }
      if let old, policy.duration != old.duration { own.duration = policy.duration }
      if let old, policy.adjustments != old.adjustments { own.adjustments = policy.adjustments }
      return own
    }
  }

  package static let kind = "tuned-scaling"
  package static let option = ChangeOption(
    "scaling", valueName: "service=settings",
    help:
      "A service's limits, rules and policies in place of the fleet file's, as tuning advises them, ; between them.",
    expectation:
      "a service and its settings, SERVICE=\"min 2; max 20; cooldown 3min; out cpu_percent > 70% for 3min; in cpu_percent < 40% for 10min; track cpu cpu_percent 60\"",
    example:
      "worker=min 3; max 20; cooldown 3min; out cpu_percent > 70% for 3min; in cpu_percent < 40% for 10min; policy Queue threshold 80 for 5min steps 1,2; track cpu cpu_percent 60"
  )

  /// Reads what ``optionText`` writes.
  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText) else { return nil }
    (minimum, maximum, cooldown) = (1, 0, ScalingRules().cooldown)
    (scaleOut, scaleIn, policies) = ([], [], [])
    self.service = service
    for part in value.split(separator: ";", omittingEmptySubsequences: false).map({ String($0).trimmed }) {
      guard read(part.split(separator: " ").map(String.init)) else { return nil }
    }
    guard maximum > 0 else { return nil }
  }

  /// Takes one setting; false for what is none.
  private mutating func read(_ words: [String]) -> Bool {
    guard words.count >= 2 else { return false }
    switch words[0] {
    case "min", "max":
      guard words.count == 2, let count = Int(words[1]) else { return false }
      if words[0] == "min" { minimum = count } else { maximum = count }
    case "cooldown":
      guard words.count == 2, let span = TimeSpan(words[1]) else { return false }
      cooldown = span
    case "out", "in":
      guard let when = Condition(words.dropFirst(2).joined(separator: " ")) else { return false }
      let trigger = Trigger(metric: Metric(words[1]), when: when)
      if words[0] == "out" { scaleOut.append(trigger) } else { scaleIn.append(trigger) }
    case "track":
      guard words.count == 4, let target = ScaledDecimal(words[3]) else { return false }
      policies.append(Policy(name: words[1], tracks: Metric(words[2]), target: target))
    case "policy":
      guard let policy = Policy(words.dropFirst()) else { return false }
      policies.append(policy)
    default: return false
    }
    return true
  }

  package var optionText: String {
    let limits = ["min \(minimum)", "max \(maximum)", "cooldown \(cooldown)"]
    let rules = scaleOut.map { "out \($0.words)" } + scaleIn.map { "in \($0.words)" }
    return "\(service)=\((limits + rules + policies.map(\.optionText)).joined(separator: "; "))"
  }

  package var services: [String] { [service] }
  package var sets: String? { service }
  package var words: String {
    let rules = scaleOut.map { "out \($0.words)" } + scaleIn.map { "in \($0.words)" }
    let waits = rules.isEmpty ? [] : ["\(cooldown) between"]
    return "\(service) tuned: "
      + (["\(minimum) to \(maximum) instances"] + rules + waits + policies.map(\.words))
      .joined(separator: ", ")
  }

  package var fault: String? {
    let triggers = scaleOut + scaleIn
    let isSound =
      (0...maximum).contains(minimum) && maximum <= Self.mostInstances && cooldown.seconds <= Self.longestWait
      && triggers.count <= Self.mostParts && policies.count <= Self.mostParts
      && triggers.allSatisfy { $0.metric.isKnown && $0.when.limit(for: $0.metric) != nil }
      && policies.allSatisfy(\.isSound) && Set(policies.map(\.name)).count == policies.count
    return isSound ? nil : Self.option.expectation
  }

  /// As many of a service as may be; how long a wait may be; how many rules and policies there may be.
  private static let mostInstances = 100_000
  private static let longestWait: Int64 = 7 * 86_400
  private static let mostParts = 50

  /// The service of the fleet file as it would stand there.
  package func applied(to present: Service) -> Service {
    var tuned = present
    (tuned.minimum, tuned.maximum, tuned.scaling.cooldown) = (minimum, maximum, cooldown)
    tuned.scaling.scaleOut = scaleOut.map(\.condition)
    tuned.scaling.scaleIn = scaleIn.map(\.condition)
    tuned.policies = policies.map { own in own.applied(to: present.policies.first { $0.name == own.name }) }
    return tuned
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let present = try context.service(service)
    if let unknown = policies.first(where: { own in
      own.tracks == nil && !present.policies.contains { $0.name == own.name }
    }) {
      throw DataError(
        Place(file: "what-if", key: service),
        found: "policy \"\(unknown.name)\", of which nothing says what it follows",
        expected: present.policies.isEmpty
          ? "a metric that it tracks: \(service) has no policy in the fleet file"
          : choice(among: present.policies.map(\.name), insteadOf: unknown.name), kind: .usage)
    }
    let scaled = try context.scaledCounts(of: applied(to: present), by: .configured, in: plan)
    try scaled.apply(to: &plan, service: service, context)
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .higherPeaks))
  }
}

extension TunedScaling.Trigger {
  fileprivate var words: String { "\(metric.rawValue) \(when)" }

  fileprivate var condition: MetricCondition {
    var part = MetricCondition()
    (part.metric, part.condition) = (metric, when)
    return part
  }
}

extension TunedScaling.Policy {
  /// Reads `NAME target 60`, `NAME threshold 80 for 5min steps 1,2,4`.
  fileprivate init?(_ words: ArraySlice<String>) {
    var words = words
    guard let name = words.popFirst() else { return nil }
    self.init(name: name)
    while let key = words.popFirst() {
      guard let value = words.popFirst() else { return nil }
      switch key {
      case "target": target = ScaledDecimal(value)
      case "threshold": threshold = ScaledDecimal(value)
      case "for": duration = TimeSpan(value)
      case "steps":
        let numbers = value.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        adjustments = numbers.contains { $0 == nil } ? nil : numbers.compactMap(\.self)
      default: return nil
      }
      guard [target != nil, threshold != nil, duration != nil, adjustments != nil].contains(true) else { return nil }
    }
  }

  fileprivate var optionText: String {
    if let tracks { return "track \(name) \(tracks.rawValue) \(target.map { "\($0)" } ?? "")" }
    let steps = adjustments.map { "steps " + $0.map(String.init).joined(separator: ",") }
    let parts = [
      target.map { "target \($0)" }, threshold.map { "threshold \($0)" }, duration.map { "for \($0)" }, steps,
    ]
    return (["policy", name] + parts.compactMap(\.self)).joined(separator: " ")
  }

  fileprivate var words: String {
    if let tracks { return "\(tracks.rawValue) held at \(target.map { "\($0)" } ?? "")" }
    return String(optionText.dropFirst("policy ".count))
  }

  fileprivate var isSound: Bool {
    let numbers = [target, threshold].compactMap(\.self)
    return !name.isEmpty && name.count <= 255
      && numbers.allSatisfy { $0.mantissa > 0 && (0...3).contains($0.scale) && $0.double <= 1_000_000_000 }
      && (tracks.map { $0.isKnown && target != nil } ?? true) && (duration?.seconds ?? 0) <= 86_400
      && (adjustments ?? []).allSatisfy { (-100_000...100_000).contains($0) }
  }

  fileprivate func applied(to present: ScalingPolicy?) -> ScalingPolicy {
    var policy = present ?? ScalingPolicy()
    policy.name = name
    if let tracks { policy.metric = tracks }
    if let target { policy.target = target }
    if let threshold { policy.threshold = threshold }
    if let duration { policy.duration = duration }
    if let adjustments { policy.adjustments = adjustments }
    return policy
  }
}

extension ScalingPolicy {
  /// What its steps add or remove, in their order; of a simple policy what it does.
  package var adjustments: [Int] {
    get { steps.isEmpty ? [adjustment].compactMap(\.self) : steps.map(\.adjustment) }
    set {
      if steps.isEmpty { adjustment = newValue.first ?? adjustment }
      for (place, amount) in zip(steps.indices, newValue) { steps[place].adjustment = amount }
    }
  }
}
