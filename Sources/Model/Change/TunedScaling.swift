/// A service scaled by other numbers than its fleet file has, as it would stand there: limits, rules and policies; what is nil
/// stays as it stands there. What they would have made of the plan's demand, minute by minute, is what runs.
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
  package var minimum, maximum: Int?
  package var cooldown: TimeSpan?
  package var scaleOut, scaleIn: [Trigger]?
  /// In their order; those of the file that are not here are no more.
  package var policies: [Policy]?
  /// What is wrong with the text that it was read from; nil when nothing is.
  private var textFault: String?

  private enum CodingKeys: String, CodingKey {
    case service, minimum, maximum, cooldown, scaleOut, scaleIn, policies
  }

  /// What makes the present scaling of a service the tuned one.
  package init(_ tuned: Service, from present: Service) {
    service = tuned.name
    (minimum, maximum, cooldown) = (tuned.minimum, tuned.maximum, tuned.scaling.cooldown)
    scaleOut = Self.triggers(tuned.scaling.scaleOut, from: present.scaling.scaleOut)
    scaleIn = Self.triggers(tuned.scaling.scaleIn, from: present.scaling.scaleIn)
    guard !tuned.policies.isEmpty || !present.policies.isEmpty else { return }
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

  private static func triggers(_ tuned: [MetricCondition], from present: [MetricCondition]) -> [Trigger]? {
    if tuned.isEmpty, present.isEmpty { return nil }
    return tuned.map { Trigger(metric: $0.metric, when: $0.condition) }
  }

  package static let kind = "tuned-scaling"
  package static let option = ChangeOption(
    "scaling", valueName: "service=settings",
    help:
      "A service's scaling in place of the fleet file's, as tuning advises it, ; between settings: min N, max N, cooldown TIME, out or in METRIC CONDITION, track NAME METRIC TARGET, policy NAME with target, threshold, for and steps. What is not written stays; rules of a direction, and policies, stand for all of the file's (out none, in none, policies none).",
    expectation:
      "a service and its settings, SERVICE=\"min 2; max 20; cooldown 3min; out cpu_percent > 70% for 3min; in cpu_percent < 40% for 10min; track cpu cpu_percent 60\"",
    example:
      "worker=min 3; max 20; cooldown 3min; out cpu_percent > 70% for 3min; in cpu_percent < 40% for 10min; policy Queue threshold 80 for 5min steps 1,2; track cpu cpu_percent 60"
  )

  /// Reads what ``optionText`` writes.
  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText) else { return nil }
    self.service = service
    var parts = value.split(separator: ";", omittingEmptySubsequences: false).map { String($0).trimmed }
    if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
    for part in parts where textFault == nil {
      textFault = read(part.split(separator: " ").map(String.init)).map { "\($0), not \"\(part.prefix(80))\"" }
    }
  }

  /// Takes one setting.
  /// - Returns: What is expected in its place; nil where it is one.
  private mutating func read(_ words: [String]) -> String? {
    let value = words.dropFirst()
    switch words.first {
    case "min": return Self.set(&minimum, value, { Int($0) }, "min N, once")
    case "max": return Self.set(&maximum, value, { Int($0) }, "max N, once")
    case "cooldown": return Self.set(&cooldown, value, { TimeSpan($0) }, "cooldown and a time such as 3min, once")
    case "out": return Self.add(to: &scaleOut, value, "out METRIC CONDITION, such as out cpu_percent > 70% for 3min")
    case "in": return Self.add(to: &scaleIn, value, "in METRIC CONDITION, such as in cpu_percent < 40% for 10min")
    case "policies" where words.count == 2 && words[1] == "none" && policies == nil: policies = []
    case "track":
      guard words.count == 4, let target = ScaledDecimal(words[3]) else { return "track NAME METRIC TARGET" }
      policies = (policies ?? []) + [Policy(name: words[1], tracks: Metric(words[2]), target: target)]
    case "policy":
      guard let policy = Policy(value) else { return "policy NAME with target N, threshold N, for TIME or steps N,N" }
      policies = (policies ?? []) + [policy]
    default: return "min, max, cooldown, out, in, track, policy or policies none"
    }
    return nil
  }

  private static func set<Value>(
    _ setting: inout Value?, _ words: ArraySlice<String>, _ read: (String) -> Value?, _ expected: String
  ) -> String? {
    guard setting == nil, words.count == 1, let value = words.first.flatMap(read) else { return expected }
    setting = value
    return nil
  }

  private static func add(to triggers: inout [Trigger]?, _ words: ArraySlice<String>, _ expected: String) -> String? {
    if words == ["none"], triggers == nil {
      triggers = []
      return nil
    }
    guard let metric = words.first, let when = Condition(words.dropFirst().joined(separator: " ")) else {
      return expected
    }
    triggers = (triggers ?? []) + [Trigger(metric: Metric(metric), when: when)]
    return nil
  }

  package var optionText: String {
    let limits = [minimum.map { "min \($0)" }, maximum.map { "max \($0)" }, cooldown.map { "cooldown \($0)" }]
    let own = policies.map { $0.isEmpty ? ["policies none"] : $0.map(\.optionText) } ?? []
    return "\(service)=\((limits.compactMap(\.self) + rules + own).joined(separator: "; "))"
  }

  /// The rules that it sets, as the option has them.
  private var rules: [String] {
    func own(_ direction: String, _ triggers: [Trigger]?) -> [String] {
      guard let triggers, !triggers.isEmpty else { return triggers == nil ? [] : ["\(direction) none"] }
      return triggers.map { "\(direction) \($0.words)" }
    }
    return own("out", scaleOut) + own("in", scaleIn)
  }

  package var services: [String] { [service] }
  package var sets: String? { service }
  package var words: String {
    let limits: [String] =
      switch (minimum, maximum) {
      case (let minimum?, let maximum?): ["\(minimum) to \(maximum) instances"]
      case (let minimum?, nil): ["\(minimum) instances or more"]
      case (nil, let maximum?): ["\(maximum) instances at most"]
      case (nil, nil): []
      }
    let parts = ((scaleOut ?? []).map { "out \($0.words)" }) + ((scaleIn ?? []).map { "in \($0.words)" })
    // Nothing waits between rules that there are not.
    let waits = parts.isEmpty && !limits.isEmpty ? [] : cooldown.map { ["\($0) between"] } ?? []
    let all = limits + parts + waits + (policies ?? []).map(\.words)
    return "\(service) tuned: " + (all.isEmpty ? rules + ["no policy"] : all).joined(separator: ", ")
  }

  package var fault: String? { textFault ?? limitFault ?? partFault }

  private var limitFault: String? {
    if let maximum, !(1...Self.mostInstances).contains(maximum) {
      return "a max from 1 to \(Self.mostInstances), not \(maximum)"
    }
    if let minimum, !(0...(maximum ?? Self.mostInstances)).contains(minimum) {
      return "a min from 0 to \(maximum.map { "the max, \($0)" } ?? "\(Self.mostInstances)"), not \(minimum)"
    }
    if let cooldown, cooldown.seconds > Self.longestWait { return "a cooldown of a week at most, not \(cooldown)" }
    return nil
  }

  private var partFault: String? {
    let (triggers, policies) = ((scaleOut ?? []) + (scaleIn ?? []), policies ?? [])
    guard triggers.count <= Self.mostParts, policies.count <= Self.mostParts else {
      return "\(Self.mostParts) rules and \(Self.mostParts) policies at most"
    }
    let metrics = triggers.map(\.metric) + policies.compactMap(\.tracks)
    if let unknown = metrics.first(where: { !$0.isKnown }) {
      return "a metric of the fleet file's, such as cpu_percent, not \"\(unknown.rawValue.prefix(80))\""
    }
    if let odd = triggers.first(where: { $0.when.limit(for: $0.metric) == nil }) {
      return "a condition in the unit of \(odd.metric.rawValue), not \"\(odd.when)\""
    }
    if let odd = policies.first(where: { !$0.isSound }) {
      return "a policy with numbers above 0 of three decimals at most, times of a day at most and steps within 100000, "
        + "not \"\(odd.optionText.prefix(80))\""
    }
    let names = policies.map(\.name)
    let twice = names.indices.first { names[..<$0].contains(names[$0]) }
    return twice.map { "each policy once, not \"\(names[$0].prefix(80))\" twice" }
  }

  /// As many of a service as may be; how long a wait may be; how many rules and policies there may be.
  private static let mostInstances = 100_000
  private static let longestWait: Int64 = 7 * 86_400
  private static let mostParts = 50

  /// The service of the fleet file as it would stand there.
  package func applied(to present: Service) -> Service {
    var tuned = present
    tuned.minimum = minimum ?? present.minimum
    tuned.maximum = maximum ?? present.maximum
    tuned.scaling.cooldown = cooldown ?? present.scaling.cooldown
    if let scaleOut { tuned.scaling.scaleOut = scaleOut.map(\.condition) }
    if let scaleIn { tuned.scaling.scaleIn = scaleIn.map(\.condition) }
    if let policies {
      tuned.policies = policies.map { own in own.applied(to: present.policies.first { $0.name == own.name }) }
    }
    return tuned
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let present = try context.service(service)
    let tuned = applied(to: present)
    guard tuned.minimum <= tuned.maximum else {
      throw DataError(
        Place(file: "what-if", key: service),
        found: "a minimum of \(tuned.minimum) above a maximum of \(tuned.maximum)",
        expected: "both set where one would pass the other of the fleet file", kind: .usage)
    }
    if let unknown = policies?.first(where: { own in
      own.tracks == nil && !present.policies.contains { $0.name == own.name }
    }) {
      throw DataError(
        Place(file: "what-if", key: service),
        found: "policy \"\(unknown.name)\", of which nothing says what it follows",
        expected: present.policies.isEmpty
          ? "a metric that it tracks: \(service) has no policy in the fleet file"
          : choice(among: present.policies.map(\.name), insteadOf: unknown.name), kind: .usage)
    }
    let scaled = try context.scaledCounts(of: tuned, by: .configured, in: plan)
    try scaled.apply(to: &plan, service: service, context)
    return [.simulated(service: service)]
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
    if let target { policy.track(target) }
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
