import GRDB
import Model

extension SpotEstimate: StoredPrice {
  static let table = PriceTable(
    "spot_estimate", keys: InstanceKind.storedColumns, figures: ["savings_percent", "interruption"])
  var storedKey: [DatabaseValue] { kind.stored }
  var storedFigures: [DatabaseValue] { [savingsPercent.databaseValue, interruption.databaseValue] }

  init(_ stored: inout StoredValues, _ provenance: Provenance) {
    self.init(
      kind: stored.instanceKind(), savingsPercent: stored.next(), interruption: stored.next(), provenance: provenance)
  }
}
