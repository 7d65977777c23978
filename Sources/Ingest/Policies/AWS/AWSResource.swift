import Model

/// Something of AWS that scales, is scaled or watches, whatever file says so: templates, answers and plans spell their
/// properties alike.
struct AWSResource: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case group = "AWS::AutoScaling::AutoScalingGroup"
    case policy = "AWS::AutoScaling::ScalingPolicy"
    case schedule = "AWS::AutoScaling::ScheduledAction"
    case alarm = "AWS::CloudWatch::Alarm"
    case compositeAlarm = "AWS::CloudWatch::CompositeAlarm"
    case target = "AWS::ApplicationAutoScaling::ScalableTarget"
    case servicePolicy = "AWS::ApplicationAutoScaling::ScalingPolicy"
    case serviceSchedule = "scheduled action of a scalable target"

    /// As refusals call it.
    var noun: String {
      switch self {
      case .group: "group"
      case .policy, .servicePolicy: "policy"
      case .schedule, .serviceSchedule: "scheduled action"
      case .alarm: "alarm"
      case .compositeAlarm: "composite alarm"
      case .target: "scalable target"
      }
    }
  }

  var kind: Kind
  /// What references call it: a name in the template, an ARN.
  var id: String
  /// What its owner calls it where its properties do not say.
  var name: String?
  var properties: DocumentFields

  var place: Place { properties.scope.place(properties.node) }
}
