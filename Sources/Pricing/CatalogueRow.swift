import Model
import Reading

/// A row of a delimited file of prices that is not ours: no source, date or quality stands in it.
struct CatalogueRow {
  let reader: DelimitedReader

  /// A text that must not be empty.
  func text(_ column: Int, _ what: String) throws(DataError) -> String { try reader.presentText(column, what) }

  /// A price as a program prints it, see ``Money/init(printedPrice:)``; nil where the field is empty.
  func price(_ column: Int) throws(DataError) -> Money? {
    if reader.isEmpty(column) { return nil }
    let text = reader.text(column)
    if let money = Money(printedPrice: text) { return money }
    throw DataError(
      reader.place, found: "\"\(text)\"", expected: "a price in USD such as 0.0416, with at most nine decimals")
  }
}

extension DelimitedReader {
  /// The text of a field that must not be empty.
  /// - Throws: ``DataError`` naming the line when it is.
  func presentText(_ column: Int, _ what: String) throws(DataError) -> String {
    guard isEmpty(column) else { return text(column) }
    throw DataError(place, found: "no \(what)", expected: "a \(what)")
  }
}
