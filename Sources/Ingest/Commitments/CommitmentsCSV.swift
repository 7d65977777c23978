import Clouds
import Model
import Reading

/// Held reservations in our own CSV: `id,service,type,count,offer,started`, in any column order.
///
/// Optional columns: `account`, whose it is, `zone`, `engine`, `bought`, when a reservation was bought that goes on with a
/// modified one, and `upfront_usd` with `usd_per_hour`, what is paid for each instance. Others are passed over.
///
/// Refused, naming the line: an empty name, a count that is no whole number of at least 1, an unknown offer, a field
/// that is no timestamp, half of a price, an id that stands twice, and a last row without a line end where the last
/// column is a number, which may have been cut short.
enum CommitmentsCSV: CommitmentFormat {
  static let name = "commitments-csv"
  static let outline = "commitments (id,service,type,count,offer,started)"
  static let noun = "row"
  static let example = """
    id,service,type,count,offer,started
    ri-1,web,t3.medium,3,standard-1yr-no-upfront,2026-03-01T00:00:00Z
    """

  static func recognises(_ start: FileStart) -> Bool { !start.startsObject && !start.startsArray }

  static func read(_ file: InputFile, into held: inout HeldCommitments) throws {
    var rows = try DelimitedStream(ByteSource(name: file.name, bytes: file.bytes))
    _ = try rows.leadingComments()
    let header = try DelimitedHeader(&rows)
    try header.expect(["id", "service", "type", "count", "offer", "started"])
    while let row = try rows.nextRecord(under: header) {
      let reservation = try reservation(of: row)
      try held.checkID(reservation.id, at: row.place)
      held.reservations.append(reservation)
    }
    if ["count", "upfront_usd", "usd_per_hour"].contains(header.names.last) { try rows.expectLineEnd() }
  }

  private static func reservation(of row: DelimitedRecord) throws(DataError) -> HeldReservation {
    let facts = Commitment(
      id: try row.name("id"), service: try row.name("service"), type: try row.name("type"),
      count: try row.count("count"), term: try term(of: row), started: try row.instant("started"),
      zone: try row.nameIfKnown("zone"), engine: try row.nameIfKnown("engine"), paid: try paid(of: row),
      bought: try purchase(of: row), account: try row.nameIfKnown("account"))
    return HeldReservation(
      place: row.place, service: facts.service, region: facts.zone.flatMap { AWSWords.region(zone: $0) },
      currency: "USD", facts: facts)
  }

  /// nil for a purchase at the start.
  private static func purchase(of row: DelimitedRecord) throws(DataError) -> Instant? {
    guard row.has("bought") else { return nil }
    let (bought, started) = (try row.instant("bought"), try row.instant("started"))
    guard bought <= started else {
      throw DataError(row.place, found: "bought at \(bought)", expected: "a time up to \(started), when it started")
    }
    return bought == started ? nil : bought
  }

  private static func term(of row: DelimitedRecord) throws(DataError) -> OfferTerm {
    let text = row.written("offer") ?? ""
    if let term = OfferTerm(text) { return term }
    let terms = OfferTerm.all.map(\.description)
    throw row.unknown("offer", expected: OfferTerm.expectation + suggestion(for: text, among: terms))
  }

  private static func paid(of row: DelimitedRecord) throws(DataError) -> PaidPrice? {
    let upfront = try row.priceIfKnown("upfront_usd")
    let hourly = try row.priceIfKnown("usd_per_hour")
    if let upfront, let hourly { return PaidPrice(upfront: upfront, hourly: hourly, file: row.place.file) }
    guard upfront == nil, hourly == nil else {
      throw DataError(row.place, found: "one of upfront_usd and usd_per_hour alone", expected: "both, or neither")
    }
    return nil
  }
}
