import Model

extension ServiceDay.Run {
  /// A run as far as it lies in a period.
  package init(_ run: InstanceRun, in part: Period) {
    self.init(
      resource: run.resource, type: run.type,
      period: run.overlap(with: part) ?? Period(start: part.start, end: part.start))
  }
}

extension ServiceDay {
  /// Works out a day of a service, in its own slots.
  /// - Parameters:
  ///   - runs: the service's; those that do not touch the day are passed over.
  ///   - series: gives a series with at least the samples of the day; nil when it has none.
  package init(
    _ day: Int, of service: String, runs: [InstanceRun],
    series: (SeriesKey) throws(DataError) -> Series?
  ) throws(DataError) {
    let period = Self.period(of: day)
    let own = runs.filter { $0.overlap(with: period) != nil }
      .sorted { ($0.resource, $0.started) < ($1.resource, $1.started) }.map { Run($0, in: period) }
    try self.init(
      day, runs: own, of: service, Self.metrics, from: period.start, stepSeconds: Self.stepSeconds, series: series)
  }

  /// The same of any metrics, with slots of any length, counted from an instant on.
  init(
    _ day: Int, runs: [Run], of service: String, _ metrics: [Metric], from origin: Instant, stepSeconds: Int64,
    series: (SeriesKey) throws(DataError) -> Series?
  ) throws(DataError) {
    self.init(day: day, runs: runs)
    for metric in metrics {
      var byType: [String: [(series: Series, range: Range<Int>)]] = [:]
      for (index, run) in runs.enumerated() {
        let key = SeriesKey(service: service, resource: run.resource, metric: metric)
        guard let samples = try series(key) else { continue }
        let range = samples.range(in: run.period)
        guard let first = range.first, let last = range.last else { continue }
        extents.append(
          Extent(metric: metric, run: index, first: samples.instants[first], last: samples.instants[last]))
        byType[run.type, default: []].append((samples, range))
      }
      for (type, parts) in byType.sorted(by: { $0.key < $1.key }) {
        sums.append(Sums(metric, of: type, parts, from: origin, stepSeconds: stepSeconds))
      }
    }
  }
}

extension ServiceDay.Sums {
  fileprivate init(
    _ metric: Metric, of type: String, _ parts: [(series: Series, range: Range<Int>)], from origin: Instant,
    stepSeconds: Int64
  ) {
    func slot(_ instant: Int64) -> Int { Int(floorDivide(instant - origin.seconds, stepSeconds)) }
    let first = parts.map { slot($0.series.instants[$0.range.lowerBound]) }.min() ?? 0
    let last = parts.map { slot($0.series.instants[$0.range.upperBound - 1]) }.max() ?? 0
    var sums = [Int64](repeating: 0, count: last - first + 1)
    var samples = sums
    for (series, range) in parts {
      for index in range {
        let slot = slot(series.instants[index]) - first
        sums[slot] = sums[slot].clampedSum(
          series.mantissas[index].rescaled(from: series.scale(index), to: ServiceDay.decimals))
        samples[slot] += 1
      }
    }
    let measured = samples.indices.filter { samples[$0] > 0 }
    self.init(
      metric: metric, type: type, slots: measured.map { $0 + first }, sums: measured.map { sums[$0] },
      samples: measured.map { samples[$0] })
  }
}

extension Int64 {
  /// The number of another scale, rounded half-even; the largest or least there is where it is beyond 64 bits.
  fileprivate func rescaled(from scale: Int, to target: Int) -> Int64 {
    if scale == target { return self }
    if scale > target {
      return Int64(clamping: roundedHalfEven(Int128(self), dividedBy: widePowerOfTen(Swift.min(scale - target, 37))))
    }
    let (product, isBeyond) = multipliedReportingOverflow(by: powerOfTen(target - scale))
    return isBeyond ? (self < 0 ? .min : .max) : product
  }

  fileprivate func clampedSum(_ other: Int64) -> Int64 {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? (self < 0 ? .min : .max) : sum
  }
}
