/// Adjusts capacity by how far a metric is beyond the threshold of an alarm.
package struct StepPolicy: Sendable {
  package var alarm: ReplayAlarm
  /// With the alarm's threshold.
  package var scaling: StepScaling

  package init(alarm: ReplayAlarm, scaling: StepScaling) {
    self.alarm = alarm
    self.scaling = scaling
  }
}
