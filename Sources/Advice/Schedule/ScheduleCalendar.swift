import Analysis
import Model

/// A week of a service in 168 cells, the hours of the local clock from Monday 00:00 on.
package struct ScheduleCalendar: Hashable, Sendable {
  /// One hour of the week.
  package struct Cell: Hashable, Sendable {
    /// Instances that ran in the month, on average; nil where the month has no such hour.
    package var ran: Double?
    /// The most that any week on record needed, with the review's headroom, on days like others; nil where nothing was
    /// measured.
    package var needed: Int?
    /// What would run under the actions that are advised, on average; nil where none are.
    package var advised: Double?
  }

  package let service: String
  package let cells: [Cell]

  /// - Parameters:
  ///   - plan: what runs.
  ///   - actions: those that are advised; empty for none.
  /// - Throws: ``DataError`` for a type that the book does not know.
  package init(
    of service: Service, on plan: FleetPlan, actions: [CapacityAction], _ context: AdviceContext
  ) throws(DataError) {
    self.service = service.name
    let type = context.mainType(of: service.name, in: plan) ?? service.initialType
    let record = try ScheduleRecord(service, type: try context.catalogue.specification(type), context)
    let week = WeekOfNeed(
      record.comfortable.values, on: record.days, in: record.measured, excluding: record.exceptions(in: record.measured)
    )
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    let ran = Self.means(running, context)
    let advised =
      actions.isEmpty ? nil : Self.means(CapacityAction.counts(actions, from: running, on: context.grid), context)
    let quarters = WeekOfNeed.slotsADay / 24
    cells = (0..<168).map { hour in
      let needs = week.most[(hour * quarters)..<((hour + 1) * quarters)].compactMap(\.self)
      return Cell(
        ran: ran[hour], needed: needs.max().map { max(service.minimum, ServiceNeed.instances($0)) },
        advised: advised?[hour])
    }
  }

  /// The mean of each hour of the week; nil for one that the grid does not have.
  private static func means(_ counts: [Int], _ context: AdviceContext) -> [Double?] {
    var sums = [(sum: Int, count: Int)](repeating: (0, 0), count: 168)
    for (slot, count) in counts.enumerated() {
      let hour = context.clock.hourOfWeek(at: context.grid.instant(slot))
      sums[hour] = (sums[hour].sum + count, sums[hour].count + 1)
    }
    return sums.map { $0.count > 0 ? Double($0.sum) / Double($0.count) : nil }
  }
}
