import Model
import Reading

/// Prices of language models by the million tokens, in every region. The items of the book are
/// `tokens/VENDOR/MODEL/input`, `.../output` and, where known, `.../cached-input`.
///
/// A file may have columns of other ways to buy tokens, each an item where its cell is filled: written to a cache, in
/// batches, and by tier of service (`.../cache-write`, `.../batch-input`, `.../priority-output`).
///
/// `effective_until` is the last day on which a price holds; without it a price holds until the next one.
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
  static let columns = ["vendor", "model"] + prices.map(column) + ["effective_until"]
  private static let prices: [TokenKind] = [.input, .output, .cachedInput]
  /// The prices whose columns a file may be without.
  private static let optionalPrices = TokenKind.allCases.filter { !prices.contains($0) }

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    let model = "\(try row.text("vendor"))/\(try row.text("model"))"
    let start = provenance.effectiveFrom
    var ended: Instant?
    if row.has("effective_until") {
      let last = try row.instant("effective_until", expected: dateExpectation)
      guard last >= start else {
        throw row.wrong(
          "effective_until", expected: "a date not before \(start.date), when the price took effect")
      }
      ended = last.advanced(by: 86_400)
    }
    for kind in prices + optionalPrices where row.has(column(kind)) {
      book.units.append(
        UnitPrice(
          region: "", item: TokenItem(model, kind).item, unit: "token", tierFrom: 0,
          price: try row.money(column(kind)), perUnits: 1_000_000, ended: ended, provenance: provenance))
    }
  }

  /// The column of a price: `cached_input_usd_per_mtok`.
  private static func column(_ kind: TokenKind) -> String {
    "\(kind.rawValue.replacing("-", with: "_"))_usd_per_mtok"
  }
}
