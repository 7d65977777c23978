import Model

/// Turns the values of one counter, in the order of time, into its rates a second.
///
/// A rate is the increase from a sample to the next over the seconds between them, and stands at the earlier one, where
/// its interval starts. A fall is a restart from 0, so the new value is the increase, as Prometheus has it
/// (prometheus.io/docs/prometheus/latest/querying/functions/#rate). Increases past a restart are not seen.
struct CounterRate: Sendable {
  enum Fault: Error {
    /// Another value at the same instant, or an instant before the last.
    case notInOrder(last: Instant)
    case outOfRange
  }

  private struct Reading {
    var seconds: Int64
    var mantissa: Int64
    var scale: UInt8
  }

  private let conversion: Conversion
  private var last: Reading?
  /// The conversion over the interval before, which most often is this one's too.
  private var interval: Int64 = 1
  private var overInterval: Conversion

  /// - Parameter conversion: of the rate.
  init(_ conversion: Conversion) {
    self.conversion = conversion
    overInterval = conversion
  }

  /// The rate since the sample before; nil for the first one and for one that comes again.
  /// - Parameter isReset: set to true when the counter fell.
  mutating func take(_ sample: Sample, isReset: inout Bool) throws(Fault) -> Sample? {
    let new = Reading(seconds: sample.seconds, mantissa: sample.mantissa, scale: sample.scale)
    guard let last else {
      self.last = new
      return nil
    }
    guard new.seconds > last.seconds else {
      guard new.seconds == last.seconds, try difference(last, new) == 0 else {
        throw .notInOrder(last: Instant(seconds: last.seconds))
      }
      return nil
    }
    self.last = new
    var increase = try difference(last, new)
    var scale = max(last.scale, new.scale)
    if increase < 0 {
      isReset = true
      (increase, scale) = (Int128(new.mantissa), new.scale)
    }
    let rate = try rate(increase, Int(scale), over: new.seconds - last.seconds)
    var result = sample
    result.seconds = last.seconds
    result.mantissa = rate.mantissa
    result.scale = UInt8(rate.scale)
    return result
  }

  /// At the larger scale of the two.
  private func difference(_ a: Reading, _ b: Reading) throws(Fault) -> Int128 {
    let scale = max(a.scale, b.scale)
    func widened(_ reading: Reading) throws(Fault) -> Int128 {
      let exponent = Int(scale - reading.scale)
      if reading.mantissa == 0 || exponent == 0 { return Int128(reading.mantissa) }
      guard exponent <= 38 else { throw .outOfRange }
      let (product, overflow) = Int128(reading.mantissa).multipliedReportingOverflow(by: widePowerOfTen(exponent))
      guard !overflow else { throw .outOfRange }
      return product
    }
    let (result, overflow) = try widened(b).subtractingReportingOverflow(try widened(a))
    guard !overflow else { throw .outOfRange }
    return result
  }

  private mutating func rate(_ increase: Int128, _ scale: Int, over seconds: Int64) throws(Fault) -> ScaledDecimal {
    if seconds != interval {
      guard let divided = conversion.divided(by: seconds) else { throw .outOfRange }
      (interval, overInterval) = (seconds, divided)
    }
    let result =
      if let short = Int64(exactly: increase) { overInterval.apply(short, scale: scale) } else {
        overInterval.apply(wide: increase, scale: scale)
      }
    guard let result else { throw .outOfRange }
    return result
  }
}
