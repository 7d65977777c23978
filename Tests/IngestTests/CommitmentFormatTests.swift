import Foundation
import Ingest
import Model
import Reading
import Testing

@Suite struct CommitmentFormatTests {
  @Test(
    "Each format recognises its own example, no other does, and something in it is kept",
    arguments: commitmentFormats.indices)
  func readsExample(index: Int) throws {
    let format = commitmentFormats[index]
    let start = FileStart(file: "c", bytes: Array(format.example.utf8))
    #expect(commitmentFormats.indices.filter { commitmentFormats[$0].recognises(start) } == [index])
    let held = try readCommitments(file(format.example, name: "c"))
    #expect(held.noun == format.noun)
    #expect(held.reservations.count + held.savingsPlans.count == 1)
    #expect(held.leftOut.isEmpty)
  }

  @Test("Formats have names and outlines of their own, and the list has a line for every file of the folder")
  func listIsComplete() throws {
    #expect(Set(commitmentFormats.map { $0.name }).count == commitmentFormats.count)
    #expect(Set(commitmentFormats.map { $0.outline }).count == commitmentFormats.count)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/Ingest/Commitments").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(files) == Set(commitmentFormats.map { "\($0).swift" } + ["CommitmentFormat.swift"]))
  }

  @Test("JSON of another kind is told which there are")
  func unknown() {
    let known = commitmentFormats.map { $0.outline }.joined(separator: "; ")
    expectFailure("c:1: found JSON of an unknown kind, expected one of \(known)") {
      _ = try readCommitments(file("{\"Reservations\": []}", name: "c"))
    }
  }
}

@Suite struct CommitmentsCSVTests {
  private let head = "id,service,type,count,offer,started\n"

  @Test("Commitments come sorted by id, with their service")
  func read() throws {
    let held = try readCommitments(
      file(
        head + "ri-2,web,c5.large,1,convertible-3yr-all-upfront,2026-03-01\nri-1,web,t3.medium,3,"
          + "standard-1yr-no-upfront,2026-03-01T00:00:00Z"))
    let commitments = held.reservations.map { $0.commitment(of: $0.service ?? "") }
    #expect(commitments.map(\.id) == ["ri-1", "ri-2"])
    #expect(commitments[0].count == 3 && commitments[0].service == "web")
    #expect(commitments[0].term == OfferTerm(offerClass: .standard, years: 1, payment: .noUpfront))
    #expect(commitments[1].started == Instant(year: 2026, month: 3, day: 1))
    #expect(commitments.allSatisfy { $0.paid == nil && $0.zone == nil && $0.engine == nil && $0.ended == nil })
  }

  @Test("Whose a commitment is stands in a column, or in its ARN; what is said besides is for those without")
  func accounts() throws {
    var held = try readCommitments(
      file(
        "account,id,service,type,count,offer,started\n111,ri-1,web,t3.medium,3,standard-1yr-no-upfront,2026-03-01\n"
          + ",ri-2,web,t3.medium,1,standard-1yr-no-upfront,2026-03-01\n"))
    #expect(held.reservations.map { $0.commitment(of: "web").account } == ["111", nil])
    held.setAccount("222")
    #expect(held.reservations.map { $0.commitment(of: "web").account } == ["111", "222"])
    func example(_ name: String) throws -> String { try #require(commitmentFormats.first { $0.name == name }).example }
    let nodes = try readCommitments(file(try example("aws-reserved-cache-nodes"), name: "c"))
    let databases = try readCommitments(file(try example("aws-reserved-databases"), name: "c"))
    #expect(
      (nodes.reservations + databases.reservations).allSatisfy { $0.commitment(of: "").account == "123456789012" })
    let plans = try readCommitments(
      file(
        try example("aws-savings-plans").replacing(
          "\"currency\"", with: "\"savingsPlanArn\": \"arn:aws:savingsplans::123456789012:savingsplan/1\", \"currency\""
        ),
        name: "c"))
    #expect(plans.savingsPlans.map(\.account) == ["123456789012"])
  }

  @Test("Zone, engine and what is paid may stand beside the rest")
  func optional() throws {
    let held = try readCommitments(
      file(
        """
        id,service,type,count,offer,started,zone,engine,upfront_usd,usd_per_hour
        ri-1,web,t3.medium,3,standard-1yr-partial-upfront,2026-03-01,eu-west-1a,linux,109,0.0124
        ri-2,web,t3.medium,3,standard-1yr-partial-upfront,2026-03-01,,,,

        """, name: "c.csv"))
    let first = held.reservations[0].commitment(of: "web")
    #expect(first.zone == "eu-west-1a" && first.engine == "linux")
    #expect(first.paid == PaidPrice(upfront: Money("109")!, hourly: Money("0.0124")!, file: "c.csv"))
    #expect(held.reservations.map(\.region) == ["eu-west-1", nil])
    #expect(held.reservations[1].commitment(of: "web").paid == nil)
  }

  @Test(
    "A row that cannot be used is named with its line",
    arguments: [
      (
        "ri,web,t3.medium,0,standard-1yr-no-upfront,2026-03-01",
        "c.csv:2: found \"0\", expected a whole number from 1 to 1000000"
      ),
      (
        "ri,web,t3.medium,1,standard-1y-no-upfront,2026-03-01",
        "c.csv:2: found offer \"standard-1y-no-upfront\", expected an offer such as standard-1yr-no-upfront; did you "
          + "mean \"standard-1yr-no-upfront\"?"
      ),
      (
        "ri,web,a,1,standard-1yr-no-upfront,2026-03-01\nri,web,a,1,standard-1yr-no-upfront,2026-03-01",
        "c.csv:3: found commitment \"ri\" again, expected each id once; line 2 has it"
      ),
    ])
  func wrong(rows: String, message: String) {
    expectFailure(message) { _ = try readCommitments(file(head + rows, name: "c.csv")) }
  }

  @Test("A last row that may have been cut within its number is refused; one that ends with a text is not")
  func cutShort() throws {
    let text =
      "id,service,type,count,offer,started,upfront_usd,usd_per_hour\n"
      + "ri,web,a,1,standard-1yr-partial-upfront,2026-03-01,109,0.0124\n"
    #expect(try readCommitments(file(text)).reservations.count == 1)
    let message = "c.csv:2: found a last row without a line end, expected one; the file may have been cut short"
    // What is left: 0.0124, 0.012, 0.01, 0.0 and 0; 0. is no number.
    for count in [1, 2, 3, 4, 6] {
      let cut = InputFile(name: "c.csv", bytes: Array(text.utf8.dropLast(count)))
      expectFailure(message) { _ = try readCommitments(cut) }
    }
    let whole = InputFile(name: "c.csv", bytes: Array((head + "ri,web,a,1,standard-1yr-no-upfront,2026-03-01").utf8))
    #expect(try readCommitments(whole).reservations.count == 1)
  }

  @Test("Half of a price, and one that is negative, are named with their line")
  func wrongPrice() {
    let head = "id,service,type,count,offer,started,upfront_usd,usd_per_hour\n"
    let row = "ri,web,a,1,standard-1yr-no-upfront,2026-03-01,"
    expectFailure("c.csv:2: found one of upfront_usd and usd_per_hour alone, expected both, or neither") {
      _ = try readCommitments(file(head + row + "1,", name: "c.csv"))
    }
    expectFailure("c.csv:2: found \"-1\", expected a price in USD such as 0.0416, with at most nine decimals") {
      _ = try readCommitments(file(head + row + "1,-1", name: "c.csv"))
    }
  }
}

@Suite struct AWSCommitmentsTests {
  /// The example of a format with things replaced in it.
  private func example(_ name: String, _ changes: (old: String, new: String)...) throws -> InputFile {
    let text = try #require(commitmentFormats.first { $0.name == name }).example
    return file(changes.reduce(text) { $0.replacing($1.old, with: $1.new) }, name: "held.json")
  }

  @Test("A reservation is held for its term at what the file says is paid; nobody knows its service yet")
  func reservation() throws {
    let reservation = try #require(
      try readCommitments(
        try example(
          "aws-reserved-instances", ("\"UsagePrice\": 0.0", "\"UsagePrice\": 0.001"),
          ("\"FixedPrice\": 0.0", "\"FixedPrice\": 109.5"), ("No Upfront", "Partial Upfront"))
      ).reservations.first)
    #expect(reservation.service == nil && reservation.region == nil && reservation.engine == "linux")
    let held = reservation.commitment(of: "web")
    #expect(held.id == "00000000-0000-0000-0000-000000000003" && held.service == "web" && held.count == 3)
    #expect(held.term == OfferTerm("standard-1yr-partial-upfront"))
    // 0.001 for use and 0.0261 recurring.
    #expect(held.paid == PaidPrice(upfront: Money("109.5")!, hourly: Money("0.0271")!, file: "held.json"))
    // The end in the file is a second short of the term, which is no early end.
    #expect(held.ended == nil && held.started == Instant("2026-03-01T00:00:00Z"))
    #expect(held.period.end == Instant("2027-03-01T00:00:00Z"))
  }

  @Test("A retired one is held up to its end, a zonal one says its zone and by that its region")
  func retired() throws {
    let file = try example(
      "aws-reserved-instances", ("\"active\"", "\"retired\""), ("2027-02-28T23:59:59.000Z", "2026-06-01T10:00:00.000Z"),
      ("\"Scope\": \"Region\"", "\"AvailabilityZone\": \"us-east-1e\", \"Scope\": \"Availability Zone\""))
    let reservation = try #require(try readCommitments(file).reservations.first)
    let held = reservation.commitment(of: "web")
    #expect(held.ended == Instant("2026-06-01T10:00:00Z") && held.period.end == held.ended)
    #expect(held.zone == "us-east-1e" && reservation.region == "us-east-1")
  }

  @Test(
    "What is not in force, or not priced, is left out by its reason",
    arguments: [
      ("aws-reserved-instances", "\"active\"", "\"payment-pending\"", "payment-pending"),
      ("aws-reserved-instances", "\"active\"", "\"queued\"", "queued"),
      ("aws-reserved-instances", "\"default\"", "\"dedicated\"", "of dedicated tenancy"),
      ("aws-reserved-instances", "Linux/UNIX", "Plan 9 with SQL Server Web", "of systems that are not priced"),
      ("aws-reserved-instances", "No Upfront", "Medium Utilization", "of a utilisation class"),
      ("aws-reserved-cache-nodes", "\"active\"", "\"payment-failed\"", "payment-failed"),
      ("aws-reserved-cache-nodes", "\"redis\"", "\"abacus\"", "of engines that are not priced"),
      ("aws-savings-plans", "\"active\"", "\"queued-deleted\"", "queued-deleted"),
      ("aws-savings-plans", "\"Compute\"", "\"SageMaker\"", "for SageMaker"),
    ])
  func leftOut(name: String, old: String, new: String, reason: String) throws {
    let held = try readCommitments(try example(name, (old, new)))
    #expect(held.leftOut == [reason: 1])
    #expect(held.reservations.isEmpty && held.savingsPlans.isEmpty)
  }

  @Test("Reserved nodes are standard, of the region of their name")
  func nodes() throws {
    let reservation = try #require(try readCommitments(try example("aws-reserved-cache-nodes")).reservations.first)
    let held = reservation.commitment(of: "cache")
    #expect(reservation.region == "us-east-1" && held.engine == "redis" && held.type == "cache.m5.large")
    #expect(held.count == 2 && held.term == OfferTerm("standard-1yr-no-upfront"))
    #expect(held.paid == PaidPrice(upfront: .zero, hourly: Money("0.106")!, file: "held.json"))
  }

  @Test("A savings plan is a commitment an hour; one for EC2 instances is bound to a family and region")
  func savingsPlans() throws {
    let plan = try #require(try readCommitments(try example("aws-savings-plans")).savingsPlans.first)
    #expect(plan.term == SavingsPlanTerm("compute-savings-plan-1yr-no-upfront"))
    #expect(plan.hourly == Money("0.4") && plan.upfront == .zero && plan.family == nil && plan.ended == nil)
    let bound = try #require(
      try readCommitments(
        try example(
          "aws-savings-plans",
          ("\"Compute\"", "\"EC2Instance\", \"ec2InstanceFamily\": \"m5\", \"region\": \"us-east-1\""),
          ("31536000", "94608000"), ("2027-04-30T23:59:59Z", "2026-08-01T00:00:00Z"), ("\"active\"", "\"retired\""))
      ).savingsPlans.first)
    #expect(bound.term == SavingsPlanTerm("ec2-instance-savings-plan-3yr-no-upfront"))
    #expect(bound.family == "m5" && bound.region == "us-east-1")
    #expect(bound.ended == Instant("2026-08-01T00:00:00Z") && bound.period.end == bound.ended)
  }

  @Test("A byte order mark before JSON changes nothing", arguments: commitmentFormats.indices)
  func byteOrderMark(index: Int) throws {
    let held = try readCommitments(file("\u{FEFF}" + commitmentFormats[index].example))
    #expect(held.reservations.count + held.savingsPlans.count == 1)
  }

  @Test(
    "A charge that is missing is unknown, and never 0",
    arguments: [
      ("aws-reserved-instances", "[{\"Amount\": 0.0261, \"Frequency\": \"Hourly\"}]", 7),
      (
        "aws-reserved-cache-nodes", "[{\"RecurringChargeAmount\": 0.106, \"RecurringChargeFrequency\": \"Hourly\"}]",
        7
      ),
    ])
  func charges(name: String, recurring: String, line: Int) throws {
    func expect(_ found: String, _ changes: (String, String)...) throws {
      var text = try #require(commitmentFormats.first { $0.name == name }).example
      for (old, new) in changes { text = text.replacing(old, with: new) }
      expectFailure("held.json:\(found)") { _ = try readCommitments(file(text, name: "held.json")) }
    }
    let hourly = "RecurringCharges: found no charge by the hour, expected one of more than 0 for"
    let fee = ("\"FixedPrice\": 0.0", "\"FixedPrice\": 9.5")
    try expect("\(line): \(hourly) No Upfront", (recurring, "[]"))
    try expect("\(line): \(hourly) Partial Upfront", (recurring, "[]"), ("No Upfront", "Partial Upfront"), fee)
    try expect(
      "3: found no charge by the hour, expected one of more than 0 for No Upfront",
      ("\"RecurringCharges\"", "\"Charges\""))
    let feeLine = name == "aws-reserved-instances" ? 6 : 5
    try expect(
      "\(feeLine): FixedPrice: found 0.0, expected a fee of more than 0 for All Upfront", ("No Upfront", "All Upfront"))
    try expect("\(feeLine): FixedPrice: found 9.5, expected 0 for No Upfront", fee)
  }

  @Test("All Upfront needs no charge by the hour")
  func allUpfront() throws {
    let file = try example(
      "aws-reserved-instances", ("No Upfront", "All Upfront"), ("\"FixedPrice\": 0.0", "\"FixedPrice\": 151.0"),
      ("[{\"Amount\": 0.0261, \"Frequency\": \"Hourly\"}]", "[]"))
    let held = try #require(try readCommitments(file).reservations.first).commitment(of: "web")
    #expect(held.paid == PaidPrice(upfront: Money("151")!, hourly: .zero, file: "held.json"))
  }

  @Test("What a modified reservation costs stands with the one it came from: it is unknown, and not 0")
  func modified() throws {
    let file = try example(
      "aws-reserved-instances", ("No Upfront", "All Upfront"),
      ("[{\"Amount\": 0.0261, \"Frequency\": \"Hourly\"}]", "[]"))
    #expect(try readCommitments(file).reservations.first?.commitment(of: "web").paid == nil)
  }

  @Test("One that was modified was bought when its term began; a retired one says nothing of it by its end")
  func bought() throws {
    // Half of the term is over: it began on 1 January, and the end that counts is a second short.
    let file = try example("aws-reserved-instances", ("2027-02-28T23:59:59.000Z", "2026-12-31T23:59:59.000Z"))
    let modified = try #require(try readCommitments(file).reservations.first).commitment(of: "web")
    #expect(modified.bought == Instant("2026-01-01T00:00:00Z") && modified.purchase == modified.bought)
    #expect(modified.ended == Instant("2026-12-31T23:59:59Z"))
    let retired = try example(
      "aws-reserved-instances", ("2027-02-28T23:59:59.000Z", "2026-12-31T23:59:59.000Z"), ("\"active\"", "\"retired\""))
    #expect(try readCommitments(retired).reservations.first?.commitment(of: "web").bought == nil)
    let whole = try readCommitments(try example("aws-reserved-instances")).reservations.first?.commitment(of: "web")
    #expect(whole?.bought == nil && whole?.purchase == whole?.started)
  }

  @Test("One that was modified twice was bought with the first, which each goes on from")
  func boughtTwice() throws {
    func record(_ id: String, _ start: String, _ end: String, _ state: String) -> String {
      """
      {"ReservedInstancesId": "\(id)", "InstanceType": "m5.large", "InstanceCount": 1, "Start": "\(start)T00:00:00.000Z",
       "End": "\(end)", "Duration": 31536000, "State": "\(state)", "FixedPrice": 240.0, "UsagePrice": 0.0,
       "RecurringCharges": [{"Amount": 0.03, "Frequency": "Hourly"}], "CurrencyCode": "USD",
       "ProductDescription": "Linux/UNIX", "OfferingType": "Partial Upfront"}
      """
    }
    let records = [
      record("c", "2026-10-10", "2026-12-31T23:59:59Z", "active"),
      record("b", "2026-03-01", "2026-10-10T00:00:00Z", "retired"),
      record("a", "2026-01-01", "2026-03-01T00:00:00Z", "retired"),
    ]
    let text = "{\"ReservedInstances\": [\(records.joined(separator: ","))]}"
    let held = try readCommitments(file(text, name: "held.json")).reservations.map { $0.commitment(of: "web") }
    #expect(held.map(\.id) == ["a", "b", "c"])
    let january = Instant("2026-01-01T00:00:00Z")
    #expect(held.map(\.bought) == [nil, january, january])
  }

  @Test("In our own CSV a column says when it was bought, which is not after its start")
  func boughtColumn() throws {
    let head = "id,service,type,count,offer,started,bought\nri,web,m5.large,1,standard-1yr-no-upfront,2026-10-10,"
    func bought(_ cell: String) throws -> Instant? {
      try readCommitments(file(head + cell + "\n", name: "c.csv")).reservations[0].commitment(of: "web").bought
    }
    #expect(try bought("2026-01-01") == Instant("2026-01-01T00:00:00Z"))
    #expect(try bought("") == nil)
    #expect(try bought("2026-10-10") == nil)
    expectFailure(
      "c.csv:2: found bought at 2026-10-11T00:00:00Z, expected a time up to 2026-10-10T00:00:00Z, when it started"
    ) { _ = try bought("2026-10-11") }
  }

  @Test(
    "An answer that names a next page is not the whole one, and that is remarked on",
    arguments: [
      ("aws-reserved-instances", "NextToken", "reservation"), ("aws-reserved-cache-nodes", "Marker", "node"),
      ("aws-savings-plans", "nextToken", "plan"),
    ])
  func pages(name: String, key: String, noun: String) throws {
    let whole = try #require(commitmentFormats.first { $0.name == name }).example
    for (value, isPartial) in [("\"abc\"", true), ("null", false), ("\"\"", false)] {
      let text = "{\"\(key)\": \(value)," + whole.drop { $0 != "{" }.dropFirst()
      let notes = try readCommitments(file(text, name: "held.json")).notes
      #expect(
        notes
          == (isPartial ? ["the answer has more pages, which this file does not hold: \(noun)s may be missing"] : []))
    }
  }

  @Test("What is paid in a region of China is in CNY where the file names no currency")
  func otherCurrency() throws {
    let zonal = try example(
      "aws-reserved-instances", ("\"CurrencyCode\": \"USD\",", ""),
      ("\"Scope\": \"Region\"", "\"AvailabilityZone\": \"cn-north-1a\""))
    let reservation = try #require(try readCommitments(zonal).reservations.first)
    #expect(reservation.currency(in: nil) == "CNY" && reservation.hasPrice)
    let regional = try example("aws-reserved-instances", ("\"CurrencyCode\": \"USD\",", ""))
    let unsaid = try #require(try readCommitments(regional).reservations.first)
    #expect(unsaid.currency(in: "cn-northwest-1") == "CNY" && unsaid.currency(in: "us-east-1") == "USD")
    #expect(unsaid.currency(in: nil) == "USD")
    let said = try #require(try readCommitments(try example("aws-reserved-instances")).reservations.first)
    #expect(said.currency(in: "cn-north-1") == "USD")
    let nodes = try example(
      "aws-reserved-cache-nodes", ("arn:aws:elasticache:us-east-1", "arn:aws-cn:elasticache:cn-north-1"))
    #expect(try readCommitments(nodes).reservations.first?.currency(in: nil) == "CNY")
    let plans = try example(
      "aws-savings-plans", ("\"currency\": \"USD\",", ""), ("\"Compute\"", "\"EC2Instance\""),
      ("\"savingsPlanId\"", "\"ec2InstanceFamily\": \"m5\", \"region\": \"cn-north-1\", \"savingsPlanId\""))
    #expect(try readCommitments(plans).leftOut == ["priced in CNY": 1])
  }

  @Test(
    "What cannot be used is named with its line",
    arguments: [
      ("aws-reserved-instances", "\"Hourly\"", "\"Daily\"", "held.json:7: Frequency: found \"Daily\", expected Hourly"),
      (
        "aws-reserved-instances", "31536000", "1",
        "held.json:6: Duration: found 1, expected 31536000 or 94608000 seconds, one or three years"
      ),
      (
        "aws-reserved-instances", "\"InstanceCount\": 3", "\"InstanceCount\": 0",
        "held.json:5: InstanceCount: found 0, expected a whole number from 1 to 1000000"
      ),
      ("aws-reserved-instances", "\"USD\"", "\"CNY\"", "held.json:7: CurrencyCode: found \"CNY\", expected USD"),
      (
        "aws-reserved-instances", "2027-02-28T23:59:59.000Z", "2025-02-28T23:59:59.000Z",
        "held.json:5: End: found \"2025-02-28T23:59:59.000Z\", expected a time after 2026-03-01T00:00:00Z, when it started"
      ),
      (
        "aws-reserved-cache-nodes", "\"FixedPrice\": 0.0", "\"FixedPrice\": -1",
        "held.json:5: FixedPrice: found -1, expected a price in USD such as 0.0416, with at most nine decimals"
      ),
      (
        "aws-reserved-cache-nodes", "\"State\": \"active\",", "",
        "held.json:3: found no \"State\", expected a text"
      ),
      (
        "aws-savings-plans", "No Upfront", "Barter",
        "held.json:6: paymentOption: found \"Barter\", expected No Upfront, Partial Upfront or All Upfront"
      ),
      (
        "aws-savings-plans", "]\n}", "]",
        "held.json:9: found the end of the document, expected a comma or a closing brace"
      ),
    ])
  func wrong(name: String, old: String, new: String, message: String) throws {
    let file = try example(name, (old, new))
    expectFailure(message) { _ = try readCommitments(file) }
  }
}
