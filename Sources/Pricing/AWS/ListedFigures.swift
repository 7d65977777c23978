import Model
import Reading

// The figures of price lists, of which there are millions: read from text without a record around it, and without a place
// until one is wrong.

/// The price that a list gives as text: a plain decimal, not negative; decimals beyond the ninth may only be zeros.
/// - Throws: ``DataError`` for anything else, and for an amount that is too large.
func listedMoney(_ text: String, at place: @autoclosure () -> Place) throws(DataError) -> Money {
  var (mantissa, decimals, digits, overflows): (Int64, Int?, Int, Bool) = (0, nil, 0, false)
  for byte in text.utf8 {
    if byte == UInt8(ascii: "."), decimals == nil {
      decimals = 0
      continue
    }
    let digit = Int64(byte) - 48
    guard (0...9).contains(digit) else { throw wrongMoney(text, at: place()) }
    digits += 1
    if let known = decimals {
      if known >= 9 {
        guard digit == 0 else { throw wrongMoney(text, at: place()) }
        continue
      }
      decimals = known + 1
    }
    let (product, isLarge) = mantissa.multipliedReportingOverflow(by: 10)
    let (sum, isLarger) = product.addingReportingOverflow(digit)
    overflows = overflows || isLarge || isLarger
    mantissa = sum
  }
  let (nano, isLarge) = mantissa.multipliedReportingOverflow(by: powerOfTen(9 - (decimals ?? 0)))
  guard digits > 0, !overflows, !isLarge else { throw wrongMoney(text, at: place()) }
  guard nano <= Money.mostPrice.nanoDollars else {
    throw DataError(place(), found: "price \"\(text)\"", expected: mostPriceExpectation)
  }
  return Money(nanoDollars: nano)
}

private func wrongMoney(_ text: String, at place: Place) -> DataError {
  DataError(
    place, found: "price \"\(text)\"", expected: "a price in USD such as 0.0416000000, with at most nine decimals")
}

/// The date from which a list says that a price holds.
/// - Throws: ``DataError`` for a text that is no date.
func listedDate(_ text: String, at place: @autoclosure () -> Place) throws(DataError) -> Instant {
  if let date = Instant(text) { return date }
  throw DataError(
    place(), found: text.isEmpty ? "no date" : "date \"\(text)\"",
    expected: "a date such as 2025-09-12 or 2025-09-12T00:00:00Z")
}

/// - Throws: ``DataError`` for a currency other than USD.
func expectDollars(_ currency: String, at place: @autoclosure () -> Place) throws(DataError) {
  guard currency == "USD" else {
    throw DataError(place(), found: "currency \"\(currency)\"", expected: "USD")
  }
}
