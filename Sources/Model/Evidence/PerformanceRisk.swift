/// How often a capacity would not have been enough, and for how long at a time.
package struct PerformanceRisk: Hashable, Sendable {
  /// Intervals that were measured.
  package private(set) var intervals = 0
  /// Of them, those in which more was used than there would have been.
  package private(set) var exceeded = 0
  /// The longest run of such intervals; a gap ends one.
  package private(set) var longest = 0
  /// The length of an interval.
  package let stepSeconds: Int64
  /// Runs of a single interval: spikes, as far as the interval lets one see.
  package private(set) var spikes = 0

  package init(stepSeconds: Int64) { self.stepSeconds = stepSeconds }

  /// Adds the intervals of one instance, in order.
  ///
  /// - Parameter isExceeded: nil where nothing was measured.
  package mutating func add(_ isExceeded: [Bool?]) {
    var run = 0
    func ended(_ run: Int) -> Int { run == 1 ? 1 : 0 }
    for exceeds in isExceeded {
      if let exceeds {
        intervals += 1
        if exceeds {
          exceeded += 1
          run += 1
          longest = max(longest, run)
          continue
        }
      }
      spikes += ended(run)
      run = 0
    }
    spikes += ended(run)
  }

  /// The share of intervals, from 0 to 1; 0 of none.
  package var share: Double { intervals == 0 ? 0 : Double(exceeded) / Double(intervals) }

  /// How long ``longest`` took.
  package var longestSeconds: Int64 { Int64(longest) * stepSeconds }
}
