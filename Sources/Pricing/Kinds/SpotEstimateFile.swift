import Model
import Reading

/// What spot capacity saves on average: `region,type,savings_percent,interruption`. The engine is `linux`.
struct SpotEstimateFile: PriceFileKind {
  static let name = "spot-estimate"
  static let version = 1
  static let example = """
    # plimsoll-prices: spot-estimate 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: alexei-led/spotinfo@05e933139449:internal/spot/data/spot-advisor-data.json
    region,type,savings_percent,interruption,effective_from,quality,source
    us-east-1,t3.medium,61,<5%,2025-06-28,published,A
    """
  static let columns = ["region", "type", "savings_percent", "interruption"]

  /// A negative saving is of spot that costs more than on demand.
  static func reasonToLeaveOut(_ row: DelimitedRecord) -> String? {
    let savings = row.written("savings_percent") ?? ""
    guard savings.hasPrefix("-"), let number = ScaledDecimal(savings), number.mantissa < 0 else { return nil }
    return "of spot dearer than on demand"
  }

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    book.spot.append(
      SpotEstimate(
        kind: try row.instanceKind(engine: "linux"), savingsPercent: try row.percentage("savings_percent"),
        interruption: try row.text("interruption"), provenance: provenance))
  }
}
