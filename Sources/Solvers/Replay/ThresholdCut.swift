/// A comparison with a threshold, for datapoints that mostly share their denominator.
///
/// Of a denominator d, n / d > threshold is n > cut for a whole number, which is found anew only when d is another: that
/// is when another number of instances serves.
struct ThresholdCut {
  private let comparison: ThresholdComparison
  private let threshold: ExactFraction
  private let isUpward: Bool
  /// 0 before there was any, which no datapoint has.
  private var denominator = 0
  private var cut = 0

  init(_ comparison: ThresholdComparison, _ threshold: ExactFraction) {
    self.comparison = comparison
    self.threshold = threshold
    isUpward = comparison.isUpward
  }

  /// False for no datapoint.
  @inline(__always)
  mutating func isBreached(by datapoint: ExactFraction) -> Bool {
    guard datapoint.denominator != 0 else { return false }
    if datapoint.denominator != denominator { move(to: datapoint.denominator) }
    return (datapoint.numerator > cut) == isUpward
  }

  private mutating func move(to denominator: Int) {
    self.denominator = denominator
    let (dividend, divisor) = (Int128(threshold.numerator) * Int128(denominator), Int128(threshold.denominator))
    let up = ceilingQuotient(dividend, divisor)
    // "> x" and "<= x" part above the whole of x, ">= x" and "< x" below what x is rounded up to.
    switch comparison {
    case .above, .atMost: cut = Int(clamping: up * divisor == dividend ? up : up - 1)
    case .atLeast, .below: cut = Int(clamping: up - 1)
    }
  }
}
