/// When a database's data reach the size at which to shard.
package struct StorageOutlook: Hashable, Sendable {
  /// How the data grow, by the line through each day's most.
  package struct Growth: Hashable, Sendable {
    package var gibPerDay: Double
    /// What 95 % confidence leaves possible.
    package var confidence: ClosedRange<Double>
    /// Days that have a point.
    package var days: Int

    package init(gibPerDay: Double, confidence: ClosedRange<Double>, days: Int) {
      self.gibPerDay = gibPerDay
      self.confidence = confidence
      self.days = days
    }
  }

  /// When the line reaches the size at which to shard.
  package enum Crossing: Hashable, Sendable {
    case on(CivilDate)
    /// Later than a hundred years after the last day.
    case beyondACentury
    case never
  }

  /// The most of the last day, in GiB.
  package var gib: Double
  package var day: CivilDate
  /// The size that a node is meant for, in GiB, and the percentage of it at which to shard.
  package var datasetGiB, shardingPercent: Int
  /// nil of too few days for a trend.
  package var growth: Growth?
  /// At the growth that was found, at the greatest and at the least that is possible.
  package var expected, earliest, latest: Crossing
  /// The growth of demand that the owners state, in percent a year, which the line through the past has nothing of; nil for
  /// none.
  package var statedPercentAYear: Int?

  package init(
    gib: Double, on day: CivilDate, datasetGiB: Int, shardingPercent: Int, growth: Growth? = nil,
    expected: Crossing = .never, earliest: Crossing = .never, latest: Crossing = .never
  ) {
    self.gib = gib
    self.day = day
    self.datasetGiB = datasetGiB
    self.shardingPercent = shardingPercent
    self.growth = growth
    self.expected = expected
    self.earliest = earliest
    self.latest = latest
  }

  /// In GiB.
  package var shardAt: Double { Double(datasetGiB) * Double(shardingPercent) / 100 }
  package var isReached: Bool { gib >= shardAt }
}
