import Model
import Pricing
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct PriceFileTests {
  @Test("Each kind of price file reads its own example", arguments: priceFileKinds.map { $0.name })
  func readsExample(name: String) throws {
    let kind = try #require(priceFileKinds.first { $0.name == name })
    let book = try readPriceBook(bytes: Array(kind.example.utf8), file: "example.csv")
    #expect(book.rows >= 1)
    #expect(kind.example.hasPrefix("# plimsoll-prices: \(kind.name) \(kind.version)\n"))
  }

  @Test("The list of kinds has a line for every file of the folder")
  func listIsComplete() throws {
    let folder = repository.appending(path: "Sources/Pricing/Kinds").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == priceFileKinds.count)
    #expect(Set(priceFileKinds.map { $0.name }).count == priceFileKinds.count)
  }

  private var repository: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }
}

@Suite struct PriceRowTests {
  @Test("An on-demand row keeps its price to the nano-dollar and names its source")
  func onDemand() throws {
    let row = try #require(
      try read(onDemandText("us-east-1,t3.nano,linux,0.005200001,2026-07-20,derived,A")).onDemand.first)
    #expect(row.kind == InstanceKind(region: "us-east-1", type: "t3.nano", engine: "linux"))
    #expect(row.hourly == Money(nanoDollars: 5_200_001))
    #expect(row.provenance.quality == .derived)
    #expect(row.provenance.effectiveFrom == Instant(year: 2026, month: 7, day: 20))
    let retrieved = Instant(year: 2026, month: 11, day: 23)
    #expect(row.provenance.source == PriceSource(file: "p.csv", origin: "owner/repo: list", retrieved: retrieved))
  }

  @Test("A spot estimate is for linux")
  func spot() throws {
    let text = head("spot-estimate") + "region,type,savings_percent,interruption,effective_from,quality,source\n"
    let book = try read(text + "us-east-1,t3.medium,61,<5%,2025-06-28,published,A\n")
    #expect(book.spot.first?.kind.engine == "linux")
    #expect(book.spot.first?.savingsPercent == 61)
    #expect(book.spot.first?.interruption == "<5%")
  }

  @Test("A spot estimate below zero is of spot that is dearer: left out and counted")
  func dearerSpot() throws {
    let text = head("spot-estimate") + "region,type,savings_percent,interruption,effective_from,quality,source\n"
    let row = "us-east-1,t3.medium,-62,<5%,2025-06-28,published,A\n"
    let (book, summary) = try readTold(text + row, PriceOptions(), file: "p.csv", spot: nil)
    #expect(book.rows == 0 && summary.leftOut.map(\.reason) == ["of spot dearer than on demand"])
  }

  @Test("An unknown cell of a specification is nil, not zero")
  func specification() throws {
    let kind = try #require(priceFileKinds.first { $0.name == "specification" })
    let rows = try readPriceBook(bytes: Array(kind.example.utf8), file: "s.csv").specifications
    #expect(rows.map(\.type) == ["t3.medium", "cache.m5.xlarge"])
    #expect(rows[0].networkBaselineMbps == 256)
    let burst = BurstCredits(
      baselinePercentPerVcpu: 20, creditsPerHour: 24, maximumCredits: 576,
      surplusPerVcpuHour: Money(nanoDollars: 50_000_000), mode: .unlimited)
    #expect(rows[0].burst == burst)
    #expect(rows[0].ebsPeakMbps == 2085 && rows[0].ebsPeakIOPS == 11_800)
    #expect(rows[1].memoryMilliGiB == 12_930)
    #expect(rows[1].networkBaselineMbps == nil)
    #expect(rows[1].architecture == nil)
    #expect(rows[1].burst == nil)
  }

  @Test("A token row is up to three unit prices for a million tokens, in every region")
  func tokens() throws {
    let kind = try #require(priceFileKinds.first { $0.name == "tokens" })
    let units = try readPriceBook(bytes: Array(kind.example.utf8), file: "t.csv").units
    #expect(
      units.map(\.item) == ["tokens/amazon/amazon-nova-pro/input", "tokens/amazon/amazon-nova-pro/output"])
    #expect(units.map(\.price.description) == ["0.80", "3.20"])
    #expect(units.allSatisfy { $0.region.isEmpty && $0.perUnits == 1_000_000 && $0.unit == "token" })
  }

  @Test("A token file may have columns of other ways to buy tokens; an empty cell of theirs is no item")
  func tokenColumns() throws {
    let text =
      head("tokens") + """
        vendor,model,input_usd_per_mtok,output_usd_per_mtok,cached_input_usd_per_mtok,cache_write_usd_per_mtok,\
        cache_write_1h_usd_per_mtok,batch_input_usd_per_mtok,batch_output_usd_per_mtok,\
        batch_cached_input_usd_per_mtok,flex_input_usd_per_mtok,flex_output_usd_per_mtok,priority_input_usd_per_mtok,\
        priority_output_usd_per_mtok,effective_from,effective_until,quality,source
        a,b,2,10,0.2,2.5,4,1,5,0.1,0.9,4.5,3,15,2026-11-28,,published,A
        a,c,2,10,,,,,,,,,,,2026-11-28,,published,A

        """
    let prices = try read(text).units.map { "\($0.item) \($0.price)" }
    #expect(
      prices == [
        "tokens/a/b/input 2.00", "tokens/a/b/output 10.00", "tokens/a/b/cached-input 0.20",
        "tokens/a/b/cache-write 2.50", "tokens/a/b/cache-write-1h 4.00", "tokens/a/b/batch-input 1.00",
        "tokens/a/b/batch-output 5.00", "tokens/a/b/batch-cached-input 0.10", "tokens/a/b/flex-input 0.90",
        "tokens/a/b/flex-output 4.50", "tokens/a/b/priority-input 3.00", "tokens/a/b/priority-output 15.00",
        "tokens/a/c/input 2.00", "tokens/a/c/output 10.00",
      ])
  }

  @Test("A service's price without a region is every region's, whichever are wanted")
  func everywhere() throws {
    let text =
      head("service") + """
        region,service,item,unit,tier_from,usd_per_unit,effective_from,quality,source
        ,github,team-seat-month,user-month,0,4,2026-09-20,published,A
        us-east-1,elb,alb-hour,hour,0,0.0225,2026-10-01,published,A
        eu-west-1,elb,alb-hour,hour,0,0.0252,2026-10-01,published,A

        """
    let (book, summary) = try readTold(text, PriceOptions(regions: ["eu-west-1"]))
    #expect(book.units.map(\.item) == ["github/team-seat-month", "elb/alb-hour"])
    #expect(summary.leftOut.map(\.reason) == ["of other regions"])
    let seat = try Catalogue(book).unit("github/team-seat-month", region: "eu-west-1", at: october.start)
    #expect(seat.map(\.price) == [usd("4")])
  }
}

@Suite struct PriceFileErrorTests {
  @Test(
    "A field that cannot be used is named with its line",
    arguments: [
      (
        "us-east-1,t3.nano,linux,-1,2026-07-20,published,A",
        "p.csv:8: found \"-1\", expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      (
        "us-east-1,t3.nano,linux,1e3,2026-07-20,published,A",
        "p.csv:8: found \"1e3\", expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      (
        "us-east-1,t3.nano,linux,0.0000000001,2026-07-20,published,A",
        "p.csv:8: found \"0.0000000001\", expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      (
        "us-east-1,t3.nano,linux,1,20 July,published,A",
        "p.csv:8: found \"20 July\", expected a date such as 2026-11-23"
      ),
      (
        "us-east-1,t3.nano,linux,1,2026-07-20,guessed,A",
        "p.csv:8: found quality \"guessed\", expected one of published, derived"
      ),
      (
        "us-east-1,t3.nano,linux,1,2026-07-20,published,Z",
        "p.csv:8: found source \"Z\", expected a source of the head: A"
      ),
      (
        "us-east-1,,linux,1,2026-07-20,published,A", "p.csv:8: found no type, expected one"
      ),
      (
        "us-east-1,t3.nano,linux,1,2026-07-20,published",
        "p.csv:8: found 6 fields, expected 7 fields as in the header"
      ),
    ])
  func wrongField(row: String, message: String) { expect(onDemandText(row), fails: message) }

  @Test(
    "A head line that is missing is asked for",
    arguments: [
      ("# plimsoll-prices: on-demand 1", "no comment line \"# plimsoll-prices:\"", "plimsoll-prices: on-demand 1"),
      ("# provider: aws", "no comment line \"# provider:\"", "provider: aws"),
      ("# currency: USD", "no comment line \"# currency:\"", "currency: USD"),
      ("# retrieved: 2026-11-23", "no comment line \"# retrieved:\"", "retrieved: 2026-11-23"),
      ("# source A: owner/repo: list", "no comment line \"# source A:\"", "source A: owner/repository@commit:path"),
    ])
  func missingLine(line: String, found: String, example: String) {
    let text = onDemandText("").split(separator: "\n").filter { $0 != line }.joined(separator: "\n")
    expect(text, fails: "p.csv:1: found \(found), expected one at the head such as \"# \(example)\"")
  }

  @Test(
    "A head line that is wrong is named with its line",
    arguments: [
      (
        "on-demand 1", "guesses 1",
        "p.csv:1: found price file kind \"guesses 1\", expected one of on-demand 1, reserved 1, "
          + "savings-plan 1, spot-estimate 1, spot-price 1, specification 2, performance 1, service 1, tokens 1, "
          + "context 1"
      ),
      ("on-demand 1", "on-demand 2", "p.csv:1: found price file kind \"on-demand 2\", expected on-demand 1"),
      ("USD", "EUR", "p.csv:3: found currency \"EUR\", expected USD"),
      (": 2026-11-23", ": soon", "p.csv:4: found \"soon\", expected a date such as 2026-11-23"),
      (
        "# note:", "# remark:",
        "p.csv:6: found comment key \"remark\", expected plimsoll-prices, provider, currency, retrieved, source KEY "
          + "or note"
      ),
      ("# note:", "# provider:", "p.csv:6: found \"provider\" twice, expected each comment key once"),
      ("# note: none", "# note", "p.csv:6: found comment \"note\", expected \"key: value\""),
      (
        "usd_per_hour", "price",
        "p.csv:7: found columns region,type,engine,price,effective_from,quality,source, expected a column "
          + "\"usd_per_hour\""
      ),
    ])
  func wrongLine(old: String, new: String, message: String) {
    expect(onDemandText("").replacing(old, with: new), fails: message)
  }

  @Test(
    "An instance is never free",
    arguments: [
      ("on-demand", ",0.0416,", ",0.0000,", "0.0000"), ("reserved", ",109,0.0124,", ",0,0,", "0"),
      ("savings-plan", ",0.0599,", ",0,", "0"),
    ])
  func free(name: String, price: String, none: String, found: String) throws {
    let text = try #require(priceFileKinds.first { $0.name == name }).example
    expect(
      text.replacing(price, with: none),
      fails: "p.csv:7: found \"\(found)\", expected a price of more than 0, since an instance is never free")
  }

  @Test("A reservation may cost nothing at the start, or nothing an hour")
  func reservedParts() throws {
    let text = try #require(priceFileKinds.first { $0.name == "reserved" }).example
    #expect(try read(text.replacing(",109,", with: ",0,")).reserved.map(\.upfront) == [.zero])
    #expect(try read(text.replacing(",0.0124,", with: ",0,")).reserved.map(\.hourly) == [.zero])
  }

  @Test(
    "A speed of nothing, and noise above all of it, are refused",
    arguments: [
      (",33103.45,", ",0,", "p.csv:7: found \"0\", expected more than 0 iterations a second"),
      (",33103.45,", ",0.0001,", "p.csv:7: found \"0.0001\", expected more than 0 iterations a second"),
      (",2,10,", ",2,101,", "p.csv:7: found \"101\", expected a percentage of at most 100"),
    ])
  func performance(old: String, new: String, message: String) throws {
    let text = try #require(priceFileKinds.first { $0.name == "performance" }).example
    expect(text.replacing(old, with: new), fails: message)
  }

  @Test("Burst figures come together or not at all")
  func halfBurst() throws {
    let kind = try #require(priceFileKinds.first { $0.name == "specification" })
    expect(
      kind.example.replacing(",20,24,576,", with: ",,24,576,"),
      fails:
        "p.csv:7: found no burst_baseline_percent, expected all of burst_baseline_percent, burst_credits_per_hour, burst_max_credits"
    )
  }
}

private func head(_ kind: String) -> String {
  """
  # plimsoll-prices: \(kind) 1
  # provider: aws
  # currency: USD
  # retrieved: 2026-11-23
  # source A: owner/repo: list
  # note: none

  """
}

private func onDemandText(_ row: String) -> String {
  head("on-demand") + "region,type,engine,usd_per_hour,effective_from,quality,source\n\(row)\n"
}

private func read(_ text: String) throws -> PriceBook {
  try readPriceBook(bytes: Array(text.utf8), file: "p.csv")
}

private func expect(_ text: String, fails message: String, location: SourceLocation = #_sourceLocation) {
  let error = #expect(throws: DataError.self, sourceLocation: location) { try read(text) }
  #expect(error?.description == message, sourceLocation: location)
  #expect(error?.kind == .badData, sourceLocation: location)
}
