// Whether capacity came in time: of a group of instances, when after the load its count first rose above what it was and above
// its usual (the median of the same local time of other days of the kind), for how long it stayed above, and how much more than
// the usual that was:
//
//     excess = Σ over slots from the rise until it is back: (count - usual) × slot
//
// A rise counts until an hour after the load is back at its usual; one that comes then is late. An event that ends because capacity
// came is not over when its conditions are no longer met: the load still is.

import Model

/// What became of the number of instances of a service in an event.
package struct ScalingResponse: Hashable, Sendable {
  package var service: String
  /// Instances when the load rose.
  package var before: Int
  /// When there were first more of them; nil where there never were.
  package var rose: Instant?
  /// From the load's rise to that; 0 where there never were.
  package var delaySeconds: Int64 = 0
  /// The most in that time; as before where there never were more.
  package var most: Int
  /// When they were back at the usual, a day later at the latest.
  package var until: Instant?
  /// Instance-seconds above the usual from the rise on.
  package var excessSeconds: Int64 = 0
  /// True where the load was over when they came.
  package var isLate = false
  /// What the excess costs at the price of its type on demand, in the bill's currency; nil where no price is known.
  package var cost: Money?

  /// How long after a load a rise is still taken for an answer to it.
  package static let answers: Int64 = 3600

  /// - Parameters:
  ///   - counts: instances by slot.
  ///   - load: the slots from the load's rise to its end, or of the event where no load is known to have risen.
  ///   - knowsLoad: false in that case, when nothing is said to be late.
  /// - Precondition: the load is not empty, and within the counts.
  package init(
    of service: String, _ counts: [Int], during load: Range<Int>, knowsLoad: Bool = true, on days: LocalDays
  ) {
    let grid = days.grid
    self.service = service
    before = counts[load.lowerBound]
    most = before
    let values = counts.map { Double?(Double($0)) }
    func isAbove(_ slot: Int) -> Int? {
      guard counts[slot] > before else { return nil }
      let usual = UsualComparison(of: values, in: slot..<slot + 1, on: days).map { wholeNumber($0.usual) } ?? before
      return counts[slot] > usual ? counts[slot] - max(usual, 0) : nil
    }
    let last = min(counts.count, load.upperBound + Int(Self.answers / grid.stepSeconds))
    guard let rise = (load.lowerBound..<last).first(where: { isAbove($0) != nil }) else { return }
    rose = grid.instant(rise)
    delaySeconds = Int64(rise - load.lowerBound) * grid.stepSeconds
    isLate = knowsLoad && rise >= load.upperBound
    let longest = min(counts.count, rise + Int(86_400 / grid.stepSeconds))
    var slot = rise
    while slot < longest, let more = isAbove(slot) {
      most = max(most, counts[slot])
      excessSeconds += Int64(more) * grid.stepSeconds
      slot += 1
    }
    until = grid.instant(slot)
  }
}
