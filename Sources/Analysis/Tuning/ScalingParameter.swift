import Model

/// A number of a service's scaling in the fleet file, and the values that it may be given.
package struct ScalingParameter: Sendable {
  /// Below the service: `minimum`, `scaling.scale_out.cpu_percent`.
  package let key: String
  /// In ascending order, the present one among them.
  package let values: [ScaledDecimal]
  /// The place of the present value.
  package let start: Int
  private let set: @Sendable (inout Service, ScaledDecimal) -> Void

  /// - Parameters:
  ///   - present: is added to the values where it is not one of them.
  ///   - set: gives a service another value.
  init(
    _ key: String, present: ScaledDecimal, _ values: [ScaledDecimal],
    set: @escaping @Sendable (inout Service, ScaledDecimal) -> Void
  ) {
    self.key = key
    let all = (values.map(\.normalised) + [present.normalised]).eachOnce().sorted { $0.isLess(than: $1) }
    self.values = all
    start = all.firstIndex(of: present.normalised) ?? 0
    self.set = set
  }

  init(
    _ key: String, present: Int, _ values: [Int], set: @escaping @Sendable (inout Service, Int) -> Void
  ) {
    self.init(key, present: ScaledDecimal(whole: present), values.map { ScaledDecimal(whole: $0) }) { service, value in
      set(&service, Int(value.mantissa))
    }
  }

  /// A time, in minutes.
  init(
    _ key: String, present: TimeSpan, minutes: [Int64], set: @escaping @Sendable (inout Service, TimeSpan) -> Void
  ) {
    self.init(key, present: Int(present.seconds), minutes.map { Int($0 * 60) }) { service, seconds in
      set(&service, TimeSpan(seconds: Int64(seconds)))
    }
  }

  /// Gives a service the value of a place.
  func apply(_ place: Int, to service: inout Service) { set(&service, values[place]) }
}

extension ScaledDecimal {
  init(whole: Int) { self.init(mantissa: Int64(whole), scale: 0) }

  /// The nearest number of two significant digits, and of three decimals at most; nil for what is not above 0.
  init?(twoDigits value: Double) {
    guard value >= 0.001, value < 1e15 else { return nil }
    let thousandths = value * 1000
    var unit = 1.0
    while thousandths / unit >= 100 { unit *= 10 }
    let mantissa: Int64 = wholeNumber((thousandths / unit).rounded() * unit)
    self = ScaledDecimal(mantissa: max(1, mantissa), scale: 3).normalised
  }
}
