import Advice
import Analysis
import Ingest
import Reading

/// What a fleet file says against itself, and against what was measured.
public struct CheckAnswer: Sendable {
  /// The fleet as its owners call it.
  public let fleet: String
  /// The file that was checked.
  public let file: String
  /// The month that it was held against; nil where it was held against none.
  public let month: Month?
  /// Why it was held against none; empty where it was.
  public let withoutHistory: String
  package let check: FleetCheck
  /// The file as it was read, for the lines of findings.
  package let document: DocumentNode?

  init(
    fleet: String, file: String, month: Month?, withoutHistory: String, check: FleetCheck, document: DocumentNode?
  ) {
    self.fleet = fleet
    self.file = file
    self.month = month
    self.withoutHistory = withoutHistory
    self.check = check
    self.document = document
  }

  /// A contradiction.
  public struct Finding: Sendable {
    /// The id of its rule.
    public let rule: String
    /// `error`, `warning` or `note`.
    public let level: String
    /// The service that it is about; empty for the fleet as a whole.
    public let service: String
    /// What contradicts what.
    public let statement: String
    /// How that follows, in figures.
    public let arithmetic: String
    /// What is wrong, and then what it contradicts.
    public let places: [Place]
  }

  /// The weightiest first.
  public var findings: [Finding] {
    check.findings.map { finding in
      Finding(
        rule: finding.rule, level: finding.level.rawValue, service: finding.service, statement: finding.statement,
        arithmetic: finding.arithmetic, places: finding.places.map(place))
    }
  }

  /// True where something contradicts something, rather than being worth a note.
  public var isContradictory: Bool { check.isContradictory }

  /// Where something stands in the file.
  package func place(_ place: CheckedPlace) -> Place {
    Place(file: file, line: document?.line(of: place.path), key: place.path.description)
  }
}

/// What a fleet file says against itself, without a store: what needs no history and no book of types.
/// - Throws: `DataError` for a file that cannot be read.
public func checkFleet(file path: String) throws -> CheckAnswer {
  let file = try InputFile.read(path: path)
  let fleet = try readFleet(text: try file.text(), file: file.name)
  return CheckAnswer(
    fleet: fleet.title, file: file.name, month: nil, withoutHistory: "no store was there",
    check: try FleetCheck(CheckFacts(fleet)), document: fleet.document)
}

extension Workspace {
  /// What the fleet file says against itself, and against a month.
  /// - Parameter month: `2026-10`; nil takes the last whole month, and none where there is none.
  /// - Throws: `DataError` where a stated month cannot be studied.
  public func check(month: String?) throws -> CheckAnswer {
    do {
      return try answer(month: month) { study in try CheckAnswer(study, file: try fleetName(in: study.month)) }
    } catch let error as DataError
      where month == nil && (error.kind == .missingInput || error.place.parameter == .month)
    {
      let (fleet, catalogue) = try fleetAndPrices()
      return CheckAnswer(
        fleet: fleet.title, file: try fleetName(in: nil), month: nil,
        withoutHistory: "the store has no month of instances and samples",
        check: try FleetCheck(CheckFacts(fleet, catalogue: catalogue)), document: fleet.document)
    }
  }
}

extension CheckAnswer {
  /// What the fleet of a study says against itself, and against the study's month.
  /// - Throws: ``DataError`` when samples cannot be read.
  package init(_ study: Study, file: String) throws(DataError) {
    let facts = CheckFacts(study.fleet, catalogue: study.inputs.catalogue, history: try study.checkedHistory())
    self.init(
      fleet: study.fleet.title, file: file, month: study.month, withoutHistory: "", check: try FleetCheck(facts),
      document: study.fleet.document)
  }
}

extension Study {
  /// The month as rules ask of it.
  fileprivate func checkedHistory() throws(DataError) -> CheckedHistory {
    let groups = fleet.services.filter { $0.approach == .group }
    let triggers = try groups.concurrentMap { service throws(DataError) -> [TriggerReach] in
      guard case .success(let found) = try prepared(service, tickSeconds: SampleGrid.usualStepSeconds) else {
        return []
      }
      return found.simulation.triggers(ran: found.ran)
    }
    return CheckedHistory(
      context, plan: try asRun(),
      triggers: Dictionary(zip(groups.map(\.name), triggers)) { first, _ in first })
  }
}
