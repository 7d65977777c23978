import GRDB
import Model

extension OnDemandPrice: StoredPrice {
  static let table = PriceTable("on_demand_price", keys: InstanceKind.storedColumns, figures: ["hourly_nano_usd"])
  var storedKey: [DatabaseValue] { kind.stored }
  var storedFigures: [DatabaseValue] { [hourly.stored] }

  init(_ stored: inout StoredValues, _ provenance: Provenance) {
    self.init(kind: stored.instanceKind(), hourly: stored.money(), provenance: provenance)
  }
}
