import Model

/// The keys of the fleet file by which a service's scaling differs, as the file has them and as they are to be.
func keysTable(_ name: String, _ present: Service, _ tuned: Service) -> ReportTable {
  let changed = zip(scalingKeys(present), scalingKeys(tuned)).filter { $0.1 != $1.1 }
  return ReportTable(
    "\(name)-fleet-keys",
    columns: [.text("key", "In the fleet file, of \(name)"), .text("present", "Has"), .text("tuned", "Write")],
    rows: changed.map { old, new in [.code(new.key), .code(old.value), .code(new.value)] })
}

/// What differs, in few words: `minimum 3, scale_out cpu_percent > 60% for 3min`; nothing where nothing does.
func settingsText(_ service: Service, beside present: Service) -> String {
  var words: [String] = []
  if service.minimum != present.minimum { words.append("minimum \(service.minimum)") }
  if service.maximum != present.maximum { words.append("maximum \(service.maximum)") }
  words += conditionTexts("scale_out", service.scaling.scaleOut, present.scaling.scaleOut)
  words += conditionTexts("scale_in", service.scaling.scaleIn, present.scaling.scaleIn)
  if service.scaling.cooldown != present.scaling.cooldown { words.append("cooldown \(service.scaling.cooldown)") }
  for policy in service.policies {
    guard let own = present.policies.first(where: { $0.name == policy.name }) else {
      words.append("only \(policy.metric.rawValue) at \(policy.target.map { "\($0.normalised)" } ?? "none")")
      continue
    }
    var parts: [String] = []
    if policy.target?.normalised != own.target?.normalised, let target = policy.target {
      parts.append("target \(target.normalised)")
    }
    if policy.threshold?.normalised != own.threshold?.normalised, let limit = policy.threshold {
      parts.append("threshold \(limit.normalised)")
    }
    if policy.duration != own.duration { parts.append("for \(policy.duration)") }
    if policy.adjustments != own.adjustments {
      parts.append("steps " + policy.adjustments.map(String.init).joined(separator: "/"))
    }
    if !parts.isEmpty { words.append("\(policy.name) \(parts.joined(separator: " "))") }
  }
  return words.joined(separator: ", ")
}

private func conditionTexts(_ side: String, _ new: [MetricCondition], _ old: [MetricCondition]) -> [String] {
  zip(new, old).filter { $0.condition != $1.condition }.map { part, _ in
    "\(side) \(part.metric.rawValue) \(part.condition)"
  }
}

/// The keys of a service that tuning may set, each in a line of YAML.
private func scalingKeys(_ service: Service) -> [(key: String, value: String)] {
  [
    ("minimum", "\(service.minimum)"), ("maximum", "\(service.maximum)"),
    ("scaling.scale_out", flowText(service.scaling.scaleOut.map(\.node))),
    ("scaling.scale_in", flowText(service.scaling.scaleIn.map(\.node))),
    ("scaling.cooldown", "\(service.scaling.cooldown)"),
    ("policies", flowText(service.policies.map { $0.written })),
  ]
}

extension ScalingPolicy {
  /// The keys that a file must have for it, and no others.
  fileprivate var written: DocumentNode? {
    guard case .mapping(let entries)? = node?.content, case .mapping(let blank)? = ScalingPolicy().node?.content else {
      return node
    }
    return DocumentNode(.mapping(entries.filter { entry in !blank.contains { $0 == entry } }))
  }
}

private func flowText(_ nodes: [DocumentNode?]) -> String {
  "[" + nodes.compactMap { $0.map(flowText) }.joined(separator: ", ") + "]"
}

/// In YAML's flow style, which is on one line.
private func flowText(_ node: DocumentNode) -> String {
  switch node.content {
  case .scalar(let text, let isPlain):
    isPlain || text.isPlainWord || ScaledDecimal(text) != nil ? text : jsonString(text)
  case .list(let elements): "[" + elements.map(flowText).joined(separator: ", ") + "]"
  case .mapping(let entries):
    "{ " + entries.map { "\($0.key): \(flowText($0.value))" }.joined(separator: ", ") + " }"
  }
}

extension String {
  /// True for a word that YAML takes for itself without quotes.
  fileprivate var isPlainWord: Bool {
    first?.isLetter == true && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
      && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(lowercased())
  }
}
