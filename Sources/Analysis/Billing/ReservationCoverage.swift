// Which hours of which instances a reservation pays for.
//
// Hour by hour (the clock hour in UTC is the unit of benefit). A reservation covers instances of its own engine, region
// and family in normalised units, smallest instance first, so that half of an xlarge may be covered by a large.
// Commitments apply in the order they were bought. Sizes without a normalisation factor match exactly.
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

  private let commitments: [PricedCommitment]

  /// - Parameter kind: what a run is priced as.
  package init(
    runs: [InstanceRun], commitments: [PricedCommitment], over period: Period,
    kind: (InstanceRun) -> InstanceKind
  ) {
    self.commitments = commitments
    unused = Array(repeating: 0, count: commitments.count)
    let spans = runs.compactMap { run in
      run.overlap(with: period).map { (run: run, span: $0, key: UsageKey(service: run.service, kind: kind(run))) }
    }.sorted { ($0.span.start, $0.run.resource) < ($1.span.start, $1.run.resource) }
    var active: [(run: InstanceRun, span: Period, key: UsageKey)] = []
    var next = 0
    var hour = Instant(seconds: floorDivide(period.start.seconds, 3600) * 3600)
    while hour < period.end {
      let clock = Period(start: hour, end: hour.advanced(by: 3600)).intersection(period)!
      while next < spans.count, spans[next].span.start < clock.end {
        active.append(spans[next])
        next += 1
      }
      active.removeAll { $0.span.end <= clock.start }
      var wanted: [UsageKey: Int128] = [:]
      for entry in active {
        let seconds = Int128(entry.span.intersection(clock)?.seconds ?? 0)
        let units = seconds * normalisedUnits(entry.run.type)
        if entry.run.lifecycle == .spot {
          spot[entry.key, default: [:]][clock.start, default: 0] += units
        } else {
          wanted[entry.key, default: 0] += units
        }
      }
      apply(to: &wanted, in: clock)
      for (key, units) in wanted where units > 0 {
        uncovered[key, default: [:]][clock.start, default: 0] += units
      }
      hour = hour.advanced(by: 3600)
    }
  }

  private mutating func apply(to wanted: inout [UsageKey: Int128], in clock: Period) {
    let order = wanted.keys.sorted {
      (normalisedUnits($0.kind.type), $0) < (normalisedUnits($1.kind.type), $1)
    }
    for (index, held) in commitments.enumerated() {
      guard let part = held.commitment.period.intersection(clock) else { continue }
      var budget =
        Int128(held.commitment.count) * normalisedUnits(held.commitment.type) * Int128(part.seconds)
      for key in order where budget > 0 && matches(held, key.kind) {
        let units = min(budget, wanted[key]!)
        guard units > 0 else { continue }
        wanted[key]! -= units
        budget -= units
        covered[key, default: [:]][index, default: 0] += units
      }
      unused[index] += budget
    }
  }

  private func matches(_ held: PricedCommitment, _ kind: InstanceKind) -> Bool {
    guard held.price.kind.region == kind.region, held.price.kind.engine == kind.engine else {
      return false
    }
    if held.commitment.type == kind.type { return true }
    let own = TypeName(held.commitment.type)
    let other = TypeName(kind.type)
    return own.family == other.family && own.quarterUnits != nil && other.quarterUnits != nil
  }
}

/// Normalised units of a type (× 4); sizes without a factor count 1 and match only themselves.
package func normalisedUnits(_ type: String) -> Int128 { TypeName(type).quarterUnits ?? 1 }
