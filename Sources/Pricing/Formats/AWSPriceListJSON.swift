import Model
import Reading

/// AWS's price list of a service in JSON, an offer file: products by SKU, then their terms by SKU.
///
/// The products that are kept stay in memory until the terms are read, the others are counted as they pass, and their
/// terms are skipped: a product counts as one row that is left out, whatever offers it has.
struct AWSPriceListJSON: PriceFormat {
  static let name = "aws-price-list-json"
  static let outline = "AWS's price list of a service in JSON (offerCode, products, terms)"
  static let example = """
    {
      "formatVersion" : "v1.0",
      "disclaimer" : "This pricing list is for informational purposes only.",
      "offerCode" : "AmazonElastiCache",
      "version" : "20261001171244",
      "publicationDate" : "2026-10-01T17:12:44Z",
      "products" : {
        "D4ZVM7XKQ2N8RB6T" : {
          "sku" : "D4ZVM7XKQ2N8RB6T",
          "productFamily" : "Cache Instance",
          "attributes" : {
            "servicecode" : "AmazonElastiCache", "location" : "Europe (Stockholm)", "locationType" : "AWS Region",
            "instanceType" : "cache.m5.large", "vcpu" : "2", "cacheEngine" : "Redis",
            "usagetype" : "EUN1-NodeUsage:cache.m5.large", "operation" : "CreateCacheCluster:0002",
            "regionCode" : "eu-north-1"
          }
        }
      },
      "terms" : {
        "OnDemand" : {
          "D4ZVM7XKQ2N8RB6T" : {
            "D4ZVM7XKQ2N8RB6T.JRTCKXETXF" : {
              "offerTermCode" : "JRTCKXETXF", "sku" : "D4ZVM7XKQ2N8RB6T", "effectiveDate" : "2026-10-01T00:00:00Z",
              "priceDimensions" : {
                "D4ZVM7XKQ2N8RB6T.JRTCKXETXF.6YS6EN2CT7" : {
                  "rateCode" : "D4ZVM7XKQ2N8RB6T.JRTCKXETXF.6YS6EN2CT7", "beginRange" : "0", "endRange" : "Inf",
                  "unit" : "Hrs", "pricePerUnit" : { "USD" : "0.1670000000" }, "appliesTo" : [ ]
                }
              },
              "termAttributes" : { }
            }
          }
        }
      },
      "attributesList" : { }
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("offerCode") && !start.hasKey("PriceList") && !start.hasKey("savingsPlan")
      && start.firstByte(ofValue: "\"products\"") != UInt8(ascii: "[")
  }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    let stream = try input.json()
    var list = OfferDocument(input: input)
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      switch key {
      case "offerCode", "version", "publicationDate":
        list.head[key] = try stream.node().text
      case "products": try list.readProducts(stream, into: &sink)
      case "terms": try list.readTerms(stream, into: &sink)
      default: try stream.skip()
      }
    }
    try stream.expectEnd()
    try list.finish(at: stream.place)
  }
}

/// An offer file as far as it was read.
private struct OfferDocument {
  let input: PriceInput
  var head: [String: String] = [:]
  /// By SKU; nil before they were met.
  private var products: [String: ListedProduct]?
  private var hasTerms = false

  init(input: PriceInput) { self.input = input }

  mutating func readProducts(_ stream: JSONStream, into sink: inout PriceSink) throws {
    let service = try ListedService(try value("offerCode", at: stream.place), at: stream.place)
    var kept = products ?? [:]
    var keys = ManySeenKeys()
    try stream.enterObject()
    while let sku = try stream.nextKey(once: &keys) {
      let attributes = try stream.listedAttributes()
      let product = try service.product(attributes, input, at: stream.place)
      if case .leftOut(let reason) = product {
        sink.leaveOut(reason)
      } else {
        kept[sku] = product
      }
    }
    products = kept
  }

  mutating func readTerms(_ stream: JSONStream, into sink: inout PriceSink) throws {
    guard let products else {
      throw DataError(stream.place, found: "terms before products", expected: "products first, as AWS writes them")
    }
    let place = stream.place
    let head = try PriceListHead(
      offerCode: value("offerCode", at: place), version: value("version", at: place),
      published: value("publicationDate", at: place), at: place)
    var prices = ListedPriceReader(try head.source(input))
    var keys: Set<String> = []
    try stream.enterObject()
    while let termType = try stream.nextKey(once: &keys) {
      var keys = ManySeenKeys()
      try stream.enterObject()
      while let sku = try stream.nextKey(once: &keys) {
        if let product = products[sku] {
          let offers = try stream.node()
          try prices.add(offers: offers, termType: termType, of: product, sku: sku, file: input.file, into: &sink)
        } else {
          try stream.skip()
        }
      }
    }
    prices.finish(&sink)
    hasTerms = true
  }

  /// Expects that both parts were there.
  func finish(at place: Place) throws(DataError) {
    guard products != nil, hasTerms else {
      throw DataError(place, found: products == nil ? "no products" : "no terms", expected: "products and terms")
    }
  }

  private func value(_ key: String, at place: @autoclosure () -> Place) throws(DataError) -> String {
    if let value = head[key] { return value }
    throw DataError(place(), found: "no \(key) so far", expected: "\"\(key)\" before the products, as AWS writes it")
  }
}
