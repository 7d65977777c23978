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
      day, runs: own, of: service, Self.metrics, from: period.start, stepSeconds: Self.stepSeconds
    ) { key throws(DataError) in try series(key)?.plausible }
  }

  /// The same of any metrics, with slots of any length, counted from an instant on.
  /// - Parameter series: gives plausible samples, as a history does.
  init(
    _ day: Int, runs: [Run], of service: String, _ metrics: [Metric], from origin: Instant, stepSeconds: Int64,
    series: (SeriesKey) throws(DataError) -> Series?
  ) throws(DataError) {
    self.init(day: day, runs: runs)
    for metric in metrics {
      var byType: [String: [InstanceSlots]] = [:]
      for (index, run) in runs.enumerated() {
        let key = SeriesKey(service: service, resource: run.resource, metric: metric)
        guard let samples = try series(key) else { continue }
        let range = samples.range(in: run.period)
        guard let first = range.first else { continue }
        let slots = InstanceSlots(
          samples, range, isPeak: metric.isJudgedByPeak, from: origin, stepSeconds: stepSeconds,
          until: run.period.end.seconds)
        extents.append(Extent(metric: metric, run: index, first: samples.instants[first], last: slots.last))
        byType[run.type, default: []].append(slots)
      }
      for (type, parts) in byType.sorted(by: { $0.key < $1.key }) {
        sums.append(Sums(metric, of: type, parts))
      }
    }
  }
}

extension ServiceDay.Sums {
  fileprivate init(_ metric: Metric, of type: String, _ parts: [InstanceSlots]) {
    let first = parts.map(\.first).min() ?? 0
    let end = parts.map { $0.first + $0.values.count }.max() ?? 0
    var sums = [Int64](repeating: 0, count: end - first)
    var instances = sums
    for part in parts {
      for (place, value) in part.values.enumerated() {
        guard let value else { continue }
        let slot = part.first + place - first
        sums[slot] = sums[slot].clampedSum(value)
        instances[slot] += 1
      }
    }
    let measured = instances.indices.filter { instances[$0] > 0 }
    self.init(
      metric: metric, type: type, slots: measured.map { $0 + first }, sums: measured.map { sums[$0] },
      samples: measured.map { instances[$0] })
  }
}

/// What one instance was measured at in the slots of a day: the highest sample of each where a peak counts, else their
/// mean, times 10^9.
private struct InstanceSlots {
  /// The slot of the first value.
  let first: Int
  private(set) var values: [Int64?]
  /// The start of the last slot that the last sample stands for, or its instant.
  private(set) var last: Int64

  /// - Parameters:
  ///   - range: of the samples, at least one.
  ///   - end: that of the run or of the day; no sample stands for what is behind it.
  init(_ series: Series, _ range: Range<Int>, isPeak: Bool, from origin: Instant, stepSeconds: Int64, until end: Int64)
  {
    func slot(_ instant: Int64) -> Int { Int(floorDivide(instant - origin.seconds, stepSeconds)) }
    first = slot(series.instants[range.lowerBound])
    values = []
    values.reserveCapacity(slot(series.instants[range.upperBound - 1]) - first + 1)
    last = series.instants[range.upperBound - 1]
    // Of a series of one scale, by which its values are multiplied.
    let factor =
      series.scales.isEmpty && series.scale <= ServiceDay.decimals
      ? powerOfTen(ServiceDay.decimals - series.scale) : nil
    for stretch in SampleIntervals(series, range, usual: stepSeconds).stretches {
      let beyond = max(0, stretch.stepSeconds - stepSeconds)
      var place = stretch.range.lowerBound
      while place < stretch.range.upperBound {
        let index = range.lowerBound + place
        let instant = series.instants[index]
        // Nearly always a sample is the next slot's, and its only one: found without a division.
        let start = origin.seconds + Int64(first + values.count) * stepSeconds
        if let factor, beyond == 0, start <= instant, instant < start + stepSeconds,
          place + 1 == stretch.range.upperBound || series.instants[index + 1] >= start + stepSeconds
        {
          let (value, isBeyond) = series.mantissas[index].multipliedReportingOverflow(by: factor)
          if !isBeyond {
            values.append(value)
            place += 1
            continue
          }
        }
        let own = slot(instant)
        var samples = SlotSamples(isPeak: isPeak)
        repeat {
          samples.add(series, range.lowerBound + place)
          place += 1
        } while place < stretch.range.upperBound && slot(series.instants[range.lowerBound + place]) == own
        // Two stretches may meet in a slot.
        if own - first < values.count { continue }
        let next = range.lowerBound + place < range.upperBound ? series.instants[range.lowerBound + place] : end
        let reached = min(series.instants[range.lowerBound + place - 1] + beyond, next - 1, end - 1)
        values.append(contentsOf: repeatElement(nil, count: own - first - values.count))
        let covered = beyond == 0 ? own : max(own, slot(reached) - (next < end && slot(reached) == slot(next) ? 1 : 0))
        values.append(contentsOf: repeatElement(Optional(samples.value), count: covered - own + 1))
        if range.lowerBound + place == range.upperBound { last = max(last, reached) }
      }
    }
  }
}

/// The samples of one instance in one slot.
private struct SlotSamples {
  let isPeak: Bool
  private var sum: Int128 = 0
  private var most = Int64.min
  private var count = 0

  init(isPeak: Bool) { self.isPeak = isPeak }

  mutating func add(_ series: Series, _ index: Int) {
    let value = series.mantissas[index].rescaled(from: series.scale(index), to: ServiceDay.decimals)
    sum += Int128(value)
    most = max(most, value)
    count += 1
  }

  var value: Int64 {
    isPeak || count == 1 ? most : Int64(clamping: roundedHalfEven(sum, dividedBy: Int128(count)))
  }
}

extension Metric {
  /// True for what is judged by its highest sample: a highest minute, and memory, which cannot be throttled.
  fileprivate var isJudgedByPeak: Bool { self == .cpuMaxPercent || self == .memoryPercent }
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
