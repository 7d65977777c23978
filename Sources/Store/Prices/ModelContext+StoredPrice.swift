import GRDB
import Model

extension ModelContext: StoredPrice {
  static let table = PriceTable("model_context", keys: ["model"], figures: ["input_tokens", "output_tokens"])
  var storedKey: [DatabaseValue] { [model.databaseValue] }
  var storedFigures: [DatabaseValue] { [inputTokens.databaseValue, outputTokens.databaseValue] }

  init(_ stored: inout StoredValues, _ provenance: Provenance) {
    self.init(
      model: stored.next(), inputTokens: stored.next(), outputTokens: stored.nextIfKnown(), provenance: provenance)
  }
}
