// Which hours of which instances a reservation pays for.
//
// Hour by hour (the clock hour in UTC is the unit of benefit). Zonal reservations are applied first, each to its own type
// in its zone; then the regional ones, in normalised units where they are size-flexible, smallest instance first, so that
// half of an xlarge may be covered by a large. What each may cover is in `PricedCommitment+Coverage.swift`. Of the zonal ones, and of
// the regional ones, commitments apply in the order they are given: a study gives them in the order they were bought. Which
// accounts' instances each serves, and whose first, is in `CommitmentSharing.swift`.
// Source: Amazon EC2 user guide, "How Reserved Instances are applied" (apply_ri): regional ones are applied from the
// smallest to the largest size of the family; zonal ones before regional ones, which wastes least (its scenario 4).

import Model

/// One service's use of one instance kind.
package struct UsageKey: Hashable, Sendable, Comparable {
  package var service: String
  package var kind: InstanceKind
  /// Whose it is; nil where that is not told apart, and where nobody knows.
  package var account: String?
  package static func < (a: UsageKey, b: UsageKey) -> Bool {
    (a.service, a.kind, a.account ?? "") < (b.service, b.kind, b.account ?? "")
  }
}

/// Unit-seconds: an instance running for a second counts as many as it has normalised units.
package struct ReservationCoverage: Sendable {
  /// Covered unit-seconds of a usage by a commitment (its index).
  package private(set) var covered: [UsageKey: [Int: Int128]] = [:]
  /// Unit-seconds left to on-demand, by the hour; a usage of which nothing is left is not there.
  package private(set) var uncovered: [UsageKey: HourlyUnits] = [:]
  /// Unit-seconds each commitment paid for and nobody used.
  package private(set) var unused: [Int128]
  /// Unit-seconds of spot usage in a zone, by the hour.
  package private(set) var spot: [ZonedUsage: HourlyUnits] = [:]
  /// The same by the hour, where it is asked for; else empty.
  package private(set) var spare: [HourlyUnits] = []

  /// - Parameters:
  ///   - rules: how sizes count, and which of them a reservation covers.
  ///   - sharing: how they reach beyond their accounts; usage has its account in its key unless all are one.
  ///   - keepsSpare: true to say of each hour what nobody used.
  ///   - kind: what a run is priced as.
  package init(
    runs: [InstanceRun], commitments: [PricedCommitment], over period: Period, by rules: any ReservationRules,
    sharing: CommitmentSharing = .pooled, keepsSpare: Bool = false, kind: (InstanceRun) -> InstanceKind
  ) {
    let spans = HourlyUsage(runs, over: period, by: rules, byAccount: sharing != .pooled, kind: kind)
    let held = commitments.map { HeldUnits($0, of: spans, by: rules, sharing) }
    let zonal = commitments.indices.filter { commitments[$0].commitment.zone != nil }
    let regional = commitments.indices.filter { commitments[$0].commitment.zone == nil }
    let order = [zonal, regional].flatMap { own in sharing.turns.flatMap { turn in own.map { (index: $0, turn: turn) } }
    }
    unused = Array(repeating: 0, count: commitments.count)
    var coveredUnits = held.map { _ in [Int128](repeating: 0, count: spans.keys.count) }
    let none = HourlyUnits(over: period)
    if keepsSpare { spare = held.map { _ in none } }
    var left = [HourlyUnits?](repeating: nil, count: spans.keys.count)
    var spot = left
    spans.forEachHour(of: period, changingAt: held.flatMap { [$0.period.start, $0.period.end] }) {
      hours, clock, wanted, spotted in
      let count = Int128(hours.count)
      var budgets = held.map { $0.unitsPerSecond * Int128($0.period.intersection(clock)?.seconds ?? 0) }
      for (index, turn) in order {
        for key in held[index].matching[turn] where budgets[index] > 0 && wanted[key] > 0 {
          let units = min(budgets[index], wanted[key])
          wanted[key] -= units
          budgets[index] -= units
          coveredUnits[index][key] += units * count
        }
      }
      for (index, budget) in budgets.enumerated() where budget > 0 {
        unused[index] += budget * count
        if keepsSpare { spare[index].add(budget, inEach: hours) }
      }
      for index in spans.keys.indices {
        if wanted[index] > 0 { left[index, default: none].add(wanted[index], inEach: hours) }
        if spotted[index] > 0 { spot[index, default: none].add(spotted[index], inEach: hours) }
      }
    }
    for (index, key) in spans.keys.enumerated() {
      if let left = left[index] { uncovered[key.usage, default: none].add(left) }
      guard let spot = spot[index] else { continue }
      var zoned = key
      // Nothing that is held pays for it.
      if sharing == .ownerFirst { zoned.usage.account = nil }
      self.spot[zoned, default: none].add(spot)
    }
    for (index, byKey) in coveredUnits.enumerated() {
      for (key, units) in byKey.enumerated() where units > 0 {
        covered[spans.keys[key].usage, default: [:]][index, default: 0] += units
      }
    }
  }
}

/// A commitment as the hourly loop needs it.
private struct HeldUnits {
  let period: Period
  let unitsPerSecond: Int128
  /// Indices of the usages it may cover in each turn, in the order it covers them.
  let matching: [[Int]]

  init(
    _ held: PricedCommitment, of spans: HourlyUsage, by rules: any ReservationRules, _ sharing: CommitmentSharing
  ) {
    let keys = spans.keys
    period = held.commitment.period
    unitsPerSecond = Int128(held.commitment.count) * rules.normalisedUnits(of: held.kind)
    // Among instances of one size those of its own service come first: the account would not care, its owners do.
    let covered = keys.indices.filter { held.covers(keys[$0].usage.kind, in: keys[$0].zone, by: rules) }.sorted {
      a, b in
      let sizes = [a, b].map { spans.units[$0] }
      let own = [a, b].map { keys[$0].usage.service == held.commitment.service ? 0 : 1 }
      return (sizes[0], own[0], a) < (sizes[1], own[1], b)
    }
    matching = sharing.turns.map { turn in
      covered.filter { sharing.turn(of: held.commitment.account, serving: keys[$0].usage.account) == turn }
    }
  }
}

extension [HourlyUnits?] {
  /// The amounts of an index, which begin as others when there are none.
  fileprivate subscript(index: Int, default first: HourlyUnits) -> HourlyUnits {
    get { self[index] ?? first }
    _modify {
      var amounts = self[index] ?? first
      self[index] = nil
      yield &amounts
      self[index] = amounts
    }
  }
}
