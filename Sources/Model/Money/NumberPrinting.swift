// Numbers as people read them: rounded, with a comma between thousands.

/// `12,345`.
package func grouped(_ count: Int) -> String { ScaledDecimal(mantissa: Int64(count), scale: 0).grouped }

/// A figure rounded to a number of decimals for people, half away from zero: `12.3`.
///
/// A number of more than 18 digits is written with an exponent, `1e+20`; one that is none, in words.
package func rounded(_ value: Double, _ decimals: Int) -> String {
  roundedDecimal(value, decimals)?.description ?? unroundedText(value)
}

/// A figure rounded to a number of decimals, 0 to 18; nil where that has more than 18 digits, or is no number.
package func roundedDecimal(
  _ value: Double, _ decimals: Int, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
) -> ScaledDecimal? {
  let scale = min(max(decimals, 0), 18)
  return Int64(exactly: (value * Double(powerOfTen(scale))).rounded(rule))
    .map { ScaledDecimal(mantissa: $0, scale: scale) }
}

/// What stands for a number that cannot be rounded: `1e+20`, `not a number`.
package func unroundedText(_ value: Double) -> String {
  if value.isNaN { return "not a number" }
  if value.isInfinite { return value < 0 ? "minus infinity" : "infinity" }
  return "\(value)"
}

extension ScaledDecimal {
  /// Its digits with a comma between thousands: `-1,234.5678`.
  package var grouped: String {
    let digits = Array(description.utf8)
    let start = digits.first == UInt8(ascii: "-") ? 1 : 0
    let end = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
    var text: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > start, index < end, (end - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Money {
  /// The amount rounded half-even to a number of decimals, nine at most; nil for all it has, four at least.
  package func decimal(_ decimals: Int?) -> ScaledDecimal {
    let scale =
      decimals.map { min(max($0, 0), 9) } ?? max(4, ScaledDecimal(mantissa: nanoDollars, scale: 9).normalised.scale)
    let mantissa = roundedHalfEven(Int128(nanoDollars), dividedBy: Int128(powerOfTen(9 - scale)))
    return ScaledDecimal(mantissa: Int64(mantissa), scale: scale)
  }
}
