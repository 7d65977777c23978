import Model
import Reading
import TestSupport
import Testing

@testable import Pricing

@Suite struct AWSFormatsAgreeTests {
  @Test("The same offer reads to the same prices from CSV, from JSON and from get-products", arguments: 0..<40)
  func formatsAgree(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let offer = ListedOffer.random(&random)
    let texts = [offer.csv, offer.json, offer.getProducts(asStrings: true), offer.getProducts(asStrings: false)]
    let books = try texts.map { try readTold($0).book.described }
    #expect(!books[0].isEmpty)
    for book in books.dropFirst() { #expect(book == books[0]) }
  }

  @Test("Where the window ends makes no difference", arguments: [0, 1])
  func windows(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let text = ListedOffer.random(&random).csv
    let expected = try readTold(text).book.described
    // 256 KiB are looked at before the format is known; behind them the file is longer than a window, too.
    let filler = String(repeating: text.split(separator: "\n").last! + "\n", count: 5000)
    #expect(Set(try readTold(text + filler).book.described) == Set(expected))
  }

  @Test("Savings plans read to the same rates from CSV and from JSON")
  func savingsPlans() throws {
    let formats = priceFormats.filter { $0.name.hasPrefix("aws-savings-plans") }
    #expect(formats.count == 2)
    let books = try formats.map { try readTold($0.example).book }
    #expect(books[0].savingsPlans == books[1].savingsPlans)
    let rate = try #require(books[0].savingsPlans.first)
    #expect(rate.kind == InstanceKind(region: "eu-north-1", type: "t3.large", engine: "linux"))
    #expect(rate.term.description == "ec2-instance-savings-plan-1yr-no-upfront")
    #expect(rate.hourly == usd("0.0483"))
    #expect(
      rate.provenance.source.origin == "AWS price list AmazonComputeSavingsPlan, version 20261002083011")
  }
}

extension PriceBook {
  /// Every row in words, sorted: formats give them in an order of their own.
  fileprivate var described: [String] {
    (onDemand.map { "\($0)" } + reserved.map { "\($0)" } + units.map { "\($0)" }).sorted()
  }
}

extension ListedOffer {
  /// An offer of up to ten products: instances of all kinds, kept or not, and storage.
  fileprivate static func random(_ random: inout SplitMix64) -> ListedOffer {
    var offer = ListedOffer()
    for number in 0..<random.number(2...10) {
      let isShared = number == 0 || random.number(0...3) > 0
      var product = ListedOffer.instance(
        [
          "Instance Type": "m\(number).large", "Tenancy": isShared ? "Shared" : "Dedicated",
          "usageType": "\(isShared ? "BoxUsage" : "DedicatedUsage"):m\(number).large",
          "operation": ["RunInstances", "RunInstances:0002", "RunInstances:0010"].randomElement(using: &random)!,
          "Region Code": ["us-east-1", "eu-west-1"].randomElement(using: &random)!,
        ], prices: []
      ).products[0]
      product.sku = "SKU\(number)" + String(repeating: "X", count: random.number(1...13))
      product.prices = prices(&random)
      offer.products.append(product)
    }
    return offer
  }

  private static func prices(_ random: inout SplitMix64) -> [Price] {
    var onDemand = Price()
    onDemand.amount = amount(&random)
    onDemand.effectiveDate = "2026-0\(random.number(1...9))-01"
    var rows = [onDemand]
    for (number, option) in ["No Upfront", "Partial Upfront", "All Upfront"].enumerated() where random.coin() {
      rows += reservation(
        "CODE\(number)", lease: random.coin() ? "1yr" : "3yr", option: option,
        offeringClass: random.coin() ? "standard" : "convertible", hourly: amount(&random),
        upfront: option == "No Upfront" ? nil : "\(random.number(1...99_999))")
    }
    return rows.shuffled(using: &random)
  }

  private static func amount(_ random: inout SplitMix64) -> String {
    "\(random.number(1...9)).\(random.number(1000...9999))000000"
  }
}
