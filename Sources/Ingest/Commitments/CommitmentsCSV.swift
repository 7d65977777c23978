import Clouds
import Model
import Reading

/// Held reservations in our own CSV: `id,service,type,count,offer,started`, in any column order.
///
/// Optional columns: `zone`, `engine`, and `upfront_usd` with `usd_per_hour`, what is paid for each instance. Others
/// are passed over.
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
    _ = rows.leadingComments()
    let columns = try CommitmentColumns(try DelimitedHeader(&rows))
    while let row = try rows.nextRecord(under: columns.header) {
      let reservation = try columns.reservation(of: row)
      try held.checkID(reservation.id, at: row.place)
      held.reservations.append(reservation)
    }
    if columns.endWithNumber { try rows.expectLineEnd() }
  }
}

/// Where the columns of commitments stand.
private struct CommitmentColumns {
  let header: DelimitedHeader
  private let id, service, type, count, offer, started: Int
  private let zone, engine, upfront, hourly: Int?

  init(_ header: DelimitedHeader) throws(DataError) {
    self.header = header
    id = try header.require("id")
    service = try header.require("service")
    type = try header.require("type")
    count = try header.require("count")
    offer = try header.require("offer")
    started = try header.require("started")
    zone = header.names.firstIndex(of: "zone")
    engine = header.names.firstIndex(of: "engine")
    upfront = header.names.firstIndex(of: "upfront_usd")
    hourly = header.names.firstIndex(of: "usd_per_hour")
  }

  /// True when the last column is a number that is read.
  var endWithNumber: Bool { [count, upfront, hourly].contains(header.names.count - 1) }

  func reservation(of row: DelimitedRecord) throws(DataError) -> HeldReservation {
    let facts = Commitment(
      id: try row.text(id), service: try row.text(service), type: try row.text(type), count: try row.count(count),
      term: try term(of: row), started: try row.instant(started), zone: row.textIfKnown(zone),
      engine: row.textIfKnown(engine), paid: try paid(of: row))
    return HeldReservation(
      place: row.place, service: facts.service, region: facts.zone.flatMap { AWSWords.region(zone: $0) },
      facts: facts)
  }

  private func term(of row: DelimitedRecord) throws(DataError) -> OfferTerm {
    let text = row.reader.text(offer)
    if let term = OfferTerm(text) { return term }
    let terms = OfferTerm.all.map(\.description)
    throw row.unknown(offer, expected: OfferTerm.expectation + suggestion(for: text, among: terms))
  }

  private func paid(of row: DelimitedRecord) throws(DataError) -> PaidPrice? {
    let given = [upfront, hourly].compactMap { $0 }.filter(row.has)
    guard !given.isEmpty else { return nil }
    guard given.count == 2 else {
      throw DataError(row.place, found: "one of upfront_usd and usd_per_hour alone", expected: "both, or neither")
    }
    return PaidPrice(upfront: try row.price(given[0]), hourly: try row.price(given[1]), file: row.reader.file)
  }
}
