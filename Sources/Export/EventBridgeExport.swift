// "AWS::Scheduler::Schedule", CloudFormation user guide; "Schedule types in EventBridge Scheduler": cron(minutes
// hours day-of-month month day-of-week year), one of both days `?`, days of the week 1 to 7 from Sunday or by name.
// The universal target calls EC2's StopInstances and StartInstances. Which machines are meant is a parameter: a
// service's names in reports need not be ids.

import Model

/// EventBridge schedules that stop and start machines, as a CloudFormation template.
package struct EventBridgeExport: ExportFormat {
  package let name = "eventbridge"
  package let summary = "A CloudFormation template of EventBridge schedules that stop and start instances"
  package let kinds: [any PlanChange.Type] = [SleepTimes.self]
  package init() {}

  package func render(_ changes: ExportedChanges) -> [UInt8] {
    let sleeps = changes.of(SleepTimes.self)
    let names = Identifiers(sleeps.map(\.subject)) { $0.camelCase }
    var parameters: [(String, ExportedJSON)] = [
      (
        "SchedulerRoleArn",
        .object([
          ("Type", .string("String")),
          (
            "Description",
            .string("Role that EventBridge Scheduler assumes, with ec2:StartInstances and ec2:StopInstances")
          ),
        ])
      )
    ]
    parameters += sleeps.map { sleep in
      (
        "\(names[sleep.subject])Instances",
        .object(
          [
            ("Type", .string("CommaDelimitedList")), ("Description", .string("Instance ids of \(sleep.subject)")),
          ] + (sleep.instanceID.map { [("Default", .string($0))] } ?? []))
      )
    }
    let template = ExportedJSON.object([
      ("AWSTemplateFormatVersion", .string("2010-09-09")), ("Description", .string(changes.origin)),
      ("Parameters", .object(parameters)), ("Resources", .object(sleeps.flatMap { resources($0, names[$0.subject]) })),
    ])
    return Array((template.text() + "\n").utf8)
  }

  private func resources(_ sleep: SleepTimes, _ name: String) -> [(String, ExportedJSON)] {
    sleep.actions.enumerated().map { index, action in
      let call = action.starts ? "startInstances" : "stopInstances"
      let input = ExportedJSON.object([
        (
          "Fn::Sub",
          .array([
            .string("{\"InstanceIds\": [\"${Ids}\"]}"),
            .object([
              (
                "Ids",
                .object([("Fn::Join", .array([.string("\", \""), .object([("Ref", .string("\(name)Instances"))])]))])
              )
            ]),
          ])
        )
      ])
      let target = ExportedJSON.object([
        ("Arn", .object([("Fn::Sub", .string("arn:${AWS::Partition}:scheduler:::aws-sdk:ec2:\(call)"))])),
        ("RoleArn", .object([("Ref", .string("SchedulerRoleArn"))])), ("Input", input),
      ])
      let properties = ExportedJSON.object([
        ("ScheduleExpression", .string("cron(\(sixFieldRecurrence(action.recurrence)))")),
        ("ScheduleExpressionTimezone", .string(action.timezone)),
        ("FlexibleTimeWindow", .object([("Mode", .string("OFF"))])), ("Target", target),
      ])
      return (
        "\(name)\(action.starts ? "Start" : "Stop")\(index + 1)",
        .object([("Type", .string("AWS::Scheduler::Schedule")), ("Properties", properties)])
      )
    }
  }
}

extension SleepTimes {
  /// The one instance that is meant, where its name is EC2's.
  fileprivate var instanceID: String? { resource.flatMap { $0.hasPrefix("i-") ? $0 : nil } }
}
