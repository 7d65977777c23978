import Model

extension ScalingPolicy {
  /// Why AWS cannot be told of it; nil where it can.
  func reasonAgainstAWS(on target: ScaledTarget) -> String? {
    if kind == .hpa { return "it is an autoscaler of Kubernetes" }
    if kind == .simple, !target.isGroup { return "only groups have simple policies" }
    if let source, ![.predefined, .custom].contains(source.kind) {
      return "its metric is \(source.kind.rawValue) of Kubernetes, and not published"
    }
    if threshold != nil {
      let (seconds, count) = alarmPeriods
      guard [10, 20, 30].contains(seconds) || seconds % 60 == 0 else { return "no alarm looks every \(seconds) s" }
      guard seconds * Int64(count) <= 604_800 else { return "no alarm looks at more than a week" }
      guard Int64(count) * seconds == duration.seconds else { return "its time is no whole number of periods" }
    }
    return nil
  }

  private var adjustmentProperties: [(String, ExportedJSON)] {
    let word =
      switch adjustmentType {
      case .change: "ChangeInCapacity"
      case .percentChange: "PercentChangeInCapacity"
      case .exact: "ExactCapacity"
      }
    return [("AdjustmentType", .string(word))]
      + (minimumMagnitude > 0 ? [("MinAdjustmentMagnitude", .number(minimumMagnitude))] : [])
  }

  private var stepProperties: [(String, ExportedJSON)] {
    let written = steps.map { step -> ExportedJSON in
      let bounds = [("MetricIntervalLowerBound", step.lower), ("MetricIntervalUpperBound", step.upper)]
      return .object(
        bounds.compactMap { key, bound in bound.map { (key, literal($0)) } }
          + [("ScalingAdjustment", .number(step.adjustment))])
    }
    return adjustmentProperties
      + [("MetricAggregationType", .string("Average")), ("StepAdjustments", .array(written))]
  }

  /// As a group's policy has them.
  var groupProperties: [(String, ExportedJSON)] {
    let warmth = warmUp.map { [("EstimatedInstanceWarmup", ExportedJSON.number(Int($0.seconds)))] } ?? []
    switch kind {
    case .targetTracking, .hpa:
      return [
        ("PolicyType", .string("TargetTrackingScaling")), ("TargetTrackingConfiguration", .object(trackingProperties)),
      ] + warmth
    case .step: return [("PolicyType", .string("StepScaling"))] + stepProperties + warmth
    case .simple:
      let wait = cooldown.map { [("Cooldown", ExportedJSON.number(Int($0.seconds)))] } ?? []
      return [("PolicyType", .string("SimpleScaling"))] + adjustmentProperties
        + [("ScalingAdjustment", .number(adjustment ?? 0))] + wait + warmth
    case .predictive:
      return [
        ("PolicyType", .string("PredictiveScaling")), ("PredictiveScalingConfiguration", .object(predictionProperties)),
      ] + warmth
    }
  }

  /// As the policy of what else is scaled has them.
  var serviceProperties: [(String, ExportedJSON)] {
    let wait = cooldown.map { ExportedJSON.number(Int($0.seconds)) }
    switch kind {
    case .targetTracking, .simple, .hpa:
      let waits = wait.map { [("ScaleOutCooldown", $0), ("ScaleInCooldown", $0)] } ?? []
      return [
        ("PolicyType", .string("TargetTrackingScaling")),
        ("TargetTrackingScalingPolicyConfiguration", .object(trackingProperties + waits)),
      ]
    case .step:
      let own = stepProperties + (wait.map { [("Cooldown", $0)] } ?? [])
      return [("PolicyType", .string("StepScaling")), ("StepScalingPolicyConfiguration", .object(own))]
    case .predictive:
      return [
        ("PolicyType", .string("PredictiveScaling")),
        ("PredictiveScalingPolicyConfiguration", .object(predictionProperties)),
      ]
    }
  }

  private var trackingProperties: [(String, ExportedJSON)] {
    let metric: (String, ExportedJSON)
    if let source, source.kind == .predefined {
      metric = ("PredefinedMetricSpecification", .object(source.predefinedProperties))
    } else {
      metric = ("CustomizedMetricSpecification", .object(usedSource.properties))
    }
    return [metric, ("TargetValue", literal(writtenTarget))]
      + (scalesIn ? [] : [("DisableScaleIn", .literal("true"))])
  }

  private var predictionProperties: [(String, ExportedJSON)] {
    let pair = ("PredefinedMetricPairSpecification", ExportedJSON.object((source ?? usedSource).predefinedProperties))
    let specification = ExportedJSON.object([("TargetValue", literal(writtenTarget)), pair])
    var properties: [(String, ExportedJSON)] = [
      ("MetricSpecifications", .array([specification])), ("Mode", .string("ForecastAndScale")),
    ]
    if lead.seconds > 0 { properties.append(("SchedulingBufferTime", .number(Int(lead.seconds)))) }
    if let bufferPercent {
      properties.append(("MaxCapacityBreachBehavior", .string("IncreaseMaxCapacity")))
      properties.append(("MaxCapacityBuffer", .number(bufferPercent)))
    }
    return properties
  }

  /// The target in the unit of its source: requests are counted by the minute there.
  private var writtenTarget: ScaledDecimal {
    let target = target ?? ScaledDecimal(mantissa: 0, scale: 0)
    return source.map { target.multiplied(by: $0.unitsOfOurs) } ?? target
  }

  private var usedSource: MetricSource {
    source ?? MetricSource(.custom, metric.rawValue, namespace: "Plimsoll", statistic: "Average")
  }

  /// The alarm that sets it off, but for what it is called and does.
  var alarmProperties: [(String, ExportedJSON)] {
    let (seconds, count) = alarmPeriods
    let comparison = "\(isBelow ? "Less" : "Greater")Than\(isInclusive ? "OrEqualTo" : "")Threshold"
    var properties: [(String, ExportedJSON)] = [
      ("ComparisonOperator", .string(comparison)),
      ("Threshold", literal(threshold ?? ScaledDecimal(mantissa: 0, scale: 0))),
      ("Period", .number(Int(seconds))), ("EvaluationPeriods", .number(count)),
    ]
    if let datapoints { properties.append(("DatapointsToAlarm", .number(datapoints))) }
    if missing != .missing { properties.append(("TreatMissingData", .string(missing.rawValue))) }
    return properties + usedSource.alarmProperties
  }
}

extension MetricSource {
  var predefinedProperties: [(String, ExportedJSON)] {
    [("PredefinedMetricType", .string(name))] + (of.map { [("ResourceLabel", .string($0))] } ?? [])
  }

  /// Name, namespace, dimensions and statistic.
  var properties: [(String, ExportedJSON)] { named + [("Statistic", .string(statistic ?? "Average"))] }

  fileprivate var alarmProperties: [(String, ExportedJSON)] {
    let statistic = statistic ?? "Average"
    let isPlain = ["Average", "Sum", "SampleCount", "Minimum", "Maximum"].contains(statistic)
    return named + [(isPlain ? "Statistic" : "ExtendedStatistic", .string(statistic))]
  }

  private var named: [(String, ExportedJSON)] {
    let dimensions = (dimensions ?? [:]).sorted { $0.key < $1.key }.map { key, value in
      ExportedJSON.object([("Name", .string(key)), ("Value", .string(value))])
    }
    return [("MetricName", .string(name)), ("Namespace", .string(namespace ?? "Plimsoll"))]
      + (dimensions.isEmpty ? [] : [("Dimensions", .array(dimensions))])
  }
}
