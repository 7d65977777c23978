/// The future of a series, with how far it may be off.
package struct ForecastAnswer: Hashable, Sendable {
  /// The limits between which a share of the future values is expected, step by step.
  package struct Band: Hashable, Sendable {
    /// Percent of the future values that it is to hold.
    package var level: Int
    package var lower: [Double]
    package var upper: [Double]
  }

  /// The method that weighs most in it, or what the series is.
  package var model: String
  /// What is expected, step by step; the middle of what may be rather than its mean, where the two differ.
  package var mean: [Double]
  /// A band for each level, ascending; a wider one holds a narrower one.
  package var bands: [Band]
  /// Places of the values that nothing was learnt of, as they are unlike all others; ascending, at most 2 % of them.
  package var unlike: [Int] = []
}
