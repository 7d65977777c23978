import Model
import Reading

/// Spot prices as they were: `region,zone,type,engine,usd_per_hour`, each until the next of its zone.
struct SpotPriceFile: PriceFileKind {
  static let name = "spot-price"
  static let version = 1
  static let example = """
    # plimsoll-prices: spot-price 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: owner/repository@commit:path
    region,zone,type,engine,usd_per_hour,effective_from,quality,source
    us-east-1,use1-az1,c5.large,linux,0.0349,2024-01-01T00:00:00Z,published,A
    us-east-1,use1-az1,c5.large,linux,0.0351,2024-01-01T05:00:00Z,published,A
    """
  static let columns = ["region", "zone", "type", "engine", "usd_per_hour"]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    book.spotPrices.append(
      SpotPrice(
        kind: try row.instanceKind(), zone: try row.text("zone"), hourly: try row.money("usd_per_hour"),
        provenance: provenance))
  }
}
