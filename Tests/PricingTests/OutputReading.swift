import Model
import Pricing
import TestSupport
import Testing

/// The day the files of these tests were taken.
let day = Instant(year: 2026, month: 11, day: 24)
/// What is said about them.
let said = PriceOptions(regions: ["us-east-1"], retrieved: day)

/// A reader of what commands print and of public files, under the name that errors call them by.
struct OutputReading {
  var file: String
  var spot: Bool?

  /// The rows of a file, and how many were left out by reason.
  func read(_ text: String, _ options: PriceOptions = said) throws -> (book: PriceBook, leftOut: [String: Int]) {
    let (book, summary) = try readTold(text, options, file: file, spot: spot)
    return (book, Dictionary(uniqueKeysWithValues: summary.leftOut.map { ($0.reason, $0.count) }))
  }

  /// What a file says of itself.
  func remarks(_ text: String, _ options: PriceOptions = said) throws -> [String] {
    try readTold(text, options, file: file, spot: spot).1.remarks
  }

  /// Expects that a file is refused.
  func expect(
    _ text: String, _ options: PriceOptions = said, fails message: String, kind: DataError.Kind = .badData,
    at location: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: DataError.self, sourceLocation: location) { try read(text, options) }
    #expect(error?.description == message, sourceLocation: location)
    #expect(error?.kind == kind, sourceLocation: location)
  }
}

/// The example of a format.
func example(_ name: String) throws -> String {
  try #require(priceFormats.first { $0.name == name }).example
}
