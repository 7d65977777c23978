/// The growth that a size must carry while it stays.
package struct SizeGrowth: Hashable, Sendable {
  /// The most that demand is expected to be of what it was, above 1.
  package var factor: Double
  /// For how long the size stays.
  package var days: Int

  package init(factor: Double, days: Int) {
    self.factor = factor
    self.days = days
  }
}

/// Samples of CPU that were all that there was: what was asked for is at least that, and nobody knows how much more.
package struct SaturatedSamples: Hashable, Sendable {
  /// At 100 percent, to the nearest.
  package var full: Int
  /// At the baseline of a burstable type whose credits were spent.
  package var capped: Int
  /// Samples that were measured.
  package var total: Int

  package init(full: Int, capped: Int = 0, total: Int) {
    self.full = full
    self.capped = capped
    self.total = total
  }

  package var count: Int { full + capped }
}
