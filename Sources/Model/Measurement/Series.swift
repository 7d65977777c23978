/// What identifies a series: the service, the resource (empty for the service as a whole) and the metric.
package struct SeriesKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var service: String
  package var resource: String
  package var metric: Metric

  package init(service: String, resource: String = "", metric: Metric) {
    self.service = service
    self.resource = resource
    self.metric = metric
  }

  package var description: String {
    resource.isEmpty ? "\(service) \(metric.rawValue)" : "\(service)/\(resource) \(metric.rawValue)"
  }
  package static func < (a: SeriesKey, b: SeriesKey) -> Bool {
    (a.service, a.resource, a.metric.rawValue) < (b.service, b.resource, b.metric.rawValue)
  }
}

/// Samples of one series in time order, exactly as they were measured. A gap is an absent sample.
///
/// Sample i stands for the interval that starts at `instants[i]`; its value is `decimal(i)`. Most series have one scale.
/// One with values such as 6.4479999999999995 beside 1234567.5 has none that fits all its values in 64 bits: each
/// sample then has its own.
package struct Series: Hashable, Sendable {
  package var key: SeriesKey
  /// Strictly increasing, in seconds since 1970.
  package var instants: [Int64]
  /// The value i times 10^scale(i).
  package var mantissas: [Int64]
  /// Decimals, 0...40: of every sample, or the most of any where `scales` tells them one by one.
  package var scale: Int
  /// Decimals of each sample; empty when all have `scale`.
  package var scales: [UInt8]

  /// Samples of one scale.
  package init(key: SeriesKey, instants: [Int64], mantissas: [Int64], scale: Int) {
    precondition(instants.count == mantissas.count, "one value for each instant")
    self.key = key
    self.instants = instants
    self.mantissas = mantissas
    self.scale = scale
    self.scales = []
  }

  /// Samples of a scale each.
  package init(key: SeriesKey, instants: [Int64], mantissas: [Int64], scales: [UInt8]) {
    precondition(scales.count == mantissas.count, "one scale for each value")
    self.init(key: key, instants: instants, mantissas: mantissas, scale: Int(scales.max() ?? 0))
    self.scales = scales
  }

  package var count: Int { instants.count }
  /// Decimals of one sample.
  @inlinable package func scale(_ index: Int) -> Int { scales.isEmpty ? scale : Int(scales[index]) }
  /// One value, exactly.
  package func decimal(_ index: Int) -> ScaledDecimal {
    ScaledDecimal(mantissa: mantissas[index], scale: scale(index))
  }
  /// One value as ``ScaledDecimal/double``.
  @inlinable package func value(_ index: Int) -> Double { Double(mantissas[index]) / doublePowersOfTen[scale(index)] }

  /// The values of a range of indices, each as ``value(_:)``.
  package func values(_ range: Range<Int>) -> [Double] {
    guard scales.isEmpty else { return range.map(value) }
    let power = doublePowersOfTen[scale]
    return mantissas[range].map { Double($0) / power }
  }

  /// The samples of a range of indices.
  package func slice(_ range: Range<Int>) -> Series {
    var part = Series(key: key, instants: Array(instants[range]), mantissas: Array(mantissas[range]), scale: scale)
    if !scales.isEmpty { part.scales = Array(scales[range]) }
    return part
  }

  /// Decimals of ``sum(_:)``: those of the series where all samples share at most 18, otherwise 12.
  package var sumScale: Int { scales.isEmpty && scale <= 18 ? scale : 12 }

  /// The sum of some samples, times 10^sumScale. Exact where all samples share a scale of at most 18; otherwise what the
  /// samples of a scale beyond 12 add up to is rounded half-even to 12 decimals, once for each scale.
  /// - Precondition: of a series of mixed scales, fewer than 10^7 samples, so that the sum fits 128 bits.
  package func sum(_ range: Range<Int>) -> Int128 {
    guard sumScale != scale || !scales.isEmpty else { return range.reduce(0) { $0 + Int128(mantissas[$1]) } }
    var parts = [Int128](repeating: 0, count: 41)
    for index in range { parts[scale(index)] += Int128(mantissas[index]) }
    var sum: Int128 = 0
    for (scale, part) in parts.enumerated() where part != 0 {
      sum +=
        scale <= sumScale
        ? part * widePowerOfTen(sumScale - scale)
        : roundedHalfEven(part, dividedBy: widePowerOfTen(scale - sumScale))
    }
    return sum
  }

  /// The samples whose instants lie in the period.
  package func range(in period: Period) -> Range<Int> {
    let lower = partitionPoint { $0 >= period.start.seconds }
    let upper = partitionPoint { $0 >= period.end.seconds }
    return lower..<upper
  }

  private func partitionPoint(_ isAfter: (Int64) -> Bool) -> Int {
    var low = 0
    var high = instants.count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(instants[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
