/// A price list of AWS as it is about to be written, in any of its three formats.
struct ListedOffer {
  struct Price {
    var code = "JRTCKXETXF"
    var rate = "6YS6EN2CT7"
    var termType = "OnDemand"
    var effectiveDate = "2026-10-01"
    var start = "0"
    var unit = "Hrs"
    var amount = "0.0416000000"
    var currency = "USD"
    var lease = ""
    var option = ""
    var offeringClass = ""
  }

  struct Product {
    var sku: String
    var family = "Compute Instance"
    /// By the name that CSV has for it.
    var attributes: [String: String]
    var prices: [Price]
  }

  var offerCode = "AmazonEC2"
  var products: [Product] = []

  /// A row for each price; the rows of a product stand together.
  var csv: String {
    let names = Self.attributeKeys.keys.sorted()
    var text = """
      "FormatVersion","v1.0"
      "Disclaimer","None, for these are ""invented""."
      "Publication Date","2026-10-01T17:12:44Z"
      "Version","20261001171244"
      "OfferCode","\(offerCode)"
      "SKU","OfferTermCode","RateCode","TermType","EffectiveDate","StartingRange","EndingRange","Unit","PricePerUnit",\
      "Currency","LeaseContractLength","PurchaseOption","OfferingClass","Product Family"

      """
    text.removeLast()
    text += names.map { ",\"\($0)\"" }.joined() + "\n"
    for product in products {
      for price in product.prices {
        let fields = [
          product.sku, price.code, "\(product.sku).\(price.code).\(price.rate)", price.termType, price.effectiveDate,
          price.start, "Inf", price.unit, price.amount, price.currency, price.lease, price.option,
          price.offeringClass, product.family,
        ]
        let all = fields + names.map { product.attributes[$0] ?? "" }
        text += all.map { $0.isEmpty ? "" : "\"\($0)\"" }.joined(separator: ",") + "\n"
      }
    }
    return text
  }

  var json: String {
    let listed = products.map { "\"\($0.sku)\" : \($0.productJSON)" }.joined(separator: ",\n    ")
    let terms = ["OnDemand", "Reserved"].map { type in
      let offers = products.filter { product in product.prices.contains { $0.termType == type } }
      return "\"\(type)\" : { " + offers.map { "\"\($0.sku)\" : \($0.offers(type))" }.joined(separator: ",\n") + " }"
    }
    return """
      { "formatVersion" : "v1.0", "offerCode" : "\(offerCode)", "version" : "20261001171244",
        "publicationDate" : "2026-10-01T17:12:44Z",
        "products" : { \(listed) },
        "terms" : { \(terms.joined(separator: ",\n")) },
        "attributesList" : { } }
      """
  }

  /// - Parameter asStrings: each element as a string that holds JSON, as the command prints it, or as JSON.
  func getProducts(asStrings: Bool) -> String {
    let elements = products.map { product in
      let types = ["OnDemand", "Reserved"].filter { type in product.prices.contains { $0.termType == type } }
      let terms = types.map { "\"\($0)\" : \(product.offers($0))" }.joined(separator: ", ")
      let element = """
        {"product":\(product.productJSON),"serviceCode":"\(offerCode)","terms":{\(terms)},\
        "version":"20261001171244","publicationDate":"2026-10-01T17:12:44Z"}
        """
      guard asStrings else { return element }
      return "\"\(element.replacing("\n", with: " ").replacing("\"", with: "\\\""))\""
    }
    return "{ \"FormatVersion\": \"aws_v1\", \"PriceList\": [\n\(elements.joined(separator: ",\n"))\n] }"
  }

  /// Names in CSV and JSON.
  static let attributeKeys = [
    "Instance Type": "instanceType", "Tenancy": "tenancy", "usageType": "usagetype", "operation": "operation",
    "CapacityStatus": "capacitystatus", "MarketOption": "marketoption", "Region Code": "regionCode",
    "Location": "location", "Location Type": "locationType", "Cache Engine": "cacheEngine",
    "Database Engine": "databaseEngine", "Database Edition": "databaseEdition", "License Model": "licenseModel",
    "Deployment Option": "deploymentOption",
  ]
}

extension ListedOffer.Product {
  fileprivate var productJSON: String {
    let all = attributes.sorted { $0.key < $1.key }.map { name, value in
      "\"\(ListedOffer.attributeKeys[name]!)\" : \"\(value)\""
    }
    return """
      {"sku" : "\(sku)", "productFamily" : "\(family)", "attributes" : { \(all.joined(separator: ", ")) }}
      """
  }

  /// The offers of a term by their codes.
  fileprivate func offers(_ type: String) -> String {
    let ofType = prices.filter { $0.termType == type }
    let codes = ofType.map(\.code).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let offers = codes.map { code in
      let rows = ofType.filter { $0.code == code }
      let dimensions = rows.map { row in
        """
        "\(sku).\(code).\(row.rate)" : { "unit" : "\(row.unit)", "beginRange" : "\(row.start)",
          "pricePerUnit" : { "\(row.currency)" : "\(row.amount)" } }
        """
      }
      return """
        "\(sku).\(code)" : { "offerTermCode" : "\(code)", "effectiveDate" : "\(rows[0].effectiveDate)T00:00:00Z",
          "priceDimensions" : { \(dimensions.joined(separator: ",\n")) },
          "termAttributes" : { "LeaseContractLength" : "\(rows[0].lease)", "PurchaseOption" : "\(rows[0].option)",
            "OfferingClass" : "\(rows[0].offeringClass)" } }
        """
    }
    return "{ \(offers.joined(separator: ",\n")) }"
  }
}

extension ListedOffer {
  /// An offer of one instance, shared and linux unless said otherwise, with an on-demand price unless others are given.
  static func instance(
    _ changes: [String: String] = [:], family: String = "Compute Instance", prices: [Price] = [Price()]
  ) -> ListedOffer {
    var attributes = [
      "Instance Type": "t3.medium", "Tenancy": "Shared", "usageType": "BoxUsage:t3.medium",
      "operation": "RunInstances", "CapacityStatus": "Used", "MarketOption": "OnDemand", "Region Code": "us-east-1",
      "Location": "US East (N. Virginia)", "Location Type": "AWS Region",
    ]
    attributes.merge(changes) { _, new in new }
    return ListedOffer(products: [
      Product(sku: "HB5V2X9QNAWVBF3P", family: family, attributes: attributes, prices: prices)
    ])
  }

  /// An offer of another service, all of whose attributes are given.
  static func of(
    _ offerCode: String, _ attributes: [String: String], family: String, prices: [Price] = [Price()]
  ) -> ListedOffer {
    var all = ["Region Code": "us-east-1", "Location Type": "AWS Region"]
    all.merge(attributes) { _, new in new }
    return ListedOffer(
      offerCode: offerCode,
      products: [Product(sku: "HB5V2X9QNAWVBF3P", family: family, attributes: all, prices: prices)])
  }

  /// The two rows of a reservation.
  static func reservation(
    _ code: String = "HU7G6KETJZ", lease: String = "1yr", option: String = "Partial Upfront",
    offeringClass: String = "standard", hourly: String = "0.0125000000", upfront: String? = "109"
  ) -> [Price] {
    let row = Price(
      code: code, termType: "Reserved", amount: hourly, lease: lease, option: option, offeringClass: offeringClass)
    guard let upfront else { return [row] }
    var fee = row
    (fee.rate, fee.start, fee.unit, fee.amount) = ("2TG2D8R56U", "", "Quantity", upfront)
    return [row, fee]
  }
}
