/// The newest datapoints of an alarm, as many as its evaluation range: which are there, and which of these breach.
///
/// Bits in words, the newest datapoint first, so that a tick costs a shift and no allocation.
package struct AlarmWindow: Sendable {
  /// The longest evaluation range: a day of minutes.
  package static let longestRange = 1_440

  private struct Word {
    var real: UInt64 = 0
    var breaching: UInt64 = 0
  }

  /// The bit of the oldest datapoint in its word.
  private let last: UInt64
  private let isLong: Bool
  private var newest = Word()
  /// Datapoints 64 and on; empty for most alarms.
  private var older: [Word]
  /// How many datapoints of the range are there.
  package private(set) var realCount = 0
  /// How many of these breach.
  package private(set) var breachingCount = 0

  /// - Parameter range: 1...``longestRange``.
  package init(range: Int) {
    last = UInt64((range - 1) % 64)
    isLong = range > 64
    older = [Word](repeating: Word(), count: (range - 1) / 64)
  }

  /// Takes the datapoint of a new period.
  /// - Parameter isBreaching: false for one that is not there.
  @inline(__always)
  package mutating func push(isReal: Bool, isBreaching: Bool) {
    guard !isLong else { return pushLong(isReal: isReal, isBreaching: isBreaching) }
    realCount &+= (isReal ? 1 : 0) &- Int(newest.real >> last & 1)
    breachingCount &+= (isBreaching ? 1 : 0) &- Int(newest.breaching >> last & 1)
    // What has left the range is not to be found by the searches below.
    let kept = UInt64.max >> (63 &- last)
    newest.real = (newest.real << 1 | (isReal ? 1 : 0)) & kept
    newest.breaching = (newest.breaching << 1 | (isBreaching ? 1 : 0)) & kept
  }

  private mutating func pushLong(isReal: Bool, isBreaching: Bool) {
    let end = older.count - 1
    realCount += (isReal ? 1 : 0) - Int(older[end].real >> last & 1)
    breachingCount += (isBreaching ? 1 : 0) - Int(older[end].breaching >> last & 1)
    shiftOlder()
    newest.real = newest.real << 1 | (isReal ? 1 : 0)
    newest.breaching = newest.breaching << 1 | (isBreaching ? 1 : 0)
    older[end].real &= UInt64.max >> (63 - last)
    older[end].breaching &= UInt64.max >> (63 - last)
  }

  private mutating func shiftOlder() {
    var carry = newest
    for index in older.indices {
      let word = older[index]
      older[index].real = word.real << 1 | carry.real >> 63
      older[index].breaching = word.breaching << 1 | carry.breaching >> 63
      carry = word
    }
  }

  /// True when no datapoint is missing and all breach, or none does.
  package var isUniform: Bool {
    realCount == older.count * 64 + Int(last) + 1 && (breachingCount == 0 || breachingCount == realCount)
  }

  /// How many of the newest real datapoints breach.
  /// - Parameter count: at most ``realCount``.
  package func breaching(amongNewest count: Int) -> Int {
    var (left, breaching) = (count, 0)
    for index in 0...older.count where left > 0 {
      let word = word(index)
      let real = word.real.nonzeroBitCount
      if real <= left {
        breaching += word.breaching.nonzeroBitCount
      } else {
        breaching += (word.breaching & word.real.lowestBits(left)).nonzeroBitCount
      }
      left -= min(left, real)
    }
    return breaching
  }

  /// The age of the oldest real datapoint, 1 for the newest of all; nil without one.
  package var oldestAge: Int? {
    for index in (0...older.count).reversed() where word(index).real != 0 {
      return index * 64 + 64 - word(index).real.leadingZeroBitCount
    }
    return nil
  }

  private func word(_ index: Int) -> Word { index == 0 ? newest : older[index - 1] }
}

extension UInt64 {
  /// The lowest of its bits, so many of them.
  fileprivate func lowestBits(_ count: Int) -> UInt64 {
    var others = self
    for _ in 0..<count { others &= others &- 1 }
    return self & ~others
  }
}
