// What is needed of one dimension: percentile / 100 × what the present type has / (1 - headroom / 100).
//
// Multiplied by 100 - headroom it is a product of decimals, and so is what a type offers: which of them is greater is
// decided exactly (ExactProduct.swift). Floating point only says that they are not close, which is most of the time.

import Model

/// How much of a dimension, vCPUs or GiB, a type must offer.
package struct SizeRequirement: Sendable {
  /// Percentile, and what of the dimension the present type has; for vCPUs two factors.
  private let percent: ScaledDecimal
  private let present: [ScaledDecimal]
  /// 100 less the headroom, in percent; positive.
  private let share: ScaledDecimal
  /// Nearly the value.
  let estimate: Double

  /// Beyond the error of an estimate, which is below 1e-14 of it.
  private static let closeness = 1e-9

  /// - Precondition: the headroom has at most 16 decimals and is below 100.
  package init(percent: ScaledDecimal, of present: [ScaledDecimal], headroomPercent: ScaledDecimal) {
    let whole = 100 * powerOfTen(headroomPercent.scale)
    precondition(headroomPercent.mantissa < whole, "headroom below 100 percent")
    self.percent = percent
    self.present = present
    share = ScaledDecimal(mantissa: whole - headroomPercent.mantissa, scale: headroomPercent.scale)
    estimate = present.reduce(percent.double) { $0 * $1.double } / share.double
  }

  /// True when an offer of so much is enough.
  ///
  /// - Parameters:
  ///   - estimate: nearly the product of the factors.
  ///   - factors: what is offered, exactly; asked for only when it is close.
  @inline(__always)
  func isMet(by estimate: Double, _ factors: () -> [ScaledDecimal]) -> Bool {
    let slack = self.estimate * Self.closeness
    if estimate > self.estimate + slack { return true }
    if estimate < self.estimate - slack { return false }
    return !ExactProduct(factors() + [share]).isLess(than: needed)
  }

  /// True when the value takes less of what is offered than another does, both in parts of the whole.
  func isLess(per offer: [ScaledDecimal], than other: SizeRequirement, per others: [ScaledDecimal]) -> Bool {
    ExactProduct([percent] + present + others + [other.share])
      .isLess(than: ExactProduct([other.percent] + other.present + offer + [share]))
  }

  /// The value, rounded half up to nine decimals; nil when that is beyond `Int64`.
  package var rounded: ScaledDecimal? {
    let billionths = (estimate * 1e9).rounded(.down)
    guard billionths < 4e18 else { return nil }
    // The estimate is a few units of its last place off; the exact product says where the next billionth begins.
    var value = max(0, Int64(billionths) - max(4, Int64(billionths / 1e14)))
    while !needed.isLess(than: borderAbove(value)) { value += 1 }
    return ScaledDecimal(mantissa: value, scale: 9).normalised
  }

  /// The value times the share.
  private var needed: ExactProduct { ExactProduct([percent] + present) }

  /// The least that is rounded to more than so many billionths, times the share.
  private func borderAbove(_ billionths: Int64) -> ExactProduct {
    // n + 1/2 = (2 n + 1) × 5 / 10.
    ExactProduct([share, ScaledDecimal(mantissa: 2 * billionths + 1, scale: 9), ScaledDecimal(mantissa: 5, scale: 1)])
  }
}
