/// How many instances of a type there are over time, where any are.
package struct CountSpan: Hashable, Sendable {
  package var type: String
  package var least: Int
  package var most: Int
  package var mean: Double

  /// - Parameter counts: in slots of one length, those without instances left out.
  package init(_ counts: some Sequence<Int>, of type: String) {
    let some = counts.filter { $0 > 0 }
    self.type = type
    least = some.min() ?? 0
    most = some.max() ?? 0
    mean = some.isEmpty ? 0 : Double(some.reduce(0, +)) / Double(some.count)
  }
}

/// Why a resize of what scales out is billed for other counts than its replay has: the replay says how two types compare, and
/// what ran is changed in that proportion, so that what ran beyond the replay, or short of it, stays so.
package struct ReplayedResize: Hashable, Sendable {
  /// What the replay has of the type that ran, and of the other.
  package var own, other: CountSpan
  /// What ran, and what is billed in its place.
  package var ran, billed: CountSpan
}
