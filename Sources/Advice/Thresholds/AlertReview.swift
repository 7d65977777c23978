// Alert rules of a monitoring server held against history. What a rule's metric is here, the fleet's alert of the same name
// says, else the mapping of names and the label that names a service. What becomes of samples within a time is worked out on
// the grid: a time shorter than a slot is the slot's own sample.

import Analysis
import Model

/// Why an alert rule was not held against history.
package enum AlertRefusal: Error, Hashable, Sendable {
  /// Its metric is none of ours, and no alert of the fleet file has its name.
  case unknownMetric(String)
  /// Nothing says which service it watches.
  case noService(String)
  /// What its label `service` says is none of the fleet's.
  case strangeService(String)
  /// A share of two, of which the fleet file does not say what it is.
  case unknownShare(String)
  /// What it makes of its samples cannot be made of ours.
  case unmade(String)
}

/// An alert rule, and when it fired.
package struct AlertFinding: Sendable {
  package var rule: AlertExpressionRule
  package var result: Result<ThresholdFinding, AlertRefusal>
}

/// Alert rules held against a month.
package struct AlertReview {
  private let context: AdviceContext
  private let metrics: [String: Metric]

  /// - Parameter metrics: ours by the names that rules use, where these are others.
  package init(_ context: AdviceContext, metrics: [String: Metric]) {
    self.context = context
    self.metrics = metrics
  }

  /// In the order of the rules.
  /// - Throws: ``DataError`` when samples cannot be read, or a type that ran has no specification.
  package func findings(_ rules: [AlertExpressionRule]) throws(DataError) -> [AlertFinding] {
    var measures: [String: ServiceMeasures] = [:]
    var findings: [AlertFinding] = []
    for rule in rules {
      let watched: Watched
      do throws(AlertRefusal) {
        watched = try self.watched(by: rule)
      } catch {
        findings.append(AlertFinding(rule: rule, result: .failure(error)))
        continue
      }
      let known = measures[watched.service.name]
      let measure = if let known { known } else { try ServiceMeasures(watched.service, context) }
      measures[watched.service.name] = measure
      findings.append(AlertFinding(rule: rule, result: .success(try finding(watched, measure, rule.expression))))
    }
    return findings
  }

  private func finding(
    _ watched: Watched, _ measures: ServiceMeasures, _ expression: AlertExpression
  ) throws(DataError) -> ThresholdFinding {
    var finding = ThresholdFinding(
      scope: watched.service.name, metric: watched.metric, severity: watched.severity, condition: watched.condition,
      episodes: [], coverage: Coverage(seen: 0, expected: context.grid.count))
    _ = try finding.judge(on: context.grid) { condition throws(DataError) in
      guard case .values(var values) = try measures.values(watched.metric, condition) else {
        return try measures.values(watched.metric, condition)
      }
      if let function = expression.value.function, let window = expression.value.window {
        values.values = smoothed(values.values, by: function, window)
      }
      return .values(values)
    }
    return finding
  }

  // MARK: What a rule watches

  private struct Watched {
    var service: Service
    var metric: Metric
    var condition: Condition
    var severity: Severity
  }

  private func watched(by rule: AlertExpressionRule) throws(AlertRefusal) -> Watched {
    let operand = rule.expression.value
    if let function = operand.function, ![.average, .most, .least, .rate].contains(function) {
      throw .unmade("\(function.rawValue)")
    }
    if let aggregation = operand.aggregation, aggregation != .avg, aggregation != .sum {
      throw .unmade(aggregation.rawValue)
    }
    let severity = Severity(rawValue: rule.labels["severity"] ?? "") ?? .warning
    if let alert = context.fleet.alerts.first(where: { $0.name == rule.name }),
      let service = context.fleet.service(alert.service)
    {
      let condition = try condition(rule, alert.metric, alert.condition)
      return Watched(service: service, metric: alert.metric, condition: condition, severity: severity)
    }
    let own = Metric(operand.metric)
    let isCount = own == .instances && rule.expression.divisor == nil
    guard let metric = metrics[operand.metric] ?? (own.isKnown || isCount ? own : nil) else {
      throw .unknownMetric(operand.metric)
    }
    let labels = operand.matchers.filter { $0.sign == "=" }
    let names = (labels.map(\.value) + [rule.labels["service"]].compactMap(\.self))
    guard let service = names.lazy.compactMap({ context.fleet.service($0) }).first else {
      if let said = labels.first(where: { $0.label == "service" })?.value ?? rule.labels["service"] {
        throw .strangeService(said)
      }
      throw .noService(operand.metric)
    }
    return Watched(service: service, metric: metric, condition: try condition(rule, metric, nil), severity: severity)
  }

  /// The rule's comparison as a condition on our metric.
  /// - Parameter like: the fleet's own on the same, which says what the number is of.
  private func condition(
    _ rule: AlertExpressionRule, _ metric: Metric, _ like: Condition?
  ) throws(AlertRefusal) -> Condition {
    let expression = rule.expression
    var basis = ""
    var threshold = expression.threshold
    if case .percentOf(let limit)? = like?.basis { basis = " of \(limit)" }
    if like?.basis == .perInstance || expression.divisor?.metric == Metric.instances.rawValue {
      basis = " per instance"
    }
    if let divisor = expression.divisor, divisor.metric != Metric.instances.rawValue {
      // A share of one: percent here.
      guard like != nil, metric.unit == .percent || basis.hasPrefix(" of") else { throw .unknownShare("\(divisor)") }
      threshold = threshold.timesHundred
    }
    if expression.comparison == .atLeast { threshold = threshold.nudged(by: -1) }
    if expression.comparison == .atMost { threshold = threshold.nudged(by: 1) }
    let isAbove = expression.comparison == .above || expression.comparison == .atLeast
    let unit = basis.hasPrefix(" of") ? "%" : metric.unit.written
    let statistic = like?.statistic.map { " \($0.rawValue)" } ?? ""
    let time = rule.duration.seconds > 0 ? " for \(rule.duration)" : ""
    guard threshold.mantissa >= 0,
      let condition = Condition("\(isAbove ? ">" : "<") \(threshold)\(unit)\(statistic)\(basis)\(time)")
    else { throw .unmade("\(expression)") }
    return condition
  }

  /// What a function makes of the slots within a time before each, itself included.
  private func smoothed(_ values: [Double?], by function: AlertExpression.Function, _ window: TimeSpan) -> [Double?] {
    let slots = Int(max(1, min(Int64(values.count), window.seconds / max(1, context.grid.stepSeconds))))
    guard slots > 1 else { return values }
    return values.indices.map { index in
      let within = values[max(0, index - slots + 1)...index].compactMap(\.self)
      guard !within.isEmpty else { return nil }
      switch function {
      case .most: return within.max()
      case .least: return within.min()
      default: return within.reduce(0, +) / Double(within.count)
      }
    }
  }
}

extension Metric {
  /// How many of a service run: what exported rules divide by, and no metric that is imported.
  static let instances = Metric("instances")
}

extension ScaledDecimal {
  fileprivate var timesHundred: ScaledDecimal {
    if scale >= 2 { return ScaledDecimal(mantissa: mantissa, scale: scale - 2) }
    let (product, isBeyond) = mantissa.multipliedReportingOverflow(by: scale == 1 ? 10 : 100)
    return ScaledDecimal(mantissa: isBeyond ? .max : product, scale: 0)
  }

  /// By a part in 10^9, which no sample resolves.
  fileprivate func nudged(by parts: Int64) -> ScaledDecimal {
    guard scale <= 9 else { return self }
    let (widened, isBeyond) = mantissa.multipliedReportingOverflow(by: powerOfTen(9 - scale))
    return isBeyond ? self : ScaledDecimal(mantissa: widened + parts, scale: 9)
  }
}

extension Metric.Unit {
  /// As a condition has it.
  fileprivate var written: String {
    switch self {
    case .percent: "%"
    case .milliseconds: "ms"
    case .seconds: "s"
    case .perSecond: "/s"
    case .perMinute: "% per minute"
    case .count: " items"
    }
  }
}
