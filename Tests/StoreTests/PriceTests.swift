import GRDB
import Model
import Store
import Testing

@Suite struct PriceTests {
  let folder: TemporaryFolder
  let store: FleetStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test("A price book comes back by region, with what holds in every region and all specifications")
  func roundTrip() throws {
    let book = fullBook()
    #expect(try store.importPrices(book, from: source(.prices)) == ImportSummary(added: 14))
    let read = try withoutHashes(store.priceBook(region: "us-east-1"))
    #expect(read.onDemand == [book.onDemand[0], book.onDemand[1]])
    #expect(read.reserved == book.reserved)
    #expect(read.savingsPlans == book.savingsPlans)
    #expect(read.spot == book.spot)
    #expect(read.units == [book.units[1], book.units[0]])
    #expect(read.specifications == [book.specifications[1], book.specifications[0]])
    #expect(read.performance == book.performance)
    #expect(read.contexts == book.contexts)
    #expect(read.spotPrices == [])
    let spot = try store.spotPrices(book.spotPrices[0].kind)
    #expect(spot.count == 1 && spot[0].agrees(with: book.spotPrices[0]))
    #expect(try store.status().prices.map(\.rows) == [3, 1, 1, 1, 1, 2, 2, 1, 2])
    #expect(try withoutHashes(store.priceBook(region: "eu-west-1")).onDemand == [book.onDemand[2]])
    #expect(try store.priceBook(region: "mars-1").onDemand == [])
  }

  @Test("The day on which a price ends may be told later, and is then kept; another day is another figure")
  func ended() throws {
    var book = PriceBook()
    book.units = [fullBook().units[1]]
    book.units[0].ended = nil
    #expect(try store.importPrices(book, from: source(.prices, "old.csv", checksum: 1)) == ImportSummary(added: 1))
    book.units[0].ended = Instant("2027-01-01")
    let later = try store.importPrices(book, from: source(.prices, "new.csv", checksum: 2))
    #expect(later == ImportSummary(alreadyThere: 1))
    #expect(try store.priceBook(region: "x").units.map(\.ended) == [Instant("2027-01-01")])
    book.units[0].ended = Instant("2027-01-02")
    #expect(throws: DataError.self) { try store.importPrices(book, from: source(.prices, "other.csv", checksum: 3)) }
  }

  @Test("Every price knows the hash of the file it came from")
  func contentHash() throws {
    _ = try store.importPrices(fullBook(), from: source(.prices, checksum: 77))
    let sources = try store.priceBook(region: "us-east-1").onDemand.map(\.provenance.source)
    #expect(sources.map(\.contentHash) == [77, 77])
  }

  @Test(
    "Of equal prices from two lists the one published later is the source, in whatever order they come",
    arguments: [["old.csv", "new.csv"], ["new.csv", "old.csv"], ["new.csv", "old.csv", "new.csv"]])
  func publishedLater(order: [String]) throws {
    for (index, name) in order.enumerated() {
      var book = PriceBook()
      book.onDemand = [onDemand("us-east-1", "t3.medium", 41_600_000)]
      // The price is from 2026-07-20 on: a list of 2025 confirms nothing.
      book.onDemand[0].provenance.source = PriceSource(
        file: name, origin: "list", retrieved: october,
        published: Instant(year: name == "old.csv" ? 2025 : 2026, month: 9, day: 12))
      let summary = try store.importPrices(book, from: source(.prices, name, checksum: UInt64(index)))
      #expect(summary == (index == 0 ? ImportSummary(added: 1) : ImportSummary(alreadyThere: 1)))
    }
    #expect(try store.priceBook(region: "us-east-1").onDemand.map(\.provenance.source.file) == ["new.csv"])
  }

  @Test("Another price for a key and date within one file is refused with both figures, in one batch or in two")
  func conflictWithinFile() throws {
    var first = PriceBook()
    var second = PriceBook()
    first.onDemand = [onDemand("us-east-1", "t3.medium", 41_600_000)]
    second.onDemand = [onDemand("us-east-1", "t3.medium", 99_900_000)]
    var both = first
    both.append(second)
    for batches in [[both], [first, second]] {
      let error = failure { () throws(DataError) in
        _ = try store.importPrices(.prices, named: "new.csv") { add in
          for batch in batches { try add(batch) }
          return (1, 1)
        }
      }
      #expect(
        error?.description == """
          new.csv: found t3.medium (linux) in us-east-1 from 2026-07-20: hourly 0.0999 USD (p.csv, repo:list), expected \
          hourly 0.0416 USD as before in the file (p.csv, repo:list); a new figure needs a later date
          """)
    }
    both.onDemand[1] = both.onDemand[0]
    #expect(try store.importPrices(both, from: source(.prices)) == ImportSummary(added: 1, alreadyThere: 1))
  }

  @Test("A published price takes the place of an equal derived one with its source, and never the other way round")
  func publishedBeforeDerived() throws {
    func book(_ file: String, _ quality: PriceQuality, published: Int) -> PriceBook {
      var book = PriceBook()
      book.onDemand = [onDemand("us-east-1", "t3.medium", 41_600_000)]
      book.onDemand[0].provenance.quality = quality
      book.onDemand[0].provenance.source = PriceSource(
        file: file, origin: "list", retrieved: october, published: Instant(year: published, month: 9, day: 12))
      return book
    }
    let imports: [(String, PriceQuality, Int)] = [
      ("derived.csv", .derived, 2027), ("published.csv", .published, 2026), ("derived.csv", .derived, 2028),
    ]
    for (index, (file, quality, year)) in imports.enumerated() {
      _ = try store.importPrices(
        book(file, quality, published: year), from: source(.prices, file, checksum: UInt64(index)))
    }
    let kept = try #require(try store.priceBook(region: "us-east-1").onDemand.first).provenance
    #expect(kept.quality == .published && kept.source.file == "published.csv")
  }

  @Test("Tiers without the first one are not kept and counted, and the rest of the file is")
  func orphanTiers() throws {
    var book = fullBook()
    book.units[0].tierFrom = 32_000
    let summary = try store.importPrices(book, from: source(.prices))
    #expect(summary.added == 13 && summary.orphanTiers == 1)
    // A file of nothing else leaves nothing behind, however often it comes.
    var orphan = PriceBook()
    orphan.units = [book.units[0]]
    orphan.units[0].provenance = provenance(file: "orphan.csv", origin: "elsewhere")
    for _ in 0..<2 { _ = try store.importPrices(orphan, from: source(.prices, "orphan.csv", checksum: 2)) }
    let queue = try DatabaseQueue(path: folder.storePath)
    let files = try queue.read { try String.fetchAll($0, sql: "SELECT DISTINCT file FROM price_source") }
    #expect(files == ["p.csv"])
    #expect(try store.priceBook(region: "us-east-1").units.map(\.item) == ["tokens/a/b/input"])
  }

  @Test("A price of more than a billion dollars is refused")
  func tooLarge() throws {
    var book = PriceBook()
    book.onDemand = [onDemand("us-east-1", "t3.medium", 1_000_000_000_000_000_001)]
    let error = failure { () throws(DataError) in _ = try store.importPrices(book, from: source(.prices)) }
    #expect(error?.expected == "a price of at most 1,000,000,000 USD")
  }

  @Test("The same prices twice change nothing and say so, from whatever source")
  func twice() throws {
    _ = try store.importPrices(fullBook(), from: source(.prices))
    var again = fullBook()
    again.onDemand[1].provenance = provenance(file: "other.csv", origin: "elsewhere")
    let summary = try store.importPrices(again, from: source(.prices, "other.csv"))
    #expect(summary == ImportSummary(alreadyThere: 14))
    #expect(try withoutHashes(store.priceBook(region: "us-east-1")).onDemand == Array(fullBook().onDemand[..<2]))
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

  /// A book as it was before its file was known.
  private func withoutHashes(_ book: PriceBook) -> PriceBook {
    var book = book
    func forget<Row: PriceRow>(_: Row.Type) {
      for index in book[keyPath: Row.rows].indices {
        book[keyPath: Row.rows][index].provenance.source.contentHash = nil
      }
    }
    for kind in priceKinds { forget(kind) }
    return book
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
    book.savingsPlans = [
      SavingsPlanRate(
        kind: medium, term: SavingsPlanTerm(plan: .compute, years: 1, payment: .noUpfront),
        hourly: Money(nanoDollars: 30_000_000), provenance: provenance())
    ]
    book.spotPrices = [
      SpotPrice(kind: medium, zone: "use1-az1", hourly: Money(nanoDollars: 16_000_000), provenance: provenance())
    ]
    book.performance = [
      InstancePerformance(
        type: "t3.medium", milliCoreMark: 33_103_450, threads: 2, noisePercent: 10, provenance: provenance())
    ]
    book.spot = [SpotEstimate(kind: medium, savingsPercent: 61, interruption: "<5%", provenance: provenance())]
    book.units = [
      UnitPrice(
        region: "us-east-1", item: "nat/gb", unit: "gb", tierFrom: 0, price: Money(nanoDollars: 45_000_000),
        perUnits: 1, provenance: provenance()),
      UnitPrice(
        region: "", item: "tokens/a/b/input", unit: "token", tierFrom: 0, price: Money(nanoDollars: 3_000_000_000),
        perUnits: 1_000_000, ended: Instant("2027-01-01"), provenance: provenance()),
    ]
    book.contexts = [
      ModelContext(model: "a/b", inputTokens: 272_000, outputTokens: 128_000, provenance: provenance()),
      ModelContext(model: "a/c", inputTokens: 8192, outputTokens: nil, provenance: provenance()),
    ]
    book.specifications = [
      InstanceSpecification(
        type: "t3.medium", vcpu: 2, memoryMilliGiB: 4000, architecture: "x86_64", isCurrentGeneration: true,
        networkBaselineMbps: 256, networkPeakMbps: 5000, ebsBaselineMbps: 347, ebsBaselineIOPS: 2000,
        ebsPeakMbps: 2085, ebsPeakIOPS: 11_800,
        burst: BurstCredits(
          baselinePercentPerVcpu: 20, creditsPerHour: 24, maximumCredits: 576,
          surplusPerVcpuHour: Money(nanoDollars: 50_000_000), mode: .unlimited), provenance: provenance()),
      InstanceSpecification(
        type: "cache.m5.xlarge", vcpu: 4, memoryMilliGiB: 12_930, architecture: nil, isCurrentGeneration: false,
        networkBaselineMbps: nil, networkPeakMbps: nil, ebsBaselineMbps: nil, ebsBaselineIOPS: nil, burst: nil,
        provenance: provenance()),
    ]
    return book
  }
}
