import Model
import Pricing
import Reading
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What every format of prices has to keep to; a new one is tested by its line in `priceFormats`.
@Suite struct PriceFormatTests {
  @Test("Each format recognises its own example and no format another's", arguments: priceFormats.map { $0.name })
  func recognisesItsOwn(name: String) throws {
    let format = try #require(priceFormats.first { $0.name == name })
    let start = FileStart(file: "example", bytes: Array(format.example.utf8))
    #expect(priceFormats.filter { $0.recognises(start) }.map { $0.name } == [name])
    #expect(!format.outline.isEmpty)
  }

  @Test("Each format keeps a row of its example, and says so with its name", arguments: priceFormats.map { $0.name })
  func readsExample(name: String) throws {
    let format = try #require(priceFormats.first { $0.name == name })
    // Outputs of the command line that name no region want one.
    let regions: Set<String>? = name.hasPrefix("aws-reserved-") ? ["us-east-1"] : nil
    let (book, summary) = try readTold(
      format.example, PriceOptions(regions: regions, retrieved: instant("2026-11-24")))
    #expect(book.rows >= 1)
    #expect(summary.format == name)
    #expect(summary.byteCount == format.example.utf8.count)
  }

  @Test("A file cannot be retrieved before it was published")
  func retrievedTooEarly() throws {
    let example = try #require(priceFormats.first { $0.name == "aws-price-list-csv" }).example
    let error = #expect(throws: DataError.self) {
      try readTold(example, PriceOptions(retrieved: instant("2026-09-30")))
    }
    #expect(
      error?.description
        == "parameter retrieved: found 2026-09-30, expected a day not before 2026-10-01, when p.csv was published")
    #expect(try readTold(example, PriceOptions(retrieved: instant("2026-10-01"))).book.rows == 3)
  }

  @Test("Files of spot prices and of others are told apart, our own by their kind")
  func spotOrNot() throws {
    let price = try #require(priceFileKinds.first { $0.name == "on-demand" }).example
    let spot = try #require(priceFileKinds.first { $0.name == "spot-price" }).example
    func read(_ text: String, spot: Bool) throws -> Int {
      var rows = 0
      let source = ByteSource(name: "p.csv", bytes: Array(text.utf8))
      _ = try readPrices(source, spot: spot) { rows += $0.rows }
      return rows
    }
    #expect(try read(spot, spot: true) == 2)
    #expect(try read(spot, spot: false) == 2)
    #expect(throws: DataError.self) { try read(price, spot: true) }
  }

  @Test("The list of formats has a line for every file of the folder, and our own files")
  func listIsComplete() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Pricing/Formats").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: sources).count + 1 == priceFormats.count)
    #expect(Set(priceFormats.map { $0.name }).count == priceFormats.count)
  }
}

extension PriceSummary {
  /// The rows that were left out for a reason.
  func leftOut(_ reason: String) -> Int { leftOut.first { $0.reason == reason }?.count ?? 0 }
}
