extension ForecastProblem {
  /// The longest series.
  package static let mostValues = 200_000
  /// The furthest step.
  package static let mostHorizon = 20_000
  /// The largest size of a value.
  package static let mostValue = 1e15
  /// The most seasons.
  package static let mostSeasons = 4
  /// The most levels.
  package static let mostLevels = 20

  /// - Throws: ``ProblemFault`` for a number that is out of its range, and a series without a value.
  func check() throws(ProblemFault) {
    try checkCount("seasons", seasons.count, Self.mostSeasons)
    try checkCount("levels", levels.count, Self.mostLevels)
    try checkCount("values", values.count, Self.mostValues)
    try checkRange("step_seconds", stepSeconds, 1...31_622_400)
    try checkRange("horizon", horizon, 1...Self.mostHorizon)
    for level in levels { try checkRange("levels", level, 1...99) }
    for season in seasons { try checkRange("seasons", season, 2...Self.mostValues) }
    for value in values {
      if let value, !(abs(value) <= Self.mostValue) {
        throw ProblemFault(key: "values", found: "\(value)", expected: "numbers of at most 1e15 in size")
      }
    }
    guard values.contains(where: { $0 != nil }) else {
      throw ProblemFault(key: "values", found: "no value", expected: "one at least")
    }
  }

  private func checkCount(_ key: String, _ count: Int, _ most: Int) throws(ProblemFault) {
    guard count <= most else { throw ProblemFault(key: key, found: "\(count) \(key)", expected: "at most \(most)") }
  }

  private func checkRange(_ key: String, _ number: Int, _ range: ClosedRange<Int>) throws(ProblemFault) {
    guard range.contains(number) else {
      throw ProblemFault(key: key, found: "\(number)", expected: "from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}
