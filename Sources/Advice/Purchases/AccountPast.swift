// What ran of an account before the term: of all months of the inventory, not of the reviewed one alone.
//
// The record begins where the inventory is whole. One that was listed on a day has what ran then and nothing of what had
// ended, so that the weeks before look as if demand had grown: until the first instance is known to have ended, what runs
// is what has survived. So the record begins at the first end that is known, or else at the last start, and with the
// reviewed period at the latest. The hours of the period are the plan's, those before it history's.

import Analysis
import Model

/// What ran of each pool of an account in the last 90 days of its record.
struct AccountPast: Sendable {
  /// Whole hours from where the record begins to the end of the period.
  let recordHours: Int
  /// In the order of the account's pools.
  let pools: [PoolPast]

  /// What purchases look back on.
  static let mostHours = 90 * 24

  init(_ use: AccountUse, _ context: AdviceContext) {
    let end = HourlyUnits.hours(of: context.period).upperBound
    let before = HourlyUnits.hours(of: context.period).lowerBound
    let first = floorDivide(use.recordStart.seconds + 3599, 3600)
    recordHours = Int(clamping: max(0, end - min(first, before)))
    var history = ServiceHistory(use, min(before, max(first, end - Int64(Self.mostHours)))..<before, context)
    pools = use.pools.map { history.past(of: $0, lengths: use.lengths) }
  }
}

/// What ran of a pool.
struct PoolPast: Hashable, Sendable {
  /// In each hour of the record up to the end of the period, oldest first, of at most 90 days, in units to the nearest.
  /// What leaves the pool is not in it.
  var unitHours: [Int]
  /// Since anything of it was first used.
  var ageHours: Int
  /// Services of it that another pool takes over, by name.
  var leaving: [LeavingService]
  /// True where all of it leaves.
  var isLeaving: Bool
  /// True where the plan moves all of it here, and nothing of its services ran of the pool before.
  var isNew: Bool
}

extension AdviceContext {
  /// Where the inventory is whole from: the first end that is known, or else the last start; the period's at the latest.
  var recordStart: Instant {
    var (firstEnd, lastStart) = (period.start, Instant?.none)
    var isEndKnown = false
    for service in fleet.services {
      for run in inventory[service.name] where run.started < period.end {
        lastStart = lastStart.map { max($0, run.started) } ?? run.started
        guard let stopped = run.stopped, stopped < period.end, stopped > run.started else { continue }
        (firstEnd, isEndKnown) = (min(firstEnd, stopped), true)
      }
    }
    return isEndKnown ? firstEnd : min(period.start, lastStart ?? period.start)
  }
}

/// What services ran of pools in the hours before the reviewed period and in it.
private struct ServiceHistory {
  private let context: AdviceContext
  /// Clock hours before the period that are in the record, counted from 1970.
  private let hours: Range<Int64>
  /// By service, what it runs of each pool in the hours of the period, in seconds of normalised units.
  private var planned: [String: [(pool: PurchasePool, seconds: [Double])]] = [:]
  /// Services that the plan has on other instances than ran.
  private var changed: Set<String> = []
  private var groups: SharingGroups
  private var known: [String: [SharingGroup: Ran]] = [:]

  /// What a service ran of a group before the period, in seconds of normalised units, and since when.
  private struct Ran {
    var seconds: [Double]
    var first: Instant

    /// Adds a run of so many units, hour by hour.
    mutating func add(_ run: InstanceRun, _ units: Double, _ hours: Range<Int64>) {
      first = min(first, run.started)
      let end = hours.upperBound * 3600
      let (from, to) = (run.started.seconds, min(run.stopped?.seconds ?? end, end))
      guard from < to, !hours.isEmpty else { return }
      let ran = max(hours.lowerBound, floorDivide(from, 3600))..<max(hours.lowerBound, floorDivide(to + 3599, 3600))
      for hour in ran.clamped(to: hours) {
        let part = min(to, (hour + 1) * 3600) - max(from, hour * 3600)
        seconds[Int(hour - hours.lowerBound)] += units * Double(max(0, part))
      }
    }
  }

  init(_ use: AccountUse, _ hours: Range<Int64>, _ context: AdviceContext) {
    (self.context, self.hours) = (context, hours)
    groups = SharingGroups(by: context.cloud)
    for use in use.pools {
      for service in use.services {
        let seconds = service.seconds.map { Double($0) * Double(use.pool.normalisedUnits) }
        planned[service.service.name, default: []].append((use.pool, seconds))
        if service.isChanged { changed.insert(service.service.name) }
      }
    }
  }

  mutating func past(of use: PooledUse, lengths: [Int64]) -> PoolPast {
    let spans = [Double](repeating: 3600, count: hours.count) + lengths.map(Double.init)
    var sum = [Double](repeating: 0, count: spans.count)
    var (age, leaving, isNew) = (0, [LeavingService](), true)
    for service in use.services.map(\.service.name) {
      guard let (all, first) = ran(service, of: use.pool) else { continue }
      if !changed.contains(service) || ran(service)[use.pool.group] != nil { isNew = false }
      age = max(age, Int(clamping: (context.period.end.seconds - first.seconds) / 3600))
      if let successor = successor(of: service, in: use.pool, all) {
        leaving.append(LeavingService(service, to: successor))
      } else {
        for hour in sum.indices { sum[hour] += all[hour] }
      }
    }
    let normalised = Double(use.pool.normalisedUnits)
    return PoolPast(
      unitHours: zip(sum, spans).map { $1 > 0 ? wholeUnits($0 / $1 / normalised + 0.5) : 0 }, ageHours: age,
      leaving: leaving, isLeaving: !leaving.isEmpty && leaving.count == use.services.count, isNew: isNew)
  }

  /// What a service ran of a pool in each hour before the period and runs in it, and since when; nil where it runs nothing of
  /// it. Before, what the plan has on other instances is taken to have been there as it is now: in the same pools, and as
  /// many more or fewer units in all.
  private mutating func ran(_ service: String, of pool: PurchasePool) -> (seconds: [Double], first: Instant)? {
    guard let now = planned[service]?.first(where: { $0.pool == pool })?.seconds else { return nil }
    let all = ran(service)
    let first = all.values.map(\.first).min() ?? context.period.start
    guard changed.contains(service) else {
      let own = all[pool.group]
      return ((own?.seconds ?? none) + now, own?.first ?? context.period.start)
    }
    let measured = context.inventory[service].reduce(0.0) { sum, run in
      let seconds = run.lifecycle == .onDemand ? run.overlap(with: context.period)?.seconds ?? 0 : 0
      return sum + Double(seconds) * Double(context.cloud.normalisedUnits(of: context.engine.kind(run)))
    }
    let share = measured > 0 ? now.reduce(0, +) / measured : 0
    let before = all.values.reduce(none) { sum, own in zip(sum, own.seconds).map(+) }
    return (before.map { $0 * share } + now, first)
  }

  private var none: [Double] { [Double](repeating: 0, count: hours.count) }

  /// By the groups of what ran.
  private mutating func ran(_ service: String) -> [SharingGroup: Ran] {
    if let ran = known[service] { return ran }
    var ran: [SharingGroup: Ran] = [:]
    for run in context.inventory[service] where run.lifecycle == .onDemand && run.started < context.period.end {
      let kind = context.engine.kind(run)
      let units = Double(context.cloud.normalisedUnits(of: kind))
      let group = groups.group(of: kind, in: context.engine.buyer(run.account))
      ran[group, default: Ran(seconds: none, first: run.started)].add(run, units, hours)
    }
    known[service] = ran
    return ran
  }

  /// The pool that takes over what a service runs of one: where its use has fallen by a tenth from a span of days to the
  /// next, and another pool has gained at least half of what is gone. Spans are of 30 days, or half of the record.
  private mutating func successor(of service: String, in pool: PurchasePool, _ seconds: [Double]) -> String? {
    let others = (planned[service] ?? []).map(\.pool).filter { $0 != pool }
    guard !others.isEmpty, !changed.contains(service) else { return nil }
    let (before, now) = spans(seconds)
    guard now < 0.9 * before else { return nil }
    var best: (name: String, gained: Double)?
    for other in others {
      guard let (seconds, _) = ran(service, of: other) else { continue }
      let (earlier, later) = spans(seconds)
      if 2 * (later - earlier) >= before - now, later - earlier > best?.gained ?? 0 {
        best = (other.name, later - earlier)
      }
    }
    return best?.name
  }

  private func spans(_ seconds: [Double]) -> (before: Double, now: Double) {
    let span = min(30 * 24, seconds.count / 2)
    let last = seconds.suffix(2 * span)
    return (last.prefix(span).reduce(0, +), last.suffix(span).reduce(0, +))
  }
}
