import Model

/// How the series of a file get their names in the store.
package struct SeriesNaming: Sendable {
  /// What the options give where the file says nothing.
  package var service: String?
  package var resource: String?
  package var metric: String?
  package var mapping: MetricMapping
  /// From the inventory.
  package var serviceOfResource: [String: String]

  package init(
    service: String? = nil, resource: String? = nil, metric: String? = nil, mapping: MetricMapping = MetricMapping(),
    serviceOfResource: [String: String] = [:]
  ) {
    self.service = service
    self.resource = resource
    self.metric = metric
    self.mapping = mapping
    self.serviceOfResource = serviceOfResource
  }
}

/// A series of a source as it is to be stored.
struct NamedSeries {
  /// With the labels that keep it apart in the metric's name: `cpu_percent{cpu=0,mode=idle}`.
  var key: SeriesKey
  /// Of the source, without labels.
  var sourceMetric: String
  /// Ours, without labels.
  var metric: Metric
  /// In the metric's name.
  var labels: [SourceKey.Label]
  var conversion: Conversion
  var isCounter: Bool
}

extension SeriesNaming {
  /// The metric of a series: what the file says, else the option.
  /// - Throws: ``DataError`` when there is none, or it is empty.
  func sourceMetric(_ source: SourceKey, in block: BlockPlace) throws(DataError) -> String {
    guard let name = source.metric ?? metric else {
      throw block.error(found: "no metric", expected: "a column \"metric\", or \(parameter: .metric, "NAME")")
    }
    guard !name.isEmpty else { throw block.error(found: "an empty metric", expected: "the name of a metric") }
    return name
  }

  /// The series by its name in the store: what the file says, else the labels of the mapping, else the options, else the
  /// inventory, else the labels that are built in.
  /// - Throws: ``DataError`` when nothing gives the service, or the resource of a metric that each instance has, or when the
  ///   unit does not lead to that of the metric.
  func named(_ source: SourceKey, metric name: String, in block: BlockPlace) throws(DataError) -> NamedSeries {
    let rule = mapping.rule(name)
    let isCounter = rule.counter ?? source.isCounter ?? name.hasSuffix("_total")
    let target = targetMetric(of: name, rule, isCounter: isCounter)
    let resource =
      source.resource ?? label(mapping.labels.resource, of: source) ?? resource
      ?? (mapping.labels.resource == nil ? label(builtInResourceLabels, of: source) : nil)
    guard resource != nil || !target.isPerInstance else {
      throw block.error(
        key: target.rawValue, found: "no resource",
        expected:
          """
          a column "resource", a label that names it, or \(parameter: .resource, "NAME"), for it is measured on each \
          instance
          """)
    }
    let service = try service(of: source, resource ?? "", name, block)
    let labels = labelsLeft(of: source)
    let conversion: Conversion
    do throws(UnitFault) {
      conversion = try unitConversion(source, rule, target, isCounter: isCounter)
    } catch {
      throw block.error(key: name, found: error.found, expected: Phrase(error.expected))
    }
    return NamedSeries(
      key: SeriesKey(service: service, resource: resource ?? "", metric: Metric(target.rawValue + suffix(labels))),
      sourceMetric: name, metric: target, labels: labels, conversion: conversion, isCounter: isCounter)
  }

  private func service(
    of source: SourceKey, _ resource: String, _ metric: String, _ block: BlockPlace
  ) throws(DataError) -> String {
    let given = source.service ?? label(mapping.labels.service, of: source) ?? service
    let builtIn = mapping.labels.service == nil ? builtInServiceLabels : nil
    if let name = given ?? serviceOfResource[resource] ?? label(builtIn, of: source) {
      guard name.isEmpty else { return name }
      throw block.error(key: metric, found: "an empty service", expected: "the name of a service")
    }
    throw block.error(
      key: resource.isEmpty ? metric : "\(resource) \(metric)", found: "no service",
      expected: "a column \"service\", \(parameter: .service, "NAME"), or an inventory that holds the resource")
  }

  /// What the source says of the unit counts where the mapping does not, and where what we store must be in a certain one.
  private func unitConversion(
    _ source: SourceKey, _ rule: MetricRule, _ target: Metric, isCounter: Bool
  ) throws(UnitFault) -> Conversion {
    let isOurs = (rule.metric != nil || target.isKnown) && MeasuredUnit.of(target) != nil
    // CloudWatch's word for no unit.
    let stated = isOurs && source.unit != "None" && source.unit != "" ? source.unit : nil
    return try conversion(from: rule.unit ?? stated, isCounter: isCounter, to: target)
  }

  private func label(_ names: [String]?, of source: SourceKey) -> String? {
    for name in names ?? [] {
      if let label = source.labels.first(where: { $0.name == name && !$0.value.isEmpty }) { return label.value }
    }
    return nil
  }

  /// The labels that keep series apart: not those that may name service or resource, whether they did or not, and not the
  /// one that is the resource.
  private func labelsLeft(of source: SourceKey) -> [SourceKey.Label] {
    guard !source.labels.isEmpty else { return [] }
    let rule = mapping.labels
    let naming =
      (rule.service ?? builtInServiceLabels) + (rule.resource ?? builtInResourceLabels)
      + (rule.ignore ?? builtInIgnoredLabels)
    return source.labels.filter { label in
      !label.value.isEmpty && label.value != source.resource && label.name != "__name__" && !naming.contains(label.name)
    }.sorted()
  }

  private func suffix(_ labels: [SourceKey.Label]) -> String {
    guard !labels.isEmpty else { return "" }
    return "{" + labels.map { "\($0.name)=\(quoted($0.value))" }.joined(separator: ",") + "}"
  }

  /// In quotes where it holds a character that has a meaning in the suffix.
  private func quoted(_ value: String) -> String {
    guard value.contains(where: { ",={}\"\\".contains($0) }) else { return value }
    let escaped = value.reduce(into: "") { text, character in
      text += character == "\"" || character == "\\" ? "\\\(character)" : String(character)
    }
    return "\"\(escaped)\""
  }
}

/// The part of a file that something is in, where the line itself is not known.
struct BlockPlace {
  var file: String
  var firstLine: Int
  /// At least one.
  var lines: Int

  func error(key: String? = nil, found: String, expected: Phrase) -> DataError {
    let last = firstLine + lines - 1
    let span = last > firstLine ? "lines \(firstLine) to \(last)" : "line \(firstLine)"
    return DataError(Place(file: file, key: key), found: "\(found) (\(span))", expected: expected)
  }
}
