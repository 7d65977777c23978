import Foundation

/// Sines and cosines of seasons, those of a longer season that a shorter one has already left out.
struct Harmonics: Sendable {
  /// Features of a place.
  let width: Int
  /// Of each season: its length, and the features of each of its steps.
  private let tables: [(length: Int, width: Int, values: [Double])]

  /// - Parameters:
  ///   - seasons: ascending.
  ///   - most: harmonics of the shortest season, and of each other.
  init(seasons: [Int], most: (short: Int, long: Int)) {
    var tables: [(Int, Int, [Double])] = []
    for (index, season) in seasons.enumerated() {
      let limit = min(index == 0 ? most.short : most.long, season / 2)
      let numbers = (1...max(1, limit)).filter { number in
        // The harmonic k of m is one of a shorter season where m / k is a whole part of it.
        seasons[..<index].allSatisfy { (number * $0) % season != 0 }
      }
      var values: [Double] = []
      values.reserveCapacity(season * numbers.count * 2)
      for step in 0..<season {
        for number in numbers {
          let angle = 2 * Double.pi * Double((number * step) % season) / Double(season)
          values.append(cos(angle))
          values.append(sin(angle))
        }
      }
      tables.append((season, numbers.count * 2, values))
    }
    self.tables = tables.map { (length: $0.0, width: $0.1, values: $0.2) }
    width = self.tables.reduce(0) { $0 + $1.width }
  }

  /// Writes the features of a place.
  @inline(__always)
  func write(_ place: Int, into row: UnsafeMutableBufferPointer<Double>, at first: Int) {
    var next = first
    for table in tables {
      let start = place % table.length * table.width
      for index in 0..<table.width { row[next + index] = table.values[start + index] }
      next += table.width
    }
  }
}
