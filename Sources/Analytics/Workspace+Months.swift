import Model
import Store

// Which month is asked about.

extension Workspace {
  /// - Throws: ``DataError``, kind `usage`, for what is no month.
  func parsed(_ text: String) throws(DataError) -> Month {
    if let month = Month(text) { return month }
    throw DataError(Place(parameter: .month), found: "\"\(text)\"", expected: "a month such as 2026-10", kind: .usage)
  }

  /// A month that is asked for, if there is anything to say of it.
  /// - Throws: ``DataError``, kind `usage`, for one that is to come, and into which neither samples nor runs reach.
  func begun(_ month: Month, _ inventory: [InstanceRun]) throws(DataError) -> Month {
    guard let now else { return month }
    let clock = try clock(of: fleets.latest)
    let start = clock.period(of: month).start
    // A day for clocks that differ.
    guard start >= now.advanced(by: 86_400) else { return month }
    if inventory.contains(where: { max($0.started, $0.stopped ?? $0.started) >= start }) { return month }
    if let last = try store.lastInstant(), last >= start { return month }
    let today = now.advanced(by: clock.offset(at: now)).civil
    throw DataError(
      Place(parameter: .month), found: "\(month), which has not begun",
      expected: "a month up to \(Month(year: today.year, month: today.month)); `plimsoll forecast` looks ahead",
      kind: .usage)
  }

  /// The last month that the store's samples reach to its end, of which anything was measured, and in which anything ran.
  func lastMonth(_ inventory: [InstanceRun]) throws(DataError) -> Month {
    let clock = try clock(of: fleets.latest)
    // Days are whole: what was measured until a day from now has come. A clock that is behind all samples tells nothing.
    let limit = now.map { Instant(seconds: Int64($0.day + 2) * 86_400) }
    let come = try store.lastInstant(before: limit)
    let all = come == nil ? try store.lastInstant() : come
    guard let last = all else { throw noMonth(inventory) }
    let local = last.advanced(by: clock.offset(at: last)).civil
    let reached = Month(year: local.year, month: local.month)
    // An hour before the end still counts as whole: samples are stamped at the start of their interval.
    let isOver = come == nil || now.map { $0.advanced(by: 3600) >= clock.period(of: reached).end } ?? true
    let isWhole = isOver && last.advanced(by: 3600) >= clock.period(of: reached).end
    let latest = isWhole ? reached : reached.previous
    var month = latest
    while true {
      let period = clock.period(of: month)
      guard let day = try store.lastDay(before: period.end) else { return latest }
      // Whole days of the month, by UTC.
      let isMeasured = Int64(day) * 86_400 >= period.start.seconds
      if isMeasured, inventory.isEmpty || inventory.contains(where: { $0.overlap(with: period) != nil }) {
        if month != latest { monthPassedOver(PassedOverMonth(passed: latest, taken: month)) }
        return month
      }
      let noon = Instant(seconds: Int64(day) * 86_400 + 43_200)
      let civil = noon.advanced(by: clock.offset(at: noon)).civil
      month = min(month.previous, Month(year: civil.year, month: civil.month))
    }
  }

  /// That no month is the last.
  private func noMonth(_ inventory: [InstanceRun]) -> DataError {
    // An inventory suffices for many questions, but says of no month that it is the last.
    guard inventory.isEmpty else {
      return DataError(
        Place(parameter: .month), found: "none, and no samples to tell the last month by",
        expected: "a month such as 2026-10", kind: .usage)
    }
    return DataError(
      Place(file: "store"), found: "no samples", expected: "imported utilisation (plimsoll import utilisation FILE)",
      kind: .missingInput)
  }
}

/// A month that samples reach to its end, and that was not asked about, as nothing was measured in it or nothing ran.
public struct PassedOverMonth: Hashable, Sendable {
  /// The last month that samples reach.
  public let passed: Month
  /// The one that was asked about in its place.
  public let taken: Month
}
