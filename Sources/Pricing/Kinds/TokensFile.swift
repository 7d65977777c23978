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

  private let vendor, model, until: Int
  private let prices: [(column: Int, name: String)]

  init(_ header: DelimitedHeader) throws(DataError) {
    vendor = try header.require("vendor")
    model = try header.require("model")
    until = try header.require("effective_until")
    prices = [
      (try header.require("input_usd_per_mtok"), "input"), (try header.require("output_usd_per_mtok"), "output"),
      (try header.require("cached_input_usd_per_mtok"), "cached-input"),
    ]
  }

  func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    let stem = "tokens/\(try row.text(vendor))/\(try row.text(model))"
    if row.has(until), try row.instant(until, expected: dateExpectation) < provenance.effectiveFrom {
      throw row.wrong(until, expected: "a date not before \(provenance.effectiveFrom.date), when the price took effect")
    }
    for (column, name) in prices where row.has(column) {
      book.units.append(
        UnitPrice(
          region: "", item: "\(stem)/\(name)", unit: "token", tierFrom: 0, price: try row.money(column),
          perUnits: 1_000_000, provenance: provenance))
    }
  }
}
