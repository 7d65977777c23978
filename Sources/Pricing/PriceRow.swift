import Model
import Reading

/// Where the columns stand that every kind of price file has.
struct PriceColumns {
  let effectiveFrom, quality, source: Int
  let sources: [String: PriceSource]

  init(_ header: DelimitedHeader, head: PriceFileHead) throws(DataError) {
    effectiveFrom = try header.require("effective_from")
    quality = try header.require("quality")
    source = try header.require("source")
    sources = head.sources
  }
}

/// A row of a price file and the ways to read its fields, each with its own error.
package struct PriceRow {
  let reader: DelimitedReader
  let shared: PriceColumns

  /// The date, quality and source of the row.
  /// - Throws: ``DataError`` for an unknown date, quality or source key.
  package func provenance() throws(DataError) -> Provenance {
    let quality = try word(shared.quality, "quality", [PriceQuality.published, .derived])
    let key = reader.text(shared.source)
    guard let source = shared.sources[key] else {
      let keys = shared.sources.keys.sorted().joined(separator: ", ")
      throw DataError(reader.place, found: "source \"\(key)\"", expected: "a source of the head: \(keys)")
    }
    return Provenance(effectiveFrom: try date(shared.effectiveFrom), quality: quality, source: source)
  }

  /// True when the field holds nothing: unknown, never zero.
  package func isEmpty(_ column: Int) -> Bool { reader.isEmpty(column) }

  /// A text that must not be empty.
  package func text(_ column: Int, _ what: String) throws(DataError) -> String { try reader.presentText(column, what) }

  /// A date, or a full timestamp.
  package func date(_ column: Int) throws(DataError) -> Instant {
    if let instant = reader.withBytes(column, { Instant(bytes: $0) }) { return instant }
    throw wrong(column, expected: "a date such as 2026-11-23")
  }

  /// An amount of money: a plain decimal of at most nine decimals, not negative.
  package func money(_ column: Int) throws(DataError) -> Money {
    let number = try decimal(column, expected: "a price in USD such as 0.0416, with at most nine decimals")
    guard number.scale <= 9, number.mantissa <= Int64.max / powerOfTen(9 - number.scale) else {
      throw wrong(column, expected: "a price in USD such as 0.0416, with at most nine decimals")
    }
    return Money(nanoDollars: number.mantissa * powerOfTen(9 - number.scale))
  }

  /// An amount of money of more than 0, as the price of an instance is.
  package func instancePrice(_ column: Int) throws(DataError) -> Money {
    let price = try money(column)
    guard price > .zero else { throw neverFree(column) }
    return price
  }

  /// The error for an instance that costs nothing.
  package func neverFree(_ column: Int) -> DataError {
    wrong(column, expected: "a price of more than 0, since an instance is never free")
  }

  /// A plain decimal that is not negative.
  package func decimal(_ column: Int, expected: String = "a number such as 0.5") throws(DataError) -> ScaledDecimal {
    let number = reader.withBytes(column) { bytes in
      bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: ".") } ? ScaledDecimal(bytes: bytes) : nil
    }
    guard let number else { throw wrong(column, expected: expected) }
    return number
  }

  /// A whole number that is not negative.
  package func whole(_ column: Int) throws(DataError) -> Int {
    let number = try decimal(column, expected: "a whole number")
    guard number.scale == 0 else { throw wrong(column, expected: "a whole number") }
    return Int(number.mantissa)
  }

  /// A plain decimal that is not negative, in thousandths, rounded half-even.
  package func thousandths(_ column: Int, expected: String) throws(DataError) -> Int64 {
    let number = try decimal(column)
    let milli = roundedHalfEven(Int128(number.mantissa) * 1000, dividedBy: Int128(powerOfTen(number.scale)))
    guard let result = Int64(exactly: milli) else { throw wrong(column, expected: expected) }
    return result
  }

  /// The length of a reservation or plan: 1 or 3 years.
  package func termYears(_ column: Int) throws(DataError) -> Int {
    let years = try whole(column)
    guard years == 1 || years == 3 else { throw wrong(column, expected: "1 or 3 years") }
    return years
  }

  /// The same as ``whole(_:)``, nil where the field is empty.
  package func wholeIfKnown(_ column: Int) throws(DataError) -> Int? { isEmpty(column) ? nil : try whole(column) }

  /// One word of a closed list.
  package func word<Word: RawRepresentable>(_ column: Int, _ what: String, _ words: [Word]) throws(DataError) -> Word
  where Word.RawValue == String {
    let text = reader.text(column)
    if let word = words.first(where: { $0.rawValue == text }) { return word }
    let list = words.map(\.rawValue).joined(separator: ", ")
    throw DataError(reader.place, found: "\(what) \"\(text)\"", expected: "one of \(list)")
  }

  /// The error for a field that holds something else than it should.
  package func wrong(_ column: Int, expected: String) -> DataError {
    DataError(reader.place, found: "\"\(reader.text(column))\"", expected: expected)
  }
}

/// Where the columns stand that say what is priced.
struct InstanceKindColumns {
  let region, type: Int
  /// nil where the kind has no such column; the engine is `linux` then.
  let engine: Int?

  init(_ header: DelimitedHeader, hasEngine: Bool = true) throws(DataError) {
    region = try header.require("region")
    type = try header.require("type")
    engine = hasEngine ? try header.require("engine") : nil
  }

  func kind(of row: PriceRow) throws(DataError) -> InstanceKind {
    var engineName = "linux"
    if let engine { engineName = try row.text(engine, "engine") }
    return InstanceKind(
      region: try row.text(region, "region"), type: try row.text(type, "type"), engine: engineName)
  }
}
