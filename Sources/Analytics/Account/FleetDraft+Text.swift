import Model

extension FleetDraft {
  /// The fleet file, in YAML: a block for each service and charge, in the order of their names.
  var text: String {
    var lines = [
      "# Made by plimsoll init of what the cloud prints, and yours to edit: guide/fleet-keys.md has every key.",
      "# plimsoll init says later what is new, and adds it where it is asked to; what was edited here stays.",
      "name: \(yamlWord(name))",
    ]
    if !region.isEmpty { lines.append("region: \(yamlWord(region))") }
    if let groupBy { lines.append("group_by: \(yamlWord(groupBy))") }
    if !services.isEmpty { lines += ["services:"] + services.flatMap(\.lines) }
    if !charges.isEmpty { lines += ["charges:"] + charges.flatMap(\.lines) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension FleetDraft.DraftService {
  fileprivate var lines: [String] {
    var lines = ["  - name: \(yamlWord(service.name))"]
    if service.maximum < Service().maximum {
      lines += ["    minimum: \(service.minimum)", "    maximum: \(service.maximum)"]
    }
    if let cooldown { lines.append("    scaling: {cooldown: \(cooldown)s}") }
    if let loadBalancer = service.loadBalancer { lines.append("    load_balancer: \(yamlWord(loadBalancer))") }
    if !namespaces.isEmpty {
      lines.append("    namespaces:")
      lines += namespaces.map { part in
        "      \(yamlWord(part.name)): \(ScaledDecimal(mantissa: part.millionths, scale: 6).normalised)"
      }
    }
    if !service.policies.isEmpty { lines += ["    policies:"] + service.policies.flatMap(\.lines) }
    if !service.scheduledActions.isEmpty {
      lines += ["    scheduled_actions:"] + service.scheduledActions.flatMap(\.lines)
    }
    return lines
  }
}

extension ScalingPolicy {
  fileprivate var lines: [String] {
    let blank = ScalingPolicy()
    var lines = ["      - name: \(yamlWord(name))"]
    func say(_ key: String, _ value: (some CustomStringConvertible)?) {
      if let value { lines.append("        \(key): \(value)") }
    }
    say("kind", kind == blank.kind ? nil : kind.rawValue)
    say("metric", metric.rawValue)
    say("target", target)
    say("threshold", threshold)
    say("below", isBelow ? true : nil)
    say("at_threshold", isInclusive ? true : nil)
    say("for", threshold == nil ? nil : duration)
    say("period", period)
    say("datapoints", datapoints)
    say("missing", missing == blank.missing ? nil : missing.rawValue)
    if !steps.isEmpty { lines += ["        steps:"] + steps.map(\.line) }
    say("adjustment", adjustment)
    say("adjustment_type", adjustmentType == blank.adjustmentType ? nil : adjustmentType.rawValue)
    say("minimum_magnitude", minimumMagnitude > 0 ? minimumMagnitude : nil)
    say("cooldown", cooldown.map { "\($0.seconds)s" })
    say("scale_in", scalesIn ? nil : false)
    say("warm_up", warmUp.map { "\($0.seconds)s" })
    say("lead", lead.seconds > 0 ? "\(lead.seconds)s" : nil)
    say("buffer_percent", bufferPercent)
    return lines
  }
}

extension ScalingStep {
  fileprivate var line: String {
    let bounds = [lower.map { "lower: \($0)" }, upper.map { "upper: \($0)" }].compactMap(\.self)
    return "          - { \((bounds + ["adjustment: \(adjustment)"]).joined(separator: ", ")) }"
  }
}

extension ScheduledAction {
  fileprivate var lines: [String] {
    let counts = [("desired", desired), ("minimum", minimum), ("maximum", maximum)]
    return [
      "      - name: \(yamlWord(name))", "        recurrence: \(yamlPhrase(recurrence))",
      "        timezone: \(yamlWord(timezone))",
    ] + counts.compactMap { key, count in count.map { "        \(key): \($0)" } }
  }
}

extension Charge {
  fileprivate var lines: [String] {
    var lines = ["  - name: \(yamlPhrase(name))", "    service: \(yamlWord(service))"]
    if let price { lines.append("    price: \(yamlWord(price))") }
    if let amount = quantity.amount { lines.append("    quantity: {amount: \(amount)}") }
    if let region { lines.append("    region: \(yamlWord(region))") }
    if let account { lines.append("    account: \(yamlPhrase(account))") }
    if unattached { lines.append("    unattached: true") }
    if let note { lines.append("    note: \(yamlPhrase(note))") }
    return lines
  }
}

/// A text as YAML takes it: as it is where that is a plain word, else in quotes.
private func yamlWord(_ text: String) -> String {
  let isWord =
    text.first?.isLetter == true
    && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
  let meanings = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
  return isWord && !meanings.contains(text.lowercased()) ? text : yamlPhrase(text)
}

/// A text in quotes. YAML takes the strings of JSON.
private func yamlPhrase(_ text: String) -> String { jsonString(text) }
