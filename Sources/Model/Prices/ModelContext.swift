/// How long a request to a language model may be.
package struct ModelContext: PriceRow {
  /// `VENDOR/MODEL`.
  package var model: String
  /// The most tokens of a prompt.
  package var inputTokens: Int64
  /// The most tokens of an answer; nil where the source does not say.
  package var outputTokens: Int64?
  package var provenance: Provenance

  package init(model: String, inputTokens: Int64, outputTokens: Int64?, provenance: Provenance) {
    self.model = model
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.provenance = provenance
  }

  package static let plural = "contexts of models"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.contexts }
  package var subject: String { "context of \(model)" }
}
