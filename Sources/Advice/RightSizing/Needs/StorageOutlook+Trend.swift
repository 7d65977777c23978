import Analysis
import Model

extension StorageOutlook {
  /// When a database's data outgrow one node, by the line through each day's most; nil where storage is not measured or
  /// the fleet file says no size at which to shard.
  /// - Throws: ``DataError`` when the samples cannot be read.
  init?(_ service: Service, _ context: AdviceContext) throws(DataError) {
    guard let rules = service.database,
      let series = try context.history[SeriesKey(service: service.name, metric: .storageGiB)]
    else { return nil }
    let most = mostOfEachDay(series, until: context.period.end, context.clock)
    let days = most.keys.sorted()
    guard let last = days.last, let gib = most[last] else { return nil }
    self.init(
      gib: gib, on: last, datasetGiB: rules.shardingDatasetGib, shardingPercent: rules.shardingAtPercent)
    let stated = context.fleet.outlook(of: service).growthPercentAYear
    statedPercentAYear = stated == 0 ? nil : stated
    guard let trend = TheilSenTrend(points: days.map { (day: Double($0.day - last.day), value: most[$0]!) }) else {
      return
    }
    growth = Growth(
      gibPerDay: trend.slopePerDay, confidence: trend.lowerSlope...trend.upperSlope, days: days.count)
    let crossing = trend.crossing(of: shardAt, after: 0)
    expected = Crossing(crossing.expected, after: last)
    earliest = Crossing(crossing.earliest, after: last)
    latest = Crossing(crossing.latest, after: last)
  }
}

/// The highest sample of each day on a clock.
private func mostOfEachDay(_ series: Series, until end: Instant, _ clock: LocalClock) -> [CivilDate: Double] {
  var most: [CivilDate: Double] = [:]
  for index in series.range(in: Period(start: Instant(seconds: 0), end: end)) {
    let day = clock.date(at: Instant(seconds: series.instants[index]))
    most[day] = max(most[day] ?? 0, series.value(index))
  }
  return most
}

extension StorageOutlook.Crossing {
  /// - Parameter days: after the last day; nil for never.
  fileprivate init(_ days: Double?, after last: CivilDate) {
    guard let days else {
      self = .never
      return
    }
    self = days < 36_525 ? .on(CivilDate(day: last.day + Int(days.rounded(.down)))) : .beyondACentury
  }
}
