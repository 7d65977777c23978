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
    while try rows.nextRow() {
      try columns.header.check(rows.reader)
      let reservation = try columns.reservation(of: rows.reader)
      try held.checkID(reservation.id, at: rows.reader.place)
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

  func reservation(of reader: DelimitedReader) throws(DataError) -> HeldReservation {
    let facts = Commitment(
      id: try requiredText(id, "id", of: reader), service: try requiredText(service, "service", of: reader),
      type: try requiredText(type, "type", of: reader), count: try positive(count, of: reader),
      term: try term(offer, of: reader), started: try instantField(started, of: reader), zone: text(zone, of: reader),
      engine: text(engine, of: reader), paid: try paid(of: reader))
    return HeldReservation(
      place: reader.place, service: facts.service, region: facts.zone.flatMap { AWSWords.region(zone: $0) },
      facts: facts)
  }

  private func text(_ column: Int?, of reader: DelimitedReader) -> String? {
    guard let column, !reader.isEmpty(column) else { return nil }
    return reader.text(column)
  }

  private func paid(of reader: DelimitedReader) throws(DataError) -> PaidPrice? {
    let texts = (text(upfront, of: reader), text(hourly, of: reader))
    guard texts.0 != nil || texts.1 != nil else { return nil }
    guard let upfrontText = texts.0, let hourlyText = texts.1 else {
      throw DataError(
        reader.place, found: "one of upfront_usd and usd_per_hour alone", expected: "both, or neither")
    }
    return PaidPrice(
      upfront: try money(upfrontText, of: reader), hourly: try money(hourlyText, of: reader), file: reader.file)
  }

  private func money(_ text: String, of reader: DelimitedReader) throws(DataError) -> Money {
    if let money = Money(text), money >= .zero { return money }
    throw DataError(reader.place, found: "\"\(text)\"", expected: Money.expectation)
  }
}

private func positive(_ column: Int, of reader: DelimitedReader) throws(DataError) -> Int {
  if let count = Int(reader.text(column)), count > 0 { return count }
  throw DataError(
    reader.place, found: "count \"\(reader.text(column))\"", expected: "a whole number of at least 1")
}

private func term(_ column: Int, of reader: DelimitedReader) throws(DataError) -> OfferTerm {
  let text = reader.text(column)
  if let term = OfferTerm(text) { return term }
  let near = nearestName(to: text, among: OfferTerm.all.map(\.description))
  let advice = near.map { "; did you mean \"\($0)\"?" } ?? ""
  throw DataError(reader.place, found: "offer \"\(text)\"", expected: OfferTerm.expectation + advice)
}
