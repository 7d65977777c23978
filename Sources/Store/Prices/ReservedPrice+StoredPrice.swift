import GRDB
import Model

extension ReservedPrice: StoredPrice {
  static let table = PriceTable(
    "reserved_price", keys: InstanceKind.storedColumns + ["class", "years", "payment"],
    figures: ["upfront_nano_usd", "hourly_nano_usd"])
  var storedKey: [DatabaseValue] {
    kind.stored + [
      term.offerClass.rawValue.databaseValue, term.years.databaseValue, term.payment.rawValue.databaseValue,
    ]
  }
  var storedFigures: [DatabaseValue] { [upfront.stored, hourly.stored] }

  init(_ stored: inout StoredValues, _ provenance: Provenance) throws {
    self.init(
      kind: stored.instanceKind(),
      term: OfferTerm(offerClass: try stored.word(), years: stored.next(), payment: try stored.word()),
      upfront: stored.money(), hourly: stored.money(), provenance: provenance)
  }
}
