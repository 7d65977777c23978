/// A fraction of two whole numbers, which is compared by cross-multiplication and never divided.
///
/// Products of two 64-bit numbers fit 128 bits, so no comparison overflows.
package struct ExactFraction: Sendable {
  package var numerator: Int
  /// Above 0.
  package var denominator: Int

  package init(_ numerator: Int, over denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// A number of thousandths.
  package init(thousandths: Int) { self.init(thousandths, over: 1000) }
}

extension ExactFraction: Comparable {
  @inline(__always)
  package static func == (a: ExactFraction, b: ExactFraction) -> Bool {
    a.widened(by: b.denominator) == b.widened(by: a.denominator)
  }

  @inline(__always)
  package static func < (a: ExactFraction, b: ExactFraction) -> Bool {
    a.widened(by: b.denominator) < b.widened(by: a.denominator)
  }

  // Cannot overflow, see above; the check for it would cost more than the product.
  @inline(__always)
  private func widened(by factor: Int) -> Int128 { Int128(numerator) &* Int128(factor) }
}

/// How a datapoint is held against a threshold.
package enum ThresholdComparison: String, CaseIterable, Sendable {
  case above = ">"
  case atLeast = ">="
  case below = "<"
  case atMost = "<="

  /// True of comparisons with what is too much.
  package var isUpward: Bool { self == .above || self == .atLeast }

  /// True when the datapoint breaches the threshold.
  @inline(__always)
  package func holds(_ datapoint: ExactFraction, _ threshold: ExactFraction) -> Bool {
    switch self {
    case .above: threshold < datapoint
    case .atLeast: !(datapoint < threshold)
    case .below: datapoint < threshold
    case .atMost: !(threshold < datapoint)
    }
  }
}

/// A quotient rounded up; the divisor is above 0.
func ceilingQuotient<Number: SignedInteger>(_ dividend: Number, _ divisor: Number) -> Number {
  let quotient = dividend / divisor
  return dividend > 0 && quotient * divisor < dividend ? quotient + 1 : quotient
}
