/// A decimal number exactly as it was written: `mantissa` × 10^-`scale`.
///
/// Samples and prices arrive as decimals; this keeps them losslessly. `0.50` and `0.5` are different
/// spellings of one number and compare equal after ``normalised``.
package struct ScaledDecimal: Hashable, Sendable {
  package var mantissa: Int64
  package var scale: Int

  package init(mantissa: Int64, scale: Int) {
    self.mantissa = mantissa
    self.scale = scale
  }

  /// Parses `-12.340`, `7`, `.5`, `1.5e3`; nil for anything else, digits beyond
  /// `Int64`, or more than 18 decimals.
  package init?(_ text: String) {
    var text = text
    guard let value = text.withUTF8({ ScaledDecimal(bytes: $0) }) else { return nil }
    self = value
  }

  /// The same, from ASCII bytes.
  package init?(bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    var negative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      negative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var mantissa: Int64 = 0
    var scale = 0
    var digits = 0
    var seenPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 48, byte <= 57 {
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(Int64(byte - 48))
        if overflow || carry { return nil }
        mantissa = sum
        digits += 1
        if seenPoint { scale += 1 }
      } else if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index < bytes.count {
      guard let exponent = Self.exponent(bytes, at: index) else { return nil }
      scale -= exponent
    }
    while scale < 0 {
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      mantissa = product
      scale += 1
    }
    guard scale <= 18 else { return nil }
    self.init(mantissa: negative ? -mantissa : mantissa, scale: scale)
  }

  private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    guard bytes[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    let text = String(decoding: bytes[(start + 1)...], as: UTF8.self)
    guard text.utf8.count <= 3, let value = Int(text) else { return nil }
    return value
  }

  /// The nearest double while the mantissa is below 2^53 and the scale at most 22, for then both are doubles and their
  /// quotient is rounded once; at most a few units in the last place away otherwise.
  /// - Precondition: the scale is 0...40.
  package var double: Double { Double(mantissa) / doublePowersOfTen[scale] }

  /// True when the number is less than another, exactly, whatever their scales.
  package func isLess(than other: ScaledDecimal) -> Bool {
    let more = other.scale - scale
    return more >= 0
      ? Self.widened(mantissa, by: more) < Int128(other.mantissa)
      : Int128(mantissa) < Self.widened(other.mantissa, by: -more)
  }

  /// 10^19 outweighs any mantissa already, and more would not fit 128 bits.
  private static func widened(_ mantissa: Int64, by decimals: Int) -> Int128 {
    Int128(mantissa) * widePowerOfTen(min(decimals, 19))
  }

  /// The spelling without trailing zeros after the point.
  package var normalised: ScaledDecimal {
    var copy = self
    while copy.scale > 0, copy.mantissa % 10 == 0 {
      copy.mantissa /= 10
      copy.scale -= 1
    }
    return copy
  }
}

extension ScaledDecimal: TextDecodable {
  package static let expectation = "a decimal number such as 99.5"

  /// Digits and point as written, `12.340`.
  package var description: String {
    let digits = String(mantissa.magnitude)
    guard scale > 0 else { return "\(mantissa)" }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    let point = padded.index(padded.endIndex, offsetBy: -scale)
    return "\(mantissa < 0 ? "-" : "")\(padded[..<point]).\(padded[point...])"
  }
}

/// 10^exponent for 0...18.
package func powerOfTen(_ exponent: Int) -> Int64 {
  var result: Int64 = 1
  for _ in 0..<exponent { result *= 10 }
  return result
}

/// 10^exponent for 0...38.
package func widePowerOfTen(_ exponent: Int) -> Int128 {
  var result: Int128 = 1
  for _ in 0..<exponent { result *= 10 }
  return result
}

/// 10^0 to 10^40; exact up to 10^22, then the nearest double.
package let doublePowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32, 1e33, 1e34, 1e35, 1e36, 1e37, 1e38, 1e39,
  1e40,
]
