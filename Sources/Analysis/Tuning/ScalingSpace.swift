// What tuning may set of a service, as lists of values: round numbers that an owner would write, for what is learned to the last
// digit on one month holds on no other.

import Model

/// A form that a service's scaling may have.
package enum ScalingForm: Hashable, Sendable {
  /// What the fleet file has: its rules, policies and limits, with other numbers.
  case own
  /// One policy that tracks a target of a metric, in place of rules and policies.
  case target(Metric)
}

/// All that may be chosen of one form.
package struct ScalingSpace: Sendable {
  package let form: ScalingForm
  /// The form with the numbers that it begins with.
  package let base: Service
  package let parameters: [ScalingParameter]

  /// The service with the values of some places; nil for what contradicts itself: a metric that asks for fewer where it asks for
  /// more, a minimum above the maximum.
  package func service(at choice: [Int]) -> Service? {
    var service = base
    for (parameter, place) in zip(parameters, choice) { parameter.apply(place, to: &service) }
    return service.minimum <= service.maximum && service.scaling.isConsistent ? service : nil
  }

  package var start: [Int] { parameters.map(\.start) }
  package var sizes: [Int] { parameters.map(\.values.count) }
}

extension ScalingRules {
  /// False where a metric may be both above what adds an instance and below what removes one.
  fileprivate var isConsistent: Bool {
    scaleOut.allSatisfy { out in
      scaleIn.allSatisfy { into in
        guard out.metric == into.metric, out.condition.basis == into.condition.basis,
          out.condition.comparison == .above, into.condition.comparison == .below,
          let high = out.condition.limit(for: out.metric), let low = into.condition.limit(for: into.metric)
        else { return true }
        return low < high
      }
    }
  }
}

extension ServiceSimulation {
  /// What a target tracking policy that tuning adds is called.
  package static func tunedName(_ metric: Metric) -> String { "tuned-\(metric.rawValue)" }

  /// The spaces in which a service's scaling is looked for: its own numbers first, where it has any that may be replayed.
  /// - Parameters:
  ///   - minima: of instances.
  ///   - maxima: of instances; the present one alone where it binds nothing.
  ///   - ownAlone: true where no other form than the file's is asked for.
  package func spaces(minima: [Int], maxima: [Int], ownAlone: Bool) -> [ScalingSpace] {
    let limits = limitParameters(minima, maxima)
    var spaces: [ScalingSpace] = []
    let own = ruleParameters + service.policies.indices.flatMap(policyParameters)
    if !own.isEmpty || !scaling.actions.isEmpty || !scaling.policies.isEmpty {
      spaces.append(ScalingSpace(form: .own, base: service, parameters: limits + own))
    }
    return ownAlone ? spaces : spaces + trackedMetrics.compactMap { targetSpace($0, limits) }
  }

  /// The service with one policy, which tracks a target; nil where no replay can follow that metric.
  package func tracking(_ metric: Metric, _ target: ScaledDecimal, named name: String) -> Service? {
    var policy = ScalingPolicy()
    (policy.name, policy.metric, policy.target) = (name, metric, target)
    var service = service
    (service.scaling.scaleOut, service.scaling.scaleIn, service.policies) = ([], [], [policy])
    return scaled(as: service).scaling.unreplayed.contains { $0.name == name } ? nil : service
  }

  // MARK: Limits

  private func limitParameters(_ minima: [Int], _ maxima: [Int]) -> [ScalingParameter] {
    [
      ScalingParameter("minimum", present: service.minimum, minima) { $0.minimum = $1 },
      ScalingParameter("maximum", present: service.maximum, maxima) { $0.maximum = $1 },
    ].filter { $0.values.count > 1 }
  }

  // MARK: Rules

  private var ruleParameters: [ScalingParameter] {
    guard scaling.policies.contains(where: { $0.name == ServicePolicies.rulesName }) else { return [] }
    let (out, into) = (service.scaling.scaleOut, service.scaling.scaleIn)
    var parameters = out.indices.compactMap { threshold(of: out[$0], at: $0, \.scaleOut, "scale_out") }
    if !out.isEmpty {
      parameters += duration(of: out, \.scaleOut, "scale_out", minutes: [1, 2, 3, 5, 10, 15])
    }
    parameters += into.indices.compactMap { threshold(of: into[$0], at: $0, \.scaleIn, "scale_in") }
    if !into.isEmpty {
      parameters += duration(of: into, \.scaleIn, "scale_in", minutes: [5, 10, 15, 20, 30, 60])
    }
    parameters.append(
      ScalingParameter("scaling.cooldown", present: service.scaling.cooldown, minutes: [1, 3, 5, 10, 15, 30]) {
        $0.scaling.cooldown = $1
      })
    return parameters
  }

  private typealias Side = WritableKeyPath<ScalingRules, [MetricCondition]> & Sendable

  private func threshold(
    of part: MetricCondition, at place: Int, _ side: Side, _ key: String
  ) -> ScalingParameter? {
    guard follows(part.metric, part.condition.basis) else { return nil }
    let values = thresholds(near: part.condition.value, of: part.condition)
    return ScalingParameter("scaling.\(key).\(part.metric.rawValue)", present: part.condition.value, values) {
      $0.scaling[keyPath: side][place].condition = $0.scaling[keyPath: side][place].condition.with(value: $1)
    }
  }

  /// One time for all conditions of a side.
  private func duration(
    of side: [MetricCondition], _ path: Side, _ key: String, minutes: [Int64]
  ) -> [ScalingParameter] {
    let timed = side.indices.filter { side[$0].condition.samples == nil }
    guard let longest = timed.map({ side[$0].condition.durationSeconds }).max(), longest > 0 else { return [] }
    return [
      ScalingParameter("scaling.\(key).for", present: TimeSpan(seconds: longest), minutes: minutes) { service, span in
        // The present times may differ: they stay as long as they are the choice.
        guard span.seconds != longest else { return }
        for place in timed {
          service.scaling[keyPath: path][place].condition = side[place].condition
            .with(value: service.scaling[keyPath: path][place].condition.value).lasting(span)
        }
      }
    ]
  }

  private func thresholds(near value: ScaledDecimal, of condition: Condition) -> [ScaledDecimal] {
    let isShare = if case .percentOf = condition.basis { true } else { condition.unit == .percent }
    return isShare ? Self.percents : Self.multiples(of: value)
  }

  private static let percents = stride(from: 10, through: 95, by: 5).map { ScaledDecimal(whole: $0) }

  private static func multiples(of value: ScaledDecimal) -> [ScaledDecimal] {
    [0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.2, 1.4, 2, 3, 5].compactMap { ScaledDecimal(twoDigits: value.double * $0) }
  }

  /// True for what more capacity makes less of.
  private func follows(_ metric: Metric, _ basis: Condition.Basis, isEach: Bool = false) -> Bool {
    var metrics = metrics
    return metrics.metric(metric, basis, isEach: isEach)?.follows ?? false
  }

  // MARK: Policies

  private func policyParameters(_ place: Int) -> [ScalingParameter] {
    let policy = service.policies[place]
    let basis = ReplayMetrics.basis(of: policy.metric, tracks: policy.target != nil, in: service)
    guard scaling.policies.contains(where: { $0.name == policy.name }) else { return [] }
    let key = "policies.\(policy.name)"
    let isShare = policy.metric.isPercentage || basis.isShare
    func values(_ value: ScaledDecimal) -> [ScaledDecimal] { isShare ? Self.percents : Self.multiples(of: value) }
    var parameters: [ScalingParameter] = []
    if let target = policy.target {
      parameters.append(
        ScalingParameter("\(key).target", present: target, values(target)) { $0.policies[place].track($1) })
    } else if let threshold = policy.threshold, follows(policy.metric, basis) {
      parameters.append(
        ScalingParameter("\(key).threshold", present: threshold, values(threshold)) {
          $0.policies[place].threshold = $1
        })
      parameters.append(
        ScalingParameter("\(key).for", present: policy.duration, minutes: [1, 3, 5, 10, 15]) {
          $0.policies[place].duration = $1
        })
      parameters += stepParameter(policy, place, key)
    }
    return parameters
  }

  /// All adjustments times one factor.
  private func stepParameter(_ policy: ScalingPolicy, _ place: Int, _ key: String) -> [ScalingParameter] {
    let present = policy.adjustments
    guard policy.adjustmentType != .exact, !present.isEmpty, present.allSatisfy({ abs($0) <= 25_000 }) else {
      return []
    }
    return [
      ScalingParameter("\(key).steps", present: 1, [1, 2, 3, 4]) { service, factor in
        service.policies[place].adjustments = present.map { $0 * factor }
      }
    ]
  }

  // MARK: Targets

  /// What may be tracked: CPU, then what the threshold table and the policies name, memory aside, which does not fall as fast as
  /// it rises.
  private var trackedMetrics: [Metric] {
    ([.cpuPercent] + service.thresholds.map(\.metric) + service.policies.map(\.metric)).eachOnce()
      .filter { $0 != .memoryPercent && $0 != .cpuMaxPercent }
  }

  private func targetSpace(_ metric: Metric, _ limits: [ScalingParameter]) -> ScalingSpace? {
    let row = service.thresholds.first { $0.metric == metric }
    let own = service.policies.first { $0.metric == metric && $0.target != nil }?.target
    let isShare = metric.isPercentage || row?.scaling.basis.isShare ?? false
    guard isShare || own != nil || row?.scaling.comparison == .above else { return nil }
    let middle = own ?? (isShare ? ScaledDecimal(whole: 60) : row.map { $0.scaling.value })
    let name = Self.tunedName(metric)
    guard let middle, middle.mantissa > 0, let base = tracking(metric, middle, named: name) else { return nil }
    // What is said of a queue is of the whole, and a target is of an instance.
    let factors = metric == .queueDepthItems ? [0.01, 0.02, 0.05, 0.1, 0.2, 0.5] : [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    let values =
      isShare
      ? stride(from: 30, through: 90, by: 5).map { ScaledDecimal(whole: $0) }
      : factors.compactMap { ScaledDecimal(twoDigits: middle.double * $0) }
    let target = ScalingParameter("policies.\(name).target", present: middle, values) { $0.policies[0].target = $1 }
    return ScalingSpace(form: .target(metric), base: base, parameters: limits + [target])
  }
}

extension Metric {
  fileprivate var isPercentage: Bool { unit == .percent }
}

extension Condition.Basis {
  fileprivate var isShare: Bool { if case .percentOf = self { true } else { false } }
}
