// Whether a metric was as usual.
//
//     mean   = mean of the measured slots of a window
//     usual  = median of the same over the same local time of the other days of its kind, weekdays or weekends
//     left its usual, upwards:    mean > 5/4 × usual  and  mean > that of every other day
//     left its usual, downwards:  mean < 4/5 × usual  and  mean < that of every other day
//
// where every other day counts both kinds. A window of which less than half was measured is none; fewer than three other days
// of the kind tell nothing. The median of n is the k-th smallest, k = ⌈n/2⌉: an observed value. A usual below 0 is left by a
// quarter of its size.

import Model

/// What a metric did in a window, beside the same time of other days.
package struct UsualComparison: Hashable, Sendable {
  package enum Departure: String, Hashable, Sendable { case upwards, downwards }

  /// Over the window.
  package var mean: Double
  /// Over the same time of other days of the kind, their median.
  package var usual: Double
  /// Of every other day, whatever its kind.
  package var least, most: Double
  /// Other days of the kind.
  package var days: Int

  /// The fewest other days of a kind that tell what is usual.
  package static let fewestDays = 3

  package var departure: Departure? {
    if mean - usual > abs(usual) / 4, mean > most { return .upwards }
    let isFarBelow = usual > 0 ? mean * 5 < usual * 4 : usual - mean > -usual / 4
    return isFarBelow && mean < least ? .downwards : nil
  }

  /// How many times the usual; nil where that is not above zero.
  package var ratio: Double? { usual > 0 ? mean / usual : nil }

  /// How far it is from the usual, in spreads of the other days (the most less the least); infinite where they are all alike.
  package var spreads: Double {
    let distance = abs(mean - usual)
    return most > least ? distance / (most - least) : distance > 0 ? .infinity : 0
  }

  /// - Returns: nil where too little was measured to tell.
  package init?(of values: [Double?], in window: Range<Int>, on days: LocalDays) {
    guard let mean = values.measuredMean(window) else { return nil }
    var ofKind: [Double] = []
    var (least, most) = (Double.infinity, -Double.infinity)
    for other in days.otherWindows(than: window) {
      guard let mean = values.measuredMean(other.slots) else { continue }
      if other.isSameKind { ofKind.append(mean) }
      (least, most) = (min(least, mean), max(most, mean))
    }
    guard ofKind.count >= Self.fewestDays else { return nil }
    self.mean = mean
    usual = ofKind.sorted()[(ofKind.count - 1) / 2]
    (self.least, self.most) = (least, most)
    self.days = ofKind.count
  }
}

extension [Double?] {
  /// The mean of what was measured of some slots; nil where less than half of them was.
  package func measuredMean(_ slots: Range<Int>) -> Double? {
    var (sum, count) = (0.0, 0)
    for slot in slots {
      guard let value = self[slot] else { continue }
      sum += value
      count += 1
    }
    return count > 0 && count * 2 >= slots.count ? sum / Double(count) : nil
  }

  /// From when a metric had left its usual without a break of two slots before a window, a day of five-minute slots at most; the window's start
  /// where it had not.
  package func onset(before window: Range<Int>, _ direction: UsualComparison.Departure, on days: LocalDays) -> Int {
    var (first, slot) = (window.lowerBound, window.lowerBound - 1)
    while slot >= 0, first - slot <= 2, window.lowerBound - slot <= 288 {
      if UsualComparison(of: self, in: slot..<slot + 1, on: days)?.departure == direction { first = slot }
      slot -= 1
    }
    return first
  }

  /// Until when a metric stayed beyond its usual behind a window, without a break of two slots, a day of five-minute slots at most; the window's end
  /// where it did not.
  package func ending(after window: Range<Int>, _ direction: UsualComparison.Departure, on days: LocalDays) -> Int {
    var (end, slot) = (window.upperBound, window.upperBound)
    while slot < count, slot - end <= 1, slot - window.upperBound < 288 {
      if UsualComparison(of: self, in: slot..<slot + 1, on: days)?.departure == direction { end = slot + 1 }
      slot += 1
    }
    return end
  }

  /// True when a metric had left its usual all the time between two windows, but for breaks of at most six slots.
  package func staysBeyond(
    _ direction: UsualComparison.Departure, between slots: Range<Int>, on days: LocalDays
  ) -> Bool {
    guard slots.count <= 288 else { return false }
    var last = slots.lowerBound - 1
    for slot in slots where UsualComparison(of: self, in: slot..<slot + 1, on: days)?.departure == direction {
      if slot - last > 7 { return false }
      last = slot
    }
    return slots.upperBound - last <= 7
  }
}
