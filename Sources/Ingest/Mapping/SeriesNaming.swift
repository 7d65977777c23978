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
  var unit: UnitSource
}

/// How the unit of a series' values is known.
enum UnitSource: Hashable, Sendable {
  /// The source, the mapping or the maker of the metric says it.
  case stated
  /// It is taken to be that of our metric.
  case assumed
  /// Some mean a ratio by the name and others percent.
  case untold
}

/// Why a series gets no name.
enum NamingFault: Error {
  /// Nothing says whose it is. The name is that of what it is about.
  case stranger(Stranger, name: String, DataError)
  case wrong(DataError)
}

/// Why nobody can say whose a series is.
package enum Stranger: Int, Hashable, Comparable, Sendable {
  case noService, noResource, ofMany

  package static func < (a: Stranger, b: Stranger) -> Bool { a.rawValue < b.rawValue }
}

extension SeriesNaming {
  /// The metric of a series: what the file says, else the option.
  /// - Parameter hasColumns: true where a column could name it.
  /// - Throws: ``DataError`` when there is none, or it is empty.
  func sourceMetric(_ source: SourceKey, hasColumns: Bool, in block: BlockPlace) throws(DataError) -> String {
    guard let name = source.metric ?? metric else {
      let expected: Phrase =
        hasColumns
        ? "a column \"metric\", or \(parameter: .metric, "NAME")"
        : "a name of each series, as in __name__, or \(parameter: .metric, "NAME")"
      throw block.error(found: "no metric", expected: expected)
    }
    guard !name.isEmpty else { throw block.error(found: "an empty metric", expected: "the name of a metric") }
    return name
  }

  /// The series by its name in the store: what the file says, else the labels of the mapping, else the options, else the
  /// inventory, else the labels that are built in.
  /// - Throws: ``NamingFault`` when nothing gives the service, or the resource of a metric that each instance has, for such
  ///   a metric of many instances together, and when the unit does not lead to that of the metric.
  func named(_ source: SourceKey, metric name: String, in block: BlockPlace) throws(NamingFault) -> NamedSeries {
    let rule = mapping.rule(name)
    let isCounter = rule.counter ?? source.isCounter ?? name.hasSuffix("_total")
    let target = targetMetric(of: name, rule, isCounter: isCounter)
    if let many = instancesTogether(source, target) {
      let error = block.error(
        key: name, found: "what \(many) has in all", expected: "what each instance has, for that is measured on each")
      throw .stranger(.ofMany, name: many, error)
    }
    let resource =
      source.resource ?? label(mapping.labels.resource, of: source) ?? resource
      ?? (mapping.labels.resource == nil ? label(builtInResourceLabels, of: source) : nil)
    guard resource != nil || !target.isPerInstance else {
      let error = block.error(
        key: target.rawValue, found: "no resource",
        expected:
          """
          a column "resource", a label that names it, or \(parameter: .resource, "NAME"), for it is measured on each \
          instance
          """)
      throw .stranger(.noResource, name: name, error)
    }
    let service = try service(of: source, resource ?? "", name, block)
    let labels = labelsLeft(of: source)
    let conversion: Conversion
    do throws(UnitFault) {
      conversion = try unitConversion(source, rule, target, isCounter: isCounter)
    } catch {
      throw .wrong(block.error(key: name, found: error.found, expected: Phrase(error.expected)))
    }
    let key = try checkedKey(service, resource ?? "", target.rawValue + suffix(labels), block)
    return NamedSeries(
      key: key,
      sourceMetric: name, metric: target, labels: labels, conversion: conversion, isCounter: isCounter,
      unit: unitSource(source, name, rule, isCounter: isCounter))
  }

  /// The names in the form in which they are compared.
  private func checkedKey(
    _ service: String, _ resource: String, _ metric: String, _ block: BlockPlace
  ) throws(NamingFault) -> SeriesKey {
    for name in [service, resource, metric] {
      guard let character = name.controlCharacter else { continue }
      let fault = controlCharacterFault(character, in: name)
      throw .wrong(block.error(found: fault.found, expected: Phrase(fault.expected)))
    }
    return SeriesKey(service: service.asName, resource: resource.asName, metric: Metric(metric.asName))
  }

  /// What a metric of each instance is measured on where that is many of them together, as CloudWatch publishes it by
  /// group, by image, by type and of an account; nil for anything else. A group that the inventory has is an instance.
  private func instancesTogether(_ source: SourceKey, _ target: Metric) -> String? {
    let namespace = source.labels.first { $0.name == "namespace" }?.value ?? ""
    // All that EC2 publishes is measured on instances.
    guard !source.labels.isEmpty, target.isPerInstance || namespace == "AWS/EC2",
      label(mapping.labels.resource ?? builtInResourceLabels, of: source) == nil
    else { return nil }
    let dimensions = source.labels.filter { !builtInIgnoredLabels.contains($0.name) }
    guard !dimensions.contains(where: isOneInstance) else { return nil }
    if let group = dimensions.first(where: { cloudWatchGroupDimensions.contains($0.name) }) { return group.value }
    return dimensions.isEmpty && namespace.hasPrefix("AWS/") ? namespace : nil
  }

  private func isOneInstance(_ label: SourceKey.Label) -> Bool {
    if cloudWatchGroupDimensions.contains(label.name) { return serviceOfResource[label.value] != nil }
    return cloudWatchResourceDimensions.contains(label.name)
  }

  private func unitSource(_ source: SourceKey, _ name: String, _ rule: MetricRule, isCounter: Bool) -> UnitSource {
    let states = source.unit.map { $0 != "None" && !$0.isEmpty } ?? false
    if isCounter || states || rule.unit != nil { return .stated }
    guard mapping.metrics[name] == nil, builtInNames[name] != nil else { return .assumed }
    return builtInNamesOfNoUnit.contains(name) ? .untold : .stated
  }

  private func service(
    of source: SourceKey, _ resource: String, _ metric: String, _ block: BlockPlace
  ) throws(NamingFault) -> String {
    let given = source.service ?? label(mapping.labels.service, of: source) ?? service
    let builtIn = mapping.labels.service == nil ? builtInServiceLabels : nil
    if let name = given ?? serviceOfResource[resource] ?? label(builtIn, of: source) {
      guard name.isEmpty else { return name }
      throw .wrong(block.error(key: metric, found: "an empty service", expected: "the name of a service"))
    }
    let error = block.error(
      key: resource.isEmpty ? metric : "\(resource) \(metric)", found: "no service",
      expected: "a column \"service\", \(parameter: .service, "NAME"), or an inventory that holds the resource")
    throw .stranger(.noService, name: resource.isEmpty ? metric : resource, error)
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

  /// The labels that keep series apart: not those that may name service or resource, whether they did or not, not the one
  /// that is the resource, and of an instance not what it belongs to.
  private func labelsLeft(of source: SourceKey) -> [SourceKey.Label] {
    guard !source.labels.isEmpty else { return [] }
    let rule = mapping.labels
    let naming =
      (rule.service ?? builtInServiceLabels) + (rule.resource ?? builtInResourceLabels)
      + (rule.ignore ?? builtInIgnoredLabels)
    let isInstance = source.labels.contains { $0.name == "InstanceId" }
    return source.labels.filter { label in
      !label.value.isEmpty && label.value != source.resource && label.name != "__name__" && !naming.contains(label.name)
        && !(isInstance && cloudWatchGroupDimensions.contains(label.name))
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
