import Model
import Reading

// What the price lists in JSON share: a product with its attributes, and the offers of a product.

extension JSONStream {
  /// Reads a product for its attributes alone: most of a list is of those that nobody asks for.
  func listedAttributes() throws(DataError) -> [ListedAttribute: String] {
    try advance { scanner throws(JSONStop) in
      var attributes: [ListedAttribute: String] = [:]
      try scanner.enterObject()
      while let key = try scanner.nextKey() {
        if scanner.equals(key, "productFamily") {
          attributes[.productFamily] = scanner.text(try scanner.value())
        } else if scanner.equals(key, "attributes") {
          try scanner.enterObject()
          while let name = try scanner.nextKey() {
            let value = try scanner.value()
            if value.kind != .null, let attribute = ListedAttribute.bySpelling[scanner.text(name)] {
              attributes[attribute] = scanner.text(value)
            }
          }
        } else {
          _ = try scanner.value()
        }
      }
      return attributes
    }
  }
}

extension JSONNode {
  /// The attributes of a product.
  var listedAttributes: [ListedAttribute: String] {
    var attributes: [ListedAttribute: String] = [.productFamily: self["productFamily"]?.text ?? ""]
    for member in self["attributes"]?.members ?? [] {
      if let attribute = ListedAttribute.bySpelling[member.key] {
        attributes[attribute] = member.value.text ?? ""
      }
    }
    return attributes
  }

  /// The text of a member; empty where there is none.
  func listedText(_ key: String) -> String { self[key]?.text ?? "" }
}

extension ListedPriceReader {
  /// Adds the offers of a product, an object by their codes.
  /// - Throws: ``DataError`` naming the line for what cannot be used, and what the sink throws.
  mutating func add(
    offers: JSONNode, termType: String, of product: ListedProduct, sku: String, file: String, into sink: inout PriceSink
  ) throws {
    for member in offers.members {
      let offer = member.value
      guard case .object(let dimensions)? = offer["priceDimensions"]?.content else {
        throw DataError(Place(file: file, line: offer.line), found: "no priceDimensions", expected: "an object of them")
      }
      let terms = offer["termAttributes"]
      for dimension in dimensions.map(\.value) {
        let place = Place(file: file, line: dimension.line)
        let (currency, amount) = try listedAmount(dimension, at: place)
        let price = ListedPrice(
          termType: termType, offerCode: offer["offerTermCode"]?.text ?? member.key,
          effectiveDate: offer.listedText("effectiveDate"), startingRange: dimension.listedText("beginRange"),
          unit: dimension.listedText("unit"), amount: amount, currency: currency,
          lease: terms?.listedText("LeaseContractLength") ?? "",
          purchaseOption: terms?.listedText("PurchaseOption") ?? "",
          offeringClass: terms?.listedText("OfferingClass") ?? "")
        try add(price, of: product, sku: sku, at: place, into: &sink)
      }
    }
  }
}

/// The amount of a price dimension, in USD if it is given in more than one currency.
private func listedAmount(
  _ dimension: JSONNode, at place: Place
) throws(DataError) -> (currency: String, amount: String) {
  let amounts = dimension["pricePerUnit"]?.members ?? []
  guard let chosen = amounts.first(where: { $0.key == "USD" }) ?? amounts.first else {
    throw DataError(place, found: "no pricePerUnit", expected: "a price in USD")
  }
  return (chosen.key, chosen.value.text ?? "")
}
