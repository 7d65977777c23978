// Goals, in order: exact whatever the digits, and cheap where that is not needed.
//
// Requirements and capacities are products of decimals. Written as mantissas and powers of ten, comparing two of them
// needs multiplication alone, never a division, so an exact tie stays one. Schoolbook multiplication by one word at a
// time: Knuth, "The Art of Computer Programming", volume 2, 4.3.1.

import Model

/// A product of decimals that are not negative, exactly.
struct ExactProduct {
  /// 64 bits each, the least first; no zero at the end.
  private var words: [UInt64] = [1]
  /// Decimals: the value is the words × 10^-scale.
  private var scale = 0

  /// - Precondition: no factor is negative.
  init(_ factors: [ScaledDecimal]) {
    for factor in factors {
      multiply(by: UInt64(factor.mantissa))
      scale += factor.scale
    }
  }

  /// True when the value is less than the other's, exactly.
  func isLess(than other: ExactProduct) -> Bool {
    let (own, others) = (widened(by: other.scale - scale), other.widened(by: scale - other.scale))
    guard own.count == others.count else { return own.count < others.count }
    for index in own.indices.reversed() where own[index] != others[index] { return own[index] < others[index] }
    return false
  }

  private func widened(by decimals: Int) -> [UInt64] {
    var copy = self
    for _ in 0..<max(0, decimals) { copy.multiply(by: 10) }
    return copy.words
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in words.indices {
      let (high, low) = words[index].multipliedFullWidth(by: factor)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      words[index] = sum
      carry = high + (overflow ? 1 : 0)
    }
    if carry > 0 { words.append(carry) }
    while words.last == 0 { words.removeLast() }
  }
}
