/// Moments of a day as bytes: the first as seconds after midnight, then the distances of the others as runs (seconds,
/// length); all are numbers as ``Swift/Array/appendVarint(_:)`` writes them.
enum DayTimes {
  /// - Parameter seconds: after midnight, strictly increasing, at least one.
  static func encoded(_ seconds: [Int32]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendVarint(UInt64(seconds[0]))
    bytes.appendDistances(of: seconds)
    return bytes
  }

  /// The moments, in order; nil for bytes that say none, or others than those of a day in order.
  static func decoded(_ bytes: [UInt8]) -> [Int32]? {
    bytes.withUnsafeBytes { buffer in
      var reader = VarintReader(bytes: buffer)
      guard let first = reader.next(), first < UInt64(DayChunk.secondsPerDay) else { return nil }
      var seconds = [Int32(first)]
      while !reader.isAtEnd {
        guard let distance = reader.next(), let length = reader.next(), distance > 0, length > 0,
          distance < UInt64(DayChunk.secondsPerDay), length < UInt64(DayChunk.secondsPerDay),
          Int64(seconds[seconds.count - 1]) + Int64(distance * length) < DayChunk.secondsPerDay
        else { return nil }
        for _ in 0..<length { seconds.append(seconds[seconds.count - 1] + Int32(distance)) }
      }
      return seconds
    }
  }
}

/// Days in order, as ranges that do not touch.
struct DayRanges {
  private(set) var ranges: [Range<Int>] = []

  func contains(_ day: Int) -> Bool {
    let next = index(behind: day)
    return next > 0 && ranges[next - 1].contains(day)
  }

  mutating func insert(_ day: Int) {
    let next = index(behind: day)
    if next > 0, ranges[next - 1].contains(day) { return }
    let joinsBefore = next > 0 && ranges[next - 1].upperBound == day
    let joinsBehind = next < ranges.count && ranges[next].lowerBound == day + 1
    switch (joinsBefore, joinsBehind) {
    case (true, true):
      ranges[next - 1] = ranges[next - 1].lowerBound..<ranges[next].upperBound
      ranges.remove(at: next)
    case (true, false): ranges[next - 1] = ranges[next - 1].lowerBound..<(day + 1)
    case (false, true): ranges[next] = day..<ranges[next].upperBound
    case (false, false): ranges.insert(day..<(day + 1), at: next)
    }
  }

  /// The first range that starts behind a day.
  private func index(behind day: Int) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lowerBound <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
