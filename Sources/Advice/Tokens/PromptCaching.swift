import Model

/// From which hit rate on a cache of prompts costs less than none.
///
/// With prices I of input, R of what is read from a cache and W of what is written to it, prompts that may be cached cost
/// h R + (1 - h) W a token at a hit rate of h, and I without: the same at h = (W - I) / (W - R). A cache that is filled for
/// nothing has W = I, and costs less from the first hit on.
package struct PromptCaching: Hashable, Sendable {
  package var input, read: Money
  /// Nil where a cache is filled for nothing.
  package var write: Money?

  package init(input: Money, read: Money, write: Money?) {
    self.input = input
    self.read = read
    self.write = write
  }

  /// The share of hits as a ratio, from 0 to 1; nil where no share of hits costs less.
  package var breakEven: (numerator: Int64, denominator: Int64)? {
    let write = max(write ?? input, input)
    guard read < input else { return nil }
    return ((write - input).nanoDollars, (write - read).nanoDollars)
  }

  /// The same in percent.
  package var breakEvenPercent: Double? {
    breakEven.map { Double($0.numerator) * 100 / Double($0.denominator) }
  }

  /// True where so many percent of hits cost less than no cache.
  package func pays(atHits percent: ScaledDecimal) -> Bool {
    guard let breakEven else { return false }
    let number = percent.normalised
    guard (0...6).contains(number.scale) else { return false }
    return Int128(number.mantissa) * Int128(breakEven.denominator)
      > 100 * widePowerOfTen(number.scale) * Int128(breakEven.numerator)
  }
}
