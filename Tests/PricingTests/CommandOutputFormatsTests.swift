import Model
import Pricing
import Reading
import Testing

/// The day files of these tests were taken.
private let output = OutputReading(file: "p")

@Suite struct AWSReservedOfferingsTests {
  /// One offer: Region scope, one line, with changes made to it.
  private func offers(_ changes: [(old: String, new: String)]...) -> String {
    let one = """
      {"InstanceType": "c5.large", "Scope": "Region", "Duration": 31536000, "FixedPrice": 225.0, "UsagePrice": 0.0, \
      "RecurringCharges": [{"Amount": 0.026, "Frequency": "Hourly"}], "CurrencyCode": "USD", \
      "ProductDescription": "Linux/UNIX", "InstanceTenancy": "default", "OfferingClass": "standard", \
      "OfferingType": "Partial Upfront", "Marketplace": false}
      """
    let all = changes.map { $0.reduce(one) { $0.replacing($1.old, with: $1.new) } }
    return "{\"ReservedInstancesOfferings\": [\n\(all.joined(separator: ",\n"))\n]}"
  }

  @Test("An offer is a price of its region, term and payment, in force from the day the list was taken")
  func price() throws {
    let price = try #require(try output.read(try example("aws-reserved-offerings")).book.reserved.first)
    #expect(price.kind == InstanceKind(region: "us-east-1", type: "c5.large", engine: "linux"))
    #expect(price.term == OfferTerm("standard-1yr-partial-upfront"))
    #expect(price.upfront == Money("225") && price.hourly == Money("0.026"))
    #expect(price.provenance.effectiveFrom == day && price.provenance.quality == .published)
    #expect(price.provenance.source.origin == "aws ec2 describe-reserved-instances-offerings")
  }

  @Test("A zone names the region, a local zone too, and an old price of use counts to the hour")
  func zones() throws {
    let zonal = (
      "\"Scope\": \"Region\"", "\"Scope\": \"Availability Zone\", \"AvailabilityZone\": \"us-east-1-bos-1a\""
    )
    let reading = try output.read(
      offers([zonal, ("\"UsagePrice\": 0.0", "\"UsagePrice\": 0.004"), ("31536000", "94608000")]),
      PriceOptions(retrieved: day))
    let price = try #require(reading.book.reserved.first)
    #expect(price.kind.region == "us-east-1" && price.term.years == 3)
    // 0.004 for use and 0.026 recurring.
    #expect(price.hourly == Money("0.03"))
  }

  @Test("What nobody could buy of the provider, or we do not price, is left out and counted; convertible is kept")
  func leftOut() throws {
    let reading = try output.read(
      offers(
        [("\"default\"", "\"dedicated\"")], [("\"Marketplace\": false", "\"Marketplace\": true")],
        [("Partial Upfront", "Heavy Utilization")], [("31536000", "15768000")],
        [("Linux/UNIX", "Plan 9")],
        [("\"standard\"", "\"convertible\""), ("Partial Upfront", "PartialUpfront")],
        [("\"Scope\"", "\"AvailabilityZone\": \"us-east-1a\", \"Scope\""), ("Linux/UNIX", "Windows (Amazon VPC)")]))
    #expect(
      reading.leftOut == [
        "of dedicated tenancy": 1, "sold by other customers": 1, "of a utilisation class": 1,
        "of neither one nor three years": 1, "of systems that are not priced": 1,
      ])
    #expect(reading.book.reserved.map(\.term.offerClass) == [.convertible, .standard])
    #expect(reading.book.reserved.map(\.kind.engine) == ["linux", "windows"])
  }

  @Test("Zones of regions that are not wanted are left out")
  func otherRegions() throws {
    let zonal = ("\"Scope\"", "\"AvailabilityZone\": \"eu-west-1a\", \"Scope\"")
    let reading = try output.read(offers([zonal]))
    #expect(reading.book.rows == 0)
    #expect(reading.leftOut == ["of other regions": 1])
  }

  @Test("Without a region or a date the file says too little")
  func options() throws {
    output.expect(
      offers([]), PriceOptions(retrieved: day), fails: "p: found no region in the file, expected one parameter region",
      kind: .usage)
    output.expect(
      offers([]), PriceOptions(regions: ["us-east-1"]),
      fails: "p: found no date in the file, expected parameter retrieved with the day it was taken, 2026-11-24",
      kind: .usage)
    let zonal = ("\"Scope\"", "\"AvailabilityZone\": \"eu-west-1a\", \"Scope\"")
    output.expect(
      offers([], [zonal]),
      fails:
        "p:3: AvailabilityZone: found \"eu-west-1a\", expected a zone of us-east-1, since parameter region says so of "
        + "the others")
    output.expect(
      offers([zonal], []),
      fails: "p:3: found an offer that names no zone, among others of eu-west-1, expected parameter region eu-west-1",
      kind: .usage)
  }

  @Test(
    "What cannot be used is named with its line",
    arguments: [
      ("\"Hourly\"", "\"Monthly\"", "p:2: Frequency: found \"Monthly\", expected Hourly"),
      (
        "225.0", "-225.0",
        "p:2: FixedPrice: found -225.0, expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      ("\"USD\"", "\"CNY\"", "p:2: CurrencyCode: found \"CNY\", expected USD"),
      (
        "\"FixedPrice\": 225.0, ", "",
        "p:2: found no \"FixedPrice\", expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      ("\"InstanceType\"", "\"Type\"", "p:2: found no \"InstanceType\", expected a text"),
      ("31536000", "\"a year\"", "p:2: Duration: found \"a year\", expected a whole number from 0 to 1000000000000"),
      (
        "Partial Upfront", "Half Upfront",
        "p:2: OfferingType: found \"Half Upfront\", expected No Upfront, Partial Upfront or All Upfront"
      ),
      ("\"standard\"", "\"gold\"", "p:2: OfferingClass: found \"gold\", expected standard or convertible"),
      ("\n]}", "\n]", "p:3: found the end of the document, expected a comma or a closing brace"),
    ])
  func wrong(old: String, new: String, message: String) {
    output.expect(offers([]).replacing(old, with: new), fails: message)
  }

  @Test("What is priced at 0 altogether is left out; a part that is missing is refused, and never 0")
  func charges() throws {
    let (none, some) = ("[]", "[{\"Amount\": 0.026, \"Frequency\": \"Hourly\"}]")
    let free = ("225.0", "0.0")
    func changed(_ changes: (String, String)...) -> String { offers(changes.map { (old: $0.0, new: $0.1) }) }
    let (no, all) = (("Partial Upfront", "No Upfront"), ("Partial Upfront", "All Upfront"))
    for text in [changed(free, (some, none)), changed(free, (some, none), no), changed(free, (some, none), all)] {
      let reading = try output.read(text)
      #expect(reading.leftOut == ["priced at 0.00": 1] && reading.book.rows == 0)
    }
    output.expect(
      changed((some, none)),
      fails: "p:2: RecurringCharges: found no charge by the hour, expected one of more than 0 for Partial Upfront")
    output.expect(changed(no), fails: "p:2: FixedPrice: found 225.0, expected 0 for No Upfront")
    output.expect(
      changed(all, free), fails: "p:2: FixedPrice: found 0.0, expected a fee of more than 0 for All Upfront")
    #expect(try output.read(changed(all, (some, none))).book.reserved.map(\.upfront) == [Money("225")])
    let nodes = try example("aws-reserved-node-offerings")
    #expect(try output.read(nodes.replacing("0.106", with: "0.0")).leftOut == ["priced at 0.00": 1])
    output.expect(
      nodes.replacing("\"FixedPrice\": 0.0", with: "\"FixedPrice\": 1.0"),
      fails: "p:5: FixedPrice: found 1.0, expected 0 for No Upfront")
  }

  @Test("A list of another name is asked for")
  func noList() {
    output.expect(
      "{\"Note\": {\"ReservedInstancesOfferings\": 1}}",
      fails: "p:1: found no list \"ReservedInstancesOfferings\", expected one in the outermost object")
    output.expect("{\"ReservedInstancesOfferings\": {}}", fails: "p:1: found \"{}}\", expected an array")
  }

  @Test("An offer of reserved nodes is standard, of the engine and the region that was named")
  func nodes() throws {
    let text = try example("aws-reserved-node-offerings")
    let price = try #require(try output.read(text).book.reserved.first)
    #expect(price.kind == InstanceKind(region: "us-east-1", type: "cache.m5.large", engine: "redis"))
    #expect(price.term == OfferTerm("standard-1yr-no-upfront"))
    #expect(price.upfront == .zero && price.hourly == Money("0.106"))
    #expect(
      try output.read(text.replacing("No Upfront", with: "Light Utilization")).leftOut == ["of a utilisation class": 1])
    #expect(try output.read(text.replacing("redis", with: "abacus")).leftOut == ["of engines that are not priced": 1])
    output.expect(
      text, PriceOptions(retrieved: day), fails: "p: found no region in the file, expected one parameter region",
      kind: .usage)
  }
}

@Suite struct AWSInstanceTypesTests {
  @Test("A type's figures are exact, of all its network cards together")
  func specification() throws {
    let text = try example("aws-instance-types")
    let m5 = try #require(try output.read(text).book.specifications.first)
    #expect(m5.type == "m5.large" && m5.vcpu == 2 && m5.memoryMilliGiB == 8000 && m5.isCurrentGeneration)
    #expect(m5.architecture == "x86_64" && m5.burst == nil)
    #expect(m5.networkBaselineMbps == 750 && m5.networkPeakMbps == 10_000)
    #expect(m5.ebsBaselineMbps == 650 && m5.ebsBaselineIOPS == 3600)
    #expect(m5.ebsPeakMbps == 4750 && m5.ebsPeakIOPS == 18_750)
    #expect(m5.provenance.effectiveFrom == day)
    let card = "{\"NetworkCardIndex\": 1, \"BaselineBandwidthInGbps\": 0.064, \"PeakBandwidthInGbps\": 5.0}, {\"Net"
    // 0.75 and 0.064 Gbit/s; 512 MiB are half a GiB, and 8,193 are 8.0009765625.
    let two = text.replacing("{\"Net", with: card).replacing("8192", with: "8193").replacing("x86_64", with: "arm64")
    let other = try #require(try output.read(two).book.specifications.first)
    #expect(other.networkBaselineMbps == 814 && other.networkPeakMbps == 15_000)
    #expect(other.memoryMilliGiB == 8001 && other.architecture == "arm64")
  }

  @Test("What the file does not say is unknown")
  func unknown() throws {
    let bare = """
      {"InstanceTypes": [{"InstanceType": "m1.small", "CurrentGeneration": false,
        "ProcessorInfo": {"SupportedArchitectures": ["i386", "x86_64"]}, "VCpuInfo": {"DefaultVCpus": 1},
        "MemoryInfo": {"SizeInMiB": 1740}, "NetworkInfo": {"NetworkCards": [{"NetworkCardIndex": 0}]},
        "EbsInfo": {"EbsOptimizedSupport": "unsupported"}}]}
      """
    let type = try #require(try output.read(bare).book.specifications.first)
    #expect(type.networkBaselineMbps == nil && type.ebsBaselineMbps == nil && !type.isCurrentGeneration)
    // 1740 / 1024 = 1.69921875.
    #expect(type.memoryMilliGiB == 1699 && type.architecture == "x86_64")
    output.expect(
      bare.replacing("1740", with: "0"), fails: "p:3: SizeInMiB: found 0, expected a whole number from 1 to 1000000000")
    // The largest instance, of 24 TiB.
    let large = try output.read(bare.replacing("1740", with: "25165824")).book.specifications.first
    #expect(large?.memoryMilliGiB == 24_576_000)
    output.expect(
      bare.replacing("\"VCpuInfo\"", with: "\"Cpu\""),
      fails: "p:1: found no \"VCpuInfo\", expected an object")
    output.expect(
      bare.replacing("\"CurrentGeneration\"", with: "\"Generation\""),
      fails: "p:1: found no \"CurrentGeneration\", expected true or false")
  }

  @Test("A bandwidth that no number of ours holds is refused, of one card or of many", arguments: [1, 40])
  func hugeBandwidth(cards: Int) throws {
    // The largest number there is, in Gbit/s; it is a thousand times too many Mbit/s.
    let card = "{\"BaselineBandwidthInGbps\": 9223372036854775807, \"PeakBandwidthInGbps\": 1}"
    let text = try example("aws-instance-types").replacing(
      "{\"NetworkCardIndex\": 0, \"BaselineBandwidthInGbps\": 0.75, \"PeakBandwidthInGbps\": 10.0}",
      with: Array(repeating: card, count: cards).joined(separator: ", "))
    output.expect(
      text,
      fails: "p:9: BaselineBandwidthInGbps: found 9223372036854775807, expected less than 9 million billion Gbit/s in "
        + "all")
  }
}

@Suite struct SkyPilotCatalogueTests {
  private let head = "InstanceType,Price,SpotPrice,Region,AvailabilityZone\n"

  @Test("One on-demand price for a region, one spot price for each zone")
  func rows() throws {
    let book = try output.read(try example("skypilot-catalogue")).book
    #expect(book.onDemand.map(\.hourly.description) == ["0.085"])
    #expect(book.spotPrices.map(\.zone) == ["us-east-1a", "us-east-1b"])
    #expect(book.spotPrices.map(\.hourly.description) == ["0.0339", "0.0352"])
    #expect(book.spotPrices.allSatisfy { $0.provenance.effectiveFrom == day && $0.kind.engine == "linux" })
  }

  @Test("Digits that a binary double added are taken off; an empty price is unknown")
  func doubles() throws {
    let reading = try output.read(
      head + """
        c5.large,0.10400000000000001,,us-east-1,us-east-1a
        c5.xlarge,,0.033899999999999997,us-east-1,us-east-1a
        c5.xlarge,9.9,9.9,eu-west-1,eu-west-1a
        """)
    #expect(reading.book.onDemand.map(\.hourly.description) == ["0.104"])
    #expect(reading.book.spotPrices.map(\.hourly.description) == ["0.0339"])
    #expect(
      reading.leftOut == ["without a price on demand": 1, "without a spot price": 1, "of other regions": 1])
  }

  @Test(
    "What cannot be used is named with its line",
    arguments: [
      (
        "c5.large,0.1,,us-east-1,us-east-1a\nc5.large,0.2,,us-east-1,us-east-1b",
        "p:3: found c5.large (linux) in us-east-1 at 0.20, expected 0.10 as in line 2, since a region has one price"
      ),
      (
        "c5.large,0.1234567891,,us-east-1,us-east-1a",
        "p:2: found \"0.1234567891\", expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      (
        "c5.large,-1,,us-east-1,us-east-1a",
        "p:2: found \"-1\", expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      (",1,,us-east-1,us-east-1a", "p:2: found no InstanceType, expected one"),
      (
        "c5.large,0.1,,us-east-1,us-west-2a",
        "p:2: found zone \"us-west-2a\", expected a zone of us-east-1, the row's region"
      ),
      (
        "c5.large,0.1,,us-east-1,us-east-1",
        "p:2: found zone \"us-east-1\", expected a zone of us-east-1, the row's region"
      ),
    ])
  func wrong(rows: String, message: String) { output.expect(head + rows, fails: message) }

  @Test("A zone's id stands for itself, since the row says the region")
  func zoneIDs() throws {
    let rows = "c5.large,0.09,0.0401,us-east-1,use1-az2\nc5.large,0.09,0.0382,us-east-1,use1-az4\n"
    let reading = try output.read(head + rows)
    #expect(reading.book.onDemand.map(\.hourly.description) == ["0.09"])
    #expect(reading.book.spotPrices.map(\.zone) == ["use1-az2", "use1-az4"])
    #expect(reading.book.spotPrices.allSatisfy { $0.kind.region == "us-east-1" } && reading.leftOut.isEmpty)
  }

  @Test("Local zones have prices of their own, which are not the region's")
  func localZones() throws {
    let rows = """
      c5.large,0.09,0.0401,us-east-1,us-east-1a
      c5.large,0.11,0.05,us-east-1,us-east-1-bos-1a
      c5.large,0.12,0.06,us-east-1,use1-wl1-bos-wlz1

      """
    let reading = try output.read(head + rows)
    #expect(reading.book.onDemand.map(\.hourly.description) == ["0.09"])
    #expect(reading.book.spotPrices.count == 3)
    #expect(reading.leftOut == ["on demand of local zones, which have prices of their own": 2])
  }

  @Test("A missing column is named")
  func missing() {
    output.expect(
      "InstanceType,SpotPrice,Region,AvailabilityZone\n",
      fails: "p:1: found columns InstanceType,SpotPrice,Region,AvailabilityZone, expected a column \"Price\"")
  }
}
