/// An instance type, and how many of it where their number is part of what is chosen: `m5.large`, `3 x cache.m5.large`.
package struct CountedType: Hashable, Sendable {
  package var type: String
  /// Instances at once, the fewest and the most; nil where the number is not part of the choice.
  package var counts: ClosedRange<Int>?

  package init(_ type: String, counts: ClosedRange<Int>? = nil) {
    self.type = type
    self.counts = counts
  }

  /// So many of a type, always.
  package init(_ count: Int, _ type: String) { self.init(type, counts: count...count) }
}
