import Model

#if canImport(Synchronization)
  import Synchronization
#endif

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
  // Of the series, which as a whole would be kept anew for each interval.
  private let instants, mantissas: [Int64]
  private let scale: Int
  private let scales: [UInt8]
  private let first: Int
  private let intervals: SampleIntervals
  private let stepSeconds: Int64
  /// percent / 100 × vCPUs × 10⁶ is a mantissa × factor / divisor.
  private let factor: Int128
  /// Of all samples; nil where each has its own scale.
  private let shared: MicroVcpus?
  /// Its factor over its divisor, where that is whole.
  private let wholeFactor: Int64?
  private var index: Int

  init(_ series: Series?, in period: Period, vcpu: Int, stepSeconds: Int64) {
    let none = Series(key: SeriesKey(service: "", metric: .cpuPercent), instants: [], mantissas: [], scale: 0)
    let measured = series ?? none
    (instants, mantissas) = (measured.instants, measured.mantissas)
    (scale, scales) = (measured.scale, measured.scales)
    self.stepSeconds = stepSeconds
    factor = Int128(vcpu) * 10_000
    let known = measured.range(in: period)
    intervals = SampleIntervals(measured, known, usual: stepSeconds)
    shared = scales.isEmpty ? MicroVcpus(factor, scale: scale) : nil
    wholeFactor = shared?.whole
    first = known.lowerBound
    index = first
  }

  mutating func use(at instant: Instant) -> Int64? {
    // Nearly always the next sample is the interval's own, and its only one.
    if index < instants.count, instants[index] == instant.seconds,
      index + 1 == instants.count || instants[index + 1] >= instant.seconds + stepSeconds
    {
      defer { index += 1 }
      return wholeUse(mantissas[index]) ?? use(index)
    }
    while index < instants.count, instants[index] < instant.seconds { index += 1 }
    let begin = index
    while index < instants.count, instants[index] < instant.seconds + stepSeconds { index += 1 }
    if index == begin + 1 { return use(begin) }
    if index > begin {
      let sum = (begin..<index).reduce(Int128(0)) { $0 + Int128(use($1)) }
      return Int64(clamping: roundedHalfEven(sum, dividedBy: Int128(index - begin)))
    }
    guard begin > first else { return nil }
    let stands = intervals.step(begin - 1 - first)
    guard instants[begin - 1] + stands > instant.seconds else { return nil }
    return use(begin - 1)
  }

  /// nil where it takes a division, or does not fit 64 bits.
  @inline(__always)
  private func wholeUse(_ mantissa: Int64) -> Int64? {
    guard let wholeFactor else { return nil }
    let (use, isBeyond) = mantissa.multipliedReportingOverflow(by: wholeFactor)
    return isBeyond ? nil : min(max(use, -mostMicroVcpus), mostMicroVcpus)
  }

  private func use(_ index: Int) -> Int64 {
    if let use = wholeUse(mantissas[index]) { return use }
    let micro = shared ?? MicroVcpus(factor, scale: scales.isEmpty ? scale : Int(scales[index]))
    return micro.use(mantissas[index])
  }
}

/// What one instance used while it ran, interval by interval; made of its series once for all plans that ask for it.
struct RunUse: CPUUse {
  private let first: Instant
  private let stepSeconds: Int64
  /// `Int64.min` where nothing was measured.
  private let intervals: [Int64]
  private var next = 0

  /// - Parameter instants: the starts of the intervals, each as long after the last.
  init(_ measured: MeasuredUse, at instants: StrideTo<Int64>, stepSeconds: Int64) {
    var measured = measured
    self.stepSeconds = stepSeconds
    first = Instant(seconds: instants.first { _ in true } ?? 0)
    intervals = instants.map { measured.use(at: Instant(seconds: $0)) ?? .min }
  }

  var count: Int { intervals.count }

  mutating func use(at instant: Instant) -> Int64? {
    if instant.seconds != first.seconds + Int64(next) * stepSeconds {
      guard instant >= first else { return nil }
      next = Int((instant.seconds - first.seconds) / stepSeconds)
    }
    guard next < intervals.count else { return nil }
    next += 1
    return intervals[next - 1] == .min ? nil : intervals[next - 1]
  }
}

/// What instances used while they ran, kept for the plans of one study, as long as they are few.
final class RunUses: Sendable {
  struct Key: Hashable {
    var series: SeriesKey
    var vcpu: Int
    var started: Instant
    var period: Period
  }

  /// Intervals of all that are kept together, at 8 bytes.
  private static let mostIntervals = 4_000_000

  private let kept = Mutex<(uses: [Key: RunUse], intervals: Int)>(([:], 0))

  func use(_ key: Key, _ measure: () throws(DataError) -> RunUse) throws(DataError) -> RunUse {
    if let use = kept.withLock({ $0.uses[key] }) { return use }
    let use = try measure()
    kept.withLock { kept in
      guard kept.intervals + use.count <= Self.mostIntervals, kept.uses.updateValue(use, forKey: key) == nil else {
        return
      }
      kept.intervals += use.count
    }
    return use
  }
}

/// What an instance used on the types that it ran on, times the growth of its demand.
struct OwnUse: CPUUse {
  private var uses: [RunUse]
  /// When each runs; in any order, no two at once.
  private let spans: [Period]
  private let growth: Double?
  /// The part that was asked for last.
  private var latest = 0

  init(parts: [(run: InstanceRun, use: RunUse)], factor: DemandFactor) {
    uses = parts.map(\.use)
    spans = parts.map { part in
      let start = part.run.started
      return Period(start: start, end: max(start, part.run.stopped ?? Instant(seconds: .max)))
    }
    growth = factor.isOne ? nil : factor.value
  }

  mutating func use(at instant: Instant) -> Int64? {
    if latest >= spans.count || !spans[latest].contains(instant) {
      guard let part = spans.firstIndex(where: { $0.contains(instant) }) else { return nil }
      latest = part
    }
    guard let use = uses[latest].use(at: instant) else { return nil }
    return growth.map { wholeMicroVcpus(Double(use) * $0) } ?? use
  }
}

/// Makes micro-vCPUs of mantissas of one scale: × factor / 10^scale, rounded half-even once, in whole numbers.
private struct MicroVcpus {
  private let factor, divisor: Int128
  /// The factor over the divisor, where that is whole.
  let whole: Int64?

  init(_ factor: Int128, scale: Int) {
    self.factor = factor
    // What is divided stays below 10^28: a divisor beyond 10^37 makes 0 of it too.
    divisor = widePowerOfTen(min(scale, 37))
    whole = factor % divisor == 0 ? Int64(exactly: factor / divisor) : nil
  }

  func use(_ mantissa: Int64) -> Int64 {
    let use = Int64(clamping: roundedHalfEven(Int128(mantissa) * factor, dividedBy: divisor))
    return min(max(use, -mostMicroVcpus), mostMicroVcpus)
  }
}
