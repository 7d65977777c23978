/// A kind of change to what runs or how it is bought: resize, count, users, a purchase.
///
/// Advice recommends changes, a what-if tries them, `recommendations.json` stores them; all of them are values of these
/// kinds, and there is no other way to change a plan. A kind is a file here, and a line in ``changeKinds``.
package protocol PlanChange: Codable, Hashable, Sendable {
  /// Its word in JSON: `resize`.
  static var kind: String { get }
  /// The option of `what-if` that asks for it.
  static var option: ChangeOption { get }

  /// The change that the text of an option asks for; nil for a text that is none.
  init?(optionText: String)
  /// The text of the option that asks for it. What an option cannot say is left out.
  var optionText: String { get }

  /// The services of the fleet that it names.
  var services: [String] { get }
  /// What it sets, where a second change of its kind to the same would undo it: a service's name; nil where changes of
  /// its kind add up.
  var sets: String? { get }
  /// What is wrong with its figures, in words to follow `expected`; nil when nothing is.
  var fault: String? { get }
  /// What it does, in words: `api on t3.large`.
  var words: String { get }

  /// Makes the change, and says what an owner should know of it.
  ///
  /// The same plan and context give the same plan, so that a stored change can be played again.
  /// - Throws: ``DataError`` for a type, a price or a sample that is missing, and for what the fleet forbids.
  func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote]

  /// What it asks of whoever makes it on a plan.
  /// - Throws: ``DataError`` for a type or a price that is missing.
  func terms(on plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> ChangeTerms
}

/// An option of the command, described once.
package struct ChangeOption: Hashable, Sendable {
  /// Without its dashes: `instance`.
  package var name: String
  /// What a value looks like: `service=type`.
  package var valueName: String
  /// A sentence for the help.
  package var help: String
  /// What a value must be, in words to follow `takes`.
  package var expectation: String
  /// A value, to be read and written again by a test.
  package var example: String
  /// True where a value may begin with a minus sign, as an option does.
  package var takesSigns = false

  package init(
    _ name: String, valueName: String, help: String, expectation: String, example: String, takesSigns: Bool = false
  ) {
    self.name = name
    self.valueName = valueName
    self.help = help
    self.expectation = expectation
    self.example = example
    self.takesSigns = takesSigns
  }
}

/// What a change may ask of the study that it is made in: history, prices, and the rules of advice.
package protocol ChangeContext: Sendable {
  var fleet: Fleet { get }
  var catalogue: Catalogue { get }
  var grid: SampleGrid { get }
  var clock: LocalClock { get }
  /// The date on which advice is given: what is bought is priced as of it.
  var asOf: Instant { get }

  /// What a type is priced as where a service's instances run.
  func kind(_ type: String, of service: Service) -> InstanceKind
  /// The type that runs most instance-seconds of a service in a plan; nil when nothing runs.
  func mainType(of service: String, in plan: FleetPlan) -> String?
  /// The same for the one instance that a service speaks of.
  func mainType(of service: Service, in plan: FleetPlan) -> String?
  /// Concurrent users at the measured peak.
  func peakUsers() throws(DataError) -> Int
  /// The user types that were measured, with the seconds of their users added up; one at least, and not all zero.
  func userSeconds() throws(DataError) -> [(type: UserType, seconds: Int128)]
  /// Fits a plan to other demand, by the rules that advice sizes by.
  func fit(_ plan: inout FleetPlan, to demand: Demand) throws(DataError) -> [PlanNote]
  /// Instances that an autoscaler would have run of what a service runs last, and of another type, in each slot.
  func replayedCounts(of service: Service, on type: String, in plan: FleetPlan) throws(DataError) -> ReplayedCounts
  /// Why the type on which a service, or the one instance it speaks of, now runs in a plan would not carry what an instance
  /// did; empty when it fits. What surplus credits cost is what the bill of the plan has.
  func shortfalls(of type: String, for service: Service, in plan: FleetPlan) throws(DataError) -> [SizeShortfall]
  /// How many instances of a service one part of its scaling, or a target of a metric, would have run of it under a plan's
  /// demand, on a grid of its own; nil where it cannot be replayed.
  func scaledCounts(of service: Service, by scaling: AskedScaling, in plan: FleetPlan) throws(DataError) -> ScaledCounts
  /// How often a fixed count of a horizontally scaled service would be too small; nil for never.
  func shortages(of service: Service, type: String, count: Int, in plan: FleetPlan) throws(DataError) -> [PlanNote]
  /// Instances that may be spot in each slot, of those that no commitment speaks for.
  /// - Parameter percent: the most of what runs that may be spot at any time.
  func spotCounts(of service: Service, percent: Int, in plan: FleetPlan) throws(DataError) -> [Int]
}

/// Instances that an autoscaler would have run in each slot.
package struct ReplayedCounts: Sendable {
  /// Of the type that ran, and of the other.
  package let own, other: [Int]
  /// Never fewer run.
  package let minimum: Int

  package init(own: [Int], other: [Int], minimum: Int) {
    self.own = own
    self.other = other
    self.minimum = minimum
  }
}

/// The scaling that is asked for in place of what ran.
package enum AskedScaling: Hashable, Sendable {
  /// All of the fleet file's together.
  case configured
  /// One policy of the file, by its name, or its rules.
  case named(String)
  /// Target tracking of a metric.
  case target(Metric, ScaledDecimal)
}

/// Instances on a grid.
package struct ScaledCounts: Sendable {
  package let counts: [Int]
  package let grid: SampleGrid

  package init(counts: [Int], grid: SampleGrid) {
    self.counts = counts
    self.grid = grid
  }
}

extension PlanChange {
  package var sets: String? { nil }
  package var fault: String? { nil }
}

extension ChangeContext {
  /// The cloud that the fleet runs in.
  package var cloud: any Cloud { catalogue.cloud }

  /// A service that a change names.
  /// - Throws: ``DataError`` when the fleet does not have it.
  func service(_ name: String) throws(DataError) -> Service {
    if let service = fleet.service(name) { return service }
    throw DataError(
      Place(file: "what-if"), found: "service \"\(name)\"",
      expected: "a service of the fleet: \(fleet.services.map(\.name).joined(separator: ", "))", kind: .usage)
  }
}

/// The two sides of `NAME=VALUE`; nil for anything else.
func assignment(_ text: String) -> (name: String, value: String)? {
  let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
  guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
  return (parts[0], parts[1])
}
