// "put-scheduled-update-group-action", AWS CLI command reference. Each object of the list is the JSON input of one
// call.

import Model

/// The input of one call of AWS's command line for each action.
package struct AWSCommandExport: ExportFormat {
  package let name = "aws-cli"
  package let summary = "Inputs of aws autoscaling put-scheduled-update-group-action, a list of JSON objects"
  package let kinds: [any PlanChange.Type] = [ScheduledCapacity.self]
  package init() {}

  package func render(_ changes: ExportedChanges) -> [UInt8] {
    let inputs = changes.actions.map { named in
      let action = named.action
      return ExportedJSON.object([
        ("AutoScalingGroupName", .string(named.service)), ("ScheduledActionName", .string(named.name)),
        ("Recurrence", .string(action.recurrence)), ("TimeZone", .string(action.timezone)),
        ("MinSize", .number(action.minimum)), ("DesiredCapacity", .number(action.desired)),
        ("MaxSize", .number(action.maximum)),
      ])
    }
    return Array((ExportedJSON.array(inputs).text() + "\n").utf8)
  }
}
