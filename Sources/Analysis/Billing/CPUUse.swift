import Model

/// What CPU an instance used, interval by interval.
package protocol CPUUse {
  /// Micro-vCPUs in use in the interval that starts at an instant; nil where unmeasured. Asked for in the order of time.
  mutating func use(at instant: Instant) -> Int64?
}

/// The same use of each instance that runs, by the slots of a grid.
struct EvenUse: CPUUse {
  let grid: SampleGrid
  let use: [Int64?]

  mutating func use(at instant: Instant) -> Int64? {
    let slot = grid.slot(instant)
    return use.indices.contains(slot) ? use[slot] : nil
  }
}

/// What one instance used, from its own series; asked for in time order. Of several samples in an interval their mean; a
/// sample of a longer interval counts for all of it.
struct MeasuredUse: CPUUse {
  private let series: Series?
  private let known: Range<Int>
  private let intervals: SampleIntervals
  private let stepSeconds: Int64
  /// percent / 100 × vCPUs × 10⁶ is a mantissa × factor / divisor.
  private let factor: Int128
  /// Of all samples; nil where each has its own scale.
  private let shared: MicroVcpus?
  private var index: Int

  init(_ series: Series?, in period: Period, vcpu: Int, stepSeconds: Int64) {
    self.series = series
    self.stepSeconds = stepSeconds
    let factor = Int128(vcpu) * 10_000
    self.factor = factor
    let none = Series(key: SeriesKey(service: "", metric: .cpuPercent), instants: [], mantissas: [], scale: 0)
    known = series?.range(in: period) ?? 0..<0
    intervals = SampleIntervals(series ?? none, known, usual: stepSeconds)
    shared = series.flatMap { $0.scales.isEmpty ? MicroVcpus(factor, scale: $0.scale) : nil }
    index = known.lowerBound
  }

  mutating func use(at instant: Instant) -> Int64? {
    guard let series else { return nil }
    while index < series.count, series.instants[index] < instant.seconds { index += 1 }
    let first = index
    while index < series.count, series.instants[index] < instant.seconds + stepSeconds { index += 1 }
    if index == first + 1 { return use(series, first) }
    if index > first {
      let sum = (first..<index).reduce(Int128(0)) { $0 + Int128(use(series, $1)) }
      return Int64(clamping: roundedHalfEven(sum, dividedBy: Int128(index - first)))
    }
    guard first > known.lowerBound else { return nil }
    let stands = intervals.step(first - 1 - known.lowerBound)
    guard series.instants[first - 1] + stands > instant.seconds else { return nil }
    return use(series, first - 1)
  }

  private func use(_ series: Series, _ index: Int) -> Int64 {
    (shared ?? MicroVcpus(factor, scale: series.scale(index))).use(series.mantissas[index])
  }
}

/// What an instance used on the types that it ran on, times the growth of its demand.
struct OwnUse: CPUUse {
  /// In any order; no two at once.
  var parts: [(run: InstanceRun, use: MeasuredUse)]
  let factor: DemandFactor

  mutating func use(at instant: Instant) -> Int64? {
    let part = parts.firstIndex { $0.run.started <= instant && $0.run.stopped.map { instant < $0 } ?? true }
    guard let part, let use = parts[part].use.use(at: instant) else { return nil }
    return factor.isOne ? use : wholeMicroVcpus(Double(use) * factor.value)
  }
}

/// Makes micro-vCPUs of mantissas of one scale: × factor / 10^scale, rounded half-even once, in whole numbers.
private struct MicroVcpus {
  private let factor, divisor: Int128
  /// The factor over the divisor, where that is whole.
  private let whole: Int64?

  init(_ factor: Int128, scale: Int) {
    self.factor = factor
    // What is divided stays below 10^28: a divisor beyond 10^37 makes 0 of it too.
    divisor = widePowerOfTen(min(scale, 37))
    whole = factor % divisor == 0 ? Int64(exactly: factor / divisor) : nil
  }

  func use(_ mantissa: Int64) -> Int64 {
    if let whole {
      let (use, isBeyond) = mantissa.multipliedReportingOverflow(by: whole)
      if !isBeyond { return min(max(use, -mostMicroVcpus), mostMicroVcpus) }
    }
    let use = Int64(clamping: roundedHalfEven(Int128(mantissa) * factor, dividedBy: divisor))
    return min(max(use, -mostMicroVcpus), mostMicroVcpus)
  }
}
