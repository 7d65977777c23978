import GRDB
import Model

extension UnitPrice: StoredPrice {
  static let table = PriceTable(
    "unit_price", keys: ["region", "item", "tier_from"], figures: ["unit", "price_nano_usd", "per_units", "ended"],
    addedLater: ["ended"])
  var storedKey: [DatabaseValue] { [region.databaseValue, item.databaseValue, tierFrom.databaseValue] }
  var storedFigures: [DatabaseValue] {
    [unit.databaseValue, price.stored, perUnits.databaseValue, (ended?.seconds).databaseValue]
  }

  init(_ stored: inout StoredValues, _ provenance: Provenance) {
    let (region, item, tierFrom): (String, String, Int64) = (stored.next(), stored.next(), stored.next())
    self.init(
      region: region, item: item, unit: stored.next(), tierFrom: tierFrom, price: stored.money(),
      perUnits: stored.next(), ended: stored.nextIfKnown().map(Instant.init(seconds:)), provenance: provenance)
  }
}
