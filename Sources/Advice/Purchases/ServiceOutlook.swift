import Analysis
import Model

/// The demand ahead of services of which one outlook holds, and where that is known from.
struct ServiceOutlook: Sendable {
  let demand: DemandOutlook
  /// Weeks of history the spread rests on; nil when the fleet file states it.
  let weeks: Int?
  private let stated: Outlook

  /// - Parameter services: at least one, of a pool; the fleet file expects the same of each.
  init(_ services: [PooledService], of pool: PurchasePool, _ use: AccountUse, _ context: AdviceContext) {
    let stated = services.first.map { context.fleet.outlook(of: $0.service) } ?? Outlook()
    self.init(stated, from: use.start, context) {
      context.weeklyUnits(of: context.runs(of: services, in: pool), since: use.recordStart)
    }
  }

  /// Of a service by itself, whatever it runs on.
  /// - Parameter record: where the inventory is whole from.
  init(of service: Service, from start: Instant, since record: Instant, _ context: AdviceContext) {
    self.init(context.fleet.outlook(of: service), from: start, context) {
      context.weeklyUnits(of: context.inventory[service.name], since: record)
    }
  }

  /// - Parameter weeklyUnits: what ran in the weeks of the record; asked for only where the spread is not stated.
  private init(_ stated: Outlook, from start: Instant, _ context: AdviceContext, weeklyUnits: () -> [Double]) {
    self.stated = stated
    let means = stated.uncertaintyPercentAYear == nil ? weeklyUnits() : []
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

  /// True where the spread is drawn from what ran, and not stated.
  var isOfHistory: Bool { weeks != nil }

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
  /// What ran of some services in a pool; of services that the plan has on other instances, in any pool.
  fileprivate func runs(of services: [PooledService], in pool: PurchasePool) -> [InstanceRun] {
    var groups = SharingGroups(by: cloud)
    return services.flatMap { service in
      inventory[service.service.name].filter { run in
        guard !service.isChanged else { return pool.account == nil || run.account == pool.account }
        return groups.group(of: engine.kind(run), in: engine.buyer(run.account)) == pool.group
      }
    }
  }

  /// Mean normalised units of some runs in each whole week of the record before the period's end, oldest first.
  fileprivate func weeklyUnits(of runs: [InstanceRun], since record: Instant) -> [Double] {
    guard let first = runs.map(\.started).min() else { return [] }
    let begin = max(first, record)
    let weeks = max(0, min(Int((period.end.seconds - begin.seconds) / 604_800), 104))
    let start = period.end.advanced(by: -Int64(weeks) * 604_800)
    var units = [Int128](repeating: 0, count: weeks)
    for run in runs {
      guard let ran = run.overlap(with: Period(start: start, end: period.end)) else { continue }
      let ofRun = cloud.normalisedUnits(of: engine.kind(run))
      let last = (ran.end.seconds - 1 - start.seconds) / 604_800
      for week in (ran.start.seconds - start.seconds) / 604_800...last {
        let from = start.advanced(by: week * 604_800)
        let part = run.overlap(with: Period(start: from, end: from.advanced(by: 604_800)))?.seconds ?? 0
        units[Int(week)] += Int128(part) * ofRun
      }
    }
    return units.map { Double($0) / 604_800 }
  }
}
