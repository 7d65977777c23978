#if canImport(Synchronization)
  import Synchronization
#endif

/// Where samples are read from when somebody asks for them.
package protocol SampleSource: Sendable {
  /// A series with its samples in a period; nil when it has none there.
  func series(_ key: SeriesKey, in period: Period) throws(DataError) -> Series?

  /// The days of a service that were worked out when they were imported, in order; others must be worked out from samples.
  /// - Parameter days: in days since 1970-01-01.
  func serviceDays(of service: String, in days: Range<Int>) throws(DataError) -> [ServiceDay]
}

/// What was measured, read as it is asked for: a question loads what it needs, and what it asks for again is still there.
///
/// A bounded number of samples is kept, so that memory does not grow with the fleet.
package final class History: Sendable {
  /// 16 bytes each.
  private static let mostKept = 8_000_000

  fileprivate struct Kept {
    var period: Period
    var series: Series?
  }
  /// A series as analysis takes it, or as charges do.
  fileprivate struct Reading: Hashable {
    var key: SeriesKey
    var isMetered = false
  }
  fileprivate struct Cache {
    var kept: [Reading: Kept] = [:]
    /// In the order in which they were read.
    var order: [Reading] = []
    var samples = 0
    /// Of the series that was read last.
    var latestInstants: [Int64] = []
    /// The instants of samples that cannot be, of all that was read.
    var impossible: [SeriesKey: Set<Int64>] = [:]
  }

  /// What a question looks back on; nothing outside it is read.
  package let period: Period
  private let source: any SampleSource
  private let cache = Mutex(Cache())

  package init(_ source: any SampleSource, in period: Period) {
    self.source = source
    self.period = period
  }

  /// Series that are in memory already.
  /// - Parameter series: of two with the same key the first counts.
  package convenience init(_ series: [Series]) {
    let seconds = series.flatMap { [$0.instants.first, $0.instants.last] }.compactMap { $0 }
    let period = Period(
      start: Instant(seconds: seconds.min() ?? 0), end: Instant(seconds: (seconds.max() ?? 0) + 1))
    self.init(SeriesInMemory(series), in: period)
  }

  /// A series with its samples in ``period``; nil when it has none.
  package subscript(key: SeriesKey) -> Series? {
    get throws(DataError) { try series(key, in: period) }
  }

  /// A series with at least its plausible samples in a part of ``period`` (``Series/plausible``); nil when it has none
  /// there. There may be others.
  package func series(_ key: SeriesKey, in part: Period) throws(DataError) -> Series? {
    try series(Reading(key: key), in: part)
  }

  /// The same for once, such as the rest of a day: read where it is not there, and not kept.
  package func seriesOnce(_ key: SeriesKey, in part: Period) throws(DataError) -> Series? {
    let reading = Reading(key: key)
    guard let part = part.intersection(period) else { return nil }
    if let kept = cache.withLock({ $0.kept[reading] }), kept.period.contains(part) { return kept.series }
    return try read(reading, in: part)
  }

  /// The same as a charge takes it (``Series/metered``).
  package func meteredSeries(_ key: SeriesKey, in part: Period) throws(DataError) -> Series? {
    try series(Reading(key: key, isMetered: true), in: part)
  }

  private func series(_ reading: Reading, in part: Period) throws(DataError) -> Series? {
    guard let part = part.intersection(period) else { return nil }
    let kept = cache.withLock { $0.kept[reading] }
    if let kept, kept.period.contains(part) { return kept.series }
    let hull = kept.map { Period(start: min($0.period.start, part.start), end: max($0.period.end, part.end)) } ?? part
    var series = try read(reading, in: hull)
    if let own = series?.instants {
      // Most series of a store are measured at the same instants, which are kept once.
      let shared = cache.withLock { $0.latestInstants }
      if own == shared { series?.instants = shared } else { cache.withLock { $0.latestInstants = own } }
    }
    cache.withLock { [series] in $0.keep(Kept(period: hull, series: series), as: reading, most: Self.mostKept) }
    return series
  }

  /// Reads a series, and notes which of its samples cannot be.
  private func read(_ reading: Reading, in part: Period) throws(DataError) -> Series? {
    let measured = try source.series(reading.key, in: part)
    let series = reading.isMetered ? measured?.metered : measured?.plausible
    let impossible = measured?.instants(otherwiseIn: series) ?? []
    if !impossible.isEmpty { cache.withLock { $0.impossible[reading.key, default: []].formUnion(impossible) } }
    return series
  }

  /// How many samples of a period that were asked for cannot be, and were left out or taken for the nearest that can, by
  /// series; sorted, of series that have any.
  package func impossibleSamples(in part: Period) -> [(key: SeriesKey, count: Int)] {
    let all = cache.withLock { $0.impossible }
    let counts = all.mapValues { instants in
      instants.count { part.start.seconds <= $0 && $0 < part.end.seconds }
    }
    return counts.filter { $0.value > 0 }.map { (key: $0.key, count: $0.value) }.sorted { a, b in
      (a.key.service, a.key.resource, a.key.metric.rawValue) < (b.key.service, b.key.resource, b.key.metric.rawValue)
    }
  }

  /// The days of a service that were worked out when they were imported, in order.
  /// - Parameter days: in days since 1970-01-01.
  package func serviceDays(of service: String, in days: Range<Int>) throws(DataError) -> [ServiceDay] {
    try source.serviceDays(of: service, in: days)
  }
}

extension History.Cache {
  fileprivate mutating func keep(_ new: History.Kept, as key: History.Reading, most: Int) {
    if let old = kept[key] {
      samples -= old.series?.count ?? 0
    } else {
      order.append(key)
    }
    kept[key] = new
    samples += new.series?.count ?? 0
    var dropped = 0
    while samples > most, dropped < order.count - 1 {
      samples -= kept.removeValue(forKey: order[dropped])?.series?.count ?? 0
      dropped += 1
    }
    order.removeFirst(dropped)
  }
}

/// Series that are in memory already; no day is worked out beforehand.
private struct SeriesInMemory: SampleSource {
  let byKey: [SeriesKey: Series]

  init(_ series: [Series]) { byKey = Dictionary(series.map { ($0.key, $0) }) { first, _ in first } }

  func series(_ key: SeriesKey, in period: Period) -> Series? { byKey[key] }
  func serviceDays(of service: String, in days: Range<Int>) -> [ServiceDay] { [] }
}
