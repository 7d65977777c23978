// When conditions held. An episode of a condition with a duration is a run of consecutive measured slots that each satisfy
// it, lasting at least the duration; a gap ends it: what was not seen is neither a crossing nor a recovery.

import Model

/// The value of a stretch of time that went furthest beyond, and when.
package struct Peak: Hashable, Sendable {
  /// As the condition measures it: in the metric's unit, for each instance, or in percent of a limit.
  package var value: Double
  /// The start of the first slot that reached it.
  package var instant: Instant
  /// The node it was measured on; nil where it is of a service or a group as a whole.
  package var node: String?

  package init(value: Double, instant: Instant, node: String? = nil) {
    self.value = value
    self.instant = instant
    self.node = node
  }
}

/// A stretch in which a condition held.
package struct Episode: Hashable, Sendable {
  /// Whether a stretch was out of the ordinary.
  package enum Nature: String, Hashable, Sendable {
    /// The metric left its usual (``UsualComparison/departure``).
    case unusual
    /// It comes back at the same local time (``recurringStretches(of:measured:on:)``).
    case recurring
    /// The metric was as it is at that time of other days: the threshold lies within the usual.
    case withinUsual
    /// Too few other days were measured to tell.
    case unknown
  }

  package var start: Instant
  package var seconds: Int64
  /// Nil where values are not known.
  package var peak: Peak?
  package var nature = Nature.unknown

  package init(start: Instant, seconds: Int64, peak: Peak? = nil) {
    self.start = start
    self.seconds = seconds
    self.peak = peak
  }

  /// The first moment behind it.
  package var end: Instant { start.advanced(by: seconds) }
}

/// What a condition is held against: one value a slot, nil where nothing was measured.
package struct MeasuredValues: Sendable {
  package var values: [Double?]
  /// The interval of the samples, a slot at the least.
  package var intervalSeconds: Int64
  /// The node of each value, by its place in ``nodes``; empty where values are of no single node.
  package var nodeOfSlot: [Int32] = []
  package var nodes: [String] = []

  package init(_ values: [Double?], intervalSeconds: Int64) {
    self.values = values
    self.intervalSeconds = intervalSeconds
  }

  /// The value that goes furthest in a direction, of equals the first; nil where nothing was measured.
  package func peak(_ comparison: Condition.Comparison, in slots: Range<Int>, on grid: SampleGrid) -> Peak? {
    var best: (slot: Int, value: Double)?
    for slot in slots {
      guard let value = values[slot] else { continue }
      if let best, comparison == .above ? value <= best.value : value >= best.value { continue }
      best = (slot, value)
    }
    return best.map { slot, value in
      let node = nodeOfSlot.isEmpty ? nil : nodes[Int(nodeOfSlot[slot])]
      return Peak(value: value, instant: grid.instant(slot), node: node)
    }
  }
}

/// The slots in which a condition held for at least its duration, run by run.
package func heldSlots(
  of condition: Condition, limit: Double, in values: [Double?], on grid: SampleGrid
) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var start: Int?
  for slot in 0...values.count {
    let value = slot < values.count ? values[slot] : nil
    if let value, condition.holds(value, limit: limit) {
      start = start ?? slot
    } else if let begin = start {
      if Int64(slot - begin) * grid.stepSeconds >= condition.durationSeconds { found.append(begin..<slot) }
      start = nil
    }
  }
  return found
}

extension MeasuredValues {
  /// Runs of slots as episodes, each with its peak.
  package func episodes(_ runs: [Range<Int>], of condition: Condition, on grid: SampleGrid) -> [Episode] {
    runs.map { run in
      Episode(
        start: grid.instant(run.lowerBound), seconds: Int64(run.count) * grid.stepSeconds,
        peak: peak(condition.comparison, in: run, on: grid))
    }
  }
}
