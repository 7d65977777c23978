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

  private let kind: InstanceKindColumns
  private let offerClass, years, payment, upfront, hourly: Int

  init(_ header: DelimitedHeader) throws(DataError) {
    kind = try InstanceKindColumns(header)
    offerClass = try header.require("class")
    years = try header.require("years")
    payment = try header.require("payment")
    upfront = try header.require("upfront_usd")
    hourly = try header.require("usd_per_hour")
  }

  func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    let term = OfferTerm(
      offerClass: try row.word(offerClass, OfferTerm.OfferClass.allCases), years: try row.termYears(years),
      payment: try row.word(payment, OfferTerm.Payment.allCases))
    let (atStart, anHour) = (try row.money(upfront), try row.money(hourly))
    guard atStart > .zero || anHour > .zero else { throw row.neverFree(hourly) }
    book.reserved.append(
      ReservedPrice(
        kind: try kind.kind(of: row), term: term, upfront: atStart, hourly: anHour,
        provenance: provenance))
  }
}
