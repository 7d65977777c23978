// What an autoscaler would have run, slot by slot, given what was required.
//
// It decides for slot t from what it saw up to slot t - 1: the period of the alarm and the boot of an instance together
// take one slot. Out: at once, to what slot t - 1 required. In: to the most that the last `scaleInSlots` slots required,
// if that is less than what runs and the last change, in either direction, is `cooldownSlots` ago or more. A slot that
// was not measured holds the count, and as long as it is among the last `scaleInSlots` nothing is taken in: what was not
// seen may have been the most. The fleet starts with what the first measured slot requires.

/// A replay of whole-instance autoscaling over history.
package struct CountReplay: Sendable {
  /// Instances that run in each slot.
  package let counts: [Int]
  /// Slots whose count differs from that of the slot before.
  package let changes: Int
  /// What was run in all from the first measured slot on: instances × slots; 0 when nothing was measured.
  package let instanceSlots: Int

  /// Replays a history.
  ///
  /// - Parameters:
  ///   - required: Instances wanted in each slot, with headroom; nil where it was not measured.
  ///   - maximum: The most that may run; nil for no limit.
  ///   - scaleInSlots: How many slots must agree before instances are taken in.
  ///   - cooldownSlots: How many slots after a change none are taken in.
  /// - Precondition: `maximum` is not below `minimum`, `scaleInSlots` is positive.
  package init(required: [Int?], minimum: Int, maximum: Int?, scaleInSlots: Int, cooldownSlots: Int) {
    precondition(scaleInSlots > 0, "scaling in rests on a slot at least")
    precondition(minimum <= maximum ?? minimum, "a maximum is not below the minimum")
    let most = maximum ?? .max
    // Limits are applied to what is wanted, so that what is out of reach is no change.
    let wanted = required.map { $0.map { min(most, max(minimum, $0)) } }
    var count = wanted.lazy.compactMap(\.self).first ?? minimum
    var counts: [Int] = []
    counts.reserveCapacity(wanted.count)
    var changes = 0
    var lastChange: Int?
    for slot in wanted.indices {
      let cooled = lastChange.map { slot - $0 >= cooldownSlots } ?? true
      let next = decision(count, seen: wanted[..<slot], scaleInSlots: cooled ? scaleInSlots : nil)
      if next != count {
        changes += 1
        lastChange = slot
        count = next
      }
      counts.append(count)
    }
    self.counts = counts
    self.changes = changes
    let first = required.firstIndex { $0 != nil } ?? required.count
    instanceSlots = counts[first...].reduce(0, +)
  }
}

/// The count of the next slot, from the slots seen; without `scaleInSlots` none are taken in.
private func decision(_ count: Int, seen: ArraySlice<Int?>, scaleInSlots: Int?) -> Int {
  guard let last = seen.last ?? nil else { return count }
  if last > count { return last }
  guard last < count, let scaleInSlots, seen.count >= scaleInSlots else { return count }
  var largest = last
  // The latest first: what forbids scaling in is most often near.
  for wanted in seen.suffix(scaleInSlots).reversed() {
    guard let wanted, wanted < count else { return count }
    largest = max(largest, wanted)
  }
  return largest
}
