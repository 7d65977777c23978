import Model
import Testing

@testable import Pricing

private let output = OutputReading(file: "prices")
private let anywhere = PriceOptions(retrieved: day)

/// Prices of regions in China are in CNY, and some outputs name no currency.
@Suite struct OtherCurrencyTests {
  @Test("Spot prices of regions in China are left out, and the others are kept")
  func spotHistory() throws {
    let reading = try output.read(
      """
      {"SpotPriceHistory": [
       {"Timestamp": "2026-10-01T05:00:00Z", "ProductDescription": "Linux/UNIX", "InstanceType": "c5.large",
        "SpotPrice": "0.21", "AvailabilityZone": "cn-north-1b"},
       {"Timestamp": "2026-10-01T05:00:00Z", "ProductDescription": "Linux/UNIX", "InstanceType": "c5.large",
        "SpotPrice": "0.03", "AvailabilityZone": "us-east-1b"}]}
      """, anywhere)
    #expect(reading.leftOut == ["priced in CNY": 1])
    #expect(reading.book.spotPrices.map(\.zone) == ["us-east-1b"])
  }

  @Test(
    "Hourly spot prices likewise, unless their column says USD", arguments: [("spot_price", 0), ("usd_per_hour", 1)])
  func hourly(column: String, kept: Int) throws {
    let reading = try output.read(
      "timestamp,instance_type,zone,\(column)\n2026-10-01T00:00:00Z,c5.large,cn-north-1b,0.21\n", anywhere)
    #expect(reading.book.spotPrices.count == kept)
    #expect(reading.leftOut == (kept == 0 ? ["priced in CNY": 1] : [:]))
  }

  @Test("Reservations on sale without a currency likewise, of instances and of cache nodes")
  func reservations() throws {
    let china = PriceOptions(regions: ["cn-north-1"], retrieved: day)
    let offers = try example("aws-reserved-offerings").replacing("\"CurrencyCode\": \"USD\",", with: "")
    let nodes = try example("aws-reserved-node-offerings")
    for text in [offers, nodes] {
      let reading = try output.read(text, china)
      #expect(reading.leftOut == ["priced in CNY": 1] && reading.book.rows == 0)
    }
  }

  @Test("An answer that names a next page is remarked on, and one whose token is null is not")
  func pages() throws {
    let names = [
      "aws-spot-price-history", "aws-reserved-offerings", "aws-reserved-node-offerings", "aws-instance-types",
      "aws-get-products",
    ]
    for name in names {
      let text = try example(name)
      for (token, count) in [("\"abc\"", 1), ("null", 0), ("\"\"", 0)] {
        let page = "{\"NextToken\": \(token)," + text.drop { $0 != "{" }.dropFirst()
        #expect(try output.remarks(page).count == count, "\(name) \(token)")
      }
    }
  }
}
