import Model

/// A template of CloudFormation, in YAML with its short tags or in JSON, or a mapping of such resources alone.
///
/// Read: groups and scalable targets with their limits, their scaling policies with the alarms whose actions refer to them, and
/// scheduled actions. A parameter stands for its default; what only the cloud works out is refused by name, and so are
/// schedules of other services. Other resources scale nothing and are passed over.
///
/// Source: AWS CloudFormation template reference.
enum CloudFormationTemplate: PolicyFormat {
  static let name = "cloudformation"
  static let outline = "a CloudFormation template, or resources of one"
  static let example = """
    Resources:
      Web:
        Type: AWS::AutoScaling::AutoScalingGroup
        Properties: {AutoScalingGroupName: web, MinSize: "2", MaxSize: "10"}
      CPU:
        Type: AWS::AutoScaling::ScalingPolicy
        Properties:
          AutoScalingGroupName: !Ref Web
          PolicyType: TargetTrackingScaling
          TargetTrackingConfiguration:
            PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}
            TargetValue: 70
    """

  static func recognises(_ document: DocumentNode) -> Bool {
    resources(of: document) != nil
  }

  /// Those under `Resources`, or the document itself where all in it are some.
  private static func resources(of document: DocumentNode) -> [DocumentEntry]? {
    if case .mapping(let entries)? = document[key: "Resources"]?.content { return entries }
    guard case .mapping(let entries) = document.content, !entries.isEmpty,
      entries.allSatisfy({ $0.value[key: "Type"]?.text?.contains("::") ?? false })
    else { return nil }
    return entries
  }

  static func read(_ document: PolicyDocument, into reading: inout PolicyReading) {
    let entries = resources(of: document.root) ?? []
    var scope = TemplateScope(file: document.file, key: "\(document.file):\(document.root.line ?? 1)")
    if case .mapping(let parameters)? = document.root[key: "Parameters"]?.content {
      for parameter in parameters { scope.parameters[parameter.key] = .some(parameter.value[key: "Default"]?.text) }
    }
    let isWhole = document.root[key: "Resources"] != nil && document.root[key: "Transform"] == nil
    if isWhole, !document.isExcerpt { scope.resources = Set(entries.map(\.key)) }
    for entry in entries {
      let type = entry.value[key: "Type"]?.text ?? ""
      let place = Place(file: document.file, line: entry.line)
      if let reason = others[type] {
        reading.refuse(place, "\(type) \(entry.key)", reason)
      }
      guard let kind = AWSResource.Kind(rawValue: type) else {
        let isOfScaling = type.hasPrefix("AWS::AutoScaling::") || type.hasPrefix("AWS::ApplicationAutoScaling::")
        if isOfScaling, others[type] == nil, !AWSResource.scalesNothing.contains(type) {
          reading.refuse(place, "\(type) \(entry.key)", "no such type is known here")
        }
        continue
      }
      if entry.value[key: "Condition"] != nil, kind != .group, kind != .target {
        reading.refuse(
          place, "\(kind.noun) \(entry.key)", "it is there under a condition, which only the cloud works out")
        continue
      }
      let properties = entry.value[key: "Properties"] ?? DocumentNode(.mapping([]), line: entry.line)
      guard case .mapping = properties.content else {
        reading.faults.append(
          DataError(
            Place(file: document.file, line: properties.line, key: "Properties"), found: properties.foundText,
            expected: "a mapping"))
        continue
      }
      for property in kind.unknown(properties) {
        reading.refuse(
          Place(file: document.file, line: property.line), "\(property.key) of \(kind.noun) \(entry.key)",
          "\(type) has no such property")
      }
      reading.resources += resource(kind, entry, DocumentFields(node: properties, scope: scope))
    }
  }

  /// A resource, and the scheduled actions that a scalable target has within it.
  private static func resource(
    _ kind: AWSResource.Kind, _ entry: DocumentEntry, _ properties: DocumentFields
  ) -> [AWSResource] {
    let name = entry.value[key: "Metadata"]?[key: "PlimsollName"]?.text
    let own = AWSResource(kind: kind, id: entry.key, name: name, properties: properties)
    guard kind == .target else { return [own] }
    let kept = ["ResourceId", "ServiceNamespace", "ScalableDimension"]
    let schedules = (properties["ScheduledActions"]?.elements ?? []).enumerated().map { index, action in
      var entries: [DocumentEntry] = []
      if case .mapping(let said) = action.content { entries = said }
      for key in kept { if let value = properties[key] { entries.append(DocumentEntry(key, line: value.line, value)) } }
      return AWSResource(
        kind: .serviceSchedule, id: "\(entry.key).\(index + 1)",
        properties: DocumentFields(node: DocumentNode(.mapping(entries), line: action.line), scope: properties.scope))
    }
    return [own] + schedules
  }

  /// What changes capacity or switches things on and off, and is not read, with the reasons.
  private static let others = [
    "AWS::AutoScalingPlans::ScalingPlan": "a scaling plan, which makes policies by itself",
    "AWS::AutoScaling::WarmPool": "a warm pool, whose instances are started before they are needed",
    "AWS::CloudFormation::Stack": "a stack of its own, whose template is another file",
    "AWS::Scheduler::Schedule": "a schedule of calls, which may do anything",
    "AWS::Events::Rule": "a rule of events, which may do anything",
    "Custom::ServiceInstanceSchedule": "a schedule of Instance Scheduler, by tags and not of a group",
  ]
}
