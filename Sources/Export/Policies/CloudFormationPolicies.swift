// "AWS::AutoScaling::ScalingPolicy", "AWS::ApplicationAutoScaling::ScalableTarget", "AWS::CloudWatch::Alarm", CloudFormation
// template reference. A policy of a group has no property for its name: what is no name of a resource stands in its metadata.

import Model

/// A CloudFormation template of scaling policies, their alarms and scheduled actions; the names of the groups are parameters.
package struct CloudFormationPolicies: PolicyExportFormat {
  package let name = "cloudformation"
  package let summary = "A CloudFormation template of policies, their alarms and scheduled actions"
  package init() {}

  package func write(_ policies: ExportedPolicies) -> WrittenPolicies {
    let scaling = AWSWrittenScaling(policies.configuration)
    let template = Template(scaling)
    let groups = scaling.targets.filter(\.isGroup)
    let members: [(String, ExportedJSON)] = [
      ("AWSTemplateFormatVersion", .string("2010-09-09")), ("Description", .string(policies.origin)),
      ("Parameters", .object(template.used(groups).map { (template.groups[$0.name], .groupParameter(of: $0.name)) })),
      ("Resources", .object(template.resources)),
    ]
    let file = ExportedJSON.object(
      members.filter { if case .object(let parts) = $0.1 { !parts.isEmpty } else { true } })
    let limits = groups.filter { $0.minimum != nil || $0.maximum != nil }.map {
      "the limits of \($0.name): they are its group's, which a template of policies does not have"
    }
    let clocks = scaling.actions.filter { !$0.target.isGroup && !$0.target.hasServiceLimits }.map {
      "scheduled action \($0.name) of \($0.target.name): it stands within a scalable target, whose limits are not known"
    }
    return WrittenPolicies(
      bytes: Array((file.text() + "\n").utf8), leftOut: scaling.leftOut + limits + clocks,
      isEmpty: template.resources.isEmpty)
  }
}

/// The resources of a template by their names.
private struct Template {
  let scaling: AWSWrittenScaling
  let groups: Identifiers
  private let policyNames, actionNames: Identifiers

  init(_ scaling: AWSWrittenScaling) {
    self.scaling = scaling
    groups = Identifiers(scaling.targets.map(\.name)) { "\($0.camelCase)Group" }
    policyNames = Identifiers(scaling.policies.map(\.key)) { $0.ownName.camelCase }
    actionNames = Identifiers(scaling.actions.map(\.key)) { "\($0.ownName.camelCase)Action" }
  }

  /// Groups that something here is of.
  func used(_ targets: [ScaledTarget]) -> [ScaledTarget] {
    let names = Set((scaling.policies + scaling.actions).map(\.target.name))
    return targets.filter { names.contains($0.name) }
  }

  var resources: [(String, ExportedJSON)] {
    let targets = scaling.targets.filter(\.hasServiceLimits).map { ($0.logicalID, $0.resource) }
    let policies = scaling.policies.map { item -> (String, ExportedJSON) in
      let id = policyNames[item.key]
      if item.target.isGroup {
        return (id, resource("AWS::AutoScaling::ScalingPolicy", item, id, [group(item)] + item.properties))
      }
      let place =
        item.target.hasServiceLimits
        ? [("ScalingTargetId", reference(item.target.logicalID))]
        : item.target.serviceWords.map { ($0, ExportedJSON.string($1)) }
      let words = [("PolicyName", ExportedJSON.string(item.name))] + place + item.properties
      return (id, resource("AWS::ApplicationAutoScaling::ScalingPolicy", item, item.name, words))
    }
    let alarms = scaling.alarms.map { item -> (String, ExportedJSON) in
      let id = policyNames[item.key]
      let properties =
        [("AlarmActions", ExportedJSON.array([reference(id)]))] + item.properties.map(referring(item.target))
      return ("\(id)Alarm", resource("AWS::CloudWatch::Alarm", item, item.name, properties))
    }
    let actions = scaling.actions.filter(\.target.isGroup).map { item -> (String, ExportedJSON) in
      let id = actionNames[item.key]
      return (id, resource("AWS::AutoScaling::ScheduledAction", item, id, [group(item)] + item.properties))
    }
    return targets.map { ($0.0, withSchedules($0.1, $0.0)) } + policies + alarms + actions
  }

  /// A scalable target has its scheduled actions within it.
  private func withSchedules(_ resource: ExportedJSON, _ id: String) -> ExportedJSON {
    let own = scaling.actions.filter { !$0.target.isGroup && $0.target.logicalID == id }
    guard !own.isEmpty, case .object(var members) = resource, case .object(let properties) = members[1].1 else {
      return resource
    }
    let actions = own.map { ExportedJSON.object([("ScheduledActionName", .string($0.name))] + $0.properties) }
    members[1].1 = .object(properties + [("ScheduledActions", .array(actions))])
    return .object(members)
  }

  private func reference(_ id: String) -> ExportedJSON { .object([("Ref", .string(id))]) }

  private func group(_ item: AWSWrittenScaling.Item) -> (String, ExportedJSON) {
    ("AutoScalingGroupName", reference(groups[item.target.name]))
  }

  private func resource(
    _ type: String, _ item: AWSWrittenScaling.Item, _ id: String, _ properties: [(String, ExportedJSON)]
  ) -> ExportedJSON {
    var members: [(String, ExportedJSON)] = [("Type", .string(type))]
    if id != item.name { members.append(("Metadata", .object([("PlimsollName", .string(item.name))]))) }
    let referring = properties.map(referring(item.target))
    return .object(members + [("Properties", .object(referring))])
  }

  /// A dimension of the group's name is a reference to it.
  private func referring(_ target: ScaledTarget) -> ((String, ExportedJSON)) -> (String, ExportedJSON) {
    let id = groups[target.name]
    func changed(_ value: ExportedJSON) -> ExportedJSON {
      guard target.isGroup else { return value }
      switch value {
      case .array(let items): return .array(items.map(changed))
      case .object(let members):
        return .object(
          members.map { key, value in
            if key == "Value", case .string(target.name) = value { return (key, reference(id)) }
            return (key, changed(value))
          })
      default: return value
      }
    }
    return { member in (member.0, changed(member.1)) }
  }
}

extension ScaledTarget {
  /// What a template calls what is no group.
  fileprivate var logicalID: String { "\(serviceWords.map(\.1).joined(separator: " ").camelCase)Target" }

  fileprivate var resource: ExportedJSON {
    var properties = serviceWords.map { ($0, ExportedJSON.string($1)) }
    if let minimum { properties.append(("MinCapacity", .number(minimum))) }
    if let maximum { properties.append(("MaxCapacity", .number(maximum))) }
    return .object([
      ("Type", .string("AWS::ApplicationAutoScaling::ScalableTarget")), ("Properties", .object(properties)),
    ])
  }
}

extension AWSWrittenScaling.Item {
  /// One for each target and name.
  var key: String { "\(target.name)\n\(name)" }
}

extension String {
  /// The name in a key of a target and a name.
  var ownName: String { split(separator: "\n", maxSplits: 1).last.map(String.init) ?? self }
}
