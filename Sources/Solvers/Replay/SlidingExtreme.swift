/// The least or the greatest of what was seen lately.
///
/// What a later one outdoes can never be the answer again and is dropped, so that all costs no more than a step for each.
struct SlidingExtreme<Value: Comparable> {
  private let isGreatest: Bool
  private var entries: [(tick: Int, value: Value)] = []
  private var first = 0

  init(isGreatest: Bool) { self.isGreatest = isGreatest }

  /// nil when nothing is left.
  var value: Value? { first < entries.count ? entries[first].value : nil }

  /// Takes what was seen at a tick, which is not before the last.
  mutating func push(_ value: Value, at tick: Int) {
    while let last = entries.last, entries.count > first, isGreatest ? last.value <= value : value <= last.value {
      entries.removeLast()
    }
    entries.append((tick, value))
  }

  /// Forgets what was seen before a tick.
  mutating func forget(before tick: Int) {
    while first < entries.count, entries[first].tick < tick { first += 1 }
    guard first > 1024, 2 * first > entries.count else { return }
    entries.removeFirst(first)
    first = 0
  }
}
