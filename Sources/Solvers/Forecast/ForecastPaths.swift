/// What a method says of the steps behind each of several origins.
struct ForecastPaths: Sendable {
  let origins: RollingOrigins
  /// Path after path.
  private var values: [Double]

  init(_ origins: RollingOrigins) {
    self.origins = origins
    values = [Double](repeating: 0, count: origins.trials.count * origins.trialHorizon + origins.horizon)
  }

  /// - Parameter step: from 0, which is the value at the origin.
  subscript(path: Int, step: Int) -> Double { values[path * origins.trialHorizon + step] }

  /// The path behind the last origin.
  var forecast: ArraySlice<Double> { values.suffix(origins.horizon) }

  /// Lets `body` write the path of an origin.
  mutating func write(_ path: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Void) {
    let start = path * origins.trialHorizon
    values.withUnsafeMutableBufferPointer { all in
      body(UnsafeMutableBufferPointer(rebasing: all[start..<start + origins.steps(of: path)]))
    }
  }

  /// Changes every value.
  mutating func change(_ body: (Double) -> Double) {
    for index in values.indices { values[index] = body(values[index]) }
  }

  /// Adds a share of other paths of the same origins.
  mutating func add(_ share: Double, of other: ForecastPaths) {
    for index in values.indices { values[index] += share * other.values[index] }
  }
}
