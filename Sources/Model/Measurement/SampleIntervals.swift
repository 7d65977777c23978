/// How long the samples of a series stand for, stretch by stretch.
///
/// A sample stands for the time from its instant to that of the next one at the series' own distance: the most frequent
/// distance of neighbours, of equally frequent ones the shortest. A day (UTC) in which another distance is the most
/// frequent, twelve times at least, has that one: a source that was set to a finer interval is read at both.
package struct SampleIntervals: Hashable, Sendable {
  /// Samples next to each other with one distance.
  package struct Stretch: Hashable, Sendable {
    /// Counted from the first sample that was asked for.
    package var range: Range<Int>
    package var stepSeconds: Int64
  }

  /// In the order of time; together all samples.
  package private(set) var stretches: [Stretch] = []
  /// The distance by which most of the time was measured; where there are no two samples, what was given in its place.
  package let stepSeconds: Int64
  /// The most frequent distance where it is longer than a sample may stand for; nil where it is not.
  package let tooLong: Int64?

  /// The longest time that a sample stands for: what lies between samples further apart is not known.
  package static let longest: Int64 = 3600
  /// As often a day's own distance must be seen.
  private static let fewestOfADay = 12

  /// - Parameters:
  ///   - range: of the samples; may be empty.
  ///   - usual: the distance where there are no two samples.
  ///   - longest: the most that a sample may stand for.
  package init(
    _ series: Series, _ range: Range<Int>, usual: Int64, longest: Int64 = SampleIntervals.longest
  ) {
    let days = series.days(range)
    if let step = series.onlyDistance(within: days), step <= longest {
      stretches = [Stretch(range: 0..<range.count, stepSeconds: step)]
      (stepSeconds, tooLong) = (step, nil)
      return
    }
    let found = series.commonestDistance(range)?.seconds
    tooLong = found.flatMap { $0 > longest ? $0 : nil }
    let overall = min(found ?? usual, longest)
    var seconds: [Int64: Int64] = [:]
    for day in days {
      let own = series.commonestDistance(day).flatMap { $0.count >= Self.fewestOfADay ? $0.seconds : nil }
      let step = min(own ?? overall, longest)
      seconds[step, default: 0] += Int64(day.count) * step
      let part = day.lowerBound - range.lowerBound..<day.upperBound - range.lowerBound
      if let last = stretches.indices.last, stretches[last].stepSeconds == step {
        stretches[last].range = stretches[last].range.lowerBound..<part.upperBound
      } else {
        stretches.append(Stretch(range: part, stepSeconds: step))
      }
    }
    stepSeconds = seconds.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? overall
  }

  /// Samples × the distance of each.
  package var seconds: Int64 { stretches.reduce(0) { $0 + Int64($1.range.count) * $1.stepSeconds } }

  /// What a sample stands for; by its place among those that were asked for.
  package func step(_ index: Int) -> Int64 {
    stretches.first { $0.range.contains(index) }?.stepSeconds ?? stepSeconds
  }

  /// The distance where there is only one; nil where there are several.
  package var only: Int64? { stretches.count > 1 ? nil : stretches.first?.stepSeconds ?? stepSeconds }
}

extension Series {
  /// The most frequent distance of neighbours among some samples, of equally frequent ones the shortest, and how often it
  /// is; nil with fewer than two samples.
  package func commonestDistance(_ range: Range<Int>) -> (seconds: Int64, count: Int)? {
    guard range.count > 1 else { return nil }
    let distances = (range.lowerBound + 1..<range.upperBound).lazy.map { self.instants[$0] - self.instants[$0 - 1] }
    // Nearly always one distance is more than half of all, which two passes find: Boyer and Moore, "MJRTY", 1981.
    var (candidate, lead) = (Int64(0), 0)
    for distance in distances {
      if lead == 0 { candidate = distance }
      lead += distance == candidate ? 1 : -1
    }
    let count = distances.count { $0 == candidate }
    if count * 2 > distances.count { return (candidate, count) }
    var counts: [Int64: Int] = [:]
    for distance in distances { counts[distance, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }

  /// The one distance of neighbours in every day, where it is that of more than half of all neighbours; nil where there are
  /// several. It is then the most frequent one, of the whole and of each day.
  fileprivate func onlyDistance(within days: [Range<Int>]) -> Int64? {
    guard let first = days.first(where: { $0.count > 1 }) else { return nil }
    let distance = instants[first.lowerBound + 1] - instants[first.lowerBound]
    var neighbours = 0
    for day in days {
      guard areApart(by: distance, day) else { return nil }
      neighbours += max(0, day.count - 1)
    }
    let all = days.reduce(0) { $0 + $1.count } - 1
    return neighbours * 2 > all ? distance : nil
  }

  /// True where all neighbours of a range have one distance. Every question asks it of every sample: without a branch it
  /// is asked of several at once.
  private func areApart(by distance: Int64, _ range: Range<Int>) -> Bool {
    instants[range].withUnsafeBufferPointer { instants in
      var differences: Int64 = 0
      for index in instants.indices.dropFirst() { differences |= (instants[index] &- instants[index - 1]) ^ distance }
      return differences == 0
    }
  }

  /// The samples of each day (UTC).
  fileprivate func days(_ range: Range<Int>) -> [Range<Int>] {
    var days: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let next = (floorDivide(instants[start], 86_400) + 1) * 86_400
      var (low, high) = (start + 1, range.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if instants[middle] >= next { high = middle } else { low = middle + 1 }
      }
      days.append(start..<low)
      start = low
    }
    return days
  }
}
