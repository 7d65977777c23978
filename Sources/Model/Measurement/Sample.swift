/// One measured value as its source gives it, of a series that is known by a number.
package struct Sample: Hashable, Sendable {
  /// When its interval starts: seconds since 1970-01-01T00:00:00Z, or what a local clock showed, as if it were UTC.
  package var seconds: Int64
  /// The value is `mantissa` × 10^-`scale`.
  package var mantissa: Int64
  /// Of whoever numbers the series: a parser, or the reading of a file.
  package var series: UInt32
  package var scale: UInt8
  /// True when `seconds` is what a local clock showed.
  package var isLocal: Bool

  @inlinable
  package init(series: UInt32, seconds: Int64, mantissa: Int64, scale: UInt8, isLocal: Bool = false) {
    self.seconds = seconds
    self.mantissa = mantissa
    self.series = series
    self.scale = scale
    self.isLocal = isLocal
  }
}
