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
    // Midnight in New York, the fleet's clock.
    #expect(price.provenance.effectiveFrom == instant("2026-09-01T04:00:00Z"))
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
    #expect(try catalogue.onDemand(kind("m5.large"), at: instant("2026-09-01T03:59:59Z")).hourly == usd("0.096"))
    #expect(try catalogue.onDemand(kind("m5.large"), at: instant("2026-09-01T04:00:00Z")).hourly == usd("0.07"))
    book.sell("m5.large", "0.07", from: "2026-09-01")
    #expect(try fleet.completed(book, of: AWS()).onDemand == book.onDemand)
  }

  @Test("A price holds from the midnight of its day on the fleet's clock, and is named by that day")
  func clock() throws {
    for (zone, start) in [("America/New_York", "2026-10-01T04:00:00Z"), ("Europe/Berlin", "2026-09-30T22:00:00Z")] {
      var fleet = try fleet("- { type: x9.large, usd: 0.07, from: 2026-10-01 }")
      fleet.timezone = zone
      let price = try #require(try fleet.completed(PriceBook(), of: AWS()).onDemand.first)
      #expect(price.provenance.effectiveFrom == instant(start), "\(zone)")
      #expect(price.provenance.named == instant("2026-10-01"))
      // What the book has from that day on contradicts it, whenever the day begins.
      var book = PriceBook()
      book.sell("x9.large", "0.09", from: "2026-10-01")
      #expect(throws: DataError.self) { try fleet.completed(book, of: AWS()) }
    }
  }

  @Test("The book's own price of a later day does not take a day from the same price of the fleet file")
  func earlier() throws {
    let fleet = try fleet("- { type: m5.large, usd: 0.096, from: 2014-01-01 }")
    var book = PriceBook()
    book.sell("m5.large", "0.096", from: "2025-04-05")
    let catalogue = try Catalogue(try fleet.completed(book, of: AWS()), of: AWS())
    #expect(try catalogue.onDemand(kind("m5.large"), at: instant("2014-02-01")).hourly == usd("0.096"))
  }

  @Test("A price of a database that says no engine is of what runs on it; words of the provider are the book's")
  func databases() throws {
    let own = try fleet("- { type: db.m5.large, usd: 0.2, from: 2026-09-01 }")
    let runs: Set = [kind("db.m5.large", engine: "postgresql"), kind("m5.large", engine: "windows")]
    #expect(try own.completed(PriceBook(), of: AWS(), running: runs).onDemand.map(\.kind.engine) == ["postgresql"])
    let said = try fleet("- { type: db.m5.large, engine: postgres, usd: 0.2, from: 2026-09-01 }")
    #expect(try said.completed(PriceBook(), of: AWS()).onDemand.map(\.kind.engine) == ["postgresql"])
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
