// Which hours of which instances a reservation pays for.
//
// Hour by hour (the clock hour in UTC is the unit of benefit). A reservation covers instances of its own engine, region
// and family in normalised units, smallest instance first, so that half of an xlarge may be covered by a large.
// Commitments apply in the order they are given: a study gives them in the order they were bought. Sizes without a normalisation factor match exactly.
// Source: Amazon EC2 user guide, "How Reserved Instances are applied" (instance size flexibility: regional, Linux,
// shared tenancy); ElastiCache user guide, "Size flexible reserved nodes".

import Model

/// One service's use of one instance kind.
package struct UsageKey: Hashable, Sendable, Comparable {
  package var service: String
  package var kind: InstanceKind
  package static func < (a: UsageKey, b: UsageKey) -> Bool {
    (a.service, a.kind) < (b.service, b.kind)
  }
}

/// Unit-seconds: an instance running for a second counts as many as it has normalised units.
package struct ReservationCoverage: Sendable {
  /// Covered unit-seconds of a usage by a commitment (its index).
  package private(set) var covered: [UsageKey: [Int: Int128]] = [:]
  /// Unit-seconds left to on-demand, by the start of the hour.
  package private(set) var uncovered: [UsageKey: [Instant: Int128]] = [:]
  /// Unit-seconds each commitment paid for and nobody used.
  package private(set) var unused: [Int128]
  /// Unit-seconds of spot usage by the start of the hour.
  package private(set) var spot: [UsageKey: [Instant: Int128]] = [:]

  /// - Parameter kind: what a run is priced as.
  package init(
    runs: [InstanceRun], commitments: [PricedCommitment], over period: Period,
    kind: (InstanceRun) -> InstanceKind
  ) {
    let spans = UsageSpans(runs, over: period, kind: kind)
    let held = commitments.map { HeldUnits($0, keys: spans.keys) }
    unused = Array(repeating: 0, count: commitments.count)
    var coveredUnits = held.map { _ in [Int128](repeating: 0, count: spans.keys.count) }
    spans.forEachHour(of: period) { clock, wanted, spotted in
      for (index, held) in held.enumerated() {
        guard let part = held.period.intersection(clock) else { continue }
        var budget = held.unitsPerSecond * Int128(part.seconds)
        for key in held.matching where budget > 0 && wanted[key] > 0 {
          let units = min(budget, wanted[key])
          wanted[key] -= units
          budget -= units
          coveredUnits[index][key] += units
        }
        unused[index] += budget
      }
      for (index, key) in spans.keys.enumerated() {
        if wanted[index] > 0 { uncovered[key, default: [:]][clock.start] = wanted[index] }
        if spotted[index] > 0 { spot[key, default: [:]][clock.start] = spotted[index] }
      }
    }
    for (index, byKey) in coveredUnits.enumerated() {
      for (key, units) in byKey.enumerated() where units > 0 {
        covered[spans.keys[key], default: [:]][index] = units
      }
    }
  }
}

/// What runs on instances whose reservations may cover other sizes of their family; licensed systems match exactly.
private let sizeFlexibleEngines: Set<String> = ["linux", "redis", "valkey", "memcached"]

/// A commitment as the hourly loop needs it.
private struct HeldUnits {
  let period: Period
  let unitsPerSecond: Int128
  /// Indices of the usages it may cover, in the order it covers them.
  let matching: [Int]

  init(_ held: PricedCommitment, keys: [UsageKey]) {
    period = held.commitment.period
    unitsPerSecond = Int128(held.commitment.count) * normalisedUnits(held.commitment.type)
    // Among instances of one size those of its own service come first: the account would not care, its owners do.
    matching = keys.indices.filter { Self.matches(held, keys[$0].kind) }.sorted { a, b in
      let sizes = [a, b].map { normalisedUnits(keys[$0].kind.type) }
      let own = [a, b].map { keys[$0].service == held.commitment.service ? 0 : 1 }
      return (sizes[0], own[0], a) < (sizes[1], own[1], b)
    }
  }

  private static func matches(_ held: PricedCommitment, _ kind: InstanceKind) -> Bool {
    guard held.price.kind.region == kind.region, held.price.kind.engine == kind.engine else { return false }
    if held.commitment.type == kind.type { return true }
    guard sizeFlexibleEngines.contains(kind.engine) else { return false }
    let own = TypeName(held.commitment.type)
    let other = TypeName(kind.type)
    return own.family == other.family && own.quarterUnits != nil && other.quarterUnits != nil
  }
}

/// Runs by the hour: unit-seconds of each usage, smallest instances first.
private struct UsageSpans {
  private struct Span {
    var period: Period
    var key: Int
    var units: Int128
    var isSpot: Bool
  }

  let keys: [UsageKey]
  private let spans: [Span]

  init(_ runs: [InstanceRun], over period: Period, kind: (InstanceRun) -> InstanceKind) {
    let clipped = runs.compactMap { run in
      run.overlap(with: period).map { (run: run, period: $0, key: UsageKey(service: run.service, kind: kind(run))) }
    }
    let units = Dictionary(
      clipped.map { ($0.key, normalisedUnits($0.key.kind.type)) }, uniquingKeysWith: { first, _ in first })
    keys = units.keys.sorted { (units[$0]!, $0) < (units[$1]!, $1) }
    let index = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    spans = clipped.map { entry in
      Span(
        period: entry.period, key: index[entry.key]!, units: units[entry.key]!, isSpot: entry.run.lifecycle == .spot)
    }.sorted { $0.period.start < $1.period.start }
  }

  /// Calls `body` for each clock hour with the on-demand and the spot unit-seconds of each key in it.
  func forEachHour(of period: Period, _ body: (Period, inout [Int128], [Int128]) -> Void) {
    var active: [Span] = []
    var next = 0
    var hour = Instant(seconds: floorDivide(period.start.seconds, 3600) * 3600)
    while hour < period.end {
      let clock = Period(start: hour, end: hour.advanced(by: 3600)).intersection(period)!
      while next < spans.count, spans[next].period.start < clock.end {
        active.append(spans[next])
        next += 1
      }
      active.removeAll { $0.period.end <= clock.start }
      var wanted = [Int128](repeating: 0, count: keys.count)
      var spotted = wanted
      for span in active {
        let units = Int128(span.period.intersection(clock)?.seconds ?? 0) * span.units
        if span.isSpot { spotted[span.key] += units } else { wanted[span.key] += units }
      }
      body(clock, &wanted, spotted)
      hour = hour.advanced(by: 3600)
    }
  }
}

/// Normalised units of a type (× 4); sizes without a factor count 1 and match only themselves.
package func normalisedUnits(_ type: String) -> Int128 { TypeName(type).quarterUnits ?? 1 }
