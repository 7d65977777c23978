/// Which capacity to run in each slot of a week.
///
/// Slots are as long as one another and go around: the first follows the last. What is paid for is a unit of capacity for
/// a slot, and a change of capacity costs as much as ``changeCost`` of those.
package struct ScheduleProblem: Hashable, Sendable {
  /// The least capacity of each slot.
  package var required: [Int]
  /// The most changes around the ring; as many as there are slots is no limit.
  package var maximumChanges: Int
  /// Slots of one unit.
  package var changeCost: Int

  package init(required: [Int], maximumChanges: Int, changeCost: Int) {
    self.required = required
    self.maximumChanges = maximumChanges
    self.changeCost = changeCost
  }

  /// The most slots: the minutes of a week.
  package static let mostSlots = 10_080
  /// The largest requirement and cost of a change, so that sums stay whole numbers of 64 bits.
  package static let mostCapacity = 1_000_000_000_000
  /// Bounds the work where changes are limited, which is about half as many steps: a second or two.
  package static let mostWork = 3_000_000_000

  /// True when more changes could not be made.
  var isUnlimited: Bool { maximumChanges >= required.count }

  /// - Throws: `ProblemFault` for a week without slots or with more than ``mostSlots``, for a number that is negative or
  ///   above ``mostCapacity``, and for changes times the square of the slots above ``mostWork``.
  package func check() throws(ProblemFault) {
    guard !required.isEmpty, required.count <= Self.mostSlots else {
      throw ProblemFault(
        key: "required", found: "\(required.count) slots",
        expected: "from 1 to \(Self.mostSlots), the minutes of a week")
    }
    for (slot, need) in required.enumerated() where need < 0 || need > Self.mostCapacity {
      throw ProblemFault(
        key: "required", found: "\(need) in slot \(slot)", expected: "whole numbers from 0 to \(Self.mostCapacity)")
    }
    guard changeCost >= 0, changeCost <= Self.mostCapacity else {
      throw ProblemFault(
        key: "change_cost", found: "\(changeCost)", expected: "a whole number from 0 to \(Self.mostCapacity)")
    }
    guard maximumChanges >= 0 else {
      throw ProblemFault(
        key: "max_changes", found: "\(maximumChanges)", expected: "a whole number that is not negative")
    }
    let most = Self.mostWork / (required.count * required.count)
    guard isUnlimited || maximumChanges <= most else {
      throw ProblemFault(
        key: "max_changes", found: "\(maximumChanges)",
        expected: "at most \(most) of \(required.count) slots, or \(required.count) for no limit")
    }
  }
}
