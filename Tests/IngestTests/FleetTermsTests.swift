import Ingest
import Model
import Testing

/// What a fleet pays and in what: discounts, currency, exchange rates, the age of prices.
@Suite struct FleetTermsTests {
  private static let rates =
    "exchange_rates:\n  - { from: 2026-09-01, per_usd: 0.91 }\n  - { from: 2026-10-01, per_usd: 0.9214 }"
  private let euros = shippedFleetText.replacing("currency: USD", with: "currency: EUR\n\(rates)")
  private let discounted =
    shippedFleetText + "\ndiscounts:\n  percent: 5\n  services:\n    elasticache: 8.5\n    tokens: 10\n"

  @Test("Discounts, currency and rates are read as they are written")
  func read() throws {
    let fleet = try readFleet(text: discounted, file: "fleet.yaml")
    #expect(fleet.discounts?.percent == ScaledDecimal("5"))
    #expect(fleet.discounts?.services == ["elasticache": ScaledDecimal("8.5")!, "tokens": ScaledDecimal("10")!])
    let rates = try #require(try readFleet(text: euros, file: "fleet.yaml").exchangeRates)
    #expect(rates.map(\.from.description) == ["2026-09-01", "2026-10-01"])
    #expect(rates.map(\.perUsd.description) == ["0.91", "0.9214"])
    let shipped = try shippedFleet()
    #expect(shipped.discounts == nil && shipped.exchangeRates == nil)
  }

  @Test("A currency other than USD needs exchange rates, and USD has none")
  func currency() {
    #expect(
      fleetError("currency: USD", "currency: EUR", line: "EUR")
        == "fleet.yaml: currency: found \"EUR\" without exchange rates, expected USD, or exchange_rates: EUR for one USD"
    )
    #expect(
      fleetError("currency: USD", "currency: EUR\nexchange_rates: []", line: "EUR")
        == "fleet.yaml: currency: found \"EUR\" without exchange rates, expected USD, or exchange_rates: EUR for one USD"
    )
    #expect(
      fleetError("currency: USD", "currency: USD\n\(Self.rates)", line: "2026-09-01")
        == "fleet.yaml: exchange_rates: found exchange rates of USD, expected none, since prices are in USD")
  }

  @Test("A currency is three capital letters", arguments: ["eur", "EURO", "E1R", "€"])
  func code(text: String) {
    #expect(
      fleetError("currency: USD", "currency: \(text)", line: text)
        == "fleet.yaml: currency: found \"\(text)\", expected three capital letters such as EUR")
  }

  @Test("Exchange rates come in the order of their dates, each date once", arguments: ["2026-08-31", "2026-09-01"])
  func order(date: String) {
    #expect(
      fleetError("from: 2026-10-01", "from: \(date)", of: euros, line: "0.9214")
        == "fleet.yaml: exchange_rates[1].from: found \(date), expected a date after 2026-09-01")
  }

  @Test("An exchange rate is positive and has at most nine decimals", arguments: ["0", "-0.9", "0.1234567891"])
  func rate(text: String) {
    #expect(
      fleetError("per_usd: 0.9214", "per_usd: \(text)", of: euros, line: text)
        == "fleet.yaml: exchange_rates[1].per_usd: found \(text), expected a positive number with at most 9 decimals")
  }

  @Test("A rate's date is one of the calendar")
  func date() {
    #expect(
      fleetError("from: 2026-10-01", "from: 2026-09-31", of: euros, line: "0.9214")
        == "fleet.yaml: exchange_rates[1].from: found \"2026-09-31\", expected a date such as 2026-10-01")
  }

  @Test(
    "A discount is 0 to 100 percent with at most four decimals",
    arguments: [("percent: 5", "discounts.percent"), ("elasticache: 8.5", "discounts.services.elasticache")])
  func percent(old: String, key: String) throws {
    let name = try #require(old.split(separator: ":").first)
    for bad in ["-1", "100.5", "0.00001"] {
      #expect(
        fleetError("\(old)\n", "\(name): \(bad)\n", of: discounted, line: bad)
          == "fleet.yaml: \(key): found \(bad), expected a percentage from 0 to 100 with at most 4 decimals")
    }
    for good in ["0", "100", "100.0000", "12.3456", "12.34560"] {
      #expect(fleetError("\(old)\n", "\(name): \(good)\n", of: discounted) == "no error")
    }
  }

  @Test("A discount on a service that the fleet does not buy from is an error that suggests one")
  func stranger() {
    #expect(
      fleetError("elasticache: 8.5", "elasticash: 8.5", of: discounted, line: "elasticash")
        == "fleet.yaml: discounts.services.elasticash: found service \"elasticash\", expected one of ebs, ec2, "
        + "ec2-data-transfer, elasticache, elb, tokens, vpc; did you mean \"elasticache\"?")
  }

  @Test("The age of prices may be left out, and has its range")
  func age() throws {
    let text = shippedFleetText.replacing("  stale_after_days: 180\n", with: "")
    #expect(try readFleet(text: text, file: "fleet.yaml").review.staleAfterDays == nil)
    #expect(
      fleetError("stale_after_days: 180", "stale_after_days: 3661", line: "3661")
        == "fleet.yaml: review.stale_after_days: found 3661, expected a whole number from 0 to 3660")
  }
}
