// "PutMetricAlarm", Amazon CloudWatch API reference.

import Clouds
import Model

/// An alarm of CloudWatch on one metric.
struct AWSAlarm {
  var name: String
  /// What it acts on: ids or ARNs of policies among them.
  var actions: [String]
  var place: Place
  var source: MetricSource
  var threshold: ScaledDecimal
  var isBelow, isInclusive: Bool
  var periodSeconds: Int64
  var periods: Int
  var datapoints: Int?
  var missing: Condition.MissingSamples
  /// Where its figures stand: threshold, period, periods, datapoints.
  var nodes: [String: DocumentNode]

  init(_ resource: AWSResource) throws(PolicyFault) {
    let fields = resource.properties
    name = try orNone { () throws(PolicyFault) in try fields.text("AlarmName") } ?? resource.name ?? resource.id
    actions = []
    for action in fields["AlarmActions"].map({ $0.isList ? $0.elements : [$0] }) ?? [] {
      // Of topics and the like, which set off no policy, it does not matter what only the cloud works out.
      guard let id = try orNone({ () throws(PolicyFault) in try fields.scope.text(action, "AlarmActions") }) else {
        continue
      }
      actions.append(id)
    }
    place = resource.place
    guard try fields.flag("ActionsEnabled") ?? true else { throw .refused("its actions are disabled") }
    guard try fields.list("Metrics").isEmpty else {
      throw .refused("it is on an expression of metrics, not on one metric")
    }
    source = try metricSource(fields)
    guard let threshold = try fields.decimal("Threshold") else { throw fields.wrong("Threshold", "a number") }
    self.threshold = threshold
    (isBelow, isInclusive) = try Self.comparison(fields)
    guard let period = try fields.whole("Period", 1...604_800) else {
      throw fields.wrong("Period", "a number of seconds")
    }
    periodSeconds = Int64(period)
    guard let periods = try fields.whole("EvaluationPeriods", 1...10_080) else {
      throw fields.wrong("EvaluationPeriods", "a whole number")
    }
    self.periods = periods
    let needed = try fields.whole("DatapointsToAlarm", 1...periods)
    datapoints = needed == periods ? nil : needed
    missing = try Self.treatment(fields)
    nodes = [:]
    for (key, figure) in Self.figures { nodes[figure] = fields[key] }
  }

  private static let figures = [
    "Threshold": "threshold", "Period": "period", "EvaluationPeriods": "periods", "DatapointsToAlarm": "datapoints",
  ]

  private static func comparison(_ fields: DocumentFields) throws(PolicyFault) -> (isBelow: Bool, isInclusive: Bool) {
    switch try fields.required("ComparisonOperator") {
    case "GreaterThanThreshold": return (false, false)
    case "GreaterThanOrEqualToThreshold": return (false, true)
    case "LessThanThreshold": return (true, false)
    case "LessThanOrEqualToThreshold": return (true, true)
    case let other where other.contains("LowerOrGreater") || other.hasSuffix("UpperThreshold"):
      throw .refused("it is on a band that CloudWatch learns")
    default:
      throw fields.wrong("ComparisonOperator", "one of GreaterThanThreshold, LessThanThreshold and both OrEqualTo")
    }
  }

  private static func treatment(_ fields: DocumentFields) throws(PolicyFault) -> Condition.MissingSamples {
    guard let text = try fields.text("TreatMissingData") else { return .missing }
    guard let treatment = Condition.MissingSamples(rawValue: text) else {
      throw fields.wrong(
        "TreatMissingData", "one of \(Condition.MissingSamples.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return treatment
  }

  /// Puts what it watches into the policy that it sets off.
  func complete(_ policy: inout ScalingPolicy) {
    policy.metric = AWSMetricNames.metric(of: source)
    policy.source = source
    policy.threshold = threshold
    (policy.isBelow, policy.isInclusive) = (isBelow, isInclusive)
    policy.duration = TimeSpan(seconds: periodSeconds * Int64(periods))
    policy.period = TimeSpan(seconds: periodSeconds)
    if policy.alarmPeriods.seconds == periodSeconds, periodSeconds == 60 { policy.period = nil }
    policy.datapoints = datapoints
    policy.missing = missing
    policy.settle()
  }
}

/// nil for what only the cloud works out.
private func orNone(_ body: () throws(PolicyFault) -> String?) throws(PolicyFault) -> String? {
  do throws(PolicyFault) { return try body() } catch {
    guard case .refused = error else { throw error }
    return nil
  }
}

extension DocumentNode {
  fileprivate var isList: Bool { if case .list = content { true } else { false } }
}

/// A metric as alarms and custom specifications name it.
func metricSource(_ fields: DocumentFields) throws(PolicyFault) -> MetricSource {
  var source = MetricSource(.custom, try fields.required("MetricName"), namespace: try fields.text("Namespace"))
  if try fields.text("Namespace") == nil { throw fields.wrong("Namespace", "a text") }
  let (plain, extended) = (try fields.text("Statistic"), try fields.text("ExtendedStatistic"))
  source.statistic = extended ?? plain ?? "Average"
  var dimensions: [String: String] = [:]
  for dimension in try fields.list("Dimensions") {
    let (name, value) = (try dimension.required("Name"), try dimension.required("Value"))
    guard dimensions.updateValue(value, forKey: name) == nil else {
      throw dimension.wrong("Name", "each dimension once")
    }
  }
  if !dimensions.isEmpty { source.dimensions = dimensions }
  return source
}
