import Model
import TestSupport
import Testing

@Suite struct CatalogueOffersTests {
  /// What AWS's pricing calculator printed for c5.xlarge, Windows, ap-northeast-1 at 0.398 USD an hour on demand: the rate
  /// and, of the same page, its "breakeven percentage" cut behind the tenth decimal.
  ///
  /// Source: jtdelia/ec2-priceit@866c46121371:examples/aws-calculator-output.md.
  private static let printedByAWS: [(term: String, rate: String, breakEven: String)] = [
    ("compute-savings-plan-1yr-no-upfront", "0.361", "0.9070351758"),
    ("compute-savings-plan-1yr-partial-upfront", "0.352", "0.8844221105"),
    ("compute-savings-plan-1yr-all-upfront", "0.349", "0.8768844221"),
    ("compute-savings-plan-3yr-no-upfront", "0.31", "0.7788944723"),
    ("compute-savings-plan-3yr-partial-upfront", "0.301", "0.7562814070"),
    ("compute-savings-plan-3yr-all-upfront", "0.299", "0.7512562814"),
    ("ec2-instance-savings-plan-1yr-no-upfront", "0.319", "0.8015075376"),
    ("ec2-instance-savings-plan-1yr-partial-upfront", "0.312", "0.7839195979"),
    ("ec2-instance-savings-plan-1yr-all-upfront", "0.31", "0.7788944723"),
    ("ec2-instance-savings-plan-3yr-no-upfront", "0.276", "0.6934673366"),
    ("ec2-instance-savings-plan-3yr-partial-upfront", "0.27", "0.6783919597"),
    ("ec2-instance-savings-plan-3yr-all-upfront", "0.264", "0.6633165829"),
  ]

  @Test("Break-even agrees with AWS's calculator to six decimals", arguments: printedByAWS.map(\.term))
  func calculator(term: String) throws {
    let row = try #require(Self.printedByAWS.first { $0.term == term })
    let rate = SavingsPlanRate(
      kind: kind("c5.xlarge", engine: "windows"), term: try #require(SavingsPlanTerm(term)), hourly: usd(row.rate),
      provenance: provenance())
    let breakEven = try #require(rate.breakEven(against: usd("0.398")))
    let published = try #require(ScaledDecimal(row.breakEven))
    // Half a millionth, and what cutting the tenth decimal takes off.
    #expect(abs(breakEven.mantissa * 10_000 - published.mantissa) <= 5_001)
  }

  @Test("An upfront payment counts over 8,760 hours a year, exactly")
  func upfront() throws {
    // 494 / 8760 / 0.096 = 0.58742389..., 252 / 8760 + 0.029 = 0.057767123..., over 0.096 = 0.60174086...
    let all = reservedPrice("m5.large", "0", upfront: "494", try #require(OfferTerm("standard-1yr-all-upfront")))
    let some = reservedPrice(
      "m5.large", "0.029", upfront: "252", try #require(OfferTerm("standard-1yr-partial-upfront")))
    #expect(all.breakEven(against: usd("0.096"))?.description == "0.587424")
    #expect(some.breakEven(against: usd("0.096"))?.description == "0.601741")
    #expect(all.breakEven(against: .zero) == nil)
  }

  @Test("A savings plan without a published rate takes the effective rate of its reservation, and says which")
  func derived() throws {
    let standard = try #require(OfferTerm("standard-1yr-partial-upfront"))
    let convertible = try #require(OfferTerm("convertible-3yr-no-upfront"))
    let catalogue = try catalogue { book in
      book.reserved += [
        reservedPrice("m5.large", "0.029", upfront: "252", standard), reservedPrice("m5.large", "0.049", convertible),
      ]
    }
    let ec2 = try catalogue.savingsPlan(
      kind("m5.large"), try #require(SavingsPlanTerm("ec2-instance-savings-plan-1yr-partial-upfront")),
      at: october.start)
    // 252 / 8760 + 0.029, to the nano-dollar.
    #expect(ec2.hourly == usd("0.057767123"))
    #expect(ec2.derivedFrom == standard && ec2.provenance.quality == .derived)
    let compute = try catalogue.savingsPlan(
      kind("m5.large"), try #require(SavingsPlanTerm("compute-savings-plan-3yr-no-upfront")), at: october.start)
    #expect(compute.hourly == usd("0.049") && compute.derivedFrom == convertible)
  }

  @Test("A published savings plan rate goes before a derived one, from its date on")
  func published() throws {
    let term = try #require(SavingsPlanTerm("ec2-instance-savings-plan-1yr-no-upfront"))
    let catalogue = try catalogue { book in
      book.savingsPlans.append(
        SavingsPlanRate(
          kind: kind("m5.large"), term: term, hourly: usd("0.0577"), provenance: provenance("2026-06-01")))
    }
    // The tiny book reserves at 60 %: 0.096 * 0.6 = 0.0576.
    #expect(try catalogue.savingsPlan(kind("m5.large"), term, at: instant("2026-05-31")).hourly == usd("0.0576"))
    #expect(try catalogue.savingsPlan(kind("m5.large"), term, at: instant("2026-06-01")).hourly == usd("0.0577"))
  }

  @Test("Nothing is derived for cache nodes, nor for a Compute plan with upfront; the error names what is known")
  func notDerived() throws {
    let catalogue = try catalogue()
    let offers = catalogue.offers(kind("cache.m5.large", engine: "redis"), at: october.start)
    #expect(offers.savingsPlans.isEmpty && offers.reserved.count == 1)
    let term = try #require(SavingsPlanTerm("compute-savings-plan-1yr-all-upfront"))
    let error = #expect(throws: DataError.self) {
      try catalogue.savingsPlan(kind("m5.large"), term, at: october.start)
    }
    #expect(error?.expected == "an imported price; plans of this type: ec2-instance-savings-plan-1yr-no-upfront")
  }

  @Test("Two rates of one plan from one date are refused")
  func ambiguous() throws {
    let term = try #require(SavingsPlanTerm("compute-savings-plan-1yr-no-upfront"))
    #expect(throws: DataError.self) {
      try catalogue { book in
        for rate in ["0.07", "0.08"] {
          book.savingsPlans.append(
            SavingsPlanRate(kind: kind("m5.large"), term: term, hourly: usd(rate), provenance: provenance()))
        }
      }
    }
  }

  @Test("A price is known since the first date of the run of equal prices that it ends")
  func knownSince() throws {
    let catalogue = try Catalogue(steps)
    let price = try catalogue.onDemand(kind("m5.large"), at: .lastDay)
    #expect(catalogue.knownSince(price) == instant("2025-07-01"))
  }

  @Test("What a later source does not know of a type is taken from an earlier one")
  func completedSpecification() throws {
    var book = PriceBook()
    book.specify("t3.medium", vcpu: 2, milliGiB: 4000, burst: .t3Medium)
    book.specify("t3.medium", vcpu: 2, milliGiB: 4000)
    book.specifications[1].provenance = provenance("2026-09-01")
    book.specifications[1].networkBaselineMbps = 256
    let known = try Catalogue(book).specification("t3.medium")
    #expect(known.burst == .t3Medium && known.networkBaselineMbps == 256)
    #expect(known.provenance.effectiveFrom == instant("2026-09-01"))
  }

  @Test("A difference names what changed or became known between two dates, and nothing else")
  func changes() throws {
    var book = steps
    book.sell("c5.large", "0.085", from: "2026-03-01")
    book.sellUnit("nat/gb", "0.05", from: "2025-01-01")
    book.sellUnit("nat/gb", "0.045", from: "2026-02-01")
    book.sellUnit("nat/hour", "0.045", unit: "hour", from: "2025-01-01")
    let catalogue = try Catalogue(book)
    let changes = catalogue.changes(from: instant("2025-06-30"), to: instant("2026-10-01"))
    #expect(changes.map(\.item) == ["c5.large", "m5.large", "nat/gb"])
    #expect(changes.map(\.engine) == ["linux", "linux", nil])
    #expect(changes.map(\.offer) == [.onDemand, .onDemand, .unit(count: 1, "gb", tierFrom: 0)])
    #expect(changes.map(\.before) == [nil, usd("0.1"), usd("0.05")])
    #expect(changes.map(\.after) == [usd("0.085"), usd("0.096"), usd("0.045")])
    // -0.004 / 0.1 = -4 %, -0.005 / 0.05 = -10 %.
    #expect(changes.map(\.change) == [nil, decimal("-0.040000"), decimal("-0.100000")])
    #expect(catalogue.changes(from: instant("2025-07-01"), to: instant("2026-01-31")).isEmpty)
    #expect(
      catalogue.changes(from: instant("2025-06-30"), to: instant("2026-10-01"), types: ["m5.large"]).count == 1)
  }

  /// 0.1, then 0.096 three times.
  private var steps: PriceBook {
    var book = PriceBook()
    book.sell("m5.large", "0.1", from: "2025-01-01")
    for date in ["2025-07-01", "2026-01-01", "2026-07-01"] { book.sell("m5.large", "0.096", from: date) }
    return book
  }
}
