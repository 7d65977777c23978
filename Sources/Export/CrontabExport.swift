// crontab(5): names are not allowed in ranges and lists of days, so they are numbers here. CRON_TZ, the zone that
// fields are read in, is cronie's; other crons read them on the machine's clock, which the head of the file says.

import Model

/// A crontab that calls AWS's command line.
package struct CrontabExport: ExportFormat {
  package let name = "crontab"
  package let summary = "A crontab that calls aws autoscaling update-auto-scaling-group"
  package let kinds: [any PlanChange.Type] = [ScheduledCapacity.self]
  package init() {}

  package func render(_ changes: ExportedChanges) -> [UInt8] {
    var lines = ([changes.origin] + leftOut(changes).map { "Not written here: \($0)" }).map { "# \(oneLine($0))" }
    lines.append("# Where cron does not know CRON_TZ, the machine's clock must be in that zone.")
    var zone: String?
    for named in changes.actions {
      let action = named.action
      if zone != action.timezone { lines.append("CRON_TZ=\(action.timezone)") }
      zone = action.timezone
      lines.append(
        "\(numbered(action.recurrence)) aws autoscaling update-auto-scaling-group --auto-scaling-group-name "
          + "\(quoted(named.service)) --min-size \(action.minimum) --max-size \(action.maximum) "
          + "--desired-capacity \(action.desired)")
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The days of the week as numbers, 0 for Sunday.
  private func numbered(_ recurrence: String) -> String {
    var fields = recurrence.split(separator: " ").map { $0.uppercased() }
    guard fields.count == 5 else { return recurrence }
    for (number, day) in ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"].enumerated() {
      fields[4] = fields[4].replacing(day, with: "\(number)")
    }
    return fields.joined(separator: " ")
  }

  /// A word of the shell, in which cron takes no percent sign for a line end.
  private func quoted(_ text: String) -> String {
    shellWord(oneLine(text)).replacing("%", with: "\\%")
  }
}
