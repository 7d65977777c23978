import GRDB
import Model

extension SpotPrice: StoredPrice {
  static let table = PriceTable(
    "spot_price", keys: InstanceKind.storedColumns + ["zone"], figures: ["hourly_nano_usd"])
  var storedKey: [DatabaseValue] { kind.stored + [zone.databaseValue] }
  var storedFigures: [DatabaseValue] { [hourly.stored] }

  init(_ stored: inout StoredValues, _ provenance: Provenance) {
    self.init(
      kind: stored.instanceKind(), zone: stored.next(), hourly: stored.money(), provenance: provenance)
  }
}
