import Model
import Reading

/// Reservations: `region,type,engine,class,years,payment,upfront_usd,usd_per_hour`, the recurring hourly part only.
struct ReservedFile: PriceFileKind {
  static let name = "reserved"
  static let version = 1
  static let example = """
    # plimsoll-prices: reserved 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: opencost/opencost@5f6533303e38:configs/awsreservationofferings.json
    region,type,engine,class,years,payment,upfront_usd,usd_per_hour,effective_from,quality,source
    us-east-1,t3.medium,linux,standard,1,partial-upfront,109,0.0124,2025-04-04,published,A
    """
  static let columns = ["region", "type", "engine", "class", "years", "payment", "upfront_usd", "usd_per_hour"]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    let term = OfferTerm(
      offerClass: try row.word("class", OfferTerm.OfferClass.allCases), years: try row.termYears("years"),
      payment: try row.word("payment", OfferTerm.Payment.allCases))
    let (upfront, hourly) = (try row.money("upfront_usd"), try row.money("usd_per_hour"))
    guard upfront > .zero || hourly > .zero else { throw row.neverFree("usd_per_hour") }
    book.reserved.append(
      ReservedPrice(
        kind: try row.instanceKind(), term: term, upfront: upfront, hourly: hourly, provenance: provenance))
  }
}
