import Advice
import Analytics
import Model

/// The weeks of services in 168 cells each, a row a cell, as a chart is drawn from.
package func scheduleCalendarDocument(_ answer: ScheduleCalendarAnswer) -> ReportDocument {
  let words =
    "By hour of the week on the fleet's clock: what ran on average, the most that any week on record needed with the review's "
    + "headroom, and what the advised actions would run on average."
  let table = ReportTable(
    "calendar",
    columns: [
      .text("service", "Service"), .text("weekday", "Day"), ReportColumn("hour", "Hour", .count),
      ReportColumn("ran", "Ran", .number(unit: nil)), ReportColumn("needed", "Needed", .count),
      ReportColumn("advised", "Advised", .number(unit: nil)),
    ],
    rows: answer.calendars.flatMap { calendar in
      calendar.cells.enumerated().map { hour, cell in
        [
          .text(calendar.service), .text(weekdays[hour / 24]), .count(hour % 24), mean(cell.ran),
          cell.needed.map { .count($0) } ?? .empty, mean(cell.advised),
        ]
      }
    })
  let unknown = answer.unknown.map { "\($0.service): found \($0.reason.found)." }
  return ReportDocument(
    "schedule-calendar", title: "\(answer.scope.fleet): the week of \(answer.scope.month.name)",
    blocks: [.paragraph(words)] + (unknown.isEmpty ? [] : [.list(unknown)]) + [.table(table)])
}

private let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

private func mean(_ count: Double?) -> ReportCell { count.map { .measured($0, decimals: 1) } ?? .empty }
