// What demand will be while a size stays, by the futures that purchases rest on (Purchases/ServiceOutlook.swift).
//
//   factors = demand in the middle of the time that the size stays, on each of ten equally likely paths
//   growth  = demand at the end of that time on the path of what is expected, at least 1
//
// A size chosen by a percentile must carry what was used × growth, its headroom being there for that; one chosen by its
// expected loss is short in the mean over all factors. What runs is no smaller than it was because demand is expected to
// rise: it is judged by what it did, and told when it will be outgrown.

import Model

#if canImport(Synchronization)
  import Synchronization
#endif

/// Demand while a size stays, relative to the period that it is chosen by.
struct SizeOutlook: Hashable, Sendable {
  /// What it may be, all equally likely; at least one.
  let factors: [Double]
  /// The most that is expected of it; 1 where it does not rise.
  let growth: Double
  /// For how long the size stays.
  let days: Int

  /// As it was.
  static let unchanged = SizeOutlook(factors: [1], growth: 1, days: defaultHoldDays)

  init(factors: [Double], growth: Double, days: Int) {
    (self.factors, self.growth, self.days) = (factors, growth, days)
  }

  /// - Parameter days: that a size stays; no longer than anything runs.
  init(_ demand: DemandOutlook, days: Int) {
    let months = Double(min(days * 24, max(1, demand.endsAfter ?? .max))) / Double(hoursAMonth)
    let factors = DemandPath.likely.map { demand.factor(on: $0, months: months / 2) }
    self.init(
      factors: Set(factors).count == 1 ? [factors[0]] : factors,
      growth: max(1, demand.factor(on: DemandPath(), months: months)), days: days)
  }

  /// What is told of it; nil where nothing is expected to rise.
  var figure: SizeGrowth? { growth > 1 ? SizeGrowth(factor: growth, days: days) : nil }
}

/// The outlooks of services that were asked for.
final class SizeOutlooks: Sendable {
  /// Where the inventory is whole from is looked up once, for it takes a look at all of it.
  private let known = Mutex<(recordStart: Instant?, outlooks: [String: SizeOutlook])>((nil, [:]))

  func outlook(of service: Service, _ context: AdviceContext) -> SizeOutlook {
    let (start, outlook) = known.withLock { ($0.recordStart, $0.outlooks[service.name]) }
    if let outlook { return outlook }
    let recordStart = start ?? context.recordStart
    let demand = ServiceOutlook(of: service, from: context.period.end, since: recordStart, context).demand
    let made = SizeOutlook(demand, days: context.rules.holdDays ?? defaultHoldDays)
    known.withLock {
      $0.recordStart = recordStart
      $0.outlooks[service.name] = made
    }
    return made
  }
}
