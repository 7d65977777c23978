import Model
import Store
import Testing

@Suite struct PriceTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test("A price book comes back by region, with what holds in every region and all specifications")
  func roundTrip() throws {
    let book = fullBook()
    #expect(try store.importPrices(book, from: source(.prices)) == ImportSummary(added: 9))
    let read = try store.priceBook(region: "us-east-1")
    #expect(read.onDemand == [book.onDemand[0], book.onDemand[1]])
    #expect(read.reserved == book.reserved)
    #expect(read.spot == book.spot)
    #expect(read.units == [book.units[1], book.units[0]])
    #expect(read.specifications == [book.specifications[1], book.specifications[0]])
    #expect(try store.priceBook(region: "eu-west-1").onDemand == [book.onDemand[2]])
    #expect(try store.priceBook(region: "mars-1").onDemand == [])
  }

  @Test("The same prices twice change nothing and say so, from whatever source")
  func twice() throws {
    _ = try store.importPrices(fullBook(), from: source(.prices))
    var again = fullBook()
    again.onDemand[1].provenance = provenance(file: "other.csv", origin: "elsewhere")
    let summary = try store.importPrices(again, from: source(.prices, "other.csv"))
    #expect(summary == ImportSummary(alreadyThere: 9))
    #expect(try store.priceBook(region: "us-east-1").onDemand == Array(fullBook().onDemand[..<2]))
  }

  @Test("Another price for a key and date is refused with both sources, and nothing of the import stays")
  func conflict() throws {
    _ = try store.importPrices(fullBook(), from: source(.prices))
    var other = PriceBook()
    other.onDemand = [
      onDemand("us-east-1", "m5.large", 96_000_000),
      OnDemandPrice(
        kind: InstanceKind(region: "us-east-1", type: "t3.medium", engine: "linux"),
        hourly: Money(nanoDollars: 50_000_000), provenance: provenance(file: "new.csv", origin: "elsewhere")),
    ]
    let error = failure { () throws(DataError) in
      _ = try store.importPrices(other, from: source(.prices, "new.csv"))
    }
    #expect(
      error?.description == """
        new.csv: found t3.medium (linux) in us-east-1 from 2026-07-20: hourly 0.05 USD (new.csv, elsewhere), expected \
        hourly 0.0416 USD as stored (p.csv, repo:list); a new figure needs a later date
        """)
    #expect(try store.priceBook(region: "us-east-1").onDemand.map(\.kind.type) == ["t3.medium", "t3.medium"])
  }

  @Test("Another specification for a type and date is refused with the figures that differ")
  func conflictingSpecification() throws {
    _ = try store.importPrices(fullBook(), from: source(.prices))
    var other = PriceBook()
    other.specifications = [fullBook().specifications[1]]
    other.specifications[0].architecture = "arm64"
    other.specifications[0].vcpu = 8
    let error = failure { () throws(DataError) in
      _ = try store.importPrices(other, from: source(.prices, "new.csv"))
    }
    #expect(
      error?.description == """
        new.csv: found specification of cache.m5.xlarge from 2026-07-20: vcpu 8, architecture arm64 (p.csv, \
        repo:list), expected vcpu 4, architecture unknown as stored (p.csv, repo:list); a new figure needs a later \
        date
        """)
  }

  private func onDemand(_ region: String, _ type: String, _ nano: Int64, year: Int = 2026) -> OnDemandPrice {
    OnDemandPrice(
      kind: InstanceKind(region: region, type: type, engine: "linux"), hourly: Money(nanoDollars: nano),
      provenance: provenance(year))
  }

  private func fullBook() -> PriceBook {
    let medium = InstanceKind(region: "us-east-1", type: "t3.medium", engine: "linux")
    var book = PriceBook()
    book.onDemand = [
      onDemand("us-east-1", "t3.medium", 41_700_000, year: 2025), onDemand("us-east-1", "t3.medium", 41_600_000),
      onDemand("eu-west-1", "t3.medium", 45_600_000),
    ]
    book.reserved = [
      ReservedPrice(
        kind: medium, term: OfferTerm(offerClass: .convertible, years: 3, payment: .partialUpfront),
        upfront: Money(nanoDollars: 300_000_000_000), hourly: Money(nanoDollars: 11_000_001),
        provenance: provenance())
    ]
    book.spot = [SpotEstimate(kind: medium, savingsPercent: 61, interruption: "<5%", provenance: provenance())]
    book.units = [
      UnitPrice(
        region: "us-east-1", item: "nat/gb", unit: "gb", tierFrom: 0, price: Money(nanoDollars: 45_000_000),
        perUnits: 1, provenance: provenance()),
      UnitPrice(
        region: "", item: "tokens/a/b/input", unit: "token", tierFrom: 0, price: Money(nanoDollars: 3_000_000_000),
        perUnits: 1_000_000, provenance: provenance()),
    ]
    book.specifications = [
      InstanceSpecification(
        type: "t3.medium", vcpu: 2, memoryMilliGiB: 4000, architecture: "x86_64", isCurrentGeneration: true,
        networkBaselineMbps: 256, networkPeakMbps: 5000, ebsBaselineMbps: 347, ebsBaselineIOPS: 2000,
        burst: BurstCredits(
          baselinePercentPerVcpu: 20, creditsPerHour: 24, maximumCredits: 576,
          surplusPerVcpuHour: Money(nanoDollars: 50_000_000)), provenance: provenance()),
      InstanceSpecification(
        type: "cache.m5.xlarge", vcpu: 4, memoryMilliGiB: 12_930, architecture: nil, isCurrentGeneration: false,
        networkBaselineMbps: nil, networkPeakMbps: nil, ebsBaselineMbps: nil, ebsBaselineIOPS: nil, burst: nil,
        provenance: provenance()),
    ]
    return book
  }
}
