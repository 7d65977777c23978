import Model

/// What a slot has of several samples in it.
package enum SlotValue: Sendable {
  /// Of what cannot be throttled, and of peaks.
  case largest
  /// Of what adds up, such as credits.
  case mean
}

extension Series {
  /// One value a slot, nil where nothing was measured; of several samples in a slot the largest. A sample of a longer
  /// interval than a slot counts for all slots of it, up to the next sample.
  package func aligned(to grid: SampleGrid) -> [Double?] {
    aligned(to: grid, slots: 0..<grid.count, in: grid.period)
  }

  /// The same of some slots, and of the samples in a part of the period that lies in them.
  /// - Parameter intervals: what those samples stand for, where that is known already.
  package func aligned(
    to grid: SampleGrid, slots: Range<Int>, in part: Period, _ kind: SlotValue = .largest,
    _ intervals: SampleIntervals? = nil
  ) -> [Double?] {
    var values = [Double?](repeating: nil, count: slots.count)
    let range = range(in: part)
    let samples = self.values(range)
    var (open, count) = (-1, 0.0)
    var (slot, previous) = (-1, Int64.min)
    for stretch in (intervals ?? SampleIntervals(self, range, usual: grid.stepSeconds)).stretches {
      for place in stretch.range {
        let index = range.lowerBound + place
        let instant = instants[index]
        // Mostly the next one, which is found without a division.
        slot =
          instant &- previous == grid.stepSeconds
          ? slot + 1 : grid.slot(Instant(seconds: instant)) - slots.lowerBound
        previous = instant
        let value = samples[place]
        if slot == open {
          count += 1
          let old = values[slot] ?? value
          values[slot] = kind == .largest ? max(old, value) : old + (value - old) / count
        } else {
          (open, count) = (slot, 1)
          values[slot] = value
        }
        guard stretch.stepSeconds > grid.stepSeconds else { continue }
        let last = grid.slot(Instant(seconds: instants[index] + stretch.stepSeconds - 1)) - slots.lowerBound
        let next = index + 1 < range.upperBound ? grid.slot(Instant(seconds: instants[index + 1])) : .max
        let end = min(last + 1, next == .max ? last + 1 : next - slots.lowerBound, slots.count)
        for later in slot + 1..<max(slot + 1, end) { values[later] = values[slot] }
      }
    }
    return values
  }

  /// Samples present out of those that the series' own interval lets expect in a period.
  /// - Parameter longest: the most that a sample may stand for.
  package func coverage(on grid: SampleGrid, longest: Int64 = SampleIntervals.longest) -> Coverage {
    let intervals = SampleIntervals(self, range(in: grid.period), usual: grid.stepSeconds, longest: longest)
    let expected = SampleGrid(period: grid.period, stepSeconds: intervals.stepSeconds).count
    return Coverage(seen: min(expected, Int(intervals.seconds / intervals.stepSeconds)), expected: expected)
  }
}
