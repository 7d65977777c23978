import Analysis
import Model

/// Samples of one metric over the instances of a service, each series at its own interval.
package struct InstanceSamples: Sendable {
  /// One run's.
  package struct Part: Sendable {
    package let run: InstanceRun
    /// In the metric's unit, in time order.
    package let values: [Double]
    /// Seconds since 1970, one for each value.
    package let instants: ArraySlice<Int64>
    /// How long each stands for.
    package let intervals: SampleIntervals
  }

  /// By run, in the inventory's order; those without a sample left out.
  package let parts: [Part]
  /// Over all instances: one interval of one instance is one sample. Where instances are measured at several, all are
  /// counted in ``stepSeconds``.
  package let coverage: Coverage
  /// The interval by which most was measured, of equals the shortest; the grid's without samples.
  package let stepSeconds: Int64
  /// The distance of samples that are too far apart to say what lies between; nil where they are not.
  package let tooLong: Int64?
  /// Of each interval of the grid so many seconds in which at least one instance was measured.
  private let measured: [Int64]
  private let gridStep: Int64

  /// Of the runs of a service, or of the one instance that it speaks of, on a grid.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package init(
    of service: Service, _ metric: Metric, _ context: AdviceContext, on grid: SampleGrid
  ) throws(DataError) {
    var parts: [Part] = []
    var overlaps: [Period] = []
    var measured = MeasuredTime(grid)
    for run in context.inventory.of(service) {
      guard let overlap = run.overlap(with: grid.period) else { continue }
      overlaps.append(overlap)
      let key = SeriesKey(service: service.name, resource: run.resource, metric: metric)
      guard let series = try context.history.series(key, in: grid.period) else { continue }
      let range = series.range(in: overlap)
      guard !range.isEmpty else { continue }
      let intervals = SampleIntervals(series, range, usual: grid.stepSeconds)
      parts.append(
        Part(run: run, values: series.values(range), instants: series.instants[range], intervals: intervals))
      measured.add(series.instants[range], intervals)
    }
    let step = parts.commonStep ?? grid.stepSeconds
    let own = SampleGrid(period: grid.period, stepSeconds: step)
    let expected = overlaps.reduce(0) { $0 + own.slots(in: $1).count }
    let seen = parts.reduce(0) { $0 + Int($1.intervals.seconds / step) }
    self.parts = parts
    coverage = Coverage(seen: min(seen, expected), expected: expected)
    stepSeconds = step
    tooLong = parts.allSatisfy { $0.intervals.tooLong != nil } ? parts.compactMap(\.intervals.tooLong).min() : nil
    self.measured = measured.seconds
    gridStep = grid.stepSeconds
  }

  /// How long of the last days at least one instance was measured.
  package func seconds(inLastDays days: Int) -> Int64 {
    measured.suffix(days * 86_400 / Int(gridStep)).reduce(0, +)
  }
}

extension [InstanceSamples.Part] {
  fileprivate var commonStep: Int64? {
    var seconds: [Int64: Int64] = [:]
    for part in self { seconds[part.intervals.stepSeconds, default: 0] += part.intervals.seconds }
    return seconds.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

/// Of each slot the longest time that any one instance was measured for.
private struct MeasuredTime {
  private let grid: SampleGrid
  private(set) var seconds: [Int64]

  init(_ grid: SampleGrid) {
    self.grid = grid
    seconds = [Int64](repeating: 0, count: grid.count)
  }

  mutating func add(_ instants: ArraySlice<Int64>, _ intervals: SampleIntervals) {
    var (open, own) = (-1, Int64(0))
    var previous = Int64.min
    for stretch in intervals.stretches {
      for place in stretch.range {
        let instant = instants[instants.startIndex + place]
        // Mostly the next one, which is found without a division.
        let slot = instant &- previous == grid.stepSeconds ? open + 1 : grid.slot(Instant(seconds: instant))
        previous = instant
        own = slot == open ? own + stretch.stepSeconds : stretch.stepSeconds
        open = slot
        if own <= grid.stepSeconds {
          if slot < seconds.count, seconds[slot] < own { seconds[slot] = own }
          continue
        }
        var left = own
        var covered = slot
        while left > 0, covered < seconds.count {
          seconds[covered] = max(seconds[covered], min(left, grid.stepSeconds))
          left -= grid.stepSeconds
          covered += 1
        }
      }
    }
  }
}

extension AdviceContext {
  /// Samples of a metric by run of a service in the period, and how many there should be.
  package func samples(of service: Service, _ metric: Metric) throws(DataError) -> InstanceSamples {
    try InstanceSamples(of: service, metric, self, on: grid)
  }

  /// Why these samples do not carry a judgement on a size; nil when they do.
  func shortfall(_ samples: InstanceSamples, of dimension: SizeDimension) -> CoverageShortfall? {
    if let step = samples.tooLong {
      return CoverageShortfall(dimension, .tooCoarse(stepSeconds: step, longest: SampleIntervals.longest))
    }
    let longest = Int((lookback.period.seconds + 86_399) / 86_400)
    let days = min(longest, rules.minimumHoursWithinDays ?? defaultMinimumHoursWithinDays)
    return shortfall(
      samples.coverage, seconds: samples.seconds(inLastDays: days), lastDays: days, of: .dimensions([dimension]))
  }
}
