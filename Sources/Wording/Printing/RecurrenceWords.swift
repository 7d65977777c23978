import Model

/// Five cron fields for people: `daily 01:00`, `Mon-Fri 07:45`; as they are where they name no such time.
struct RecurrenceWords {
  let recurrence: String

  var text: String {
    let fields = recurrence.split(separator: " ").map(String.init)
    guard fields.count == 5, fields[2] == "*", fields[3] == "*", let minute = Int(fields[0]) else { return recurrence }
    let hours = fields[1].split(separator: ",").map { Int($0) }
    guard !hours.isEmpty, hours.allSatisfy({ $0 != nil }) else { return recurrence }
    let times = hours.compactMap { $0.map { "\(twoDigits($0)):\(twoDigits(minute))" } }.joined(separator: " and ")
    return "\(fields[4] == "*" ? "daily" : dayText(fields[4])) \(times)"
  }

  private func dayText(_ field: String) -> String {
    field.split(separator: ",").map { part in
      part.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(separator: "-")
    }.joined(separator: "+")
  }
}

extension SleepTimes {
  /// `asleep by the clock of UTC: daily 20:00 stop, Mon-Fri 07:00 start`.
  var clockText: String {
    let zones = Set(actions.map(\.timezone)).sorted().joined(separator: " and ")
    let steps = actions.map { "\(RecurrenceWords(recurrence: $0.recurrence).text) \($0.starts ? "start" : "stop")" }
    return "asleep by the clock of \(zones): \(steps.joined(separator: ", "))"
  }
}

extension ScheduledCapacity {
  /// `by the clock of America/New_York: daily 01:00 2, daily 10:00 4`.
  var clockText: String {
    let zones = Set(actions.map(\.timezone)).sorted().joined(separator: " and ")
    let steps = actions.map { action in
      let isFloor = action.minimum == action.desired
      return
        "\(RecurrenceWords(recurrence: action.recurrence).text) \(isFloor ? "" : "at least ")\(isFloor ? action.desired : action.minimum)"
    }
    return "by the clock of \(zones): \(steps.joined(separator: ", "))"
  }

  /// `2 to 4 in 2 recurring actions`.
  var briefText: String {
    let counts = actions.map(\.minimum)
    let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
    return "\(least) to \(most) in \(actions.count) recurring action\(actions.count == 1 ? "" : "s")"
  }
}
