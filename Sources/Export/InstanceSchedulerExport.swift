// "Instance Scheduler on AWS", implementation guide, "Scheduler CLI": a period has begintime, endtime and weekdays
// (mon-fri, sat), a schedule its periods and time zone. A period runs within a day: an awake stretch over midnight is
// two, the first without an end at 23:59.

import Model

/// Schedules and periods of Instance Scheduler on AWS, as its command line takes them.
package struct InstanceSchedulerExport: ExportFormat {
  package let name = "instance-scheduler"
  package let summary = "Periods and schedules of Instance Scheduler on AWS, as JSON; tag machines with Schedule=NAME"
  package let kinds: [any PlanChange.Type] = [SleepTimes.self]
  package init() {}

  package func render(_ changes: ExportedChanges) -> [UInt8] {
    let sleeps = changes.of(SleepTimes.self)
    let names = Identifiers(sleeps.map(\.subject)) { $0.dnsLabel }
    let all = sleeps.map { (sleep: $0, name: names[$0.subject], periods: AwakePeriod.all(of: $0)) }
    let periods = all.flatMap { part in
      part.periods.enumerated().map { index, period in period.object(name: "\(part.name)-\(index + 1)") }
    }
    let schedules = all.map { part in
      ExportedJSON.object([
        ("name", .string(part.name)), ("timezone", .string(part.sleep.actions.first?.timezone ?? "UTC")),
        ("periods", .array(part.periods.indices.map { .string("\(part.name)-\($0 + 1)") })),
      ])
    }
    let file = ExportedJSON.object([("periods", .array(periods)), ("schedules", .array(schedules))])
    return Array((file.text() + "\n").utf8)
  }
}

/// A stretch within days at which a machine runs.
private struct AwakePeriod {
  /// Minutes of the day, the last one not included.
  var from, to: Int
  /// 0 for Monday.
  var days: [Int]

  private static let dayMinutes = 1440
  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  static func all(of sleep: SleepTimes) -> [AwakePeriod] {
    var strikes: [Int: Bool] = [:]
    for action in sleep.actions {
      for minute in CronSchedule(action.recurrence)?.minutesOfWeek ?? [] { strikes[minute] = action.starts }
    }
    let minutes = strikes.keys.sorted()
    guard let last = minutes.last else { return [] }
    var days: [[Int]: [Int]] = [:]
    for day in 0..<7 {
      var isAwake = strikes[minutes.last { $0 < day * dayMinutes } ?? last] ?? true
      var from = 0
      let own = minutes.filter { $0 / dayMinutes == day }.map { $0 % dayMinutes }
      for minute in own + [dayMinutes] {
        if isAwake, minute > from { days[[from, minute], default: []].append(day) }
        isAwake = strikes[day * dayMinutes + minute] ?? isAwake
        from = minute
      }
    }
    return days.map { AwakePeriod(from: $0[0], to: $0[1], days: $1) }
      .sorted { ($0.days[0], $0.from, $0.to) < ($1.days[0], $1.from, $1.to) }
  }

  func object(name: String) -> ExportedJSON {
    func time(_ minute: Int) -> String { "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))" }
    return .object(
      [("name", .string(name))] + (from > 0 ? [("begintime", .string(time(from)))] : [])
        + (to < Self.dayMinutes ? [("endtime", .string(time(to)))] : [])
        + [("weekdays", .array(days.map { .string(Self.names[$0]) }))])
  }
}
