import Model

/// What AWS's command line prints of scaling: `autoscaling describe-policies`, `describe-scheduled-actions` and
/// `describe-auto-scaling-groups`, `application-autoscaling describe-scalable-targets`, `describe-scaling-policies` and
/// `describe-scheduled-actions`, `cloudwatch describe-alarms`.
///
/// The threshold of a step policy is with its alarm: the answers of both are joined by the policy's ARN.
///
/// Source: API references of Amazon EC2 Auto Scaling, Application Auto Scaling and Amazon CloudWatch.
enum AWSScalingAnswers: PolicyFormat {
  static let name = "aws-answers"
  static let outline = "what AWS's command line prints of policies, scheduled actions, groups and alarms"
  static let example = """
    {
      "ScalingPolicies": [
        {
          "AutoScalingGroupName": "web", "PolicyName": "cpu50", "PolicyType": "TargetTrackingScaling",
          "TargetTrackingConfiguration": {
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}, "TargetValue": 50.0
          }
        }
      ]
    }
    """

  /// By the key of their list; those of Application Auto Scaling say which service they are of.
  private static let kinds: [(key: String, own: AWSResource.Kind, ofService: AWSResource.Kind?)] = [
    ("AutoScalingGroups", .group, nil), ("ScalingPolicies", .policy, .servicePolicy),
    ("ScheduledUpdateGroupActions", .schedule, nil), ("ScheduledActions", .serviceSchedule, nil),
    ("ScalableTargets", .target, nil), ("MetricAlarms", .alarm, nil), ("CompositeAlarms", .compositeAlarm, nil),
  ]
  /// What scaling did, which says nothing of what is to be done.
  private static let pasts = ["Activities", "ScalingActivities"]

  static func recognises(_ document: DocumentNode) -> Bool {
    (kinds.map(\.key) + pasts).contains { key in
      if case .list? = document[key: key]?.content { true } else { false }
    }
  }

  static func read(_ document: PolicyDocument, into reading: inout PolicyReading) {
    let scope = TemplateScope(file: document.file, hasNextTimes: true)
    for kind in kinds {
      for element in document.root[key: kind.key]?.elements ?? [] {
        guard case .mapping = element.content else {
          reading.faults.append(
            DataError(
              Place(file: document.file, line: element.line, key: kind.key), found: element.foundText,
              expected: "an object"))
          continue
        }
        let isOfService = element[key: "ServiceNamespace"] != nil
        let own = isOfService ? kind.ofService ?? kind.own : kind.own
        let id =
          element[key: "PolicyARN"]?.text ?? element[key: own == .group ? "AutoScalingGroupName" : "AlarmArn"]?.text
        reading.resources.append(
          AWSResource(kind: own, id: id ?? "", properties: DocumentFields(node: element, scope: scope)))
      }
    }
    for key in pasts where document.root[key: key] != nil {
      reading.refuse(
        Place(file: document.file, line: document.root.line), key, "what scaling did, and not what it is to do")
    }
    for key in ["NextToken", "nextToken"] where document.root[key: key]?.text?.isEmpty == false {
      reading.refuse(Place(file: document.file, line: document.root.line), key, "the answer has more pages")
    }
  }
}
