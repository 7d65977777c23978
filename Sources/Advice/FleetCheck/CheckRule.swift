import Analysis
import Model

/// One thing that a fleet file is checked for.
///
/// A rule knows metrics, limits and types, never what a service is called.
package protocol CheckRule: Sendable {
  /// By which a finding names it: `maximum-below-need`.
  var id: String { get }
  /// What it finds, in a sentence.
  var about: String { get }
  /// Fleet files for its explanation and its test; nil where it asks history.
  var examples: CheckExamples? { get }
  /// What it finds, in the order of the file.
  /// - Throws: ``DataError`` when samples cannot be read.
  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding]
}

/// Two fleet files: of the one a rule finds something, of the other it does not.
package struct CheckExamples: Hashable, Sendable {
  package var contradictory: String
  package var consistent: String

  package init(contradictory: String, consistent: String) {
    self.contradictory = contradictory
    self.consistent = consistent
  }
}

extension CheckRule {
  package var examples: CheckExamples? { nil }
}

/// What a fleet is checked by.
package struct CheckFacts: Sendable {
  package let fleet: Fleet
  /// What types offer; nil where there is no price book.
  package let catalogue: Catalogue?
  /// What was measured; nil where nothing was.
  package let history: CheckedHistory?
  /// What became of the document's claims.
  var claims: [ClaimVerdict] = []

  package init(_ fleet: Fleet, catalogue: Catalogue? = nil, history: CheckedHistory? = nil) {
    self.fleet = fleet
    self.catalogue = catalogue
    self.history = history
  }

  /// What a type offers; nil where no book says.
  func specification(_ type: String) -> InstanceSpecification? { catalogue?.specificationIfKnown(type) }

  /// What every service gives for a rule, in the order of the file.
  func eachService(
    _ findings: (DocumentPath, Service) throws(DataError) -> [CheckFinding]
  ) throws(DataError) -> [CheckFinding] {
    var all: [CheckFinding] = []
    for (path, service) in fleet.placedServices { all += try findings(path, service) }
    return all
  }
}

/// A month that a fleet file is held against.
package struct CheckedHistory: Sendable {
  package let context: AdviceContext
  /// How near each service's load came to its triggers, by the service's name; of those that were replayed.
  package let triggers: [String: [TriggerReach]]
  /// The types that most ran of, by service.
  let types: [String: String]
  /// What ran.
  let plan: FleetPlan

  package init(_ context: AdviceContext, plan: FleetPlan, triggers: [String: [TriggerReach]]) {
    self.context = context
    self.triggers = triggers
    self.plan = plan
    var types: [String: String] = [:]
    for service in context.fleet.services { types[service.name] = context.mainType(of: service.name, in: plan) }
    self.types = types
  }

  /// A total of a service in each slot; nil where nothing of it was measured.
  func total(_ metric: Metric, of service: Service) throws(DataError) -> [Double?]? {
    let values = try context.wholeValues(SeriesKey(service: service.name, metric: metric))?.values
    return values.flatMap { values in values.contains { $0 != nil } ? values : nil }
  }
}

/// A figure as people write it: whole, or with as many decimals as tell something.
func figureText(_ value: Double) -> String {
  let decimals = abs(value) < 1 ? 4 : abs(value) < 100 ? 2 : 0
  return roundedDecimal(value, decimals)?.normalised.grouped ?? unroundedText(value)
}
