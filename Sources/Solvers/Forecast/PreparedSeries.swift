/// A series as the methods take it: without gaps, without events that happen once, and no longer than they look back.
struct PreparedSeries: Sendable {
  /// Gaps are filled with what their neighbours and their seasons hold.
  var values: [Double]
  /// False where the value is a guess.
  var isObserved: [Bool]
  /// Ascending, at least 2; the series holds each at least twice.
  var seasons: [Int]

  var count: Int { values.count }
  /// The steps of the shortest season; of a series without one, as many as hours of a day.
  var shortSeason: Int { seasons.first ?? 24 }
  /// The steps of the longest season; of a series without one, as many as hours of a day.
  var longSeason: Int { seasons.last ?? 24 }
}

extension PreparedSeries {
  /// Seasons looked back on at most, of the longest.
  private static let mostSeasons = 8
  /// Values looked back on at least, where there are so many.
  private static let fewestValues = 2_500

  /// - Parameters:
  ///   - values: the last is no gap.
  ///   - seasons: in any order; those that the values do not hold twice are left out.
  init(_ values: ArraySlice<Double?>, seasons: [Int]) {
    let seen = values.drop { $0 == nil }
    let longest = seasons.filter { 2 * $0 <= seen.count }.max() ?? 0
    let recent = seen.suffix(max(Self.fewestValues, Self.mostSeasons * longest)).drop { $0 == nil }
    self.seasons = Set(seasons.filter { $0 >= 2 && 2 * $0 <= recent.count }).sorted()
    isObserved = recent.map { $0 != nil }
    self.values = recent.map { $0 ?? 0 }
    fillGaps()
  }

  /// Short gaps are bridged; long ones hold what the same step of the nearest seasons does.
  private mutating func fillGaps() {
    var (start, missing) = (0, [Int]())
    while start < count {
      guard !isObserved[start] else {
        start += 1
        continue
      }
      let end = isObserved[start...].firstIndex(of: true) ?? count
      bridge(start..<end)
      if end - start > max(2, shortSeason / 8) { missing += start..<end }
      start = end
    }
    // The longest season last, for it knows most.
    for season in seasons where !missing.isEmpty { fill(missing, from: season) }
  }

  /// A straight line from the value before to the value behind.
  private mutating func bridge(_ gap: Range<Int>) {
    let (before, after) = (values[max(0, gap.lowerBound - 1)], values[min(count - 1, gap.upperBound)])
    for (index, place) in gap.enumerated() {
      values[place] = before + (after - before) * Double(index + 1) / Double(gap.count + 1)
    }
  }

  /// The mean of the nearest observed values a whole number of seasons away, where there is one.
  private mutating func fill(_ missing: [Int], from season: Int) {
    var (before, after) = ([Double?](repeating: nil, count: count), [Double?](repeating: nil, count: count))
    for place in values.indices.dropFirst(season) {
      before[place] = isObserved[place - season] ? values[place - season] : before[place - season]
    }
    for place in values.indices.dropLast(season).reversed() {
      after[place] = isObserved[place + season] ? values[place + season] : after[place + season]
    }
    for place in missing {
      let near = [before[place], after[place]].compactMap { $0 }
      if !near.isEmpty { values[place] = near.reduce(0, +) / Double(near.count) }
    }
  }
}
