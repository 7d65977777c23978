import Model

/// YAML of Kubernetes' objects for a policy of the kind `hpa`.
struct KubernetesPolicyText {
  var target: ScaledTarget

  /// A name of an object, which may hold small letters, digits, hyphens and points.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 253
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
  }

  /// `metadata` of an object.
  func metadata(_ name: String) -> [String] {
    var lines = ["metadata:", "  name: \(name)"]
    if case .workload(_, _, let namespace?) = target.kind { lines.append("  namespace: \(jsonString(namespace))") }
    return lines
  }

  /// The reference to what is scaled.
  var reference: [String] {
    var lines = ["  scaleTargetRef:"]
    if case .workload(let kind, let version, _) = target.kind {
      if let version { lines.append("    apiVersion: \(version)") }
      lines.append("    kind: \(kind)")
    } else {
      lines += ["    apiVersion: apps/v1", "    kind: Deployment"]
    }
    return lines + ["    name: \(jsonString(target.name))"]
  }

  /// `behavior` at an indent; empty for none.
  static func behaviour(of policy: ScalingPolicy, indent: String) -> [String] {
    let sides = [("scaleUp", policy.scaleUp), ("scaleDown", policy.scaleDown)].compactMap { key, side in
      side.map { (key, $0) }
    }
    guard !sides.isEmpty else { return [] }
    return ["\(indent)behavior:"]
      + sides.flatMap { key, side in
        let lines = side.lines.map { "\(indent)    \($0)" }
        return lines.isEmpty ? ["\(indent)  \(key): {}"] : ["\(indent)  \(key):"] + lines
      }
  }
}

extension ScalingBehaviour {
  fileprivate var lines: [String] {
    var lines: [String] = []
    if let window { lines.append("stabilizationWindowSeconds: \(window.seconds)") }
    if let select { lines.append("selectPolicy: \(select.rawValue)") }
    if let tolerancePercent {
      let share = ScaledDecimal(mantissa: tolerancePercent.mantissa, scale: tolerancePercent.scale + 2).normalised
      lines.append("tolerance: \(jsonString("\(share)"))")
    }
    guard let policies else { return lines }
    guard !policies.isEmpty else { return lines + ["policies: []"] }
    lines.append("policies:")
    for limit in policies {
      lines += [
        "- type: \(limit.kind.rawValue)", "  value: \(limit.value)", "  periodSeconds: \(limit.period.seconds)",
      ]
    }
    return lines
  }
}
