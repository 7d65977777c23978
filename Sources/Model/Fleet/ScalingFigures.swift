// The figures of a scaling configuration by name, for whoever changes them where they stand in a file: whole and decimal numbers,
// seconds, and words.

extension ScalingPolicy {
  /// Its figures by their names: `threshold`, `steps[0].lower`.
  package var figures: [String: String] {
    var figures: [String: String] = [:]
    if kind == .hpa {
      for (index, tracked) in tracked.enumerated() { figures["targets[\(index)]"] = "\(tracked.target.normalised)" }
    } else {
      figures["target"] = target.map { "\($0.normalised)" }
    }
    if let threshold {
      let (seconds, count) = alarmPeriods
      figures["threshold"] = "\(threshold.normalised)"
      figures["period"] = "\(seconds)"
      figures["periods"] = "\(count)"
      figures["datapoints"] = datapoints.map { "\($0)" }
    }
    for (index, step) in steps.enumerated() {
      figures["steps[\(index)].lower"] = step.lower.map { "\($0.normalised)" }
      figures["steps[\(index)].upper"] = step.upper.map { "\($0.normalised)" }
      figures["steps[\(index)].adjustment"] = "\(step.adjustment)"
    }
    figures["adjustment"] = adjustment.map { "\($0)" }
    figures["minimum_magnitude"] = minimumMagnitude > 0 ? "\(minimumMagnitude)" : nil
    figures["cooldown"] = cooldown.map { "\($0.seconds)" }
    figures["warm_up"] = warmUp.map { "\($0.seconds)" }
    figures["lead"] = lead.seconds > 0 ? "\(lead.seconds)" : nil
    figures["buffer_percent"] = bufferPercent.map { "\($0)" }
    return figures
  }
}

extension ScheduledAction {
  /// Its counts and when it happens.
  package var figures: [String: String] {
    var figures = ["recurrence": recurrence, "timezone": timezone]
    for (key, count) in [("minimum", minimum), ("maximum", maximum), ("desired", desired)] {
      figures[key] = count.map { "\($0)" }
    }
    return figures
  }
}

extension ScaledTarget {
  /// Its limits.
  package var figures: [String: String] {
    [("minimum", minimum), ("maximum", maximum), ("desired", desired)].reduce(into: [:]) { figures, pair in
      figures[pair.0] = pair.1.map { "\($0)" }
    }
  }
}

extension AlertExpressionRule {
  /// Its expression and how long it must hold.
  package var figures: [String: String] { ["expr": "\(expression)", "for": duration.promText] }
}

extension ScaledDecimal {
  /// To six decimals, which undoes a division that had no end.
  package func multiplied(by factor: Int64) -> ScaledDecimal {
    guard factor != 1 else { return self }
    let product = Int128(mantissa) * Int128(factor)
    guard scale > 6 else { return ScaledDecimal(mantissa: Int64(clamping: product), scale: scale).normalised }
    let rounded = roundedHalfEven(product, dividedBy: widePowerOfTen(min(scale - 6, 30)))
    return ScaledDecimal(mantissa: Int64(clamping: rounded), scale: 6).normalised
  }
}

extension ScaledTarget {
  /// True where the target is, by its name, what another calls so: a service of a fleet and the group of its machines.
  package func isCalled(_ service: String) -> Bool {
    let (own, other) = (name.bareName, service.bareName)
    return own == other || Self.suffixes.contains { own == other + $0 }
  }

  private static let suffixes = ["autoscalinggroup", "scalinggroup", "asg", "group", "deployment", "service"]
}

extension String {
  /// Its letters and digits alone, small.
  fileprivate var bareName: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}
