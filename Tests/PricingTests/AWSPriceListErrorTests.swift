import Model
import Pricing
import TestSupport
import Testing

@Suite struct AWSPriceListErrorTests {
  @Test(
    "A row that cannot be used is named with its line, what it has and what it should have",
    arguments: [
      ("\"USD\"", "\"CNY\"", "p.csv:7: found currency \"CNY\", expected USD"),
      (
        "0.0416000000", "-0.0416000000",
        "p.csv:7: found price \"-0.0416000000\", expected a price in USD such as 0.0416000000, with at most nine decimals"
      ),
      (
        "0.0416000000", "0.0416000001",
        "p.csv:7: found price \"0.0416000001\", expected a price in USD such as 0.0416000000, with at most nine decimals"
      ),
      (
        "0.0416000000", "4.16E-2",
        "p.csv:7: found price \"4.16E-2\", expected a price in USD such as 0.0416000000, with at most nine decimals"
      ),
      (
        "0.0416000000", "9999999999999",
        "p.csv:7: found price \"9999999999999\", expected a price in USD such as 0.0416000000, with at most nine decimals"
      ),
      ("\"Hrs\"", "\"Days\"", "p.csv:7: found unit \"Days\", expected Hrs, the unit of an instance on demand"),
      (
        "\"2026-10-01\"", "\"soon\"",
        "p.csv:7: found date \"soon\", expected a date such as 2025-09-12 or 2025-09-12T00:00:00Z"
      ),
      ("\"HB5V2X9QNAWVBF3P\",\"JR", "\"\",\"JR", "p.csv:7: found no SKU, expected one"),
      (
        "\"eu-north-1\"\n", "\"eu-north-1\",\n",
        "p.csv:7: found 22 fields, expected 21 fields as in the header"
      ),
      (
        "\"AmazonEC2\"", "\"AmazonS3\"",
        "p.csv:5: found offer code \"AmazonS3\", "
          + "expected one of AmazonEC2, AmazonElastiCache, AmazonDocDB, AmazonRDS, AWSELB"
      ),
      (
        "2026-10-01T17:12:44Z", "yesterday",
        "p.csv:3: found date \"yesterday\", expected a date such as 2025-09-12 or 2025-09-12T00:00:00Z"
      ),
      (
        "\"Publication Date\",\"2026-10-01T17:12:44Z\"\n", "",
        "p.csv:5: found no line \"Publication Date\" before the header row, expected one"
      ),
    ])
  func wrongField(old: String, new: String, message: String) throws {
    let example = try #require(priceFormats.first { $0.name == "aws-price-list-csv" }).example
    let lines = example.replacing("0.0768", with: "0.0416").split(separator: "\n").prefix(7)
    let text = lines.joined(separator: "\n") + "\n"
    #expect(text.contains(old))
    #expect(failure(of: text.replacing(old, with: new)) == message)
  }

  @Test(
    "A product, or the terms of one, that a list in JSON has twice are refused, kept or not",
    arguments: ["OnDemand", "products"])
  func twice(part: String) throws {
    let example = try #require(priceFormats.first { $0.name == "aws-price-list-json" }).example
    // A product that nobody asks for, of which the list of a large service has a million, and its terms.
    let head = "\"\(part)\" : {\n"
    #expect(example.contains(head))
    for (sku, value) in [("S", "{ }"), ("LONGER-THAN-16-BYTES", "{ }")] {
      let once = example.replacing(head, with: "\(head) \"\(sku)\" : \(value),\n")
      let again = example.replacing(head, with: "\(head) \"\(sku)\" : \(value),\n \"\(sku)\" : \(value),\n")
      #expect(throws: Never.self) { try readPriceBook(bytes: Array(once.utf8), file: "p.json") }
      let error = #expect(throws: DataError.self) { try readPriceBook(bytes: Array(again.utf8), file: "p.json") }
      #expect(error?.found == "key \"\(sku)\" twice" && error?.expected.description == "each key once")
    }
  }

  @Test("A column that is missing is named")
  func missingColumn() throws {
    let text = ListedOffer.instance().csv.replacing("\"PricePerUnit\"", with: "\"Price\"")
    let message = try #require(failure(of: text))
    #expect(message.hasPrefix("p.csv:6: found columns SKU,OfferTermCode,RateCode"))
    #expect(message.hasSuffix("expected a column \"PricePerUnit\""))
  }

  @Test("A reservation without one of its rows is left out and counted, for an excerpt may end within one")
  func halfReservation() throws {
    let rows = ListedOffer.reservation()
    let (book, summary) = try readTold(ListedOffer.instance(prices: [ListedOffer.Price(), rows[0]]).csv)
    #expect(book.reserved.isEmpty && book.onDemand.count == 1)
    #expect(summary.leftOut.map(\.reason) == ["of reservations whose upfront fee is not in the file"])
    let other = try readTold(ListedOffer.instance(prices: [ListedOffer.Price(), rows[1]]).csv)
    #expect(other.1.leftOut.map(\.reason) == ["of reservations whose hourly price is not in the file"])
  }

  @Test("A list that is cut short within a row is refused with the line, wherever the cut is")
  func cutShort() throws {
    let texts = ["aws-price-list-csv", "aws-savings-plans-csv"].map { name in
      priceFormats.first { $0.name == name }!.example
    }
    for text in texts {
      let bytes = Array(text.utf8)
      let lastRow = try #require(bytes.dropLast().lastIndex(of: 10)) + 1
      for end in (lastRow + 1)..<(bytes.count) {
        let message = failure(of: String(decoding: bytes[..<end], as: UTF8.self))
        #expect(message?.hasPrefix("p.csv:") == true, "\(String(decoding: bytes[lastRow..<end], as: UTF8.self))")
      }
    }
  }

  @Test("Savings plans without their plans, or a plan without its rates, are refused with the line")
  func missingRates() throws {
    let text = try #require(priceFormats.first { $0.name == "aws-savings-plans-json" }).example
    #expect(
      failure(of: text.replacing("\"savingsPlan\"", with: "\"savingsPlans\""))
        == "p.csv:16: found terms without a savingsPlan, expected the plans' rates")
    #expect(
      failure(of: text.replacing("\"rates\"", with: "\"prices\""))
        == "p.csv:18: found a plan without rates, expected a list \"rates\"")
  }

  @Test("Rows of one reservation must agree")
  func disagreement() {
    let rows = ListedOffer.reservation()
    var other = rows[0]
    other.amount = "0.0130000000"
    #expect(
      failure(of: ListedOffer.instance(prices: [rows[0], other, rows[1]]).csv)
        == "p.csv:8: found 0.013 in Hrs for HB5V2X9QNAWVBF3P.HU7G6KETJZ, expected 0.0125 as in an earlier row of it")
    other = rows[1]
    other.lease = "3yr"
    #expect(
      failure(of: ListedOffer.instance(prices: [rows[0], other]).csv)
        == "p.csv:8: found standard-3yr-partial-upfront for HB5V2X9QNAWVBF3P.HU7G6KETJZ, "
        + "expected standard-1yr-partial-upfront as in its other row")
  }

  @Test("JSON whose terms come first is refused, for nobody would know what they price")
  func termsFirst() {
    let text = """
      { "offerCode" : "AmazonEC2", "version" : "1", "publicationDate" : "2026-10-01",
        "terms" : { }, "products" : { } }
      """
    #expect(failure(of: text) == "p.csv:2: found terms before products, expected products first, as AWS writes them")
  }

  @Test("A string of get-products that is no JSON is named with its line")
  func brokenString() {
    let text = "{ \"PriceList\": [\n\"{\\\"product\\\":\" ] }"
    #expect(
      failure(of: text) == "p.csv:2: found the end of the document in the JSON of a product, expected a value")
  }
}
