import GRDB
import Model

extension SavingsPlanRate: StoredPrice {
  static let table = PriceTable(
    "savings_plan_rate", keys: InstanceKind.storedColumns + ["plan", "years", "payment"], figures: ["hourly_nano_usd"])
  var storedKey: [DatabaseValue] {
    kind.stored + [term.plan.rawValue.databaseValue, term.years.databaseValue, term.payment.rawValue.databaseValue]
  }
  var storedFigures: [DatabaseValue] { [hourly.stored] }

  init(_ stored: inout StoredValues, _ provenance: Provenance) throws {
    self.init(
      kind: stored.instanceKind(),
      term: SavingsPlanTerm(plan: try stored.word(), years: stored.next(), payment: try stored.word()),
      hourly: stored.money(), provenance: provenance)
  }
}
