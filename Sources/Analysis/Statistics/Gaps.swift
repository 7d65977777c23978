import Model

/// A stretch in which something that should have been measured was not.
package struct Gap: Hashable, Sendable {
  package var period: Period
}

/// Stretches of empty slots lasting at least `minimumSeconds`.
package func gaps(in values: [Double?], on grid: SampleGrid, minimumSeconds: Int64) -> [Gap] {
  var found: [Gap] = []
  var start: Int?
  for slot in 0...values.count {
    if slot < values.count, values[slot] == nil {
      start = start ?? slot
    } else if let begin = start {
      let period = Period(start: grid.instant(begin), end: min(grid.instant(slot), grid.period.end))
      if period.seconds >= minimumSeconds { found.append(Gap(period: period)) }
      start = nil
    }
  }
  return found
}

/// An instance that the inventory has running after its last sample.
package struct SilentInstance: Hashable, Sendable {
  package var run: InstanceRun
  /// The end of its last measured interval, or its start when it never reported.
  package var since: Instant
  /// How long it is billed without a sample, in the period.
  package var silentSeconds: Int64
}

/// Instances whose samples end at least `minimumSeconds` before they stop, or before the period ends.
///
/// - Parameter wasMonitored: whether anything of a service reported in a slot; silence counts only then, so that a day lost
///   for all makes no instance suspect.
package func silentInstances(
  _ runs: [InstanceRun], history: History, on grid: SampleGrid, minimumSeconds: Int64 = 3600,
  wasMonitored: (_ service: String, _ slot: Int) -> Bool
) throws(DataError) -> [SilentInstance] {
  var silent: [SilentInstance] = []
  var monitored: [String: [Int]] = [:]
  for run in runs {
    guard let overlap = run.overlap(with: grid.period) else { continue }
    let key = SeriesKey(service: run.service, resource: run.resource, metric: .cpuPercent)
    let end = try history.series(key, in: overlap).flatMap { series -> Int64? in
      let range = series.range(in: overlap)
      guard let last = range.last else { return nil }
      let intervals = SampleIntervals(series, range, usual: grid.stepSeconds)
      return series.instants[last] + max(grid.stepSeconds, intervals.step(range.count - 1))
    }
    let since = end.map { Instant(seconds: $0) } ?? overlap.start
    let unseen = Period(start: min(since, overlap.end), end: overlap.end)
    let counts = monitored[run.service] ?? countsBefore(on: grid) { wasMonitored(run.service, $0) }
    monitored[run.service] = counts
    let slots = grid.slots(in: unseen)
    let noticed = Int64(counts[slots.upperBound] - counts[slots.lowerBound]) * grid.stepSeconds
    guard noticed >= minimumSeconds else { continue }
    silent.append(SilentInstance(run: run, since: since, silentSeconds: unseen.seconds))
  }
  return silent
}

/// For each slot, and the end, how many before it are so.
private func countsBefore(on grid: SampleGrid, _ isSo: (Int) -> Bool) -> [Int] {
  var counts = [0]
  counts.reserveCapacity(grid.count + 1)
  for slot in 0..<grid.count { counts.append(counts[slot] + (isSo(slot) ? 1 : 0)) }
  return counts
}
