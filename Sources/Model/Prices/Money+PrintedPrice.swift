extension Money {
  /// The most that one unit, one hour or one instance costs, of whatever it is: above every price that a provider lists,
  /// and little enough for what is worked out of prices, counts and hours to stay within 64 bits.
  package static let mostPrice = Money(nanoDollars: 10_000_000 * nanoPerDollar)

  /// Parses a price that a program may have printed from a binary double: `0.0416`, `151.0`, `0.10400000000000001`.
  ///
  /// At most nine decimals, after trailing zeros. More of them are taken only where they are what a double makes of
  /// nine: the rounding to nine decimals must change less than 10⁻¹². nil for anything else, a negative number included.
  package init?(printedPrice text: String) {
    guard let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
    if let number = ScaledDecimal(text)?.normalised, number.scale <= 9 {
      self.init(number.description)
      return
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), parts[1].utf8.count > 9,
      let cut = Money("\(parts[0]).\(parts[1].prefix(9))")
    else { return nil }
    let excess = parts[1].dropFirst(9)
    if excess.hasPrefix("000") || excess.allSatisfy({ $0 == "0" }) {
      self = cut
    } else if excess.hasPrefix("999"), excess.dropFirst(3).contains(where: { $0 != "0" }), cut.nanoDollars < .max {
      self = Money(nanoDollars: cut.nanoDollars + 1)
    } else {
      return nil
    }
  }
}
