// "AWS::AutoScaling::ScheduledAction", AWS CloudFormation user guide. A template in JSON, which every reader of
// templates takes.

import Model

/// A CloudFormation template of scheduled actions; the names of the groups are parameters.
package struct CloudFormationExport: ExportFormat {
  package let name = "cloudformation"
  package let summary = "A CloudFormation template of scheduled actions"
  package let kinds: [any PlanChange.Type] = [ScheduledCapacity.self]
  package init() {}

  package func render(_ changes: ExportedChanges) -> [UInt8] {
    let groups = Identifiers(changes.scheduledServices) { "\($0.camelCase)Group" }
    let template = ExportedJSON.object([
      ("AWSTemplateFormatVersion", .string("2010-09-09")), ("Description", .string(changes.origin)),
      ("Parameters", .object(changes.scheduledServices.map { (groups[$0], .groupParameter(of: $0)) })),
      ("Resources", .object(resources(changes, groups))),
    ])
    return Array((template.text() + "\n").utf8)
  }

  private func resources(_ changes: ExportedChanges, _ groups: Identifiers) -> [(String, ExportedJSON)] {
    let actions = changes.actions
    let names = Identifiers(actions.map(\.name)) { "\($0.camelCase)Action" }
    return actions.map { named in
      let action = named.action
      let properties = ExportedJSON.object([
        ("AutoScalingGroupName", .object([("Ref", .string(groups[named.service]))])),
        ("Recurrence", .string(action.recurrence)), ("TimeZone", .string(action.timezone)),
        ("MinSize", .number(action.minimum)), ("DesiredCapacity", .number(action.desired)),
        ("MaxSize", .number(action.maximum)),
      ])
      return (
        names[named.name],
        .object([("Type", .string("AWS::AutoScaling::ScheduledAction")), ("Properties", properties)])
      )
    }
  }
}

extension ExportedJSON {
  /// A template's parameter for the name of the group of a service, by default the service's.
  static func groupParameter(of service: String) -> ExportedJSON {
    .object([
      ("Type", .string("String")), ("Default", .string(service)),
      ("Description", .string("Auto Scaling group of \(service)")),
    ])
  }
}
