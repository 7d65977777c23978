import Clouds
import Ingest
import Model
import TestSupport
import Testing

/// Prices that a fleet's owners know and the price book lacks.
@Suite struct FleetPricesTests {
  @Test("A type has a price by the hour, an item by its unit; what is not said is the fleet's region and Linux")
  func read() throws {
    let fleet = try fleet(
      """
      - { type: x9.large, usd: 0.07, from: 2026-09-01, note: our reseller }
      - { item: acme/widget, usd: 0.5, per: month, from: 2026-01-01 }
      """)
    let book = try fleet.completed(PriceBook(), of: AWS())
    let price = try #require(book.onDemand.first)
    #expect(price.kind == kind("x9.large") && price.hourly == usd("0.07"))
    #expect(price.provenance.source.file == "fleet file" && price.provenance.source.origin == "our reseller")
    #expect(price.provenance.effectiveFrom == instant("2026-09-01"))
    let unit = try #require(book.units.first)
    #expect(unit.item == "acme/widget" && unit.unit == "month" && unit.region.isEmpty && unit.price == usd("0.5"))
  }

  @Test("A figure that the book contradicts from that day or a later one is an error that names both")
  func conflict() throws {
    let fleet = try fleet("- { type: m5.large, usd: 0.07, from: 2026-01-01 }")
    for from in ["2026-01-01", "2026-06-01"] {
      var book = PriceBook()
      book.sell("m5.large", "0.096", from: from)
      let error = failure { () throws(DataError) in _ = try fleet.completed(book, of: AWS()) }
      #expect(error?.place.file == "fleet file" && error?.place.key == "prices")
      #expect(
        error?.found == "m5.large (linux) in us-east-1 from 2026-01-01, which the price book has at another price from "
          + "\(from) (test.csv)")
    }
  }

  @Test("A later day goes before the book's, and the same figure is no conflict")
  func later() throws {
    let fleet = try fleet("- { type: m5.large, usd: 0.07, from: 2026-09-01 }")
    var book = PriceBook()
    book.sell("m5.large", "0.096", from: "2026-01-01")
    let catalogue = try Catalogue(try fleet.completed(book, of: AWS()), of: AWS())
    #expect(try catalogue.onDemand(kind("m5.large"), at: instant("2026-08-31")).hourly == usd("0.096"))
    #expect(try catalogue.onDemand(kind("m5.large"), at: instant("2026-09-01")).hourly == usd("0.07"))
    book.sell("m5.large", "0.07", from: "2026-09-01")
    #expect(try fleet.completed(book, of: AWS()).onDemand == book.onDemand)
  }

  @Test(
    "A price is of one thing, above zero, of a type by the hour, and each once",
    arguments: [
      ("- { usd: 1, from: 2026-01-01 }", "prices[0]: found a price of nothing, expected a type or an item"),
      (
        "- { type: a.b, item: a/b, usd: 1, from: 2026-01-01 }",
        "prices[0]: found a type and an item, expected one of the two"
      ),
      ("- { type: a.b, usd: 0, from: 2026-01-01 }", "prices[0].usd: found 0.00, expected an amount above zero"),
      (
        "- { type: a.b, usd: 1, per: month, from: 2026-01-01 }",
        "prices[0].per: found \"month\", expected hour: types are priced by it"
      ),
      (
        "- { item: a, usd: 1, from: 2026-01-01 }",
        "prices[0].item: found \"a\", expected SERVICE/ITEM, as a charge names it"
      ),
      (
        "- { item: a/b, engine: linux, usd: 1, from: 2026-01-01 }",
        "prices[0].engine: found an engine of an item, expected one of a type only"
      ),
      (
        "- { type: a.b, usd: 1, from: 2026-01-01 }\n- { type: a.b, usd: 2, from: 2026-01-01 }",
        "prices[1]: found the same type or item from the same day again, expected each once"
      ),
    ])
  func refused(rows: String, message: String) {
    let error = #expect(throws: DataError.self) { try fleet(rows) }
    #expect(error.map { "\($0.place.key ?? ""): found \($0.found), expected \($0.expected)" } == message)
  }

  private func fleet(_ prices: String) throws -> Fleet {
    let rows = prices.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    return try readFleet(text: shippedFleetText + "\nprices:\n\(rows)\n", file: "fleet.yaml")
  }
}
