import Model
import Reading

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

  /// The columns of its own, beside those that every kind has.
  static var columns: [String] { get }

  /// Adds what a row says to the book.
  ///
  /// - Throws: ``DataError`` naming the line when a field cannot be used.
  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError)

  /// Why a row, right as it is, has no place in the book; nil where it has one.
  static func reasonToLeaveOut(_ row: DelimitedRecord) -> String?
}

extension PriceFileKind {
  static func reasonToLeaveOut(_ row: DelimitedRecord) -> String? { nil }
}

/// The kinds of price files, in the order they are listed to people; a file says which one it is.
package let priceFileKinds: [any PriceFileKind.Type] = [
  OnDemandFile.self, ReservedFile.self, SavingsPlanFile.self, SpotEstimateFile.self, SpotPriceFile.self,
  SpecificationFile.self, PerformanceFile.self, ServiceFile.self, TokensFile.self,
  ContextFile.self,
]

/// Our own price files of any kind: comment lines that say where the prices come from, then CSV.
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
/// Refused, naming the line: a comment line that is missing or unknown, an unknown kind or currency, a missing column, a
/// source key without a source, an amount that is negative or no plain decimal, and an unknown date.
struct PlimsollPriceFile: PriceFormat {
  static let name = "plimsoll-prices"
  static let outline = "a price file (# plimsoll-prices: KIND VERSION)"
  static var example: String { OnDemandFile.example }

  static func recognises(_ start: FileStart) -> Bool {
    start.bytes.starts(with: Array("#".utf8))
  }

  /// True where one of the comment lines at the head says what kind of price file it is.
  static func namesItself(_ start: FileStart) -> Bool {
    String(decoding: start.bytes.prefix(65_536), as: UTF8.self).split(whereSeparator: \.isNewline)
      .prefix { $0.hasPrefix("#") }
      .contains { $0.drop { $0 == "#" || $0 == " " }.hasPrefix("plimsoll-prices") }
  }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    var rows = try input.rows()
    let head = try PriceFileHead(try rows.leadingComments(), file: input.file)
    if input.spot == true, head.kind != SpotEstimateFile.self, head.kind != SpotPriceFile.self {
      throw DataError(
        Place(file: input.file, line: 1), found: "\(head.kind.name) prices",
        expected: "spot prices; `plimsoll import prices` reads this", kind: .usage)
    }
    let header = try DelimitedHeader(&rows)
    try header.expect(head.kind.columns + ["effective_from", "quality", "source"])
    let hasRegion = header.names.contains("region")
    while let row = try rows.nextRecord(under: header) {
      if hasRegion, let region = row.written("region"), !input.wants(region) {
        sink.leaveOut(otherRegions)
        continue
      }
      if let reason = head.kind.reasonToLeaveOut(row) {
        sink.leaveOut(reason)
        continue
      }
      try head.kind.read(row, head.provenance(of: row), into: &sink.book)
      try sink.countRow()
    }
  }
}
