import Model
import Reading

/// How long requests to language models may be: `vendor,model,max_input_tokens,max_output_tokens`. No prices; an empty
/// `max_output_tokens` is unknown.
struct ContextFile: PriceFileKind {
  static let name = "context"
  static let version = 1
  static let example = """
    # plimsoll-prices: context 1
    # provider: several
    # currency: USD
    # retrieved: 2026-11-29
    # source A: BerriAI litellm 1.110.2 (PyPI wheel):model_prices_and_context_window_backup.json
    vendor,model,max_input_tokens,max_output_tokens,effective_from,quality,source
    openai,gpt-5-mini,272000,128000,2026-11-29,published,A
    """
  static let columns = ["vendor", "model", "max_input_tokens", "max_output_tokens"]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    book.contexts.append(
      ModelContext(
        model: "\(try row.text("vendor"))/\(try row.text("model"))",
        inputTokens: try tokens("max_input_tokens", of: row),
        outputTokens: row.has("max_output_tokens") ? try tokens("max_output_tokens", of: row) : nil,
        provenance: provenance))
  }

  /// A request has one token at least.
  private static func tokens(_ column: String, of row: DelimitedRecord) throws(DataError) -> Int64 {
    let count = try row.whole(column)
    guard count > 0 else { throw row.wrong(column, expected: "a whole number of at least 1") }
    return Int64(count)
  }
}
