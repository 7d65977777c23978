// What each time of a week needs, from weeks that were measured.
//
// A time of the week is a quarter of an hour of the local clock. It needs the most of all its intervals in any week:
// a peak in one week of two keeps its hour. A day that is like no other is left out: at some time it needs a quarter
// more than any of its peers did within a quarter of an hour of that time. Peers are the days of its weekday, the
// days of its place in the month, and the last days of months, at least three of them, so that what recurs every
// second week or once a month has a peer. Where more than one day of twenty is like no other, none is: the record is
// merely uneven.

import Model

/// The quarters of an hour of a week, from Monday 00:00 of a wall clock on.
package struct WeekOfNeed: Sendable {
  package static let slotSeconds: Int64 = 900
  package static let slotsADay = 96

  /// The most that each needs; nil where it was never measured but on excluded days.
  package private(set) var most: [Double?]
  /// In how many weeks each was measured.
  package private(set) var weeks: [Int]

  /// - Parameters:
  ///   - slots: of the grid of the days, which are looked at.
  ///   - excluded: days, by their places, whose need is not; that they were measured counts.
  package init(_ need: [Double?], on days: LocalDays, in slots: Range<Int>, excluding excluded: Set<Int> = []) {
    most = [Double?](repeating: nil, count: 7 * Self.slotsADay)
    weeks = [Int](repeating: 0, count: most.count)
    var last = [Int](repeating: -1, count: most.count)
    for (place, day) in days.days.enumerated() {
      for slot in day.slots.clamped(to: slots) {
        guard let value = need[slot] else { continue }
        for quarter in Self.quarters(of: slot, on: days) {
          let index = day.date.weekday * Self.slotsADay + quarter
          if !excluded.contains(place) { most[index] = max(most[index] ?? 0, value) }
          if last[index] != place { weeks[index] += 1 }
          last[index] = place
        }
      }
    }
  }

  /// The quarters of an hour of the day that a slot of a grid lies in.
  package static func quarters(of slot: Int, on days: LocalDays) -> Range<Int> {
    let first = Int(days.secondOfDay(slot) / slotSeconds)
    let count = Int(max(1, days.grid.stepSeconds / slotSeconds))
    return first..<min(slotsADay, first + count)
  }

  /// By how much more than its peers a day must need.
  private static let excessShare = 1.25
  private static let leastPeers = 3
  /// Of days one may be like no other.
  private static let mostShare = 20

  /// The days, by their places, that are like no other in some slots.
  /// - Parameter excluded: days that are no peers of any and are not looked at.
  package static func oneOffDays(
    _ need: [Double?], on days: LocalDays, in slots: Range<Int>, excluding excluded: Set<Int> = []
  ) -> Set<Int> {
    let profiles = days.days.map { profile(need, $0.slots.clamped(to: slots), days) }
    let measured = profiles.indices.filter { place in
      !excluded.contains(place) && profiles[place].contains { $0 != nil }
    }
    let near = profiles.map(widened)
    let found = measured.filter { place in
      let date = days.days[place].date
      let peers = measured.filter { $0 != place && date.isPeer(of: days.days[$0].date) }
      return peers.count >= leastPeers && exceeds(profiles[place], peers.map { near[$0] })
    }
    return found.count <= max(1, measured.count / mostShare) ? Set(found) : []
  }

  private static func profile(_ need: [Double?], _ slots: Range<Int>, _ days: LocalDays) -> [Double?] {
    var profile = [Double?](repeating: nil, count: slotsADay)
    for slot in slots {
      guard let value = need[slot] else { continue }
      for quarter in quarters(of: slot, on: days) { profile[quarter] = max(profile[quarter] ?? 0, value) }
    }
    return profile
  }

  /// The most of each quarter and those beside it; below any need where none is known.
  private static func widened(_ profile: [Double?]) -> [Double] {
    profile.indices.map { quarter in
      var most = -Double.infinity
      for near in max(0, quarter - 1)...min(slotsADay - 1, quarter + 1) { most = max(most, profile[near] ?? most) }
      return most
    }
  }

  /// - Parameter peers: the most near each quarter, of each peer.
  private static func exceeds(_ own: [Double?], _ peers: [[Double]]) -> Bool {
    own.indices.contains { quarter in
      guard let value = own[quarter] else { return false }
      var (known, most) = (0, -Double.infinity)
      for peer in peers where peer[quarter] > -.infinity {
        known += 1
        most = max(most, peer[quarter])
      }
      return known >= leastPeers && value > most * excessShare
        && ServiceNeed.instances(value) > ServiceNeed.instances(most)
    }
  }
}

extension CivilDate {
  /// 0 for Monday.
  package var weekday: Int { ((day + 3) % 7 + 7) % 7 }

  /// True for days of one weekday, of one place in their months, or both last in them.
  fileprivate func isPeer(of other: CivilDate) -> Bool {
    let (own, others) = (midnightUTC.civil.day, other.midnightUTC.civil.day)
    let last = { (date: CivilDate) in CivilDate(day: date.day + 1).midnightUTC.civil.day == 1 }
    return weekday == other.weekday || own == others || (last(self) && last(other))
  }
}
