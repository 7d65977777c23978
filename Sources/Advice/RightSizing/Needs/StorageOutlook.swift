import Analysis
import Model

/// When a database's data outgrow one node, by the line through each day's most; nil where storage is not measured or the
/// fleet file says no size at which to shard.
func storageFigure(_ service: Service, _ context: AdviceContext) -> EvidenceFigure? {
  guard let rules = service.database,
    let series = context.series[SeriesKey(service: service.name, metric: .storageGiB)]
  else { return nil }
  var most: [Int64: Double] = [:]
  for index in series.range(in: Period(start: Instant(seconds: 0), end: context.period.end)) {
    let instant = Instant(seconds: series.instants[index])
    let day = floorDivide(instant.seconds + context.clock.offset(at: instant), 86_400)
    most[day] = max(most[day] ?? 0, series.value(index))
  }
  let days = most.keys.sorted()
  guard let last = days.last, let latest = most[last] else { return nil }
  let line = Double(rules.shardingDatasetGib * rules.shardingAtPercent) / 100
  let size = "\(rounded(latest, 1)) GiB on \(date(last))"
  let target = "\(rules.shardingAtPercent) % of \(rules.shardingDatasetGib) GiB"
  guard let trend = TheilSenTrend(points: days.map { (day: Double($0 - last), value: most[$0]!) }) else {
    return .init("storage", "\(size), of too few days for a trend; shard at \(target)")
  }
  let growth =
    "grows \(rounded(trend.slopePerDay, 3)) GiB a day (95 %: \(rounded(trend.lowerSlope, 3)) to \(rounded(trend.upperSlope, 3)), \(days.count) days)"
  guard latest < line else { return .init("storage", "\(size), beyond \(target): shard now") }
  let crossing = trend.crossing(of: line, after: 0)
  guard let expected = crossing.expected else {
    return .init("storage", "\(size), \(growth); \(target) is not in sight")
  }
  let range =
    "\(crossing.earliest.map { date(last, $0) } ?? "?") to \(crossing.latest.map { date(last, $0) } ?? "never")"
  return .init("storage", "\(size), \(growth); \(target) on \(date(last, expected)) (\(range)): shard before")
}

/// The date of a day since 1970, or of so many days after it; `beyond 100 years` where that is.
private func date(_ day: Int64, _ later: Double = 0) -> String {
  guard later < 36_525 else { return "beyond 100 years" }
  return Instant(seconds: (day + Int64(later.rounded(.down))) * 86_400).date.description
}
