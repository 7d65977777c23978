/// What an owner should know of a changed plan, in figures.
package enum PlanNote: Hashable, Sendable {
  /// A count outside what the fleet file permits.
  case countOutsideLimits(service: String, count: Int, minimum: Int, maximum: Int)
  /// A count that is too small in a share of the measured intervals.
  case tooFew(service: String, count: Int, share: Double, needed: Int, binding: CountBinding)
  /// What of a service nobody measured, so that a count was not checked by it.
  case unchecked(service: String, dimensions: [SizeDimension])
  /// Growth needs more instances than the fleet file permits.
  case beyondMaximum(service: String, needed: Int, binding: CountBinding, maximum: Int)
  /// The count follows the dimensions that are measured.
  case memoryUnmeasured(service: String, followed: [SizeDimension])
  /// Nothing on its list carries the need of each of its nodes; it is priced as it runs.
  case beyondList(service: String, nodes: Int, needs: [SizeShortfall])
  /// It was sized without knowing its memory.
  case sizedOnCPU(service: String)
  /// Nothing is known of what its type offers, so that it stays as it runs whatever the demand.
  case unspecified(service: String, type: String)
  /// Growth moved it to other nodes.
  case grown(service: String, from: CountedType, to: CountedType)
  /// A type carries less than was needed.
  case tooSmall(service: String, type: String, shortfalls: [SizeShortfall])
  /// What a replay makes of two types, and what is billed for it.
  case replayed(service: String, ReplayedResize)
  /// Counts are what scaling does minute by minute to the load, and not what right-sizing counts with its headroom.
  case simulated(service: String)
  /// Charges for work that only a service that was given up did; they stay.
  case stillCharged(service: String, driver: String, charges: [String], of: [String])
  /// Types of another architecture, for which the software of some services must be built.
  case otherArchitecture(services: [String], types: String)
  /// Hours of a commitment that are paid for and not used, and what they cost in the bill's currency.
  case unusedCommitment(id: String, hours: Double, cost: Money)
}
