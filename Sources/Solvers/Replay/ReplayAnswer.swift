/// What scaling policies did over a load.
package struct ReplayAnswer: Sendable {
  /// A change of the capacity that is wanted.
  package struct Event: Hashable, Sendable {
    package var tick: Int
    package var from: Int
    package var to: Int
    /// The policy or scheduled action.
    package var name: String
  }

  /// What is wanted at the end of each tick; empty where it was not asked for.
  package var desired: [Int32] = []
  /// How many instances served in each tick; likewise.
  package var serving: [Int32] = []
  /// In the order in which they happened.
  package var events: [Event] = []
  /// All that is paid for, over all ticks.
  package var instanceTicks = 0
  /// In how many ticks each condition held, in their order.
  package var breachTicks: [Int] = []
  /// Load that nobody carried, in thousandths.
  package var unserved = 0
  /// The most that waited at the end of a tick, in thousandths.
  package var maxBacklog = 0
}
