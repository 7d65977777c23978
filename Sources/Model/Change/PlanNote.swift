/// What an owner should know of a changed plan, in figures.
package enum PlanNote: Hashable, Sendable {
  /// A count outside what the fleet file permits.
  case countOutsideLimits(service: String, count: Int, minimum: Int, maximum: Int)
  /// A count that is too small in a share of the measured intervals.
  case tooFew(service: String, count: Int, share: Double, needed: Int, binding: String)
  /// Growth needs more instances than the fleet file permits.
  case beyondMaximum(service: String, needed: Int, binding: String, maximum: Int)
  /// The count follows the dimensions that are measured.
  case memoryUnmeasured(service: String, followed: [String])
  /// Nothing on its list carries the need of each of its nodes; it is priced as it runs.
  case beyondList(service: String, nodes: Int, needs: [SizeShortfall])
  /// It was sized without knowing its memory.
  case sizedOnCPU(service: String)
  /// Growth moved it to other nodes.
  case grown(service: String, from: Nodes, to: Nodes)
  /// A type carries less than was needed.
  case tooSmall(service: String, type: String, shortfalls: [SizeShortfall])
  /// Hours of a commitment that are paid for and not used, and what they cost in the bill's currency.
  case unusedCommitment(id: String, hours: Double, cost: Money)

  /// So many instances of a type.
  package struct Nodes: Hashable, Sendable {
    package var count: Int
    package var type: String
    package init(_ count: Int, _ type: String) {
      self.count = count
      self.type = type
    }
  }
}

/// What a size offers of a dimension beside what is needed of it.
package struct SizeShortfall: Hashable, Sendable {
  /// `memory`.
  package var dimension: String
  package var unit: String
  /// Decimals worth printing.
  package var decimals: Int
  /// nil where it is not what the size offers that fails.
  package var offered: Double?
  package var needed: Double

  package init(dimension: String, unit: String, decimals: Int, offered: Double?, needed: Double) {
    self.dimension = dimension
    self.unit = unit
    self.decimals = decimals
    self.offered = offered
    self.needed = needed
  }
}
