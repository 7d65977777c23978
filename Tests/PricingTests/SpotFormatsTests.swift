import Model
import Pricing
import Reading
import Testing

private let output = OutputReading(file: "s", spot: true)

@Suite struct AWSSpotPriceHistoryTests {
  private func history(_ rows: String...) -> String { "{\"SpotPriceHistory\": [\n\(rows.joined(separator: ",\n"))\n]}" }
  private func row(
    _ product: String = "Linux/UNIX", zone: String = "\"AvailabilityZone\": \"us-east-1a\"",
    price: String = "\"0.034900\"",
    at time: String = "2026-10-01T05:12:09.734Z"
  ) -> String {
    """
    {"Timestamp": "\(time)", "ProductDescription": "\(product)", "InstanceType": "c5.large", "SpotPrice": \(price), \
    \(zone)}
    """
  }

  @Test("A price holds in its zone from its timestamp on, to the second")
  func price() throws {
    let price = try #require(try output.read(history(row())).book.spotPrices.first)
    #expect(price.kind == InstanceKind(region: "us-east-1", type: "c5.large", engine: "linux"))
    #expect(price.zone == "us-east-1a" && price.hourly == Money("0.0349"))
    #expect(price.provenance.effectiveFrom == Instant("2026-10-01T05:12:09Z"))
    #expect(price.provenance.source.retrieved == day && price.provenance.source.published == nil)
  }

  @Test("Without a word of the user the newest price dates the file, wherever it stands, kept or not")
  func retrieved() throws {
    let newest = "2026-10-03T05:12:09Z"
    let (first, second) = (row(at: "2026-10-01T05:12:09Z"), row(at: "2026-10-02T01:00:00Z"))
    for rows in [
      [first, second, row(at: newest)], [row(at: newest), second, first],
      [first, row("Windows BYOL", at: newest), second],
    ] {
      let book = try output.read("{\"SpotPriceHistory\": [\(rows.joined(separator: ","))]}", PriceOptions()).book
      #expect(book.spotPrices.count >= 2)
      #expect(Set(book.spotPrices.map(\.provenance.source.retrieved)) == [Instant(newest)!])
      #expect(book.spotPrices.contains { $0.provenance.effectiveFrom == Instant("2026-10-01T05:12:09Z") })
    }
  }

  @Test("A file of more than 64 MiB is dated by the user, for its prices would have to wait for its end")
  func long() throws {
    let note = String(repeating: "-", count: 1 << 20)
    let long = row(zone: "\"Note\": \"\(note)\", \"AvailabilityZone\": \"us-east-1a\"")
    output.expect(
      "{\"SpotPriceHistory\": [\(Array(repeating: long, count: 66).joined(separator: ","))]}", PriceOptions(),
      fails: "s: found no date in the file, expected parameter retrieved with the day it was taken, 2026-11-24",
      kind: .usage)
  }

  @Test(
    "Product descriptions are engines, with and without the network's name",
    arguments: [
      ("Linux/UNIX (Amazon VPC)", "linux"), ("Windows", "windows"), ("Windows (Amazon VPC)", "windows"),
      ("SUSE Linux", "suse"), ("Red Hat Enterprise Linux", "rhel"),
    ])
  func engines(product: String, engine: String) throws {
    #expect(try output.read(history(row(product))).book.spotPrices.first?.kind.engine == engine)
  }

  @Test("Other systems and regions are left out; a zone's id needs a region")
  func leftOut() throws {
    let reading = try output.read(
      history(
        row("Windows BYOL"), row(zone: "\"AvailabilityZone\": \"eu-west-1b\""),
        row(zone: "\"AvailabilityZoneId\": \"use1-az1\"")))
    #expect(reading.leftOut == ["of systems that are not priced": 1, "of other regions": 1])
    #expect(reading.book.spotPrices.map(\.zone) == ["use1-az1"])
    output.expect(
      history(row(zone: "\"AvailabilityZoneId\": \"use1-az1\"")), PriceOptions(),
      fails: "s: found no region in the file, expected one parameter region", kind: .usage)
  }

  @Test("What cannot be used is named with its line")
  func wrong() {
    output.expect(
      history(row(at: "yesterday")),
      fails: "s:2: Timestamp: found \"yesterday\", expected a timestamp such as 2026-10-01T04:00:00Z")
    output.expect(
      history(row(), row(price: "\"-0.1\"")),
      fails: "s:3: SpotPrice: found \"-0.1\", expected a price in USD such as 0.0416, with at most nine decimals")
    output.expect(
      history(row(zone: "\"AvailabilityZone\": \"here\"")),
      fails: "s:2: AvailabilityZone: found \"here\", expected a zone such as us-east-1a")
    output.expect(
      history(row(zone: "\"Zone\": 1")),
      fails: "s:2: found no \"AvailabilityZoneId\", expected a text")
    output.expect(
      String(history(row()).dropLast(4)),
      fails: "s:2: found the end of the document, expected a comma or a closing brace")
  }

  @Test("The line of a row is right however far behind it stands")
  func line() {
    // Each row is on a line of its own behind the one that opens the list; together they are longer than any window.
    let rows = Array(repeating: row(), count: 12_000) + [row(price: "\"a lot\"")]
    let text = "{\"SpotPriceHistory\": [\n\(rows.joined(separator: ",\n"))\n]}"
    #expect(text.utf8.count > 3 << 19)
    output.expect(
      text,
      fails: "s:12002: SpotPrice: found \"a lot\", expected a price in USD such as 0.0416, with at most nine decimals")
  }

  @Test("Prices that are no spot prices are sent elsewhere")
  func wrongCommand() throws {
    let offers = try example("aws-reserved-offerings")
    output.expect(
      offers,
      fails: "s: found reservations on sale (aws ec2 describe-reserved-instances-offerings), expected spot prices; "
        + "`plimsoll import prices` reads this", kind: .usage)
  }
}

@Suite struct SpotHourlyCSVTests {
  @Test("Only changes are kept, each zone by itself")
  func changes() throws {
    let reading = try output.read(try example("spot-hourly-csv"))
    #expect(
      reading.book.spotPrices.map { "\($0.zone) \($0.hourly) \($0.provenance.effectiveFrom)" } == [
        "use1-az1 0.0349 2026-10-01T00:00:00Z", "use1-az2 0.0362 2026-10-01T00:00:00Z",
        "use1-az2 0.0371 2026-10-01T01:00:00Z",
      ])
    #expect(reading.leftOut == ["unchanged since the hour before": 1])
  }

  @Test("Columns are found by any of their names; a zone's name says the region")
  func columns() throws {
    let reading = try output.read(
      """
      timestamp,zone,type,os,usd_per_hour
      2026-10-01T02:00:00+02:00,us-east-1a,c5.large,Windows,0.1
      2026-10-01T00:00:00Z,us-east-1a,c5.large,Red Hat Enterprise Linux,0.2
      2026-10-01T00:00:00Z,us-east-1a,c5.large,macOS,0.2
      2026-10-01T00:00:00Z,us-east-1a,c5.large,linux,

      """)
    #expect(reading.book.spotPrices.map(\.kind.engine) == ["windows", "rhel"])
    #expect(reading.book.spotPrices.allSatisfy { $0.kind.region == "us-east-1" })
    #expect(reading.book.spotPrices[0].provenance.effectiveFrom == Instant("2026-10-01T00:00:00Z"))
    #expect(reading.leftOut == ["of systems that are not priced": 1, "without a spot price": 1])
  }

  @Test(
    "What cannot be used is named with its line",
    arguments: [
      (
        "2026-10-01 01:00:00,c5.large,us-east-1,use1-az1,1\n2026-10-01 00:00:00,c5.large,us-east-1,use1-az1,1",
        "s:3: found 1.00 at 2026-10-01T00:00:00Z, expected a later time than in line 2 (2026-10-01T01:00:00Z), which is "
          + "of the same zone"
      ),
      (
        "2026-10-01 01:00:00,c5.large,us-east-1,use1-az1,1\n2026-10-01 01:00:00,c5.large,us-east-1,use1-az1,2",
        "s:3: found 2.00 at 2026-10-01T01:00:00Z, expected a later time than in line 2 (2026-10-01T01:00:00Z), which is "
          + "of the same zone"
      ),
      (
        "noon,c5.large,us-east-1,use1-az1,1", "s:2: found \"noon\", expected a time such as 2026-10-01 04:00:00"
      ),
      (
        "2026-10-01 01:00:00,c5.large,us-east-1,use1-az1,-1",
        "s:2: found \"-1\", expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      ("2026-10-01 01:00:00,c5.large", "s:2: found 2 fields, expected 5 fields as in the header"),
    ])
  func wrong(rows: String, message: String) {
    output.expect("time_utc,instance_type,region,az_id,spot_usd_per_hour\n" + rows, fails: message)
  }

  @Test("A last row that may have been cut within its price is refused; one that ends with a text is not")
  func cutShort() throws {
    let text = try example("spot-hourly-csv")
    // What is left: 0.0371, 0.037, 0.03, 0.0, 0 and nothing; 0. is no number.
    for count in [1, 2, 3, 4, 6, 7] {
      output.expect(
        String(text.dropLast(count)),
        fails: "s:5: found a last row without a line end, expected one; the file may have been cut short")
    }
    let other = "time,type,usd_per_hour,zone\n2026-10-01T00:00:00Z,c5.large,0.1,us-east-1a"
    #expect(try output.read(other).book.spotPrices.count == 1)
  }

  @Test("A missing price column, and a missing day, are asked for")
  func missing() throws {
    output.expect(
      "time_utc,type,zone\n",
      fails: "s:1: found columns time_utc,type,zone, expected a column \"spot_usd_per_hour\" or \"spot_price\" or "
        + "\"usd_per_hour\"")
    output.expect(
      try example("spot-hourly-csv"), PriceOptions(),
      fails:
        "s: found no day of retrieval in the file, expected parameter retrieved with the day it was taken, 2026-11-24",
      kind: .usage)
  }
}

@Suite struct SpotAdvisorJSONTests {
  @Test("A rating is an estimate of its region, type and system, with the range in words")
  func estimates() throws {
    let reading = try output.read(try example("spot-advisor-json"))
    #expect(reading.book.spot.map(\.kind.engine) == ["linux", "windows"])
    #expect(reading.book.spot.map(\.savingsPercent) == [58, 31])
    #expect(reading.book.spot.map(\.interruption) == ["5-10%", "<5%"])
    #expect(reading.book.spot.allSatisfy { $0.provenance.effectiveFrom == day })
    #expect(
      try output.read(try example("spot-advisor-json"), PriceOptions(regions: ["eu-west-1"], retrieved: day)).leftOut
        == ["of other regions": 2])
  }

  @Test("A saving below zero is of spot that is dearer: left out and counted, and the others are kept")
  func dearer() throws {
    let text = """
      {"ranges": [{"index": 4, "label": ">20%"}], "spot_advisor": {"us-east-1": {"Linux": {
       "m5.large": {"r": 4, "s": 70}, "m5.xlarge": {"r": 4, "s": 0}, "m5.2xlarge": {"r": 4, "s": -37}}}}}
      """
    let reading = try output.read(text)
    #expect(reading.book.spot.map(\.savingsPercent) == [70, 0])
    #expect(reading.leftOut == ["of spot dearer than on demand": 1])
  }

  @Test("The ranges may stand behind the ratings, with spaces in their labels")
  func order() throws {
    let text = """
      {"spot_advisor": {"us-east-1": {"Linux": {"c5.large": {"r": 4, "s": 7}}, "macOS": {"mac1": {"r": 9, "s": 1}}}},
       "ranges": [{"index": 4, "label": "> 20%", "dots": 4, "max": 100}]}
      """
    let reading = try output.read(text)
    #expect(reading.book.spot.map(\.interruption) == [">20%"])
    #expect(reading.leftOut == ["of systems that are not priced": 1])
    output.expect(
      text.replacing("\"r\": 4", with: "\"r\": 3"),
      fails: "s:1: us-east-1 Linux c5.large: r: found 3, expected an index of the ranges: 4")
    output.expect(
      text.replacing("\"s\": 7", with: "\"s\": 700"),
      fails: "s:1: us-east-1 Linux c5.large: s: found 700, expected a percentage of at most 100")
    output.expect(
      text.replacing("> 20%", with: "often"),
      fails: "s:2: label: found \"often\", expected one of <5%, 5-10%, 10-15%, 15-20%, >20%")
    output.expect(
      text.replacing("\"ranges\"", with: "\"range\""),
      fails: "s:1: found no \"ranges\", expected one in the outermost object")
  }
}
