// What happened while thresholds were crossed.
//
// Episodes that come back at a time of day are one event a service and time, those with the metric as usual one a metric. All
// others are joined: where they touch (a slot, or the longest of their durations, apart), and where users stayed beyond their
// usual from the one to the other. An episode with its metric as usual belongs to what happened around it where that metric is
// met on fewer than half of the days. What happened in each event is then asked of every service's metrics, never of its name.

import Analysis
import Model

/// The events of a fleet's threshold tables.
struct EventReview {
  /// As many of those that happened once are looked into, the gravest; of the others only what was met is told.
  static let mostLookedInto = 100

  /// The weightiest first: by severity, what happened once before what comes back, then by length.
  private(set) var events: [ThresholdEvent]

  init(_ rows: [JudgedMetric], _ days: LocalDays, _ context: AdviceContext) throws(DataError) {
    var groups = try rows.singleGroups(days, users: context)
    let taken = rows.takeIn(&groups, days)
    events = rows.recurringEvents(days) + rows.indices.compactMap { rows.usualEvent($0, without: taken, days) }
    var single = groups.map { $0.event(days) }
    single.sort(by: Self.isWeightier)
    let looked = try EventMetrics(days, context).lookedInto(Array(single.prefix(Self.mostLookedInto)))
    events += looked + single.dropFirst(Self.mostLookedInto)
    events.sort(by: Self.isWeightier)
    nameApart()
  }

  private static func isWeightier(_ a: ThresholdEvent, _ b: ThresholdEvent) -> Bool {
    if a.severity != b.severity { return a.severity > b.severity }
    if a.isOnce != b.isOnce { return a.isOnce }
    return (b.seconds, a.start) < (a.seconds, b.start)
  }

  /// Of events that are called alike each but the first gets a number.
  private mutating func nameApart() {
    var seen: [String: Int] = [:]
    for index in events.indices {
      let count = (seen[events[index].id] ?? 0) + 1
      seen[events[index].id] = count
      if count > 1 { events[index].id += "-\(count)" }
    }
  }
}

/// An episode with whose it is.
private struct PlacedEpisode: Hashable {
  var finding: ThresholdFinding
  /// The place of its row in the fleet's tables.
  var row: Int
  var episode: Episode
  var slots: Range<Int>

}

extension [JudgedMetric] {
  private func episodes(_ natures: Set<Episode.Nature>, row: Int, _ days: LocalDays) -> [PlacedEpisode] {
    self[row].findings.flatMap { finding in
      finding.episodes.filter { natures.contains($0.nature) }.map {
        PlacedEpisode(finding: finding, row: row, episode: $0, slots: days.slots(of: $0))
      }
    }
  }

  /// What comes back at a time of day, an event a service and time.
  fileprivate func recurringEvents(_ days: LocalDays) -> [ThresholdEvent] {
    let all = indices.flatMap { episodes([.recurring], row: $0, days) }
    return all.map(\.finding.scope).eachOnce().flatMap { scope -> [ThresholdEvent] in
      let own = all.filter { $0.finding.scope == scope }
      let times = own.map { days.timeOfDay(of: $0.episode) }
      return touching(times) { _ in 1 }.map { group in recurringEvent(group.map { own[$0] }, days) }
    }
  }

  private func recurringEvent(_ group: [PlacedEpisode], _ days: LocalDays) -> ThresholdEvent {
    let first = group.min { ($0.episode.start, $0.row) < ($1.episode.start, $1.row) } ?? group[0]
    let time = group.map { days.secondOfDay($0.slots.lowerBound) }.min() ?? 0
    var event = ThresholdEvent(
      id: "recurring-\(first.finding.scope)-\(twoDigits(Int(time / 3600)))\(twoDigits(Int(time / 60 % 60)))",
      kind: .recurring, start: first.episode.start, seconds: group.seconds, conditions: group.conditions)
    describe(&event, group, days)
    return event
  }

  /// The episodes of a row in which the metric was as usual; nil where there are none.
  fileprivate func usualEvent(_ row: Int, without taken: Set<PlacedEpisode>, _ days: LocalDays) -> ThresholdEvent? {
    let own = episodes([.withinUsual], row: row, days).filter { !taken.contains($0) }
    guard let first = own.min(by: { $0.episode.start < $1.episode.start }) else { return nil }
    var event = ThresholdEvent(
      id: "usual-\(first.finding.scope)-\(first.finding.metric.rawValue)", kind: .withinUsual,
      start: first.episode.start, seconds: own.seconds, conditions: own.conditions)
    describe(&event, own, days)
    return event
  }

  /// On how many days something was, and how grave on each.
  private func describe(_ event: inout ThresholdEvent, _ group: [PlacedEpisode], _ days: LocalDays) {
    let measured = group.map(\.row).eachOnce().reduce(into: Set<Int>()) { $0.formUnion(self[$1].measuredDays) }
    event.recurrence = days.recurrence(of: group.map(\.slots.lowerBound), measuredDays: measured)
    event.daysAtLevel = Severity.allCases.map { severity in
      Set(group.filter { $0.finding.severity >= severity }.map { days.day(of: $0.slots.lowerBound) }).count
    }
  }

  /// What happened once: episodes that were out of the ordinary, or of which nobody can tell, joined.
  fileprivate func singleGroups(_ days: LocalDays, users context: AdviceContext) throws(DataError) -> [[PlacedEpisode]]
  {
    let all = indices.flatMap { episodes([.unusual, .unknown], row: $0, days) }
    let tolerances = all.map { placed in
      let least = placed.finding.condition.leastSeconds(ofSamples: days.grid.stepSeconds)
      return Int(Swift.max(1, Swift.min(least, 86_400) / days.grid.stepSeconds))
    }
    let groups = touching(all.map(\.slots)) { tolerances[$0] }.map { group in group.map { all[$0] } }
    guard groups.count > 1, let users = try context.totalUsers()?.values else { return groups }
    return groups.joined(by: users, days)
  }

  /// Adds to groups what belongs to them though its metric was as usual.
  /// - Returns: what was added.
  fileprivate func takeIn(_ groups: inout [[PlacedEpisode]], _ days: LocalDays) -> Set<PlacedEpisode> {
    let hulls = groups.map(\.hull)
    var taken: Set<PlacedEpisode> = []
    for row in indices where !hulls.isEmpty {
      let own = episodes([.withinUsual], row: row, days)
      let recurrence = days.recurrence(of: own.map(\.slots.lowerBound), measuredDays: self[row].measuredDays)
      guard !own.isEmpty, recurrence.count * 2 < recurrence.of else { continue }
      for episode in own {
        guard let place = hulls.firstIndex(where: { $0.contains(episode.slots.lowerBound) }),
          episode.slots.upperBound <= hulls[place].upperBound
        else { continue }
        groups[place].append(episode)
        taken.insert(episode)
      }
    }
    return taken
  }
}

extension [[PlacedEpisode]] {
  /// Groups one after the other as one where users stayed beyond their usual between them.
  fileprivate func joined(by users: [Double?], _ days: LocalDays) -> Self {
    var result: Self = []
    for group in self {
      guard let last = result.last?.hull,
        users.staysBeyond(
          .upwards, between: last.upperBound..<Swift.max(last.upperBound, group.hull.lowerBound), on: days)
      else {
        result.append(group)
        continue
      }
      result[result.count - 1] += group
    }
    return result
  }
}

extension [PlacedEpisode] {
  /// As one event, of which nothing is known yet.
  fileprivate func event(_ days: LocalDays) -> ThresholdEvent {
    let window = hull
    return ThresholdEvent(
      id: days.name(of: window.lowerBound), kind: .unknown, start: days.grid.instant(window.lowerBound),
      seconds: Int64(window.count) * days.grid.stepSeconds, conditions: conditions)
  }

  /// From the first slot to the last.
  fileprivate var hull: Range<Int> {
    let first = map(\.slots.lowerBound).min() ?? 0
    return first..<Swift.max(first, map(\.slots.upperBound).max() ?? 0)
  }

  /// How long any of them lasted.
  fileprivate var seconds: Int64 {
    coveredSeconds(map { Period(start: $0.episode.start, end: $0.episode.end) })
  }

  /// What was met of each metric, the gravest first, then the longest, then in the fleet's order.
  fileprivate var conditions: [MetCondition] {
    let met = Dictionary(grouping: self, by: \.row).sorted { $0.key < $1.key }.compactMap { row, own in
      own.condition.map { (row: row, met: $0) }
    }
    return met.sorted { a, b in
      if a.met.severity != b.met.severity { return a.met.severity > b.met.severity }
      return (b.met.seconds, a.row) < (a.met.seconds, b.row)
    }.map(\.met)
  }

  /// The same of episodes of one row; nil for none.
  private var condition: MetCondition? {
    guard let gravest = self.max(by: { $0.finding.severity < $1.finding.severity }),
      let mildest = self.min(by: { $0.finding.severity < $1.finding.severity })
    else { return nil }
    let isAbove = gravest.finding.condition.comparison == .above
    let peaks = filter { $0.finding.severity == gravest.finding.severity }.compactMap(\.episode.peak)
    let peak = peaks.max { a, b in
      a.value == b.value ? b.instant < a.instant : isAbove ? a.value < b.value : b.value < a.value
    }
    return MetCondition(
      scope: gravest.finding.scope, metric: gravest.finding.metric, severity: gravest.finding.severity,
      condition: gravest.finding.condition, start: map(\.episode.start).min() ?? gravest.episode.start,
      episodes: count { $0.finding.severity == mildest.finding.severity }, seconds: seconds, peak: peak)
  }
}

extension LocalDays {
  /// A moment as the clock shows it, as a name: `2026-10-24-0200`.
  fileprivate func name(of slot: Int) -> String {
    let time = secondOfDay(slot)
    return "\(days[day(of: slot)].date)-\(twoDigits(Int(time / 3600)))\(twoDigits(Int(time / 60 % 60)))"
  }
}
