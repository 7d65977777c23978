import Advice
import Model

/// The weeks of services in 168 cells each: what ran, what was needed, and what the advised actions make of it.
public struct ScheduleCalendarAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let calendars: [ScheduleCalendar]
  /// Services that there is no calendar of, with why.
  package let unknown: [(service: String, reason: DataError)]
}

extension Workspace {
  /// The week of each service whose instances share their work.
  /// - Parameter service: one service; nil for all.
  /// - Throws: `DataError` for a service the fleet does not have, and when the month cannot be billed.
  public func scheduleCalendar(service name: String? = nil, month: String?) throws -> ScheduleCalendarAnswer {
    let advice = try advice(.schedule, service: name, month: month)
    let study = try study(month: month)
    let plan = try study.asRun()
    var calendars: [ScheduleCalendar] = []
    var unknown: [(service: String, reason: DataError)] = []
    for service in study.fleet.services where service.approach == .group && (name ?? service.name) == service.name {
      let changes = advice.verdicts.filter { $0.services == [service.name] }.flatMap(\.changes)
      let actions = changes.compactMap { $0.change as? ScheduledCapacity }.flatMap(\.actions)
      do throws(DataError) {
        calendars.append(try ScheduleCalendar(of: service, on: plan, actions: actions, study.context))
      } catch {
        unknown.append((service.name, error))
      }
    }
    return ScheduleCalendarAnswer(scope: MonthScope(study), calendars: calendars, unknown: unknown)
  }
}
