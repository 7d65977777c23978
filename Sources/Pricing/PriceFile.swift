import Model

/// A kind of price file: what its rows hold.
///
/// Conform in a file of your own in `Kinds/` and add the type to ``priceFileKinds``; the contract test then reads its
/// example.
package protocol PriceFileKind: Sendable {
  /// The word behind `# plimsoll-prices:`.
  static var name: String { get }
  /// The version of its columns that this reads.
  static var version: Int { get }
  /// A small file of this kind, comments included: documentation and test.
  static var example: String { get }

  /// Finds the columns of its own; those that every kind has are found already.
  ///
  /// - Throws: ``DataError`` when one is missing.
  init(_ header: DelimitedHeader) throws(DataError)

  /// Adds what a row says to the book.
  ///
  /// - Throws: ``DataError`` naming the line when a field cannot be used.
  func read(_ row: PriceRow, into book: inout PriceBook) throws(DataError)
}

/// The kinds of price files, in the order they are listed to people; a file says which one it is.
package let priceFileKinds: [any PriceFileKind.Type] = [
  OnDemandFile.self, ReservedFile.self, SpotEstimateFile.self, SpecificationFile.self, ServiceFile.self,
  TokensFile.self,
]

/// Reads a price file of any kind: comment lines that say where the prices come from, then CSV.
///
/// ```
/// # plimsoll-prices: on-demand 1
/// # provider: aws
/// # currency: USD
/// # retrieved: 2026-11-23
/// # source A: owner/repository@commit:path
/// region,type,engine,usd_per_hour,effective_from,quality,source
/// us-east-1,t3.medium,linux,0.0416,2026-07-20,published,A
/// ```
///
/// - Throws: ``DataError`` naming the line: a comment line that is missing or unknown, an unknown kind or currency, a
///   missing column, a source key without a source, an amount that is negative or no plain decimal, or an unknown date.
package func readPriceFile(bytes: [UInt8], file: String) throws(DataError) -> PriceBook {
  var reader = DelimitedReader(bytes: bytes, file: file)
  let head = try PriceFileHead(reader.leadingComments(), file: file)
  let header = try DelimitedHeader(&reader)
  let kind = try head.kind.init(header)
  let shared = try PriceColumns(header, head: head)
  var book = PriceBook()
  while try reader.nextRow() {
    try header.check(reader)
    try kind.read(PriceRow(reader: reader, shared: shared), into: &book)
  }
  return book
}
