/// A purchase that a plan foresees for a day to come.
package struct LaterPurchase: Hashable, Sendable {
  package var date: CivilDate
  /// What it is to pay for.
  package var instances: CommittedInstances
  package var change: Change
  /// The commitments that end then; empty where nothing does.
  package var ending: [String]

  package init(date: CivilDate, instances: CommittedInstances, change: Change, ending: [String]) {
    self.date = date
    self.instances = instances
    self.change = change
    self.ending = ending
  }
}
