import Model
import Reading

/// Prices of language models by the million tokens, in every region. The items of the book are
/// `tokens/VENDOR/MODEL/input`, `.../output` and, where known, `.../cached-input`.
///
/// `effective_until` is checked but not kept: a price holds until the next one, and the note of the file tells.
struct TokensFile: PriceFileKind {
  static let name = "tokens"
  static let version = 1
  static let example = """
    # plimsoll-prices: tokens 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: simonw/llm-prices@723ef0bd3a62:data/amazon.json
    vendor,model,input_usd_per_mtok,output_usd_per_mtok,cached_input_usd_per_mtok,effective_from,effective_until,\
    quality,source
    amazon,amazon-nova-pro,0.8,3.2,,2026-08-05,,published,A
    """
  static let columns = ["vendor", "model"] + prices.map(\.column) + ["effective_until"]
  private static let prices: [(column: String, name: String)] = [
    ("input_usd_per_mtok", "input"), ("output_usd_per_mtok", "output"),
    ("cached_input_usd_per_mtok", "cached-input"),
  ]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    let stem = "tokens/\(try row.text("vendor"))/\(try row.text("model"))"
    let start = provenance.effectiveFrom
    if row.has("effective_until"), try row.instant("effective_until", expected: dateExpectation) < start {
      throw row.wrong(
        "effective_until", expected: "a date not before \(start.date), when the price took effect")
    }
    for (column, name) in prices where row.has(column) {
      book.units.append(
        UnitPrice(
          region: "", item: "\(stem)/\(name)", unit: "token", tierFrom: 0, price: try row.money(column),
          perUnits: 1_000_000, provenance: provenance))
    }
  }
}
