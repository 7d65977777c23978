// "PutScalingPolicy" of the API references of Amazon EC2 Auto Scaling and of Application Auto Scaling, whose policies have
// their parts in configurations of their own.

import Clouds
import Model

/// A scaling policy as AWS is told of it, before its alarm is known.
struct AWSPolicy {
  var policy = ScalingPolicy()
  /// What is said of it that nothing here is made of, with the reasons.
  var notes: [(what: String, reason: String)] = []
  /// Where its figures stand.
  var nodes: [String: DocumentNode] = [:]
  private let fields: DocumentFields
  private let isOfService: Bool

  init(_ resource: AWSResource) throws(PolicyFault) {
    fields = resource.properties
    isOfService = resource.kind == .servicePolicy
    do throws(PolicyFault) {
      policy.name = try Self.name(of: resource)
    } catch {
      guard case .refused(let reason) = error else { throw error }
      policy.name = resource.id
      notes.append(("its name", reason))
    }
    guard try fields.flag("Enabled") ?? true else { throw .refused("it is disabled") }
    let kind = try fields.text("PolicyType") ?? (isOfService ? "StepScaling" : "SimpleScaling")
    switch kind {
    case "TargetTrackingScaling": try readTracking()
    case "StepScaling": try readSteps()
    case "SimpleScaling" where !isOfService: try readSimple()
    case "PredictiveScaling": try readPrediction()
    default: throw fields.wrong("PolicyType", "TargetTrackingScaling, StepScaling, SimpleScaling or PredictiveScaling")
    }
    if let warmUp = try fields.span("EstimatedInstanceWarmup") {
      policy.warmUp = warmUp
      nodes["warm_up"] = fields["EstimatedInstanceWarmup"]
    }
  }

  static func name(of resource: AWSResource) throws(PolicyFault) -> String {
    if let name = resource.name { return name }
    return try resource.properties.text("PolicyName") ?? resource.id
  }

  // MARK: Kinds

  private mutating func readTracking() throws(PolicyFault) {
    policy.kind = .targetTracking
    let key = isOfService ? "TargetTrackingScalingPolicyConfiguration" : "TargetTrackingConfiguration"
    guard let tracking = try fields.fields(key) else { throw fields.wrong(key, "a mapping") }
    try readMetric(tracking)
    try readTarget(tracking)
    policy.scalesIn = try !(tracking.flag("DisableScaleIn") ?? false)
    let (out, into) = (try tracking.span("ScaleOutCooldown"), try tracking.span("ScaleInCooldown"))
    policy.cooldown = out ?? into
    if let out, let into, out != into {
      notes.append(("ScaleInCooldown \(into)", "a policy has one cooldown, that of scaling out"))
    }
  }

  private mutating func readTarget(_ fields: DocumentFields) throws(PolicyFault) {
    guard let target = try fields.decimal("TargetValue"), target.mantissa > 0 else {
      throw fields.wrong("TargetValue", "a number above 0")
    }
    let divisor = policy.source?.unitsOfOurs ?? 1
    policy.target = Conversion(1, over: divisor).apply(target.mantissa, scale: target.scale)?.normalised
    nodes["target"] = fields["TargetValue"]
  }

  private mutating func readMetric(_ tracking: DocumentFields) throws(PolicyFault) {
    var source: MetricSource
    if let predefined = try tracking.fields("PredefinedMetricSpecification") {
      source = MetricSource(
        .predefined, try predefined.required("PredefinedMetricType"), of: try predefined.text("ResourceLabel"))
    } else if let custom = try tracking.fields("CustomizedMetricSpecification") {
      guard try custom.list("Metrics").isEmpty else {
        throw .refused("it tracks an expression of metrics, not one metric")
      }
      source = try metricSource(custom)
    } else {
      throw tracking.wrong(
        "PredefinedMetricSpecification", "it or \(tracking.scope.word("CustomizedMetricSpecification"))")
    }
    source.perMinute = AWSMetricNames.isPerMinute(source)
    policy.source = source
    policy.metric = AWSMetricNames.metric(of: source)
  }

  private mutating func readSteps() throws(PolicyFault) {
    policy.kind = .step
    var own = fields
    if isOfService {
      guard let steps = try fields.fields("StepScalingPolicyConfiguration") else {
        throw fields.wrong("StepScalingPolicyConfiguration", "a mapping")
      }
      own = steps
      policy.cooldown = try own.span("Cooldown")
      nodes["cooldown"] = own["Cooldown"]
    }
    try readAdjustmentType(own)
    var steps: [WrittenStep] = []
    for (index, step) in try own.list("StepAdjustments").enumerated() {
      var read = ScalingStep()
      read.lower = try step.decimal("MetricIntervalLowerBound")
      read.upper = try step.decimal("MetricIntervalUpperBound")
      guard let adjustment = try step.whole("ScalingAdjustment", -1_000_000...1_000_000) else {
        throw step.wrong("ScalingAdjustment", "a whole number")
      }
      read.adjustment = adjustment
      steps.append(WrittenStep(step: read, fields: step))
      nodes["steps[\(index)].lower"] = step["MetricIntervalLowerBound"]
      nodes["steps[\(index)].upper"] = step["MetricIntervalUpperBound"]
      nodes["steps[\(index)].adjustment"] = step["ScalingAdjustment"]
    }
    guard !steps.isEmpty else { throw own.wrong("StepAdjustments", "a step at least") }
    policy.steps = try sorted(steps)
    let aggregation = try own.text("MetricAggregationType") ?? "Average"
    if aggregation != "Average" {
      notes.append(("MetricAggregationType \(aggregation)", "steps are chosen by the average"))
    }
  }

  private struct WrittenStep {
    var step: ScalingStep
    var fields: DocumentFields
  }

  /// Lowest first, and neither overlapping nor with a gap, as AWS demands.
  private mutating func sorted(_ written: [WrittenStep]) throws(PolicyFault) -> [ScalingStep] {
    var steps = written
    if !zip(steps, steps.dropFirst()).allSatisfy({ $0.step.precedes($1.step) }) {
      steps.sort { $0.step.precedes($1.step) }
      // Their places are no longer those of the file.
      nodes = nodes.filter { !$0.key.hasPrefix("steps") }
    }
    for one in steps {
      if let lower = one.step.lower, let upper = one.step.upper, !lower.isLess(than: upper) {
        throw one.fields.wrong("MetricIntervalUpperBound", "an upper bound above the lower, \(lower)")
      }
    }
    for (one, next) in zip(steps, steps.dropFirst()) where one.step.upper == nil || one.step.upper != next.step.lower {
      if let upper = one.step.upper {
        throw next.fields.wrong("MetricIntervalLowerBound", "\(upper), where the step before ends")
      }
      let begin = next.step.lower.map { "\($0), where the next step begins" } ?? "steps of which one has no lower bound"
      throw one.fields.wrong("MetricIntervalUpperBound", begin)
    }
    return steps.map(\.step)
  }

  private mutating func readSimple() throws(PolicyFault) {
    policy.kind = .simple
    try readAdjustmentType(fields)
    guard let adjustment = try fields.whole("ScalingAdjustment", -1_000_000...1_000_000) else {
      throw fields.wrong("ScalingAdjustment", "a whole number")
    }
    policy.adjustment = adjustment
    policy.cooldown = try fields.span("Cooldown")
    (nodes["adjustment"], nodes["cooldown"]) = (fields["ScalingAdjustment"], fields["Cooldown"])
  }

  private mutating func readAdjustmentType(_ own: DocumentFields) throws(PolicyFault) {
    switch try own.text("AdjustmentType") {
    case "ChangeInCapacity", nil: policy.adjustmentType = .change
    case "PercentChangeInCapacity": policy.adjustmentType = .percentChange
    case "ExactCapacity": policy.adjustmentType = .exact
    default: throw own.wrong("AdjustmentType", "ChangeInCapacity, PercentChangeInCapacity or ExactCapacity")
    }
    policy.minimumMagnitude = try own.whole("MinAdjustmentMagnitude", 0...100_000) ?? 0
    nodes["minimum_magnitude"] = own["MinAdjustmentMagnitude"]
  }

  private mutating func readPrediction() throws(PolicyFault) {
    policy.kind = .predictive
    let key = isOfService ? "PredictiveScalingPolicyConfiguration" : "PredictiveScalingConfiguration"
    guard let prediction = try fields.fields(key) else { throw fields.wrong(key, "a mapping") }
    guard try prediction.text("Mode") == "ForecastAndScale" else { throw .refused("it forecasts and does not scale") }
    let specifications = try prediction.list("MetricSpecifications")
    guard specifications.count == 1, let specification = specifications.first else {
      throw prediction.wrong("MetricSpecifications", "one metric")
    }
    guard let pair = try specification.fields("PredefinedMetricPairSpecification") else {
      throw .refused("it predicts metrics of its owner's or a pair that it names itself")
    }
    let source = MetricSource(
      .predefined, try pair.required("PredefinedMetricType"), of: try pair.text("ResourceLabel"))
    policy.source = source
    policy.metric = AWSMetricNames.metric(of: source)
    try readTarget(specification)
    policy.lead = try prediction.span("SchedulingBufferTime", 0...3600) ?? TimeSpan(seconds: 0)
    nodes["lead"] = prediction["SchedulingBufferTime"]
    if try prediction.text("MaxCapacityBreachBehavior") == "IncreaseMaxCapacity" {
      policy.bufferPercent = try prediction.whole("MaxCapacityBuffer", 0...100) ?? 0
      nodes["buffer_percent"] = prediction["MaxCapacityBuffer"]
    }
  }
}

extension ScalingStep {
  fileprivate func precedes(_ other: ScalingStep) -> Bool {
    guard let own = lower else { return other.lower != nil }
    return other.lower.map { own.isLess(than: $0) } ?? false
  }
}
