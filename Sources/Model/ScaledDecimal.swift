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

  /// The nearest double: exact division while the mantissa is below 2^53.
  package var double: Double { Double(mantissa) / Double(powerOfTen(scale)) }

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
