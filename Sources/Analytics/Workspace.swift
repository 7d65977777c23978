@_exported import Model

import Advice
import Clouds
import Ingest
import Reading
import Store

/// A store and its fleet files: everything that can be asked of them.
///
/// Each question loads what it needs, runs a study, and returns a typed answer. Errors are `DataError` values that name the place,
/// what was found and what was expected.
public struct Workspace: Sendable {
  let store: FleetStore
  let fleets: FleetFiles
  private let asOf: Instant?
  private let staleAfterDays: Int?
  private var allowsUnpriced: Bool
  private var sizing: SizingQuestion?
  let now: Instant?
  let monthPassedOver: @Sendable (PassedOverMonth) -> Void

  /// Opens a store for reading.
  ///
  /// - Parameters:
  ///   - store: path of the SQLite file.
  ///   - fleet: path of a fleet file that holds for every month; nil takes those of the store, each by its date.
  ///   - asOf: the date of the advice, `2026-11-01`; nil is the last day of the month in question.
  ///   - staleAfter: the age in days, 0 to 3,660, above which reports name a price; nil is what the fleet file says.
  ///   - allowUnpriced: true where months are billed without what has no price, which every answer then names; false
  ///     where that is an error.
  ///   - now: what time it is: what was measured more than a day later does not say which month is the last. nil where
  ///     nobody says.
  ///   - monthPassedOver: told where a question that names no month is answered of another than the last that the samples
  ///     reach.
  /// - Throws: `DataError` when the store is missing or unusable, the fleet file is wrong, the date is none or the age
  ///   out of range.
  public init(
    store path: String, fleet: String? = nil, asOf: String? = nil, staleAfter: Int? = nil, allowUnpriced: Bool = false,
    now: Instant? = nil, monthPassedOver: @escaping @Sendable (PassedOverMonth) -> Void = { _ in }
  ) throws {
    allowsUnpriced = allowUnpriced
    self.now = now
    self.monthPassedOver = monthPassedOver
    self.asOf = try asOf.map { try moment($0, of: .asOf, example: "2026-11-01") }
    staleAfterDays = try staleAfter.map(permittedAge)
    store = try FleetStore.open(path: path, mode: .readOnly)
    try store.hold()
    fleets = try FleetFiles(given: fleet, of: store)
  }

  /// What the latest fleet file says, with what this workspace was told in place of its review rules.
  package var fleet: Fleet { adjusted(fleets.latest) }

  /// The same workspace with what is asked of right-sizing in place of the fleet's review rules.
  package func asking(_ question: SizingQuestion) -> Workspace {
    var changed = self
    changed.sizing = question
    return changed
  }

  /// The same workspace, which bills without what has no price.
  var allowingUnpriced: Workspace {
    var changed = self
    changed.allowsUnpriced = true
    return changed
  }

  /// What the study of a month answers to a question that looks at no type but those that run, are listed or are held.
  ///
  /// Their prices are most of what such a question would read. An error may name the nearest of all types, and a change
  /// may be to any: then the question is asked again of a study with all prices.
  /// - Parameters:
  ///   - days: before the month's end that samples are wanted of, where they are more than usual.
  ///   - regions: whose prices are wanted beside those of where anything runs.
  func answer<Answer>(
    month: String?, lookingBack days: Int = 0, alsoIn regions: Set<String> = [], _ question: (Study) throws -> Answer
  ) throws -> Answer {
    if fleet.review.candidates.map({ !$0.isBeyondList && $0.patterns.isEmpty }) ?? true {
      do {
        return try question(study(month: month, prices: .ofTypesInQuestion, lookingBack: days, alsoIn: regions))
      } catch is DataError {}
    }
    return try question(study(month: month, lookingBack: days, alsoIn: regions))
  }

  private func adjusted(_ fleet: Fleet) -> Fleet {
    var fleet = fleet
    if let staleAfterDays { fleet.review.staleAfterDays = staleAfterDays }
    if let sizing { fleet.review = sizing.applied(to: fleet.review) }
    return fleet
  }

  /// The study of a month, by the fleet file that is in force on its last day.
  /// - Parameter month: `2026-10`; nil takes the last month that the store's samples reach to its end, of which anything was
  ///   measured, and in which anything ran.
  /// - Throws: ``DataError`` also where no fleet file is in force then.
  package func study(
    month text: String?, prices: PriceRange = .all, lookingBack days: Int = 0, alsoIn regions: Set<String> = []
  ) throws(DataError) -> Study {
    var facts = try StudyFacts(store, prices, alsoIn: regions)
    let month = if let text { try begun(try parsed(text), facts.inventory) } else { try lastMonth(facts.inventory) }
    let before = try fleetBefore(month, &facts)
    return try Study(try inputs(of: month, &facts, before: before, lookingBack: days), month: month, asOf: asOf)
  }

  /// Something of each of several months, in their order: each is studied by its own fleet file, and let go before the
  /// next. What they share is read once.
  /// - Parameter value: what is wanted of a month's study, or of why there is none.
  func ofEach<Value>(
    _ months: [Month], _ value: (Month, Result<Study, DataError>) throws(DataError) -> Value
  ) throws(DataError) -> [Value] {
    var facts = try StudyFacts(store)
    var values: [Value] = []
    for month in months { values.append(try value(month, study(of: month, &facts))) }
    return values
  }

  private func study(of month: Month, _ facts: inout StudyFacts) -> Result<Study, DataError> {
    do throws(DataError) {
      return .success(try Study(try inputs(of: month, &facts, before: .same), month: month))
    } catch {
      return .failure(error)
    }
  }

  /// What a study of a month rests on.
  /// - Parameter days: before the month's end that samples are wanted of, where they are more than usual.
  private func inputs(
    of month: Month, _ facts: inout StudyFacts, before: FleetBefore, lookingBack days: Int = 0
  ) throws(DataError) -> StudyInputs {
    let fleet = try completed(try fleet(of: month), month, facts)
    let catalogue = try facts.catalogue(of: fleet)
    let tokens = MeasuredTokens(fleet, try store.seriesKeys(of: TokenKind.metrics), catalogue)
    var inputs = StudyInputs(
      fleet: tokens.fleet, catalogue: catalogue,
      history: History(StoredSamples(store), in: try history(of: month, fleet, before, days)),
      inventory: facts.inventory, commitments: facts.commitments, savingsPlans: facts.savingsPlans)
    inputs.before = before
    inputs.record = History(StoredSamples(store), in: try record(of: month, fleet))
    inputs.unchargedTokens = tokens.uncharged
    try checkPatterns(inputs)
    inputs.allowsUnpriced = allowsUnpriced
    return inputs
  }

  /// - Throws: ``DataError`` for a pattern of types that may be proposed which no type of the prices matches.
  private func checkPatterns(_ inputs: StudyInputs) throws(DataError) {
    guard let range = inputs.fleet.review.candidates, let pattern = inputs.catalogue.unmatched(in: range) else {
      return
    }
    let isAsked = sizing?.candidates != nil
    throw DataError(
      isAsked ? Place(parameter: .candidates) : Place(file: "fleet file", key: "review.candidates"),
      found: "\"\(pattern.text)\", which matches no type of the price book",
      expected: "patterns of types that have prices in \(inputs.fleet.region), such as m6*",
      kind: isAsked ? .usage : .badData)
  }

  /// The fleet of the month before, where another file was in force then.
  private func fleetBefore(_ month: Month, _ facts: inout StudyFacts) throws(DataError) -> FleetBefore {
    let index = try fleets.inForce(atTheEndOf: month)
    guard let earlier = try? fleets.inForce(atTheEndOf: month.previous) else { return .none }
    guard earlier != index else { return .same }
    let fleet = try completed(try fleet(of: month.previous), month.previous, facts)
    let catalogue = try facts.catalogue(of: fleet)
    let tokens = MeasuredTokens(fleet, try store.seriesKeys(of: TokenKind.metrics), catalogue)
    return .other(tokens.fleet, catalogue)
  }

  private func fleet(of month: Month) throws(DataError) -> Fleet {
    adjusted(try fleets.fleet(try fleets.inForce(atTheEndOf: month)))
  }

  /// A fleet with what the inventory of a month and the one before tells of it.
  private func completed(_ fleet: Fleet, _ month: Month, _ facts: StudyFacts) throws(DataError) -> Fleet {
    try completion(of: fleet, month, facts.inventory).fleet
  }

  private func completion(of fleet: Fleet, _ month: Month, _ inventory: [InstanceRun]) throws(DataError)
    -> FleetCompletion
  {
    let clock = try clock(of: fleet)
    let period = Period(start: clock.period(of: month.previous).start, end: clock.period(of: month).end)
    let completed = try fleet.completed(from: inventory, in: supportedCloud)
    return FleetCompletion(completed, by: inventory, in: period)
  }

  /// What errors call the fleet file that is in force on a month's last day; the latest for none.
  func fleetName(in month: Month?) throws(DataError) -> String {
    guard let month else { return fleets.latestName }
    return fleets.name(try fleets.inForce(atTheEndOf: month))
  }

  /// The latest fleet with what types are and cost, without any month; without those where nothing says which region's they
  /// are.
  func fleetAndPrices() throws(DataError) -> (fleet: Fleet, catalogue: Catalogue?) {
    var facts = try StudyFacts(store, .ofTypesInQuestion)
    guard let completed = try? fleet.completed(from: facts.inventory, in: supportedCloud) else { return (fleet, nil) }
    return (completed, try facts.catalogue(of: completed))
  }

  /// Names in the store that match nothing.
  func unmatchedNames() throws(DataError) -> [UnmatchedNames] { try store.unmatchedNames() }

  /// The fleet of a month with what the inventory tells of it; the latest one, as its file has it, where nothing was ever
  /// measured.
  func completedFleet(month text: String?) throws(DataError) -> FleetCompletion {
    let inventory = try store.inventory()
    let month: Month
    if let text {
      month = try parsed(text)
    } else if try store.lastInstant() != nil {
      month = try lastMonth(inventory)
    } else {
      return FleetCompletion(fleet, by: inventory, in: .ever)
    }
    return try completion(of: try fleet(of: month), month, inventory)
  }

  /// The time of a month on the clock of the latest fleet file.
  func period(ofMonth text: String) throws(DataError) -> Period {
    try clock(of: fleets.latest).period(of: try parsed(text))
  }

  func clock(of fleet: Fleet) throws(DataError) -> LocalClock {
    if let clock = LocalClock(identifier: fleet.timezone) { return clock }
    throw DataError(
      Place(file: "fleet file", key: "timezone"), found: fleet.timezone, expected: "an IANA time zone")
  }

  /// From the start of the month before, or of the days that right-sizing looks back to if they are more, to the end of
  /// the month.
  private func history(
    of month: Month, _ fleet: Fleet, _ before: FleetBefore, _ wanted: Int
  ) throws(DataError) -> Period {
    let clock = try clock(of: fleet)
    let end = clock.period(of: month).end
    var start = clock.period(of: month.previous).start
    if case .other(let fleet, _) = before {
      start = min(start, try self.clock(of: fleet).period(of: month.previous).start)
    }
    let days = max(wanted, fleet.review.lookbackDays ?? 0)
    return Period(start: min(start, end.advanced(by: -86_400 * Int64(days))), end: end)
  }

  /// The year before a month, and the month.
  private func record(of month: Month, _ fleet: Fleet) throws(DataError) -> Period {
    let own = try clock(of: fleet).period(of: month)
    return Period(start: own.start.advanced(by: -366 * 86_400), end: own.end)
  }
}
