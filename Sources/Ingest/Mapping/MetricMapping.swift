import Model

/// The user's mapping: what becomes of the metrics of a source, and which labels name what.
package struct MetricMapping: Hashable, Sendable {
  /// By the name in the source, without labels.
  package var metrics: [String: MetricRule]
  package var labels: LabelRule

  package init(metrics: [String: MetricRule] = [:], labels: LabelRule = LabelRule()) {
    self.metrics = metrics
    self.labels = labels
  }

  /// The mapping that a fleet file carries.
  package init(_ fleet: Fleet) {
    self.init(metrics: fleet.metrics ?? [:], labels: fleet.labels ?? LabelRule())
  }

  /// What becomes of a metric: as the user says, else as is built in, else it stays what it is.
  func rule(_ name: String) -> MetricRule { metrics[name] ?? builtInNames[name] ?? MetricRule() }

  /// The metric that analysis knows by a name of another maker; nil for none.
  package func known(_ name: String) -> Metric? { rule(name).metric.flatMap { $0.isKnown ? $0 : nil } }
}

/// Reads a mapping: a file with `metrics` and `labels` alone, or those of a whole fleet file.
///
/// - Throws: ``DataError`` for all that is wrong, each with its line and key path: whatever a fleet file may not hold
///   either, a name that is no word, a unit that is unknown or does not lead to that of the metric.
package func readMapping(text: String, file: String) throws(DataError) -> MetricMapping {
  let document = try readDocument(text: text, file: file)
  if document[key: "name"] != nil { return MetricMapping(try readFleet(document, file: file)) }
  let reading = DocumentReading(file: file)
  let content = MappingFile.read(document, reading) ?? MappingFile()
  let faults = mappingFaults(content.metrics ?? [:]).filter { !reading.isDoubtful($0.path) }
  guard reading.faults.isEmpty, faults.isEmpty else {
    throw allOf(reading.faults + faults.map { $0.error(in: document, of: file) })
  }
  return MetricMapping(metrics: content.metrics ?? [:], labels: content.labels ?? LabelRule())
}

private struct MappingFile: FleetPart {
  var metrics: [String: MetricRule]?
  var labels: LabelRule?

  static let about = "What becomes of the metrics of a source, and which labels name what."

  static let keys: [FleetKey<MappingFile>] = [
    FleetKey("metrics", \.metrics, "What becomes of metrics with names of other makers, by those names."),
    FleetKey("labels", \.labels, "Which labels name the service and the resource."),
  ]
}

/// Units of metrics are known and lead to those of ours.
func metricUnitsConvert(_ fleet: Fleet) -> [FleetFault] { mappingFaults(fleet.metrics ?? [:]) }

/// Sorted by the names in the source.
private func mappingFaults(_ metrics: [String: MetricRule]) -> [FleetFault] {
  metrics.sorted { $0.key < $1.key }.compactMap { name, rule in
    // Where the rule does not say whether it is a counter, the source may; one of the two must make sense.
    let faults = (rule.counter.map { [$0] } ?? [false, true]).map { unitFault(of: name, rule, isCounter: $0) }
    guard !faults.contains(nil), let fault = faults.compactMap(\.self).first else { return nil }
    let path = fleetRoot.key("metrics").key(name)
    return FleetFault(rule.unit == nil ? path : path.key("unit"), found: fault.found, expected: fault.expected)
  }
}

private func unitFault(of name: String, _ rule: MetricRule, isCounter: Bool) -> UnitFault? {
  do throws(UnitFault) {
    _ = try conversion(from: rule.unit, isCounter: isCounter, to: targetMetric(of: name, rule, isCounter: isCounter))
    return nil
  } catch {
    return error
  }
}

/// Our name for a metric of a source. That of a counter without a rule says that it is a rate: `_per_second` in place of
/// `_total`.
func targetMetric(of name: String, _ rule: MetricRule, isCounter: Bool) -> Metric {
  if let metric = rule.metric { return metric }
  guard isCounter else { return Metric(name) }
  return Metric((name.hasSuffix("_total") ? String(name.dropLast(6)) : name) + "_per_second")
}
