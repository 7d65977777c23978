@_exported import Model

import Advice
import Clouds
import Ingest
import Reading
import Store

/// A store and a fleet: everything that can be asked of them.
///
/// Each question loads what it needs, runs a study, and returns a typed answer. Errors are `DataError` values that name the place,
/// what was found and what was expected.
public struct Workspace: Sendable {
  private let store: Store
  package private(set) var fleet: Fleet
  private let asOf: Instant?

  /// Opens a store for reading.
  ///
  /// - Parameters:
  ///   - store: path of the SQLite file.
  ///   - fleet: path of a fleet file; nil takes the fleet that the store holds.
  ///   - asOf: the date of the advice, `2026-11-01`; nil is the last day of the month in question.
  ///   - staleAfter: the age in days, 0 to 3,660, above which reports name a price; nil is what the fleet file says.
  /// - Throws: `DataError` when the store is missing or unusable, the fleet file is wrong, the date is none or the age
  ///   out of range.
  public init(store path: String, fleet: String? = nil, asOf: String? = nil, staleAfter: Int? = nil) throws {
    self.asOf = try asOf.map { try moment($0, option: "--as-of", example: "2026-11-01") }
    let days = try staleAfter.map(permittedAge)
    store = try Store.open(path: path, mode: .readOnly)
    try store.hold()
    if let fleet {
      let file = try InputFile.read(path: fleet)
      self.fleet = try readFleet(text: String(decoding: file.bytes, as: UTF8.self), file: fleet)
    } else {
      let document = try store.fleetDocument()
      self.fleet = try readFleet(text: document.text, file: document.file)
    }
    if let days { self.fleet.review.staleAfterDays = days }
  }

  /// The same workspace with what is asked of right-sizing in place of the fleet's review rules.
  package func asking(_ question: SizingQuestion) -> Workspace {
    var changed = self
    changed.fleet.review = question.applied(to: fleet.review)
    return changed
  }

  /// What the study of a month answers to a question that looks at no type but those that run, are listed or are held.
  ///
  /// Their prices are most of what such a question would read. An error may name the nearest of all types, and a change
  /// may be to any: then the question is asked again of a study with all prices.
  func answer<Answer>(month: String?, _ question: (Study) throws -> Answer) throws -> Answer {
    if fleet.review.candidates != .catalogue {
      do { return try question(study(month: month, prices: .ofTypesInQuestion)) } catch is DataError {}
    }
    return try question(study(month: month))
  }

  /// Which instances' prices a study holds.
  package enum PriceRange: Sendable {
    case all
    /// Of the types that ran, that services list and that commitments are of.
    case ofTypesInQuestion
  }

  /// The study of a month.
  /// - Parameter month: `2026-10`; nil takes the last month whose every day the store's samples reach.
  package func study(month text: String?, prices: PriceRange = .all) throws(DataError) -> Study {
    guard let clock = LocalClock(identifier: fleet.timezone) else {
      throw DataError(
        Place(file: "fleet file", key: "timezone"), found: fleet.timezone, expected: "an IANA time zone")
    }
    let month: Month
    if let text { month = try parsed(text) } else { month = try lastMonth(clock) }
    let span = history(of: month, clock)
    let inventory = try store.inventory()
    let commitments = try store.commitments()
    let types = prices == .all ? nil : typesInQuestion(inventory, commitments)
    let inputs = StudyInputs(
      fleet: fleet, catalogue: try catalogue(inventory, types),
      history: History(StoredSamples(store), in: span), inventory: inventory,
      commitments: commitments, savingsPlans: try store.savingsPlans())
    return try Study(inputs, month: month, asOf: asOf)
  }

  /// From the start of the month before, or of the days that right-sizing looks back to if they are more, to the end of
  /// the month.
  private func history(of month: Month, _ clock: LocalClock) -> Period {
    let end = clock.period(of: month).end
    let start = clock.period(of: month.previous).start
    guard let days = fleet.review.lookbackDays else { return Period(start: start, end: end) }
    return Period(start: min(start, end.advanced(by: -86_400 * Int64(days))), end: end)
  }

  /// The prices of the fleet's region and engines, with the spot history of the types that ran as spot or may be
  /// bought so.
  /// - Parameter types: only of these; nil for all.
  private func catalogue(_ inventory: [InstanceRun], _ types: Set<String>?) throws(DataError) -> Catalogue {
    var book = try store.priceBook(
      region: fleet.region, engines: Set(fleet.services.map(\.engine)), types: types)
    let offered = fleet.services.filter(\.interruptible).flatMap { service in
      service.instanceTypes.map { fleet.kind($0, of: service) }
    }
    let ran = inventory.filter { $0.lifecycle == .spot && fleet.service($0.service) != nil }
      .map { fleet.kind($0.type, of: $0.service) }
    let kinds = Set(offered + ran)
    for kind in kinds.sorted() { book.spotPrices += try store.spotPrices(kind) }
    return try Catalogue(book, of: supportedCloud)
  }

  /// With the hardware that managed nodes run on, by which their speed is known.
  private func typesInQuestion(_ inventory: [InstanceRun], _ commitments: [Commitment]) -> Set<String> {
    let types = Set(inventory.map(\.type) + commitments.map(\.type))
      .union(fleet.services.flatMap { $0.instanceTypes + [$0.initialType] })
    return types.union(types.map(supportedCloud.hardware))
  }

  private func parsed(_ text: String) throws(DataError) -> Month {
    if let month = Month(text) { return month }
    throw DataError(Place(file: "--month"), found: "\"\(text)\"", expected: "a month such as 2026-10", kind: .usage)
  }

  private func lastMonth(_ clock: LocalClock) throws(DataError) -> Month {
    guard let last = try store.lastInstant() else {
      throw DataError(
        Place(file: "store"), found: "no samples", expected: "imported utilisation (plimsoll import utilisation FILE)",
        kind: .missingInput)
    }
    let local = last.advanced(by: clock.offset(at: last)).civil
    let month = Month(year: local.year, month: local.month)
    // An hour before the end still counts as whole: samples are stamped at the start of their interval.
    return last.advanced(by: 3600) >= clock.period(of: month).end ? month : month.previous
  }
}
