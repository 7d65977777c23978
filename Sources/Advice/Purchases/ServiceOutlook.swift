import Model

/// The demand ahead of services of which one outlook holds, and where that is known from.
struct ServiceOutlook: Sendable {
  let demand: DemandOutlook
  /// Weeks of history the spread rests on; nil when the fleet file states it.
  let weeks: Int?
  private let stated: Outlook

  /// - Parameter services: at least one; the fleet file expects the same of each.
  init(_ services: [Service], from start: Instant, _ context: AdviceContext) {
    stated = services.first.map(context.fleet.outlook) ?? Outlook()
    let means = stated.uncertaintyPercentAYear == nil ? context.weeklyUnits(of: services.map(\.name)) : []
    weeks = stated.uncertaintyPercentAYear == nil ? means.count : nil
    let spread =
      stated.uncertaintyPercentAYear.map { DemandOutlook.monthlySpread(percentAYear: $0) }
      ?? DemandOutlook.spread(
        weeklyMeans: means, prior: DemandOutlook.monthlySpread(percentAYear: assumedUncertaintyPercent))
    let end = stated.decommission.map { date in
      Int(max(0, (context.clock.midnight(of: date).seconds - start.seconds) / 3600))
    }
    demand = DemandOutlook(
      growth: Double(stated.growthPercentAYear ?? 0) / 100, monthlySpread: spread, endsAfter: end)
  }

  /// What is known of it over a term of so many months.
  func figure(months: Int) -> DemandAhead {
    DemandAhead(
      growthPercentAYear: stated.growthPercentAYear, monthlySpread: demand.monthlySpread, weeks: weeks,
      decommission: stated.decommission, months: months)
  }
}

/// The standard deviation of a year's demand where nothing is stated, in percent: the prior that history is added to.
package let assumedUncertaintyPercent = 25

extension AdviceContext {
  /// Mean normalised units that ran of some services in each whole week before the period's end, oldest first.
  fileprivate func weeklyUnits(of services: [String]) -> [Double] {
    let runs = services.flatMap { inventory[$0] }
    guard let first = runs.map(\.started).min() else { return [] }
    let weeks = max(0, min(Int((period.end.seconds - first.seconds) / 604_800), 104))
    var units = [Int128](repeating: 0, count: weeks)
    for run in runs {
      let ofRun = cloud.normalisedUnits(of: engine.kind(run))
      for ago in 0..<weeks {
        let end = period.end.advanced(by: -Int64(ago) * 604_800)
        let week = Period(start: end.advanced(by: -604_800), end: end)
        units[weeks - 1 - ago] += Int128(run.overlap(with: week)?.seconds ?? 0) * ofRun
      }
    }
    return units.map { Double($0) / 604_800 }
  }
}
