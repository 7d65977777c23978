// Lengths of time and moments as people and machines read them.

/// A length of time for people: `4 h 35 min`, `3 d 2 h`; seconds only of less than a minute.
package func durationText(_ seconds: Int64) -> String {
  let text = durationText(magnitude: seconds.magnitude)
  return seconds < 0 ? "-\(text)" : text
}

private func durationText(magnitude seconds: UInt64) -> String {
  if (1..<60).contains(seconds) { return "\(seconds) s" }
  let minutes = seconds / 60
  if minutes < 60 { return "\(minutes) min" }
  if minutes < 48 * 60 { return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min" }
  let hours = minutes / 60
  return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
}

extension Instant {
  /// `2026-10-13 16:05` on a clock that is so many seconds ahead of UTC.
  package func text(offset: Int64) -> String {
    let clock = shown(offset)
    return "\(clock.date) \(twoDigits(clock.hour)):\(twoDigits(clock.minute))"
  }

  /// `2026-10-13T16:05:00-04:00`, the moment by ISO 8601 on a clock that is so many seconds ahead of UTC.
  ///
  /// The offset is cut to whole minutes, the finest that the form has; the moment stays the same.
  package func iso8601(offset: Int64) -> String {
    let minutes = offset / 60
    let clock = shown(minutes * 60)
    let time = [clock.hour, clock.minute, clock.second].map(twoDigits).joined(separator: ":")
    guard minutes != 0 else { return "\(clock.date)T\(time)Z" }
    let ahead = Int(minutes.magnitude)
    return "\(clock.date)T\(time)\(minutes < 0 ? "-" : "+")\(twoDigits(ahead / 60)):\(twoDigits(ahead % 60))"
  }

  private func shown(_ offset: Int64) -> (date: String, hour: Int, minute: Int, second: Int) {
    let local = Instant(seconds: Int64(clamping: Int128(seconds) + Int128(offset)))
    let time = Int((local.seconds % 86_400 + 86_400) % 86_400)
    return (local.date, time / 3600, time / 60 % 60, time % 60)
  }
}
