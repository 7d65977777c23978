// Episodes of conditions that are written as alarms are: M of N samples, or with a word on missing ones.
//
// An episode is a run of slots in which the alarm is in ALARM after the sample of the slot was looked at, by the rules of
// CloudWatch (`Solvers/Scale/AlarmState.swift`). Before the period nothing breached and nothing was missing.

import Analysis
import Model
import Solvers

/// The episodes in which a condition held.
package func episodes(
  of condition: Condition, limit: Double, in values: MeasuredValues, on grid: SampleGrid
) -> [Episode] {
  let slots =
    condition.isAlarm
    ? alarmSlots(of: condition, limit: limit, in: values, on: grid)
    : heldSlots(of: condition, limit: limit, in: values.values, on: grid)
  return values.episodes(slots, of: condition, on: grid)
}

private func alarmSlots(
  of condition: Condition, limit: Double, in measured: MeasuredValues, on grid: SampleGrid
) -> [Range<Int>] {
  let values = measured.values
  // A coarse sample stands for several slots, and is looked at once.
  let stride = Int(max(1, (measured.intervalSeconds + grid.stepSeconds - 1) / grid.stepSeconds))
  let rule = condition.rule(samplesOf: Int64(stride) * grid.stepSeconds)
  let range = condition.evaluationRange(of: rule)
  var window = AlarmWindow(range: range)
  for _ in 0..<range { window.push(isReal: true, isBreaching: false) }
  var state = AlarmState.ok
  var found: [Range<Int>] = []
  for first in Swift.stride(from: 0, to: values.count, by: stride) {
    let value = values[first]
    window.push(isReal: value != nil, isBreaching: value.map { condition.holds($0, limit: limit) } ?? false)
    state = rule.state(of: window, after: state)
    guard state == .alarm else { continue }
    let end = min(first + stride, values.count)
    if let last = found.indices.last, found[last].upperBound == first {
      found[last] = found[last].lowerBound..<end
    } else {
      found.append(first..<end)
    }
  }
  return found
}
