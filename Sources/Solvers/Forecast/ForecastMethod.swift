/// One way to forecast.
protocol ForecastMethod: Sendable {
  /// As the answer calls it.
  var name: String { get }
  /// The paths behind each origin. What is fitted is fitted to values before the origin; it need not be fitted anew at
  /// each, but at the last, whose path is the forecast.
  func paths(of series: PreparedSeries, from origins: RollingOrigins) -> ForecastPaths
}
