// A condition of a fleet file as an alarm: M of N samples, or with a word on missing ones.
//
// N of a condition with a duration are the samples of the duration, and M is N. The evaluation range is two samples longer than
// N: CloudWatch gives 5 for N = 3 and does not say how it is found.

import Model
import Solvers

extension Condition {
  /// True where it counts samples, or says what becomes of missing ones.
  package var isAlarm: Bool { samples != nil || missing != .missing }

  /// How many of how many samples must satisfy it.
  /// - Parameter seconds: what a sample stands for.
  package func rule(samplesOf seconds: Int64) -> AlarmRule {
    let ofDuration = Int(min(Int64(Self.mostSamples), max(1, (durationSeconds + seconds - 1) / seconds)))
    return AlarmRule(
      needed: samples?.needed ?? ofDuration, periods: samples?.of ?? ofDuration,
      treatment: MissingDataTreatment(missing))
  }

  /// How many samples such a rule looks at.
  package func evaluationRange(of rule: AlarmRule) -> Int { rule.periods + 2 }
}
