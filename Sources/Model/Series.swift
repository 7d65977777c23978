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
/// Sample i stands for the interval that starts at `instants[i]`; its value is `mantissas[i]` × 10^-`scale`.
package struct Series: Hashable, Sendable {
  package var key: SeriesKey
  /// Strictly increasing, in seconds since 1970.
  package var instants: [Int64]
  package var mantissas: [Int64]
  package var scale: Int

  package init(key: SeriesKey, instants: [Int64], mantissas: [Int64], scale: Int) {
    precondition(instants.count == mantissas.count, "one value for each instant")
    self.key = key
    self.instants = instants
    self.mantissas = mantissas
    self.scale = scale
  }

  package var count: Int { instants.count }
  package func value(_ index: Int) -> Double {
    Double(mantissas[index]) / Double(powerOfTen(scale))
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

/// All series of a study, by key.
package struct SeriesSet: Sendable {
  private var byKey: [SeriesKey: Series]

  package init(_ series: [Series]) {
    byKey = Dictionary(uniqueKeysWithValues: series.map { ($0.key, $0) })
  }

  package subscript(key: SeriesKey) -> Series? { byKey[key] }
  package var keys: [SeriesKey] { byKey.keys.sorted() }
}
