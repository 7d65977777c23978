import Model

/// A record of a file, a row or a JSON object: what stands in its fields, and the ways to read them.
///
/// A field is found by its name, the name of a column or the key of a member. What it may hold, and what an error expects
/// in its place, is said here once for every format.
package protocol Record {
  /// True when the field holds something; what is not there is unknown, and never zero.
  func has(_ field: String) -> Bool
  /// What stands in a field, a text or a number; nil for anything else and where nothing does.
  func written(_ field: String) -> String?
  /// The number in a field, spelt as the format spells its numbers; nil for anything else.
  func number(_ field: String) -> ScaledDecimal?
  /// The error for a field that holds something else than it should, or nothing.
  func wrong(_ field: String, expected: String) -> DataError
}

extension Record {
  /// What a field holds, read by a parser.
  package func value<Value>(
    _ field: String, expected: String, _ parse: (String) -> Value?
  ) throws(DataError) -> Value {
    if let text = written(field), let value = parse(text) { return value }
    throw wrong(field, expected: expected)
  }

  /// A text as a name: in the form in which names are compared.
  /// - Throws: ``DataError`` for a control character in it.
  package func checkedName(_ text: String, _ field: String) throws(DataError) -> String {
    guard let character = text.controlCharacter else { return text.asName }
    let fault = controlCharacterFault(character, in: text)
    var error = wrong(field, expected: fault.expected)
    error.found = fault.found
    throw error
  }

  /// A timestamp, or a date, which is its midnight in UTC; fractions of a second are cut.
  package func instant(
    _ field: String, expected: String = "a timestamp such as 2026-10-01T04:00:00Z"
  ) throws(DataError) -> Instant {
    try value(field, expected: expected) { Instant($0) }
  }

  /// A price in USD as a program prints it, see ``Money/init(printedPrice:)``.
  package func price(_ field: String) throws(DataError) -> Money {
    let price = try value(field, expected: priceExpectation) { Money(printedPrice: $0) }
    guard price <= .mostPrice else { throw wrong(field, expected: mostPriceExpectation) }
    return price
  }

  /// A price in USD, or what it stands for that there is none.
  package func price(_ field: String, absent: Money) throws(DataError) -> Money {
    has(field) ? try price(field) : absent
  }

  /// A price in USD; nil where there is none.
  package func priceIfKnown(_ field: String) throws(DataError) -> Money? { has(field) ? try price(field) : nil }

  /// A number that is not negative.
  package func decimal(
    _ field: String, expected: String = "a number that is not negative, such as 0.5"
  ) throws(DataError) -> ScaledDecimal {
    if let number = number(field), number.mantissa >= 0 { return number }
    throw wrong(field, expected: expected)
  }

  /// A whole number that is not negative.
  package func whole(_ field: String, to most: Int64 = mostCounted) throws(DataError) -> Int {
    guard let number = number(field), number.scale == 0, (0...most).contains(number.mantissa) else {
      throw wrong(field, expected: "a whole number from 0 to \(most)")
    }
    return Int(number.mantissa)
  }

  /// A whole number that is not negative; nil where there is none.
  package func wholeIfKnown(_ field: String, to most: Int64 = mostCounted) throws(DataError) -> Int? {
    has(field) ? try whole(field, to: most) : nil
  }

  /// How many there are, at least 1.
  package func count(_ field: String, to most: Int64 = Int64(mostHeldInstances)) throws(DataError) -> Int {
    guard let number = number(field), number.scale == 0, number.mantissa >= 1, number.mantissa <= most else {
      throw wrong(field, expected: "a whole number from 1 to \(most)")
    }
    return Int(number.mantissa)
  }

  /// A whole number of percent, at most 100.
  package func percentage(_ field: String) throws(DataError) -> Int {
    let percent = try whole(field)
    guard percent <= 100 else { throw wrong(field, expected: "a percentage of at most 100") }
    return percent
  }
}

/// The most of anything that a record counts: a trillion, which sums and products of a month stay within 64 bits of.
package let mostCounted: Int64 = 1_000_000_000_000

/// The most instances that one reservation is of; no account runs as many.
package let mostHeldInstances = 1_000_000

/// What an error expects in place of what is no price.
package let priceExpectation = "a price in USD such as 0.0416, with at most nine decimals"

/// What an error expects in place of a price above ``Model/Money/mostPrice``.
package let mostPriceExpectation = "a price of at most 10 million USD"
