// Percentages of a service's instances summed over them, slot by slot, in whole numbers: no sum depends on the order of
// instances or samples. A value of more than nine decimals is rounded half-even to nine before it is added.

import Model

/// Sums of per-instance metrics over the instances of a service, on a grid.
///
/// Days that were worked out when they were imported are taken as they are, others are worked out here, by the same rule.
struct MeasuredSums {
  let grid: SampleGrid
  /// By resource and start.
  let runs: [InstanceRun]
  private let service: String
  private let metrics: [Metric]
  private var sums: [Key: [Double]] = [:]
  private var samples: [Metric: [Int64]] = [:]
  /// By metric, of each run the first and the last sample's instant; nil for a run without one.
  private(set) var extents: [Metric: [(first: Int64, last: Int64)?]]

  private struct Key: Hashable {
    var metric: Metric
    var type: String
  }

  init(
    _ service: String, runs: [InstanceRun], _ metrics: [Metric], history: History, on grid: SampleGrid
  ) throws(DataError) {
    self.service = service
    self.grid = grid
    self.metrics = metrics
    self.runs = runs.sorted { ($0.resource, $0.started) < ($1.resource, $1.started) }
    extents = Dictionary(
      uniqueKeysWithValues: metrics.map { ($0, [(Int64, Int64)?](repeating: nil, count: runs.count)) })
    guard grid.count > 0, !runs.isEmpty else { return }
    let days = grid.period.start.day..<(grid.period.end.advanced(by: -1).day + 1)
    var known: [Int: ServiceDay] = [:]
    if metrics == ServiceDay.metrics, grid.keepsToServiceDays {
      for day in try history.serviceDays(of: service, in: days) { known[day.day] = day }
    }
    let parts = runParts(of: days)
    // Of a month's days on another clock than UTC the first and the last are cut: of those alone, samples are read alone.
    let isCut = parts.count { known[$0.day]?.runs != $0.runs } <= 2
    for part in parts { try add(part, known[part.day], history, once: isCut) }
  }

  /// A day of the grid's period, with the runs that touch it.
  private struct DayPart {
    var day: Int
    var period: Period
    /// Among all.
    var indices: [Int]
    var runs: [ServiceDay.Run]
  }

  /// The days on which anything ran.
  private func runParts(of days: Range<Int>) -> [DayPart] {
    let spans = runs.map { $0.overlap(with: grid.period) }
    return days.compactMap { day in
      guard let period = ServiceDay.period(of: day).intersection(grid.period) else { return nil }
      let indices = spans.indices.filter { spans[$0]?.intersection(period) != nil }
      guard !indices.isEmpty else { return nil }
      return DayPart(
        day: day, period: period, indices: indices, runs: indices.map { ServiceDay.Run(runs[$0], in: period) })
    }
  }

  /// - Parameters:
  ///   - known: what was worked out before, from these runs or others.
  ///   - once: true where the samples of the day alone are to be read, which nobody else asks for.
  private mutating func add(
    _ part: DayPart, _ known: ServiceDay?, _ history: History, once: Bool
  ) throws(DataError) {
    if let known, known.runs == part.runs { return add(known, of: part.indices, from: grid.slot(known.period.start)) }
    let worked = try ServiceDay(
      part.day, runs: part.runs, of: service, metrics, from: grid.period.start, stepSeconds: grid.stepSeconds
    ) { key throws(DataError) in
      once ? try history.seriesOnce(key, in: part.period) : try history.series(key, in: grid.period)
    }
    add(worked, of: part.indices, from: 0)
  }

  /// - Parameters:
  ///   - indices: of the day's runs among all.
  ///   - slot: of the grid, from which the day counts its own.
  private mutating func add(_ day: ServiceDay, of indices: [Int], from slot: Int) {
    for extent in day.extents {
      let index = indices[extent.run]
      let old = extents[extent.metric]?[index]
      extents[extent.metric]?[index] = (old?.first ?? extent.first, extent.last)
    }
    for part in day.sums {
      let power = doublePowersOfTen[ServiceDay.decimals]
      let key = Key(metric: part.metric, type: part.type)
      var sums = self.sums.removeValue(forKey: key) ?? [Double](repeating: 0, count: grid.count)
      var samples = self.samples.removeValue(forKey: part.metric) ?? [Int64](repeating: 0, count: grid.count)
      for (index, own) in part.slots.enumerated() where sums.indices.contains(slot + own) {
        sums[slot + own] += Double(part.sums[index]) / power
        samples[slot + own] += part.samples[index]
      }
      self.sums[key] = sums
      self.samples[part.metric] = samples
    }
  }

  /// True when an instance has a sample of a metric.
  func isMeasured(_ metric: Metric) -> Bool { samples[metric] != nil }

  /// Σ value × weight of the type; nil in slots where fewer than half of the reporting instances have a sample. Beside
  /// it, the number of instances that each sum is of.
  func totals(_ metric: Metric, weights: [String: Double]) -> (sums: [Double?], instances: [Int]) {
    let reporting = reportingCounts(metric)
    guard let samples = samples[metric] else { return ([Double?](repeating: nil, count: grid.count), reporting) }
    var totals = [Double](repeating: 0, count: grid.count)
    for (key, sums) in sums.filter({ $0.key.metric == metric }).sorted(by: { $0.key.type < $1.key.type }) {
      let weight = weights[key.type] ?? 0
      for slot in totals.indices { totals[slot] += sums[slot] * weight }
    }
    let scaled = totals.indices.map { slot -> Double? in
      let measured = Int(samples[slot])
      guard measured > 0, measured * 2 >= reporting[slot] else { return nil }
      return totals[slot] * Double(reporting[slot]) / Double(measured)
    }
    return (scaled, reporting)
  }

  /// How many instances are between their first and their last sample.
  private func reportingCounts(_ metric: Metric) -> [Int] {
    var changes = [Int](repeating: 0, count: grid.count + 1)
    for case let extent? in extents[metric] ?? [] {
      changes[grid.slot(Instant(seconds: extent.first))] += 1
      changes[grid.slot(Instant(seconds: extent.last)) + 1] -= 1
    }
    var count = 0
    return changes.dropLast().map { change in
      count += change
      return count
    }
  }

  /// The last sample of each resource that has one, in seconds since 1970.
  func lastSamples(_ metric: Metric) -> [String: Int64] {
    var last: [String: Int64] = [:]
    for (run, extent) in zip(runs, extents[metric] ?? []) {
      if let extent { last[run.resource] = max(last[run.resource] ?? extent.last, extent.last) }
    }
    return last
  }
}

extension SampleGrid {
  /// True when every slot of a ``ServiceDay`` is one of the grid's.
  fileprivate var keepsToServiceDays: Bool {
    stepSeconds == ServiceDay.stepSeconds && period.start.seconds % stepSeconds == 0
  }
}
