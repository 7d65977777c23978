import Clouds
import Model
import Reading

/// A way in which held reservations or savings plans come in a file.
///
/// Conform in a file of your own beside this one and add the type to ``commitmentFormats``; the contract test then
/// reads its example.
package protocol CommitmentFormat: Sendable {
  /// As people call it: `aws-reserved-instances`.
  static var name: String { get }
  /// What it looks like, for the error that lists the known formats.
  static var outline: String { get }
  /// What it holds, one of it: `reservation`.
  static var noun: String { get }
  /// A small file in this format: documentation and test. At least one row that is kept.
  static var example: String { get }

  /// True when a file is meant to be in this format, judged from how it starts; it may still turn out to be wrong.
  static func recognises(_ start: FileStart) -> Bool

  /// Reads a file and adds what is held to `held`.
  /// - Throws: ``DataError`` naming the line for what cannot be used.
  static func read(_ file: InputFile, into held: inout HeldCommitments) throws
}

/// The formats that are tried, in order: the first that recognises a file reads it. Our own CSV is known by being no
/// JSON.
package let commitmentFormats: [any CommitmentFormat.Type] = [
  CommitmentsCSV.self, AWSReservedInstances.self, AWSReservedCacheNodes.self, AWSReservedDatabases.self,
  AWSSavingsPlans.self,
]

/// What a file says is held.
package struct HeldCommitments: Sendable {
  /// What it holds, one of it: `reservation`.
  package var noun: String
  /// Sorted by id.
  package var reservations: [HeldReservation] = []
  /// Sorted by id.
  package var savingsPlans: [HeldSavingsPlan] = []
  /// What is not kept, by reason.
  package var leftOut: [String: Int] = [:]
  /// What its owner should know besides.
  package var notes: [String] = []
  private var lines: [String: Int] = [:]

  init(noun: String) { self.noun = noun }

  /// Counts one that is not kept.
  mutating func leaveOut(_ reason: String) { leftOut[reason, default: 0] += 1 }

  /// Remarks that an answer is one page of several, and says where the next one begins.
  mutating func notePages(_ isPartial: Bool) {
    if isPartial { notes.append("the answer has more pages, which this file does not hold: \(noun)s may be missing") }
  }

  /// Refuses an id that stands in the file already.
  mutating func checkID(_ id: String, at place: Place) throws(DataError) {
    guard let earlier = lines.updateValue(place.line ?? 0, forKey: id) else { return }
    throw DataError(place, found: "commitment \"\(id)\" again", expected: "each id once; line \(earlier) has it")
  }

  /// Finds the reservations that go on with one of the file that ended before its term did, within a minute of its end:
  /// they were bought when that one was.
  mutating func followModifications() {
    let order = reservations.indices.sorted { reservations[$0].facts.started < reservations[$1].facts.started }
    for (place, index) in order.enumerated() where reservations[index].facts.bought == nil {
      let one = reservations[index].facts
      let earlier = order[..<place].map { reservations[$0].facts }.last { before in
        guard let ended = before.ended, before.started < one.started, before.term == one.term else { return false }
        return abs(ended.seconds - one.started.seconds) <= 60
      }
      if let earlier { reservations[index].facts.bought = earlier.purchase }
    }
  }

  /// Says whose all are that their file says of no account.
  package mutating func setAccount(_ account: String) {
    for index in reservations.indices where reservations[index].facts.account == nil {
      reservations[index].facts.account = account
    }
    for index in savingsPlans.indices where savingsPlans[index].account == nil { savingsPlans[index].account = account }
  }

  fileprivate mutating func sort() {
    reservations.sort { $0.id < $1.id }
    savingsPlans.sort { $0.id < $1.id }
  }
}

/// A reservation as a file has it. Providers do not know services, so it becomes a commitment when somebody says one.
package struct HeldReservation: Sendable {
  /// Where the file has it.
  package let place: Place
  /// nil where the file does not say.
  package let service: String?
  /// nil where the file does not say.
  package let region: String?
  fileprivate var facts: Commitment
  /// That amounts are in, as the file says; nil where it does not.
  private let currency: String?

  /// - Parameter facts: all but the service.
  init(
    place: Place, service: String? = nil, region: String? = nil, currency: String? = nil, facts: Commitment
  ) {
    self.place = place
    self.service = service
    self.region = region
    self.currency = currency
    self.facts = facts
  }

  /// The currency of what is paid, which is that of its region where the file names none.
  /// - Parameter region: where it is held, if the file does not say; nil for not known.
  package func currency(in region: String?) -> String {
    currency ?? (self.region ?? region).map(AWSWords.currency(ofRegion:)) ?? "USD"
  }

  /// True where its file says what is paid.
  package var hasPrice: Bool { facts.paid != nil }

  package var id: String { facts.id }
  package var type: String { facts.type }
  /// nil for what the service runs.
  package var engine: String? { facts.engine }

  /// The same reservation in a region, where its file names none.
  package func within(_ region: String?) -> HeldReservation {
    HeldReservation(place: place, service: service, region: self.region ?? region, facts: facts)
  }

  /// The reservation as bought for a service.
  package func commitment(of service: String) -> Commitment {
    var commitment = facts
    commitment.service = service
    commitment.region = region
    return commitment
  }
}

/// Reads held reservations or savings plans in any of the ``commitmentFormats``.
/// - Throws: ``DataError`` when no format recognises the file, and what the format throws.
package func readCommitments(_ file: InputFile) throws -> HeldCommitments {
  let file = InputFile(name: file.name, bytes: try withoutByteOrderMark(file.bytes, file: file.name))
  let start = FileStart(file: file.name, bytes: file.bytes)
  guard let format = commitmentFormats.first(where: { $0.recognises(start) }) else {
    throw DataError(
      Place(file: file.name, line: 1), found: "JSON of an unknown kind",
      expected: "one of \(commitmentFormats.map { $0.outline }.joined(separator: "; "))")
  }
  var held = HeldCommitments(noun: format.noun)
  try format.read(file, into: &held)
  held.sort()
  return held
}

/// The end of a commitment when it is earlier than its term's.
///
/// A provider's end is a second short of its term, since it counts the last second and cuts fractions; that is no early
/// end, and nothing within a minute is.
/// - Throws: ``DataError`` when it ends before it starts.
func earlyEnd(_ key: String, of record: JSONRecord, started: Instant, years: Int) throws(DataError) -> Instant? {
  guard record.has(key) else { return nil }
  let end = try record.instant(key)
  guard end >= started else { throw record.wrong(key, expected: "a time after \(started), when it started") }
  let term = started.advanced(by: Int64(years) * 31_536_000)
  return end.advanced(by: 60) < term ? end : nil
}

/// True for the states of a commitment that was in force, or still is; others are left out by their name.
func isHeld(_ state: String) -> Bool { state == "active" || state == "retired" }

/// True for a file with what is held, judged from how it starts, whatever it is called.
package func holdsCommitments(_ start: FileStart) -> Bool {
  start.hasColumns(["id", "service", "type", "count", "offer", "started"])
    || commitmentFormats.contains { $0 != CommitmentsCSV.self && $0.recognises(start) }
}
