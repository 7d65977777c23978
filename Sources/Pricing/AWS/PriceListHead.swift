import Model
import Reading

/// What a price list says of itself: which it is, of which version, and when it was published.
struct PriceListHead {
  var offerCode: String
  var version: String
  var published: Instant

  /// - Throws: ``DataError`` for a publication date that is none.
  init(offerCode: String, version: String, published: String, at place: Place) throws(DataError) {
    self.offerCode = offerCode
    self.version = version
    self.published = try listedDate(published, at: place)
  }

  /// The source of what the list says.
  func source(_ input: PriceInput) throws(DataError) -> PriceSource {
    try input.priceSource("AWS price list \(offerCode), version \(version)", published: published)
  }
}

/// The lines before the rows of a price list in CSV: what the list says of itself, and the header row.
struct PriceListColumns {
  let head: PriceListHead
  let header: DelimitedHeader
  /// Of the line that names the offer.
  let place: Place
  private let columns: [String: Int]

  /// Reads the lines up to the header row, which is the first that starts with `SKU`.
  /// - Throws: ``DataError`` when a line is missing or is none of them.
  init(_ rows: inout DelimitedStream) throws(DataError) {
    var values: [String: (text: String, place: Place)] = [:]
    while true {
      guard try rows.nextRow() else {
        throw DataError(rows.reader.place, found: "the end of the file", expected: "a header row that starts with SKU")
      }
      let reader = rows.reader
      try reader.checkUTF8()
      let name = plainName(reader.text(0))
      if name == "sku" { break }
      guard reader.fieldCount == 2, values.count < 16 else {
        throw DataError(
          reader.place, found: "\"\(reader.text(0).prefix(60))\" and \(reader.fieldCount - 1) more fields",
          expected: "a header row that starts with SKU")
      }
      values[name] = (reader.text(1), reader.place)
    }
    header = try DelimitedHeader(rowOf: rows.reader)
    columns = Dictionary(header.names.enumerated().map { (plainName($1), $0) }) { first, _ in first }
    let offer = try Self.value("OfferCode", values, header)
    let version = try Self.value("Version", values, header)
    let published = try Self.value("Publication Date", values, header)
    place = offer.place
    head = try PriceListHead(
      offerCode: offer.text, version: version.text, published: published.text, at: published.place)
  }

  private static func value(
    _ name: String, _ values: [String: (text: String, place: Place)], _ header: DelimitedHeader
  ) throws(DataError) -> (text: String, place: Place) {
    if let value = values[plainName(name)] { return value }
    throw DataError(header.place, found: "no line \"\(name)\" before the header row", expected: "one")
  }

  /// Where a column stands, whatever its case and spaces; nil when the list does not have it.
  func find(_ name: String) -> Int? { columns[plainName(name)] }

  /// Where a column stands that must be there, whatever its case and spaces.
  /// - Throws: ``DataError`` naming the header row.
  func require(_ name: String) throws(DataError) -> Int {
    if let column = find(name) { return column }
    throw header.missing(name)
  }
}
