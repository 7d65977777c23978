/// Days that are like no other: a holiday, a launch, a move. Schedules and forecasts neither learn from them nor are judged by
/// them; days ahead are forecast as measured ones of the same name were.
package struct CalendarEvent: FleetPart, Hashable {
  package var name = ""
  package var from = CivilDate(day: 0)
  package var last: CivilDate?

  package init() {}

  package static let about =
    "Days that are like no other: a holiday, a launch, a move. Schedules and forecasts neither learn from them nor are judged by them; days ahead are forecast as measured ones of the same name were."

  package static let keys: [FleetKey<CalendarEvent>] = [
    .required("name", \.name, "What reports call it."),
    .required("from", \.from, "Its first day, on the fleet's clock."),
    FleetKey("last", \.last, "Its last day.", absent: "the first day"),
  ]

  /// True for its days.
  package func includes(_ date: CivilDate) -> Bool { from <= date && date <= (last ?? from) }
}
