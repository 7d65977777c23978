/// A change of a group's capacity at recurring times, as a cloud is told of it.
package struct CapacityAction: Codable, Hashable, Sendable {
  /// Five cron fields.
  package var recurrence: String
  /// The IANA zone whose clock the recurrence is read on.
  package var timezone: String
  /// The fewest from then on, how many at that moment, and the most from then on.
  package var minimum, desired, maximum: Int

  package init(recurrence: String, timezone: String, minimum: Int, desired: Int, maximum: Int) {
    self.recurrence = recurrence
    self.timezone = timezone
    self.minimum = minimum
    self.desired = desired
    self.maximum = maximum
  }

  /// An action of a service, whose own limits stand for those that the action leaves as they are.
  package init(_ action: ScheduledAction, of service: Service) {
    let minimum = action.minimum ?? service.minimum
    self.init(
      recurrence: action.recurrence, timezone: action.timezone, minimum: minimum,
      desired: action.desired ?? minimum, maximum: action.maximum ?? service.maximum)
  }

  /// Parses `0 1 * * * 2/2/8 America/New_York`: cron fields, minimum, desired and maximum, and a zone; UTC without one.
  init?(optionText: Substring) {
    let words = optionText.split(separator: " ").map(String.init)
    guard (6...7).contains(words.count) else { return nil }
    let counts = words[5].split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard counts.count == 3, let minimum = counts[0], let desired = counts[1], let maximum = counts[2] else {
      return nil
    }
    self.init(
      recurrence: words[..<5].joined(separator: " "), timezone: words.count == 7 ? words[6] : "UTC", minimum: minimum,
      desired: desired, maximum: maximum)
  }

  var optionText: String { "\(recurrence) \(minimum)/\(desired)/\(maximum) \(timezone)" }

  /// False for what is no recurrence or zone, and for counts that contradict one another or are beyond any group's.
  var isSound: Bool {
    CronSchedule(recurrence)?.everStrikes == true && LocalClock(identifier: timezone) != nil && 0 <= minimum
      && minimum <= desired
      && desired <= maximum && maximum <= 100_000
  }

  /// A day with a change of clock is as long as no other: from so long before a period on it is known what holds in it.
  private static let lookBackSeconds: Int64 = 8 * 86_400
  /// Strikes of one action that are looked at: every minute of more than four months.
  private static let mostStrikes = 200_000

  /// Which of several actions holds at the start of each slot, by its place: the last that struck, within a week
  /// before the grid too; nil before the first. Of those that strike together the last in their order holds.
  package static func inForce(_ actions: [CapacityAction], on grid: SampleGrid) -> [Int?] {
    let period = Period(start: grid.period.start.advanced(by: -lookBackSeconds), end: grid.period.end)
    var strikes: [(instant: Instant, action: Int)] = []
    for (index, action) in actions.enumerated() {
      guard let schedule = CronSchedule(action.recurrence), let clock = LocalClock(identifier: action.timezone) else {
        continue
      }
      strikes += (schedule.instants(in: period, on: clock, most: mostStrikes) ?? []).map { ($0, index) }
    }
    strikes.sort { ($0.instant, $0.action) < ($1.instant, $1.action) }
    var held = [Int?](repeating: nil, count: grid.count)
    var (next, last) = (0, Int?.none)
    for slot in held.indices {
      while next < strikes.count, strikes[next].instant <= grid.instant(slot) {
        last = strikes[next].action
        next += 1
      }
      held[slot] = last
    }
    return held
  }

  /// What runs in each slot under some actions.
  ///
  /// Where something follows the load, counts are what ran within the limits that hold: a service whose count changed
  /// on a third of the days or more. Where nothing does, what an action asks for stays until the next one.
  /// - Parameter running: what ran.
  package static func counts(_ actions: [CapacityAction], from running: [Int], on grid: SampleGrid) -> [Int] {
    let follows = isFollowed(running, on: grid)
    return zip(running, inForce(actions, on: grid)).map { ran, place in
      guard let place else { return ran }
      let action = actions[place]
      return follows ? min(action.maximum, max(action.minimum, ran)) : action.desired
    }
  }

  /// True for a count that something changes with the load: on a third of the days or more.
  package static func isFollowed(_ running: [Int], on grid: SampleGrid) -> Bool {
    let slotsADay = Int(max(1, 86_400 / max(1, grid.stepSeconds)))
    var changed = 0
    for start in stride(from: 0, to: running.count, by: slotsADay) {
      let day = running[start..<min(running.count, start + slotsADay)]
      if day.contains(where: { $0 != day[start] }) { changed += 1 }
    }
    return changed * slotsADay * 3 >= running.count && changed > 0
  }
}
