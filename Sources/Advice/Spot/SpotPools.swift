import Analysis
import Model

/// Capacity that can disappear at once: unused instances of one type in one availability zone.
///
/// Source: AWS, "Overview of Amazon EC2 Spot Instances", Spot best practices.
package struct SpotPool: Hashable, Sendable {
  package var type: String
  package var zone: String
  /// What an hour of an instance is expected to be charged.
  package var price: Money
  /// At most so many percent of instances are taken back in a month.
  package var interruptedPercent: Int
}

/// The pools of one type, and where their prices are from.
struct SpotSource: Sendable {
  let pools: [SpotPool]
  let price: SpotTypePrice
  let interruption: SpotInterruptionRate
  let note: PriceNote
}

/// How long a look back prices are averaged over.
let spotHistoryDays: Int64 = 30

extension SpotSource {
  /// The pools of a type that may serve a service.
  ///
  /// By zone from the price history, the mean over the last 30 days, when that is confirmed later than the provider's
  /// estimate; else the estimate, alike in all zones.
  /// - Parameter zones: those it may run in; nil for those the book has spot prices of the type in, or, without any, those
  ///   the service ran in.
  /// - Returns: nil when the book knows neither a price in these zones nor an estimate.
  static func of(
    _ kind: InstanceKind, zones: [String]?, ran: [String], _ context: AdviceContext
  ) throws(DataError) -> SpotSource? {
    let span = Period(start: context.asOf.advanced(by: -spotHistoryDays * 86_400), end: context.asOf)
    let known = context.catalogue.spotZones(kind, before: context.asOf)
    let allowed = zones ?? (known.isEmpty ? (ran.isEmpty ? [""] : ran) : known)
    let estimate = context.catalogue.spot(kind, at: context.asOf)
    let means = allowed.compactMap { zone in
      context.catalogue.meanSpot(kind, zone: zone, over: span).map { (zone: zone, mean: $0) }
    }
    let newest = means.map(\.mean.newest.confirmed).max()
    if let newest, newest >= estimate?.provenance.confirmed ?? newest {
      return history(kind, means, estimate, context)
    }
    guard let estimate else { return nil }
    let onDemand = try context.catalogue.onDemand(kind, at: context.asOf)
    return estimated(estimate, onDemand, zones: allowed, context)
  }

  private static func history(
    _ kind: InstanceKind, _ means: [(zone: String, mean: SpotMean)], _ estimate: SpotEstimate?, _ context: AdviceContext
  ) -> SpotSource {
    let pools = means.map { zone, mean in
      SpotPool(
        type: kind.type, zone: zone, price: mean.hourly, interruptedPercent: estimate?.interruptedPercent ?? 100)
    }
    let total = means.map(\.mean.hourly).reduce(.zero, +)
    // Of the zones' newest prices the oldest is as old as the mean is.
    let oldest = means.map(\.mean.newest).min { $0.confirmed < $1.confirmed }!
    let mean = SpotMean(hourly: total.charge(for: 1, per: Int128(means.count)), newest: oldest)
    let span = PriceNote.SpotSpan.days(Int(spotHistoryDays), zones: means.count)
    return SpotSource(
      pools: pools,
      price: SpotTypePrice(kind.type, mean.hourly, .history(span, to: context.asOf)),
      interruption: SpotInterruptionRate(kind.type, estimate?.interruption),
      note: context.engine.note(mean, of: kind.type, over: span))
  }

  private static func estimated(
    _ estimate: SpotEstimate, _ onDemand: OnDemandPrice, zones: [String], _ context: AdviceContext
  ) -> SpotSource {
    let price = onDemand.hourly.charge(for: Int128(100 - estimate.savingsPercent), per: 100)
    let type = estimate.kind.type
    return SpotSource(
      pools: zones.map {
        SpotPool(type: type, zone: $0, price: price, interruptedPercent: estimate.interruptedPercent)
      },
      price: SpotTypePrice(
        type, price,
        .estimate(
          onDemand: onDemand.hourly, percentBelow: estimate.savingsPercent, from: estimate.provenance.effectiveFrom)),
      interruption: SpotInterruptionRate(type, estimate.interruption),
      note: context.engine.note(estimate, onDemand: onDemand))
  }
}

/// Instances spread evenly over pools.
package enum SpotSpread {
  /// The most that are lost at once: the largest share of a pool, `⌈spot / pools⌉`.
  package static func lost(_ spot: Int, pools: Int) -> Int { (spot + pools - 1) / pools }

  /// The most of `running` instances that may be spot: when the largest share of a pool is lost, `left` or more stay;
  /// `guaranteed` or more are never spot; and no more than `percent` of them are, where an owner says so.
  ///
  /// `⌈s / P⌉ ≤ running - left` is `s ≤ P × (running - left)`, so it is the least of three numbers.
  package static func limit(running: Int, left: Int, guaranteed: Int, percent: Int, pools: Int) -> Int {
    let bounds = [pools * (running - left), running - guaranteed, running * percent / 100]
    return max(0, bounds.min()!)
  }
}
