/// What each step of each season adds to a level.
struct SeasonalProfile: Sendable {
  /// Steps of each season.
  let lengths: [Int]
  /// Where the steps of a season begin in `values`.
  let offsets: [Int]
  /// Season after season; the step of a place in the series is its remainder by the length.
  var values: [Double]

  /// The profile of the part of a series, the shortest season first, each of what those before leave.
  ///
  /// - Parameters:
  ///   - part: values, less their level.
  ///   - start: where the part begins in the series.
  ///   - decay: what a season weighs of the one behind it.
  init(lengths: [Int], of part: [Double], start: Int, decay: Double) {
    self.lengths = lengths
    offsets = lengths.indices.map { lengths[..<$0].reduce(0, +) }
    values = [Double](repeating: 0, count: lengths.reduce(0, +))
    var rest = part
    for (season, length) in lengths.enumerated() {
      for first in 0..<min(length, rest.count) {
        var (sum, total, weight, index) = (0.0, 0.0, 1.0, first)
        while index + length < rest.count { index += length }
        while index >= 0 {
          sum += weight * rest[index]
          total += weight
          weight *= decay
          index -= length
        }
        values[offsets[season] + (start + first) % length] = sum / total
      }
      for index in rest.indices { rest[index] -= values[offsets[season] + (start + index) % length] }
    }
  }

  /// What all seasons add at a place.
  func sum(at place: Int) -> Double {
    var sum = 0.0
    for (offset, length) in zip(offsets, lengths) { sum += values[offset + place % length] }
    return sum
  }
}
