import Model

/// Reads held reservations, `id,service,type,count,offer,started`, in any column order; others are passed over.
///
/// Commitments come sorted by id.
/// - Throws: ``DataError`` naming the line: an empty name, a count that is no whole number of at least 1, an unknown
///   offer, a field that is no timestamp, or an id that stands twice.
package func readCommitments(_ file: InputFile) throws(DataError) -> [Commitment] {
  var reader = DelimitedReader(bytes: file.bytes, file: file.name)
  _ = reader.leadingComments()
  let header = try DelimitedHeader(&reader)
  let id = try header.require("id")
  let service = try header.require("service")
  let type = try header.require("type")
  let count = try header.require("count")
  let offer = try header.require("offer")
  let started = try header.require("started")
  var lines: [String: Int] = [:]
  var commitments: [Commitment] = []
  while try reader.nextRow() {
    try header.check(reader)
    let commitment = Commitment(
      id: try requiredText(id, "id", of: reader), service: try requiredText(service, "service", of: reader),
      type: try requiredText(type, "type", of: reader), count: try positive(count, of: reader),
      term: try term(offer, of: reader), started: try instantField(started, of: reader))
    if let line = lines.updateValue(reader.line, forKey: commitment.id) {
      throw DataError(
        reader.place, found: "commitment \"\(commitment.id)\" again",
        expected: "each id once; line \(line) has it")
    }
    commitments.append(commitment)
  }
  return commitments.sorted { $0.id < $1.id }
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
