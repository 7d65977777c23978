import Model
import TestSupport
import Testing

@Suite struct CatalogueTests {
  @Test(
    "The price in force is the latest that has begun",
    arguments: [
      ("2026-01-01", "0.10"), ("2026-06-30T23:59:59Z", "0.10"), ("2026-07-01", "0.12"), ("2027-01-01", "0.12"),
    ])
  func inForce(at text: String, hourly: String) throws {
    let catalogue = try Catalogue(changing)
    #expect(try catalogue.onDemand(kind("m5.large"), at: instant(text)).hourly == usd(hourly))
  }

  @Test("Rows may come in any order of what they are of and of their dates")
  func anyOrder() throws {
    var book = changing
    book.sell("c5.large", "0.085", from: "2026-01-01")
    // m5.large stands on both sides of it, its dates in no order.
    book.sell("m5.large", "0.14", from: "2026-09-01")
    book.sell("m5.large", "0.13", from: "2026-08-01")
    let catalogue = try Catalogue(book)
    let found = try ["2026-06-30", "2026-07-01", "2026-08-31", "2026-09-01"].map {
      try catalogue.onDemand(kind("m5.large"), at: instant($0)).hourly
    }
    #expect(found == [usd("0.10"), usd("0.12"), usd("0.13"), usd("0.14")])
    #expect(try catalogue.onDemand(kind("c5.large"), at: october.start).hourly == usd("0.085"))
  }

  @Test("A price that has not begun is missing, and the error says from when it is known")
  func notYet() throws {
    let catalogue = try Catalogue(changing)
    let error = failure { () throws(DataError) in
      _ = try catalogue.onDemand(kind("m5.large"), at: instant("2025-12-31"))
    }
    #expect(error?.kind == .missingInput)
    #expect(
      error?.found
        == "no on-demand price of m5.large (linux) in us-east-1 in force on 2025-12-31 (the first known is from 2026-01-01)"
    )
  }

  @Test("A missing price names the three nearest types of the same engine")
  func nearest() throws {
    let catalogue = try catalogue()
    let error = failure { () throws(DataError) in
      _ = try catalogue.onDemand(kind("m5.larger"), at: october.start)
    }
    // One edit to m5.large, three to c5.large... two: m -> c and the r; then m5.xlarge.
    #expect(error?.expected == "an imported price; nearest: m5.large, c5.large, m5.xlarge")
  }

  @Test("An engine that the book does not know names those that it has for the type")
  func otherEngine() throws {
    let catalogue = try catalogue()
    let error = failure { () throws(DataError) in
      _ = try catalogue.onDemand(kind("m5.large", engine: "postgres"), at: october.start)
    }
    #expect(
      error?.expected
        == "an imported price; the book has none for postgres in us-east-1; of m5.large it has linux")
  }

  @Test("A missing reservation names the offers of the type")
  func nearestOffer() throws {
    let catalogue = try catalogue()
    let error = failure { () throws(DataError) in
      _ = try catalogue.reserved(kind("m5.large"), OfferTerm("convertible-3yr-all-upfront")!, at: october.start)
    }
    #expect(error?.expected == "an imported price; offers of this type: standard-1yr-no-upfront")
  }

  @Test("Two prices from one date are refused, both sources named")
  func ambiguous() {
    var book = PriceBook()
    book.sell("m5.large", "0.10", file: "a.csv")
    book.sell("m5.large", "0.12", file: "b.csv")
    #expect(
      failure { () throws(DataError) in _ = try Catalogue(book) }?.description
        == "price book: found m5.large (linux) in us-east-1 at 0.10 (a.csv) and m5.large (linux) in us-east-1 at 0.12 (b.csv), "
        + "expected one price from 2026-01-01 on")
  }

  @Test("Two prices of one unit and tier from one date are refused, both sources named")
  func ambiguousUnit() {
    var book = PriceBook()
    book.sellUnit("elb/alb-hour", "0.0225", file: "a.csv")
    book.sellUnit("elb/alb-hour", "0.0250", file: "b.csv")
    let error = failure { () throws(DataError) in _ = try Catalogue(book) }
    #expect(error?.found.contains("a.csv") == true)
    #expect(error?.found.contains("b.csv") == true)
  }

  @Test("A period falls into parts where the price changes, and no second is lost")
  func segments() throws {
    let catalogue = try Catalogue(changing)
    let parts = try catalogue.onDemand(kind("m5.large"), over: period("2026-06-01", "2026-08-01"))
    #expect(parts.map(\.period) == [period("2026-06-01", "2026-07-01"), period("2026-07-01", "2026-08-01")])
    #expect(parts.map(\.price.hourly) == [usd("0.10"), usd("0.12")])
    #expect(try catalogue.onDemand(kind("m5.large"), over: october).map(\.period) == [october])
  }

  @Test("A unit's tiers in force come lowest first, and change together")
  func tiers() throws {
    let catalogue = try catalogue { book in
      book.sellUnit("transfer", "0.085", tierFrom: 10_240)
      book.sellUnit("transfer", "0.09")
      book.sellUnit("transfer", "0.05", from: "2026-10-15")
    }
    let before = try catalogue.unit("transfer", region: "us-east-1", at: october.start)
    #expect(before.map(\.tierFrom) == [0, 10_240])
    let parts = try catalogue.unit("transfer", region: "us-east-1", over: october)
    #expect(parts.map(\.period) == [period("2026-10-01", "2026-10-15"), period("2026-10-15", "2026-11-01")])
    #expect(parts.map(\.tiers.count) == [2, 1])
  }

  @Test("A price without a region holds in every region")
  func everywhere() throws {
    let catalogue = try catalogue { $0.sellUnit("tokens/x", "3", region: "") }
    #expect(try catalogue.unit("tokens/x", region: "eu-central-1", at: october.start).map(\.price) == [usd("3")])
    let error = failure { () throws(DataError) in
      _ = try catalogue.unit("tokens/y", region: "eu-central-1", at: october.start)
    }
    #expect(error?.expected == "an imported price; nearest: tokens/x")
  }

  @Test("An item that the book has in other regions is named with them, and not as near to itself")
  func elsewhere() throws {
    let catalogue = try catalogue { $0.sellUnit("elb/alb-hour", "3", region: "us-west-2") }
    let error = failure { () throws(DataError) in
      _ = try catalogue.unit("elb/alb-hour", region: "eu-central-1", at: october.start)
    }
    #expect(error?.expected == "an imported price; the book has it in us-west-2")
  }

  @Test("The latest specification of a type counts, and a missing one names the nearest")
  func specifications() throws {
    let catalogue = try catalogue()
    #expect(try catalogue.specification("m5.large").vcpu == 2)
    let error = failure { () throws(DataError) in _ = try catalogue.specification("m5.lrge") }
    #expect(error?.expected.description.hasSuffix("nearest: m5.large, c5.large, m5.xlarge") == true)
  }

  @Test("A spot estimate that is not in the book is nil, for it is no price")
  func spot() throws {
    let catalogue = try catalogue { $0.spot("c5.large", savings: 59) }
    #expect(catalogue.spot(kind("c5.large"), at: october.start)?.savingsPercent == 59)
    #expect(catalogue.spot(kind("m5.large"), at: october.start) == nil)
  }

  private var changing: PriceBook {
    var book = PriceBook()
    book.sell("m5.large", "0.12", from: "2026-07-01")
    book.sell("m5.large", "0.10", from: "2026-01-01")
    return book
  }
}
