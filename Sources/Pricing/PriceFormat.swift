import Clouds
import Dispatch
import Model
import Reading

/// A way in which prices, specifications or spot prices come in a file.
///
/// Conform in a file of your own in `Formats/` and add the type to ``priceFormats``; the contract test then reads its
/// example.
package protocol PriceFormat: Sendable {
  /// As people call it: `aws-price-list-csv`.
  static var name: String { get }
  /// What it looks like, for the error that lists the known formats.
  static var outline: String { get }
  /// A small file in this format: documentation and test. At least one row that is kept.
  static var example: String { get }
  /// True for what `plimsoll import spot` reads, and `import prices` does not.
  static var isSpot: Bool { get }

  /// True when a file is meant to be in this format, judged from how it starts; it may still turn out to be wrong.
  static func recognises(_ start: FileStart) -> Bool

  /// Reads a file, row by row or element by element, and hands on what it says.
  /// - Throws: ``DataError`` naming the line for what cannot be used, and what the sink throws.
  static func read(_ input: PriceInput, into sink: inout PriceSink) throws
}

extension PriceFormat {
  package static var isSpot: Bool { false }
}

/// The formats that are tried, in order: the first that recognises a file reads it.
package let priceFormats: [any PriceFormat.Type] = [
  PlimsollPriceFile.self,
  AWSPriceListCSV.self, AWSPriceListJSON.self, AWSGetProducts.self, AWSSavingsPlansCSV.self, AWSSavingsPlansJSON.self,
  AWSReservedOfferings.self, AWSReservedNodeOfferings.self, AWSInstanceTypes.self, SkyPilotCatalogue.self,
  AWSSpotPriceHistory.self, SpotHourlyCSV.self, SpotAdvisorJSON.self,
]

/// What the user says about a file of prices.
package struct PriceOptions: Hashable, Sendable {
  /// The regions that are kept; nil for all.
  package var regions: Set<String>?
  /// When the file was retrieved; what a file without dates of its own is dated by.
  package var retrieved: Instant?

  package init(regions: Set<String>? = nil, retrieved: Instant? = nil) {
    self.regions = regions
    self.retrieved = retrieved
  }
}

/// A file of prices that is about to be read, and what was said about it.
package struct PriceInput {
  package let source: ByteSource
  /// The content that was taken from the source to recognise it.
  let ahead: [UInt8]
  package let options: PriceOptions
  /// True to keep spot prices alone, false to keep none; nil for anything.
  let spot: Bool?

  /// What errors call the file.
  package var file: String { source.name }

  /// The content as rows.
  func rows() throws(DataError) -> DelimitedStream { try DelimitedStream(source, ahead: ahead) }
  /// The content as a JSON document.
  func json() throws(DataError) -> JSONStream { try JSONStream(source, ahead: ahead) }

  /// True for a region that is to be kept.
  func wants(_ region: String) -> Bool { options.regions?.contains(region) ?? true }

  /// The date of a file that does not say when its prices held.
  /// - Throws: ``DataError`` when the user did not say either.
  func retrieved() throws(DataError) -> Instant {
    if let retrieved = options.retrieved { return retrieved }
    throw DataError(
      Place(file: file), found: "no date in the file",
      expected: "\(parameter: .retrieved) with the day it was taken, 2026-11-24", kind: .usage)
  }

  /// The source of rows of this file.
  /// - Parameters:
  ///   - origin: what the file was taken from: a command, a public file.
  ///   - published: when the file says that it was published; it stands for a retrieval date that the user did not give.
  func priceSource(_ origin: String, published: Instant?) throws(DataError) -> PriceSource {
    let date: Instant
    if let published, options.retrieved == nil { date = published } else { date = try retrieved() }
    if let published, date < Instant(seconds: floorDivide(published.seconds, 86_400) * 86_400) {
      throw DataError(
        Place(parameter: .retrieved), found: date.date,
        expected: "a day not before \(published.date), when \(file) was published", kind: .usage)
    }
    return PriceSource(file: file, origin: origin, retrieved: date, published: published)
  }
}

/// Why a row of a region that is not asked for is left out.
let otherRegions = "of other regions"

/// What to tell of an answer that names a next page: prices that are not there are not noticed later.
let morePages = "the answer has more pages (NextToken); what is on them is not in this file"

/// Takes what a file says, in batches, so that no file need be held whole, and counts what is left out and why.
package struct PriceSink {
  /// Rows that are handed on together.
  private static let batchSize = 4096

  /// Rows not yet handed on.
  var book = PriceBook()
  private var count = 0
  private let take: (PriceBook) throws -> Void
  /// Rows that are not kept, by reason.
  package private(set) var leftOut: [String: Int] = [:]
  /// What the file says of itself that its reader should be told, each once.
  package private(set) var remarks: [String] = []

  package init(_ take: @escaping (PriceBook) throws -> Void) { self.take = take }

  /// Adds a row; hands on a batch when it is full.
  mutating func add(_ row: (inout PriceBook) -> Void) throws {
    row(&book)
    try countRow()
  }

  /// Counts a row that was put into ``book``.
  mutating func countRow() throws {
    count += 1
    if count >= Self.batchSize { try flush() }
  }

  /// Counts rows that are not kept.
  mutating func leaveOut(_ reason: String, count: Int = 1) { leftOut[reason, default: 0] += count }

  /// Counts a row of a region whose prices are in another currency than ours, for a file that names none; false where they
  /// are in ours.
  mutating func leavesOutCurrency(of region: String) -> Bool {
    let currency = AWSWords.currency(ofRegion: region)
    guard currency != "USD" else { return false }
    leaveOut("priced in \(currency)")
    return true
  }

  /// Tells what a file says of itself.
  mutating func remark(_ remark: String) {
    if !remarks.contains(remark) { remarks.append(remark) }
  }

  /// Hands on what is left.
  mutating func flush() throws {
    try take(book)
    book = PriceBook()
    count = 0
  }
}

/// What was read of a file of prices.
package struct PriceSummary: Sendable {
  /// The name of the format.
  package var format: String
  /// Length of the content, after inflating.
  package var byteCount: Int
  /// XXH64 of the content, after inflating.
  package var checksum: UInt64
  /// Rows that were not kept, the most frequent reason first.
  package var leftOut: [(reason: String, count: Int)]
  /// What the file says of itself that its reader should be told.
  package var remarks: [String]
}

/// Recognises and reads a file of prices, on a thread of its own, so that reading and storing go side by side.
///
/// - Parameters:
///   - source: not to be used elsewhere until this returns.
///   - spot: true to read formats of spot prices, false for all others; nil for any.
///   - take: takes what the file says, in batches and in its order, on the caller's thread; what it throws ends the reading.
/// - Throws: ``DataError`` when no format recognises the file, what the format throws, and what `take` throws.
package func readPrices(
  _ source: ByteSource, _ options: PriceOptions = PriceOptions(), spot: Bool? = nil,
  into take: (PriceBook) throws -> Void
) throws -> PriceSummary {
  let queue = BatchQueue()
  // One thread at a time has the source: the caller's waits for the reader's to end.
  nonisolated(unsafe) let source = source
  let reader = DispatchGroup()
  DispatchQueue.global().async(group: reader) {
    queue.end(Result { try readAll(source, options, spot: spot) { try queue.put($0) } })
  }
  defer {
    queue.stop()
    reader.wait()
  }
  while let batch = try queue.take() { try take(batch) }
  return try queue.summary()
}

/// Recognises and reads a file of prices on the caller's thread.
private func readAll(
  _ source: ByteSource, _ options: PriceOptions, spot: Bool?, into take: @escaping (PriceBook) throws -> Void
) throws -> PriceSummary {
  let start = try source.takeStart()
  let format = try priceFormat(of: start, spot: spot)
  var sink = PriceSink(take)
  try format.read(PriceInput(source: source, ahead: start.bytes, options: options, spot: spot), into: &sink)
  try sink.flush()
  let leftOut = sink.leftOut.map { (reason: $0.key, count: $0.value) }
  return PriceSummary(
    format: format.name, byteCount: source.checksum.count, checksum: source.checksum.value,
    leftOut: leftOut.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }, remarks: sink.remarks)
}

/// Whether a file is of spot prices alone, judged from how it starts; nil for one that has no prices.
///
/// A file of our own must say that it is one: any text may begin with a number sign.
package func isSpotPrices(_ start: FileStart) -> Bool? {
  guard let format = priceFormats.first(where: { $0.recognises(start) }) else { return nil }
  return format != PlimsollPriceFile.self || PlimsollPriceFile.namesItself(start) ? format.isSpot : nil
}

private func priceFormat(of start: FileStart, spot: Bool?) throws(DataError) -> any PriceFormat.Type {
  guard let format = priceFormats.first(where: { $0.recognises(start) }) else {
    let outlines = priceFormats.filter { spot == nil || $0.isSpot == spot }.map { $0.outline }
    let line = start.bytes.prefix { $0 != 10 && $0 != 13 }.prefix(80)
    throw DataError(
      Place(file: start.file, line: 1),
      found: start.bytes.isEmpty ? "an empty file" : "\"\(String(decoding: line, as: UTF8.self))\"",
      expected: "one of \(outlines.joined(separator: "; "))")
  }
  guard spot == nil || format.isSpot == spot || format == PlimsollPriceFile.self else {
    throw DataError(
      Place(file: start.file), found: format.outline,
      expected: format.isSpot
        ? "prices; `plimsoll import spot` reads this" : "spot prices; `plimsoll import prices` reads this",
      kind: .usage)
  }
  return format
}
