import Model
import Pricing
import TestSupport
import Testing

/// Every kind of price file against mutated examples; `make fuzz` runs them for longer.
@Suite struct PriceFuzzTests {
  @Test("A price file of any kind is read or refused with its place", arguments: priceFileKinds.map { $0.name })
  func priceFile(name: String) throws {
    // Its own example most of the time, and the others to splice from.
    let own = try #require(priceFileKinds.first { $0.name == name }).example
    let examples = Array(repeating: own, count: 8) + priceFileKinds.map { $0.example }
    try fuzz("prices-\(name)", examples.map { Array($0.utf8) }) { input, _ in
      _ = try readPriceBook(bytes: input, file: "prices.csv")
    }
  }

  @Test("Prices in any format are read or refused with their place", arguments: priceFormats.map { $0.name })
  func format(name: String) throws {
    let own = try #require(priceFormats.first { $0.name == name }).example
    let examples = Array(repeating: own, count: 8) + priceFormats.map { $0.example }
    // Outputs of the command line that name no region want one.
    let regions: Set<String>? = name.hasPrefix("aws-reserved-") ? ["us-east-1"] : nil
    let options = PriceOptions(regions: regions, retrieved: Instant("2026-11-24"))
    try fuzz("list-\(name)", examples.map { Array($0.utf8) }) { input, _ in
      _ = try readPriceBook(bytes: input, file: "prices", options)
    }
  }

  @Test("What is read of a mutated price file makes a catalogue, or is refused as ambiguous")
  func catalogue() throws {
    let examples = priceFileKinds.map { Array($0.example.utf8) }
    try fuzz("catalogue", examples) { input, _ in
      _ = try Catalogue(try readPriceBook(bytes: input, file: "prices.csv"))
    }
  }
}
