import Model
import Pricing
import Reading

/// Reads prices that are in memory, with what the reading tells at its end.
/// - Parameter file: what errors call them.
package func readTold(
  _ text: String, _ options: PriceOptions = PriceOptions(), file: String = "p.csv", spot: Bool? = nil
) throws -> (book: PriceBook, PriceSummary) {
  var book = PriceBook()
  let source = ByteSource(name: file, bytes: Array(text.utf8))
  let summary = try readPrices(source, options, spot: spot) { book.append($0) }
  return (book, summary)
}

/// Reads prices that are in memory into one book.
package func readPriceBook(
  bytes: [UInt8], file: String, _ options: PriceOptions = PriceOptions()
) throws -> PriceBook {
  var book = PriceBook()
  _ = try readPrices(ByteSource(name: file, bytes: bytes), options) { book.append($0) }
  return book
}
