import Model

/// One service's use of one instance kind in one zone: what reservations tell apart.
package struct ZonedUsage: Hashable, Sendable {
  package var usage: UsageKey
  package var zone: String

  package init(usage: UsageKey, zone: String) {
    self.usage = usage
    self.zone = zone
  }
}

/// Runs by the clock hour (UTC): unit-seconds of each usage, smallest instances first.
struct HourlyUsage {
  private struct Span {
    var period: Period
    var key: Int
    /// Of all runs that are alike.
    var units: Int128
    var isSpot: Bool
  }

  /// What runs that are alike have in common.
  private struct Likeness: Hashable {
    var period: Period
    var key: Int
    var isSpot: Bool
  }

  /// Smallest instances first, then by service, kind and zone.
  let keys: [ZonedUsage]
  /// The normalised units of an instance of each key.
  let units: [Int128]
  private let spans: [Span]

  /// - Parameters:
  ///   - byAccount: true to tell apart whose usage is.
  ///   - kind: what a run is priced as.
  init(
    _ runs: [InstanceRun], over period: Period, by rules: any ReservationRules, byAccount: Bool = false,
    kind: (InstanceRun) -> InstanceKind
  ) {
    var found = FoundUsages(byAccount: byAccount)
    // A fleet has far fewer kinds of runs than runs: most are there all month.
    var counts: [Likeness: Int] = [:]
    for run in runs {
      guard let period = run.overlap(with: period) else { continue }
      let alike = Likeness(period: period, key: found.place(of: run, kind), isSpot: run.lifecycle == .spot)
      counts[alike, default: 0] += 1
    }
    let foundUnits = found.all.map { rules.normalisedUnits(of: $0.usage.kind) }
    let order = found.all.indices.sorted { a, b in
      (foundUnits[a], found.all[a].usage, found.all[a].zone) < (foundUnits[b], found.all[b].usage, found.all[b].zone)
    }
    var places = [Int](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { places[index] = place }
    keys = order.map { found.all[$0] }
    units = order.map { foundUnits[$0] }
    let unitsOfKeys = self.units
    spans = counts.map { alike, count in
      let key = places[alike.key]
      return Span(period: alike.period, key: key, units: unitsOfKeys[key] * Int128(count), isSpot: alike.isSpot)
    }.sorted { ($0.period.start, $0.period.end, $0.key) < ($1.period.start, $1.period.end, $1.key) }
  }

  /// Calls `body` for the clock hours of a period with the on-demand and the spot unit-seconds of each key in each of
  /// them: once for hours that follow one another and in which the same runs all the time.
  /// - Parameter moments: when something else changes; hours before and behind one are told apart.
  func forEachHour(
    of period: Period, changingAt moments: [Instant],
    _ body: (_ hours: Range<Int>, _ first: Period, _ wanted: inout [Int128], _ spotted: [Int128]) -> Void
  ) {
    var active: [Span] = []
    var next = 0
    let first = HourlyUnits.hours(of: period).lowerBound
    for hours in alike(over: period, moments) {
      let hour = Instant(seconds: (first + Int64(hours.lowerBound)) * 3600)
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
      body(hours, clock, &wanted, spotted)
    }
  }

  /// The hours of a period in parts, within which no run starts or ends and nothing else changes.
  private func alike(over period: Period, _ moments: [Instant]) -> [Range<Int>] {
    let hours = HourlyUnits.hours(of: period)
    // Where a part starts; an hour within which something changes, or that is cut, is a part of its own.
    var starts = [Bool](repeating: false, count: hours.count + 1)
    starts[0] = true
    func change(at instant: Instant) {
      let hour = Int(floorDivide(instant.seconds, 3600) - hours.lowerBound)
      if starts.indices.contains(hour) { starts[hour] = true }
      if instant.seconds % 3600 != 0, starts.indices.contains(hour + 1) { starts[hour + 1] = true }
    }
    for span in spans {
      change(at: span.period.start)
      change(at: span.period.end)
    }
    for moment in moments + [period.start, period.end] { change(at: moment) }
    let bounds = (0..<hours.count).filter { starts[$0] } + [hours.count]
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }
}

/// The usages that runs are of, in the order in which they were found.
private struct FoundUsages {
  let byAccount: Bool
  private(set) var all: [ZonedUsage] = []
  private var places: [ZonedUsage: Int] = [:]
  /// Runs come service by service, and mostly several alike.
  private var last: (run: InstanceRun, place: Int)?

  init(byAccount: Bool) { self.byAccount = byAccount }

  /// - Parameter kind: what a run is priced as, by its service, type, zone and engine.
  mutating func place(of run: InstanceRun, _ kind: (InstanceRun) -> InstanceKind) -> Int {
    if let last, last.run.service == run.service, last.run.type == run.type, last.run.zone == run.zone,
      last.run.engine == run.engine, last.run.region == run.region,
      !byAccount || last.run.account == run.account
    {
      return last.place
    }
    let usage = UsageKey(service: run.service, kind: kind(run), account: byAccount ? run.account : nil)
    let key = ZonedUsage(usage: usage, zone: run.zone)
    let place = places[key] ?? all.count
    if place == all.count {
      all.append(key)
      places[key] = place
    }
    last = (run, place)
    return place
  }
}
