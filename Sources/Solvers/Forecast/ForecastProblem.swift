/// A series with its past, and how far ahead its future is asked for.
package struct ForecastProblem: Hashable, Sendable {
  /// Seconds from a value to the next.
  package var stepSeconds: Int
  /// Lengths of the seasons in steps, such as 24 and 168 of hours; in any order, none for a series without.
  package var seasons: [Int]
  /// The oldest first; nil is a gap.
  package var values: [Double?]
  /// Steps to forecast.
  package var horizon: Int
  /// Percent of the future values that an interval is to hold, each from 1 to 99.
  package var levels: [Int]

  /// - Parameter stepSeconds: of the answer it changes nothing but what a reader knows of it; steps are what is counted.
  package init(stepSeconds: Int, seasons: [Int], values: [Double?], horizon: Int, levels: [Int]) {
    self.stepSeconds = stepSeconds
    self.seasons = seasons
    self.values = values
    self.horizon = horizon
    self.levels = levels
  }
}
