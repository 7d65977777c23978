import Analysis
import Model

/// Samples of one metric over the instances of a service.
package struct InstanceSamples: Sendable {
  /// One run's.
  package struct Part: Sendable {
    package let run: InstanceRun
    /// In the metric's unit, in time order.
    package let values: [Double]
    /// Seconds since 1970, one for each value.
    package let instants: ArraySlice<Int64>
  }

  /// By run, in the inventory's order; those without a sample left out.
  package let parts: [Part]
  /// Over all instances: one interval of one instance is one sample.
  package let coverage: Coverage
  /// Each interval of the grid: whether at least one instance was measured.
  private let measured: [Bool]
  private let stepSeconds: Int64

  /// Of the runs of a service, or of the one instance that it speaks of, on a grid.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package init(
    of service: Service, _ metric: Metric, _ context: AdviceContext, on grid: SampleGrid
  ) throws(DataError) {
    var parts: [Part] = []
    var (expected, seen) = (0, 0)
    var measured = [Bool](repeating: false, count: grid.count)
    for run in context.inventory.of(service) {
      guard let overlap = run.overlap(with: grid.period) else { continue }
      expected += grid.slots(in: overlap).count
      let key = SeriesKey(service: service.name, resource: run.resource, metric: metric)
      guard let series = try context.history.series(key, in: grid.period) else { continue }
      let range = series.range(in: overlap)
      guard !range.isEmpty else { continue }
      parts.append(Part(run: run, values: range.map(series.value), instants: series.instants[range]))
      var last = -1
      for instant in series.instants[range] {
        let slot = grid.slot(Instant(seconds: instant))
        if slot != last { seen += 1 }
        last = slot
        measured[slot] = true
      }
    }
    self.parts = parts
    self.measured = measured
    coverage = Coverage(seen: min(seen, expected), expected: expected)
    stepSeconds = grid.stepSeconds
  }

  /// How long of the last days at least one instance was measured.
  package func seconds(inLastDays days: Int) -> Int64 {
    Int64(measured.suffix(days * 86_400 / Int(stepSeconds)).count { $0 }) * stepSeconds
  }
}

extension AdviceContext {
  /// Samples of a metric by run of a service in the period, and how many there should be.
  package func samples(of service: Service, _ metric: Metric) throws(DataError) -> InstanceSamples {
    try InstanceSamples(of: service, metric, self, on: grid)
  }

  /// Why these samples do not carry a judgement on a size; nil when they do.
  func shortfall(_ samples: InstanceSamples, of dimension: SizeDimension) -> CoverageShortfall? {
    let longest = Int((lookback.period.seconds + 86_399) / 86_400)
    let days = min(longest, rules.minimumHoursWithinDays ?? defaultMinimumHoursWithinDays)
    return shortfall(
      samples.coverage, seconds: samples.seconds(inLastDays: days), lastDays: days, of: .dimensions([dimension]))
  }
}
