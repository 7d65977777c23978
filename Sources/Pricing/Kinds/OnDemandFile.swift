import Model
import Reading

/// Hourly prices of instance types: `region,type,engine,usd_per_hour`.
struct OnDemandFile: PriceFileKind {
  static let name = "on-demand"
  static let version = 1
  static let example = """
    # plimsoll-prices: on-demand 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: aws/karpenter-provider-aws@1d927085dd81:pkg/providers/pricing/zz_generated.pricing_aws.go
    region,type,engine,usd_per_hour,effective_from,quality,source
    us-east-1,t3.medium,linux,0.0416,2026-07-20,published,A
    """
  static let columns = ["region", "type", "engine", "usd_per_hour"]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    book.onDemand.append(
      OnDemandPrice(
        kind: try row.instanceKind(), hourly: try row.instancePrice("usd_per_hour"), provenance: provenance))
  }
}
