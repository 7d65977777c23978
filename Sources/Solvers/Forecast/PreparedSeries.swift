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

  /// Short gaps are bridged; long ones hold what the same step of the nearest seasons does, moved to join its ends.
  private mutating func fillGaps() {
    var start = 0
    while start < count {
      guard !isObserved[start] else {
        start += 1
        continue
      }
      let end = isObserved[start...].firstIndex(of: true) ?? count
      fill(start..<end)
      start = end
    }
  }

  private mutating func fill(_ gap: Range<Int>) {
    let (before, after) = (values[max(0, gap.lowerBound - 1)], values[min(count - 1, gap.upperBound)])
    let length = Double(gap.count + 1)
    let isShort = gap.count <= max(2, shortSeason / 8)
    for (index, place) in gap.enumerated() {
      let share = Double(index + 1) / length
      values[place] = (isShort ? nil : seasonal(place)) ?? before + (after - before) * share
    }
  }

  /// The mean of the nearest observed values a whole number of seasons away, the longest season first.
  private func seasonal(_ place: Int) -> Double? {
    for season in seasons.reversed() {
      var near: [Double] = []
      if let past = stride(from: place - season, through: 0, by: -season).first(where: { isObserved[$0] }) {
        near.append(values[past])
      }
      if let next = stride(from: place + season, to: count, by: season).first(where: { isObserved[$0] }) {
        near.append(values[next])
      }
      if !near.isEmpty { return near.reduce(0, +) / Double(near.count) }
    }
    return nil
  }
}
