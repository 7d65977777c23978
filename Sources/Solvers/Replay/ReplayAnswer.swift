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
  /// How many were paid for in each tick, those that drain included; likewise.
  package var paid: [Int32] = []
  /// In the order in which they happened.
  package var events: [Event] = []
  /// All that is paid for, over all ticks.
  package var instanceTicks = 0
  /// In how many ticks each condition held, in their order.
  package var breachTicks: [Int] = []
  /// In how many ticks any condition of each level held, in their order.
  package var levelTicks: [Int] = []
  /// For each level the ticks from the first to the last in which a condition of it held; nil where none did.
  package var levelSpans: [ClosedRange<Int>?] = []
  /// Load that nobody carried, in thousandths.
  package var unserved = 0
  /// The most that waited at the end of a tick, in thousandths.
  package var maxBacklog = 0
  /// In how many ticks, rounded up, those that served would have worked off what waited, at the worst.
  package var longestWait = 0
}
