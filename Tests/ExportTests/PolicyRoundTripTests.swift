import Export
import Foundation
import Ingest
import Model
import Reading
import TestSupport
import Testing

@testable import Analysis
@testable import Solvers

/// Policies are written and read again in every format: what a format has words for is the same, and the rest is named.
@Suite struct PolicyRoundTripTests {
  private static let origin = "Scaling of a test"

  private func written(_ name: String, _ configuration: ScalingConfiguration) throws -> WrittenPolicies {
    let format = try #require(policyExportFormats.first { $0.name == name })
    return format.write(ExportedPolicies(origin: Self.origin, configuration: configuration))
  }

  private func again(_ name: String, _ written: WrittenPolicies) throws -> ScalingConfiguration {
    let found = try readPolicies([InputFile(name: "written", bytes: written.bytes)]).configuration
    #expect(found.refused == [], "\(name)")
    return found
  }

  private func bare(_ targets: [ScaledTarget]) -> [ScaledTarget] {
    targets.map { target in
      var target = target
      target.file = ""
      return target
    }
  }

  private func bare(_ alerts: [AlertExpressionRule]) -> [AlertExpressionRule] {
    alerts.map { alert in
      var alert = alert
      alert.place = nil
      return alert
    }
  }

  @Test("Every file that declares a format of policies has its line in the list, and every format a name of its own")
  func complete() throws {
    let folder = packageFolder.appendingPathComponent("Sources/Export/Policies")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let declared = try files.filter {
      try String(contentsOf: $0, encoding: .utf8).contains(/struct \w+: PolicyExportFormat\b/)
    }
    #expect(declared.count == policyExportFormats.count)
    #expect(Set(policyExportFormats.map(\.name)).count == policyExportFormats.count)
  }

  @Test("Random policies, alarms and actions of groups are the same after AWS's three formats", arguments: 0..<60)
  func ofAWS(seed: Int) throws {
    var random = RandomScaling(seed: seed)
    var configuration = ScalingConfiguration()
    configuration.targets = (0..<random.numbers.number(1...3)).map { random.group("group \($0)") }
    for name in ["cloudformation", "terraform", "aws-cli"] {
      let written = try written(name, configuration)
      #expect(written.leftOut == [], "\(name)")
      let found = try again(name, written)
      #expect(bare(found.targets) == configuration.targets, "\(name)")
      for (one, other) in zip(configuration.targets, found.targets) {
        #expect(try replayed(one) == replayed(other), "\(name)")
      }
    }
  }

  @Test("Random autoscalers are the same after Kubernetes and KEDA", arguments: 0..<60)
  func ofKubernetes(seed: Int) throws {
    var random = RandomScaling(seed: seed)
    for (name, kinds) in [
      ("hpa", [MetricSource.Kind.resource, .pods, .object, .external]), ("keda", [.resource, .query, .queue]),
    ] {
      var configuration = ScalingConfiguration()
      configuration.targets = (0..<random.numbers.number(1...3)).map { random.workload("app-\($0)", kinds) }
      let written = try written(name, configuration)
      #expect(written.leftOut == [], "\(name)")
      let found = try again(name, written)
      #expect(bare(found.targets) == configuration.targets, "\(name)")
      for (one, other) in zip(configuration.targets, found.targets) {
        #expect(try replayed(one) == replayed(other), "\(name)")
      }
    }
  }

  @Test("Random alerts are the same after Prometheus", arguments: 0..<60)
  func ofPrometheus(seed: Int) throws {
    var random = RandomScaling(seed: seed)
    var configuration = ScalingConfiguration()
    configuration.alerts = (0..<random.numbers.number(1...8)).map { random.alert($0) }
    configuration.alerts.sort { $0.group < $1.group }
    let written = try written("prometheus", configuration)
    #expect(written.leftOut == [])
    #expect(bare(try again("prometheus", written).alerts) == configuration.alerts)
  }

  @Test("What a format has no words for is named, and nothing of it is written")
  func leftOut() throws {
    var random = RandomScaling(seed: 7)
    var configuration = ScalingConfiguration()
    configuration.targets = [random.group("web"), random.workload("app", [.pods])]
    configuration.alerts = [random.alert(0)]
    for format in policyExportFormats {
      let written = format.write(ExportedPolicies(origin: Self.origin, configuration: configuration))
      let found = written.isEmpty ? ScalingConfiguration() : try again(format.name, written)
      // Everything is either read again or named.
      let names =
        configuration.targets.flatMap { $0.policies.map(\.name) + $0.actions.map(\.name) }
        + configuration.alerts.map(\.name)
      let read = Set(
        found.targets.flatMap { $0.policies.map(\.name) + $0.actions.map(\.name) } + found.alerts.map(\.name))
      for name in names where !read.contains(name) {
        let isNamed =
          written.leftOut.contains { $0.contains(name) } || written.leftOut.contains { $0.hasPrefix("app: ") }
        let isClock = format.name == "keda" && name.hasPrefix("action")
        #expect(isNamed || isClock, "\(format.name) loses \(name)")
      }
    }
  }

  @Test("Tests for promtool have each alert fire beyond its threshold, and not on the other side")
  func promtool() {
    let expression = AlertExpression(
      AlertExpression.Operand("a", [AlertExpression.Matcher("service", "=", "db")]),
      over: AlertExpression.Operand("b", [AlertExpression.Matcher("service", "=", "db")]), .above, decimal("0.75"))
    var rule = AlertExpressionRule(group: "g", name: "High", expression: expression, duration: TimeSpan(seconds: 300))
    rule.labels = ["severity": "warning"]
    let text = String(decoding: PrometheusPolicies().tests(of: [rule], in: "r.yml"), as: UTF8.self)
    // Over 8: (0.75 + 1) x 8 = 14 is above; below 0.75 - 1 < 0 there is -0.25 x 8 = -2. Five minutes and two more.
    #expect(text.contains("series: \"a{service=\\\"db\\\"}\"\n    values: \"14+0x7\""))
    #expect(text.contains("values: \"-2+0x7\""))
    #expect(text.contains("values: \"8+0x7\""))
    #expect(text.contains("eval_time: 7m"))
    #expect(text.contains("exp_alerts: []"))
  }

  /// What a target's scaling makes of a day of requests, CPU and memory.
  private func replayed(_ target: ScaledTarget) throws -> [Int32] {
    var service = tinyService("app", ["m5.large"])
    (service.minimum, service.maximum) = (target.minimum ?? 1, target.maximum ?? 20)
    service.policies = target.policies
    service.scheduledActions = target.actions
    let start = instant("2026-10-01T00:00:00Z")
    let grid = SampleGrid(period: Period(start: start, end: start.advanced(by: 86_400)), stepSeconds: 60)
    var traffic = ServiceTraffic(on: grid)
    let load = (0..<grid.count).map { Double(200 + ($0 * 37) % 900) }
    traffic.set(.total(.requestsPerSecond), to: load)
    traffic.set(.cpu, to: load.map { $0 / 400 })
    let simulation = ServiceSimulation(service, InstanceCapacity(vcpu: 2, memoryGiB: 8), traffic, ReviewRules())
    return try simulation.replay(.configured, initial: 3).serving
  }
}

/// Scaling of every kind that a format can say, at random.
private struct RandomScaling {
  var numbers: SplitMix64

  init(seed: Int) { numbers = SplitMix64(seed: seed) }

  private mutating func decimalNumber(_ range: ClosedRange<Int64>) -> ScaledDecimal {
    ScaledDecimal(mantissa: numbers.number(range), scale: numbers.number(0...2)).normalised
  }

  private mutating func one<Value>(of values: [Value]) -> Value { values[numbers.number(0...(values.count - 1))] }

  private mutating func maybe<Value>(_ value: Value) -> Value? { numbers.coin() ? value : nil }

  mutating func group(_ name: String) -> ScaledTarget {
    var target = ScaledTarget(name: name)
    // A replay takes one that predicts.
    target.policies = (0..<numbers.number(1...3)).map { number in
      policy("policy-\(number)", of: name, mayPredict: number == 0)
    }
    target.actions = (0..<numbers.number(0...2)).map { action("action-\($0)") }
    return target
  }

  private mutating func action(_ name: String) -> ScheduledAction {
    var action = ScheduledAction()
    action.name = name
    action.recurrence = one(of: ["0 7 * * *", "30 0 1 1,6,12 *", "*/15 8-18 * * MON-FRI"])
    action.timezone = one(of: ["UTC", "Europe/Berlin", "America/New_York"])
    action.minimum = numbers.number(1...3)
    action.maximum = maybe(numbers.number(8...12))
    action.desired = maybe(numbers.number(3...5))
    return action
  }

  private mutating func policy(_ name: String, of group: String, mayPredict: Bool) -> ScalingPolicy {
    var policy = ScalingPolicy()
    policy.name = name
    policy.kind = one(of: [.targetTracking, .step, .simple] + (mayPredict ? [.predictive] : []))
    policy.warmUp = maybe(TimeSpan(seconds: numbers.number(0...600)))
    switch policy.kind {
    case .targetTracking, .hpa:
      policy.target = decimalNumber(1...9_000)
      policy.scalesIn = numbers.coin()
      policy.metric = one(of: [.cpuPercent, .requestsPerSecond])
      if policy.metric == .cpuPercent {
        policy.source = MetricSource(.predefined, "ASGAverageCPUUtilization")
      } else {
        policy.source = MetricSource(.predefined, "ALBRequestCountPerTarget", of: "app/a/1/targetgroup/b/2")
        policy.source?.perMinute = true
      }
    case .predictive:
      policy.target = decimalNumber(10...90)
      policy.metric = .cpuPercent
      policy.source = MetricSource(.predefined, "ASGCPUUtilization")
      policy.lead = TimeSpan(seconds: numbers.number(0...3) * 300)
      policy.bufferPercent = maybe(numbers.number(0...50))
    case .step, .simple: alarm(&policy, group)
    }
    return policy
  }

  private mutating func alarm(_ policy: inout ScalingPolicy, _ group: String) {
    policy.metric = .cpuPercent
    policy.source = MetricSource(
      .custom, "CPUUtilization", namespace: "AWS/EC2", statistic: "Average", dimensions: ["AutoScalingGroupName": group]
    )
    policy.threshold = decimalNumber(1...9_000)
    policy.isBelow = numbers.coin()
    policy.isInclusive = numbers.coin()
    let seconds = one(of: [Int64(10), 30, 60, 120, 300])
    let count = numbers.number(1...12)
    policy.duration = TimeSpan(seconds: seconds * Int64(count))
    policy.period = seconds == 60 ? nil : TimeSpan(seconds: seconds)
    policy.datapoints = count > 1 ? maybe(numbers.number(1...(count - 1))) : nil
    policy.missing = one(of: Condition.MissingSamples.allCases)
    policy.adjustmentType = one(of: ScalingPolicy.AdjustmentKind.allCases)
    policy.minimumMagnitude = policy.adjustmentType == .percentChange ? numbers.number(0...3) : 0
    let sign = policy.isBelow && policy.adjustmentType != .exact ? -1 : 1
    if policy.kind == .simple {
      policy.adjustment = sign * numbers.number(1...5)
      policy.cooldown = maybe(TimeSpan(seconds: numbers.number(0...900)))
      return
    }
    var bound: ScaledDecimal? = policy.isBelow ? nil : decimal("0")
    let last = numbers.number(0...2)
    for index in 0...last {
      var step = ScalingStep()
      step.lower = bound
      let most = policy.isBelow ? -10 * (last - index) : 10 * (index + 1)
      step.upper = policy.isBelow || index < last ? ScaledDecimal(mantissa: Int64(most), scale: 0) : nil
      step.adjustment = sign * (policy.isBelow ? last - index + 1 : index + 1)
      bound = step.upper
      policy.steps.append(step)
    }
  }

  mutating func workload(_ name: String, _ kinds: [MetricSource.Kind]) -> ScaledTarget {
    let isKEDA = kinds.contains(.query)
    var target = ScaledTarget(
      name: name,
      kind: .workload(kind: one(of: ["Deployment", "StatefulSet"]), version: "apps/v1", namespace: maybe("shop")))
    (target.minimum, target.maximum) = (numbers.number(1...3), numbers.number(4...30))
    var policy = ScalingPolicy()
    (policy.name, policy.kind) = ("\(name)-scaler", .hpa)
    let all = (0..<numbers.number(1...3)).map { _ in metric(one(of: kinds), isKEDA) }
    (policy.metric, policy.target, policy.source) = (all[0].metric, all[0].target, all[0].source)
    policy.also = Array(all.dropFirst())
    policy.scaleUp = maybe(behaviour())
    policy.scaleDown = maybe(behaviour())
    if isKEDA { policy.cooldown = maybe(TimeSpan(seconds: numbers.number(0...900))) }
    target.policies = [policy]
    return target
  }

  private mutating func behaviour() -> ScalingBehaviour {
    var behaviour = ScalingBehaviour()
    behaviour.window = maybe(TimeSpan(seconds: numbers.number(0...600)))
    behaviour.select = maybe(one(of: ScalingBehaviour.Selection.allCases))
    behaviour.tolerancePercent = maybe(decimal("5"))
    behaviour.policies = maybe(
      (0..<numbers.number(1...2)).map { _ in
        var limit = ChangeLimit()
        limit.kind = one(of: ChangeLimit.Kind.allCases)
        (limit.value, limit.period) = (numbers.number(1...100), TimeSpan(seconds: numbers.number(15...600)))
        return limit
      })
    return behaviour
  }

  private mutating func metric(_ kind: MetricSource.Kind, _ isKEDA: Bool) -> TrackedMetric {
    let target = decimalNumber(1...900)
    switch kind {
    case .resource:
      let (metric, name) = one(of: [(Metric.cpuPercent, "cpu"), (.memoryPercent, "memory")])
      return TrackedMetric(
        metric: metric, target: ScaledDecimal(mantissa: numbers.number(1...100), scale: 0),
        source: MetricSource(.resource, name))
    case .pods:
      return TrackedMetric(
        metric: .requestsPerSecond, target: target, source: MetricSource(.pods, "requests-per-second"))
    case .object:
      return TrackedMetric(
        metric: Metric("hits"), target: target,
        source: MetricSource(.object, "hits", statistic: "Value", of: "networking.k8s.io/v1/Ingress/main-route"))
    case .external:
      return TrackedMetric(
        metric: Metric("ready"), target: target,
        source: MetricSource(
          .external, "ready", statistic: "AverageValue", dimensions: maybe(["queue": "worker \"tasks\""])))
    case .query:
      return TrackedMetric(
        metric: Metric("http_requests_total"), target: target,
        source: MetricSource(
          .query, "sum(rate(http_requests_total{app=\"a\"}[2m]))", namespace: "http://prometheus:9090",
          statistic: maybe("AverageValue"), dimensions: maybe(["activationThreshold": "5"])))
    default:
      return TrackedMetric(
        metric: .queueDepthItems, target: target,
        source: MetricSource(.queue, "https://sqs/my-queue", of: maybe("keys"), dimensions: ["awsRegion": "eu-west-1"]))
    }
  }

  mutating func alert(_ number: Int) -> AlertExpressionRule {
    func operand(_ name: String) -> AlertExpression.Operand {
      var operand = AlertExpression.Operand(name)
      if numbers.coin() {
        operand.matchers = [AlertExpression.Matcher("service", one(of: ["=", "!=", "=~", "!~"]), "a \"b\" \\ c")]
      }
      if numbers.coin() {
        operand.function = one(of: AlertExpression.Function.allCases)
        operand.window = TimeSpan(seconds: numbers.number(1...9_000))
      }
      operand.aggregation = maybe(one(of: AlertExpression.Aggregation.allCases))
      return operand
    }
    let value = operand("metric_\(number):x")
    let divisor = maybe(operand("other"))
    let expression = AlertExpression(
      value, over: divisor, one(of: AlertExpression.Comparison.allCases), decimalNumber(-900...900))
    var rule = AlertExpressionRule(
      group: "group \(numbers.number(1...3))", name: "Alert\(number)", expression: expression,
      duration: TimeSpan(seconds: numbers.number(0...9_000)))
    if numbers.coin() { rule.labels = ["severity": "warning", "team": "a: b # c"] }
    if numbers.coin() { rule.annotations = ["summary": "{{ $value }} \"high\"\nsecond line"] }
    return rule
  }
}
