import Analysis
import Model
import Solvers

/// The count of a service that nothing scales, by the time of the week.
struct LevelSchedule {
  let actions: [CapacityAction]
  /// The count of a service that needs as many at all times.
  let constant: Int?

  /// So many are still read at a glance, and looked after.
  private static let mostActions = 8

  /// Learns from some slots of a record.
  /// - Parameters:
  ///   - most: instances that ever ran: a schedule adds none.
  ///   - leastWeeks: a time of the week that was measured in fewer keeps them.
  ///   - actionHours: instance-hours a week that each recurring action must save to be worth keeping.
  /// - Throws: ``DataError`` for counts beyond what can be scheduled.
  init(
    _ record: ScheduleRecord, learningOn slots: Range<Int>, marginPercent: Int, most: Int, leastWeeks: Int,
    actionHours: Int, clock: LocalClock
  ) throws(DataError) {
    let service = record.service
    let week = WeekOfNeed(
      record.comfortable.values, on: record.days, in: slots, excluding: record.exceptions(in: slots))
    let wanted = zip(week.most, week.weeks).map { need, weeks -> Int in
      guard let need, weeks >= leastWeeks else { return most }
      return min(most, max(service.minimum, ServiceNeed.instances(need, marginPercent: marginPercent)))
    }
    // Capacity is asked for as long before a need as it takes to come.
    let times = wanted.flatMap { repeatElement($0, count: CronTimes.inAQuarter) }
    let (count, lead) = (times.count, record.leadTimes)
    let required = times.indices.map { time in (0...lead).map { times[(time + $0) % count] }.reduce(0, max) }
    let found: RecurringSteps
    do throws(ProblemFault) {
      found = try RecurringSteps(
        required: required, actionCost: actionHours * CronTimes.inAnHour, most: Self.mostActions)
    } catch {
      throw error.error(at: Place(file: "schedule of \(service.name)"))
    }
    constant = found.steps.isEmpty ? found.capacity.first : nil
    actions = found.steps.flatMap { $0.shownAllYear(found.capacity, on: clock, from: record.grid.period.end) }.map {
      step in
      CapacityAction(
        recurrence: cronFields(step), timezone: clock.identifier, minimum: step.capacity, desired: step.capacity,
        maximum: service.mostScheduled(beside: max(most, step.capacity)))
    }
  }

  /// The change that it is.
  func change(of service: String) -> Change {
    constant.map { Change(FixedCount(service: service, count: $0)) }
      ?? Change(ScheduledCapacity(service: service, actions: actions))
  }
}

extension Service {
  /// The maximum of its group, and twice what is known to run where the fleet file says none: what scales by load has
  /// its room.
  func mostScheduled(beside most: Int) -> Int { maximum < Service().maximum ? max(maximum, most) : 2 * most }
}

/// The times at which actions may strike: every five minutes.
enum CronTimes {
  static let minutes = 5
  static let inAnHour = 60 / minutes
  static let inAQuarter = 15 / minutes
  static let inADay = 24 * inAnHour

  /// The latest time up to one that a clock shows on every day of a year: where it is set forward over a time, what
  /// strikes then comes late or never, as the cron may be.
  static func shownAllYear(_ time: Int, on clock: LocalClock, from start: Instant) -> Int {
    var reader = LocalClockReader(clock)
    let first = clock.date(at: start).day
    return (0...time).last { time in
      (first...first + 366).allSatisfy { day in
        let seconds = Int64(day) * 86_400 + Int64(time * minutes) * 60
        if case .skipped = reader.reading(seconds) { return false }
        return true
      }
    } ?? time
  }
}

extension RecurringStep {
  /// The same step, where it adds capacity at times that the clock shows on every day of a year; where that moves
  /// some of its times, a step for each time.
  func shownAllYear(_ week: [Int], on clock: LocalClock, from start: Instant) -> [RecurringStep] {
    let first = (days.first ?? 0) * CronTimes.inADay
    let shown = times.map { time in
      let before = week[(first + time + week.count - 1) % week.count]
      return before < capacity ? CronTimes.shownAllYear(time, on: clock, from: start) : time
    }
    guard shown != times else { return [self] }
    return shown.map { RecurringStep(times: [$0], days: days, capacity: capacity) }
  }
}

/// `0 1,13 * * MON-FRI`, of every five minutes of a day.
func cronFields(_ step: RecurringStep) -> String {
  let minutes = step.times.map { $0 * CronTimes.minutes }
  let hours = minutes.map { "\($0 / 60)" }.joined(separator: ",")
  return "\((minutes.first ?? 0) % 60) \(hours) * * \(cronDays(step.days))"
}

/// `*`, `MON-FRI`, `SAT,SUN`: days from 0 for Monday, ascending.
private func cronDays(_ days: [Int]) -> String {
  let names = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
  guard days.count < 7 else { return "*" }
  var parts: [String] = []
  var start = 0
  while start < days.count {
    var end = start
    // A week of cron begins with Sunday: no range reaches it from Saturday.
    while end + 1 < days.count, days[end + 1] == days[end] + 1, days[end + 1] < 6 { end += 1 }
    parts +=
      end - start >= 2 ? ["\(names[days[start]])-\(names[days[end]])"] : days[start...end].map { names[$0] }
    start = end + 1
  }
  return parts.joined(separator: ",")
}
