/// How often a capacity would not have been enough, and for how long at a time.
package struct PerformanceRisk: Hashable, Sendable {
  /// Intervals that were measured.
  package private(set) var intervals = 0
  /// Of them, those in which more was used than there would have been.
  package private(set) var exceeded = 0
  /// The longest run of such intervals; a gap ends one.
  package private(set) var longest = 0
  /// How long it took.
  package private(set) var longestSeconds: Int64 = 0
  /// The length of ``intervals``, and of ``exceeded`` ones, together.
  package private(set) var seconds: Int64 = 0
  package private(set) var exceededSeconds: Int64 = 0
  /// The length of an interval where nothing else is said.
  package let stepSeconds: Int64
  /// Runs of a single interval: spikes, as far as the interval lets one see.
  package private(set) var spikes = 0

  package init(stepSeconds: Int64) { self.stepSeconds = stepSeconds }

  /// Adds the intervals of one instance, in order.
  ///
  /// - Parameters:
  ///   - isExceeded: nil where nothing was measured.
  ///   - ownStep: their length; nil for ``stepSeconds``.
  package mutating func add(_ isExceeded: [Bool?], stepSeconds ownStep: Int64? = nil) {
    let step = ownStep ?? stepSeconds
    var run = 0
    func ended(_ run: Int) -> Int { run == 1 ? 1 : 0 }
    for exceeds in isExceeded {
      if let exceeds {
        intervals += 1
        seconds += step
        if exceeds {
          exceeded += 1
          exceededSeconds += step
          run += 1
          longest = max(longest, run)
          longestSeconds = max(longestSeconds, Int64(run) * step)
          continue
        }
      }
      spikes += ended(run)
      run = 0
    }
    spikes += ended(run)
  }

  /// The share of the measured time, from 0 to 1; 0 of none.
  package var share: Double { seconds == 0 ? 0 : Double(exceededSeconds) / Double(seconds) }
}
