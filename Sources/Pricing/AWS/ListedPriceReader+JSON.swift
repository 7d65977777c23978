import Model
import Reading

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
