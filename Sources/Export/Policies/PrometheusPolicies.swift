// "Alerting rules" and "Unit testing for rules", Prometheus documentation.

import Model

/// Alert rules of Prometheus.
package struct PrometheusPolicies: PolicyExportFormat {
  package let name = "prometheus"
  package let summary = "Alert rules of Prometheus for thresholds, scaling rules and alerts"
  package init() {}

  package func write(_ policies: ExportedPolicies) -> WrittenPolicies {
    let all = policies.configuration
    let leftOut = all.targets.flatMap { target in
      target.policies.map { "policy \($0.name) of \(target.name): Prometheus watches, and scales nothing" }
        + target.actions.map { "scheduled action \($0.name) of \(target.name): Prometheus scales nothing" }
    }
    let text = "# \(oneLine(policies.origin))\n" + groups(all.alerts)
    return WrittenPolicies(bytes: Array(text.utf8), leftOut: leftOut, isEmpty: all.alerts.isEmpty)
  }

  /// Rules of one group stand together, groups in the order of their first.
  private func groups(_ alerts: [AlertExpressionRule]) -> String {
    guard !alerts.isEmpty else { return "groups: []\n" }
    var names: [String] = []
    var byName: [String: [AlertExpressionRule]] = [:]
    for alert in alerts {
      if byName[alert.group] == nil { names.append(alert.group) }
      byName[alert.group, default: []].append(alert)
    }
    let lines = names.flatMap { name in
      ["- name: \(jsonString(name))", "  rules:"] + (byName[name] ?? []).flatMap(rule)
    }
    return (["groups:"] + lines).joined(separator: "\n") + "\n"
  }

  private func rule(_ alert: AlertExpressionRule) -> [String] {
    var lines = ["  - alert: \(alert.name.yamlName)", "    expr: \(jsonString("\(alert.expression)"))"]
    if alert.duration.seconds > 0 { lines.append("    for: \(alert.duration.promText)") }
    lines += pairs("labels", alert.labels) + pairs("annotations", alert.annotations)
    return lines
  }

  private func pairs(_ key: String, _ texts: [String: String]) -> [String] {
    guard !texts.isEmpty else { return [] }
    return ["    \(key):"]
      + texts.sorted { $0.key < $1.key }.map { "      \($0.key.yamlName): \(jsonString($0.value))" }
  }

  // MARK: Tests

  /// A file for `promtool test rules`: each rule alone, with samples beyond its threshold, after which it fires, and with samples on the other
  /// side, after which it does not.
  /// - Parameter file: the rules, as the tests find them.
  package func tests(of alerts: [AlertExpressionRule], in file: String) -> [UInt8] {
    var lines = ["rule_files:", "- \(jsonString(file))", "evaluation_interval: 1m", "tests:"]
    for alert in alerts {
      for fires in [true, false] {
        guard let series = AlertSeries(alert, fires: fires) else { continue }
        lines += ["- interval: 1m", "  input_series:"]
        lines += series.lines.flatMap {
          ["  - series: \(jsonString($0.name))", "    values: \(jsonString($0.values))"]
        }
        lines += [
          "  alert_rule_test:", "  - eval_time: \(series.minutes)m", "    alertname: \(alert.name.yamlName)",
        ]
        lines += fires ? firing(alert, series.labels) : ["    exp_alerts: []"]
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func firing(_ alert: AlertExpressionRule, _ labels: [String: String]) -> [String] {
    let all = labels.merging(alert.labels) { _, own in own }
    var lines = ["    exp_alerts:"]
    let texts = [("exp_labels", all), ("exp_annotations", alert.annotations)].filter { !$0.1.isEmpty }
    guard !texts.isEmpty else { return lines + ["    - exp_labels: {}"] }
    for (place, part) in texts.enumerated() {
      lines.append("\(place == 0 ? "    - " : "      ")\(part.0):")
      lines += part.1.sorted { $0.key < $1.key }.map { "        \($0.key.yamlName): \(jsonString($0.value))" }
    }
    return lines
  }
}

/// Series on one side of an alert's threshold, a sample a minute.
private struct AlertSeries {
  private(set) var lines: [(name: String, values: String)] = []
  /// Of the result, but for the alert's own.
  private(set) var labels: [String: String] = [:]
  /// When it is asked: long enough for the time it must hold and those that it looks back at.
  let minutes: Int

  /// nil for an alert of which no such series is made: with labels by expression, or annotations that quote them.
  init?(_ alert: AlertExpressionRule, fires: Bool) {
    let expression = alert.expression
    let operands = [expression.value, expression.divisor].compactMap(\.self)
    guard operands.allSatisfy({ $0.matchers.allSatisfy { $0.sign == "=" } && $0.aggregation != .count }),
      !(Array(alert.annotations.values) + alert.labels.values).contains(where: { $0.contains("{{") }),
      expression.divisor.map({ $0.metric != expression.value.metric }) ?? true
    else { return nil }
    let window = operands.compactMap(\.window).map(\.seconds).max() ?? 0
    minutes = Int(min(100_000, (alert.duration.seconds + window + 59) / 60 + 2))
    let isAbove = expression.comparison == .above || expression.comparison == .atLeast
    let threshold = expression.threshold.double
    let step = max(1, threshold.magnitude)
    let wanted = isAbove == fires ? threshold + step : threshold - step
    guard wanted >= 0 || expression.value.function.map({ ![.rate, .irate, .increase].contains($0) }) ?? true else {
      return nil
    }
    for (index, operand) in operands.enumerated() {
      let value = index == 0 ? wanted * (expression.divisor == nil ? 1 : 8) : 8
      lines.append((operand.selector, values(operand, value)))
    }
    if expression.value.aggregation == nil {
      for matcher in expression.value.matchers { labels[matcher.label] = matcher.value }
    }
  }

  private func values(_ operand: AlertExpression.Operand, _ value: Double) -> String {
    let window = Double(operand.window?.seconds ?? 60)
    switch operand.function {
    case .rate?, .irate?: return "0+\(number(value * 60))x\(minutes)"
    case .increase?: return "0+\(number(value * 60 / window))x\(minutes)"
    case .sum?: return "\(number(value / max(1, window / 60)))+0x\(minutes)"
    default: return "\(number(value))+0x\(minutes)"
    }
  }

  private func number(_ value: Double) -> String {
    // Without an exponent; a part in 10^9 is nothing beside a threshold.
    let thousandths = wholeNumber((value * 1000).rounded())
    return "\(ScaledDecimal(mantissa: Int64(thousandths), scale: 3).normalised)"
  }
}

extension AlertExpression.Operand {
  /// Metric and labels, without what is made of them.
  fileprivate var selector: String {
    var bare = self
    (bare.aggregation, bare.function, bare.window) = (nil, nil, nil)
    return bare.description
  }
}

extension String {
  /// As it is where it is a plain name, else in quotes.
  fileprivate var yamlName: String {
    let isName = first?.isLetter == true && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let meanings = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    return isName && !meanings.contains(lowercased()) ? self : jsonString(self)
  }
}
