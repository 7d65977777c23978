import GRDB
import Model

// Keys and figures of each kind of row, in the order of its `PriceTable`.

extension InstanceKind {
  fileprivate var key: [DatabaseValue] { [region.databaseValue, type.databaseValue, engine.databaseValue] }
}

extension OnDemandPrice {
  var key: [DatabaseValue] { kind.key }
  var figures: [DatabaseValue] { [hourly.nanoDollars.databaseValue] }
}

extension ReservedPrice {
  var key: [DatabaseValue] {
    kind.key + [term.offerClass.rawValue.databaseValue, term.years.databaseValue, term.payment.rawValue.databaseValue]
  }
  var figures: [DatabaseValue] { [upfront.nanoDollars.databaseValue, hourly.nanoDollars.databaseValue] }
}

extension SavingsPlanRate {
  var key: [DatabaseValue] {
    kind.key + [term.plan.rawValue.databaseValue, term.years.databaseValue, term.payment.rawValue.databaseValue]
  }
  var figures: [DatabaseValue] { [hourly.nanoDollars.databaseValue] }
}

extension SpotEstimate {
  var key: [DatabaseValue] { kind.key }
  var figures: [DatabaseValue] { [savingsPercent.databaseValue, interruption.databaseValue] }
}

extension SpotPrice {
  var key: [DatabaseValue] { kind.key + [zone.databaseValue] }
  var figures: [DatabaseValue] { [hourly.nanoDollars.databaseValue] }
}

extension UnitPrice {
  var key: [DatabaseValue] { [region.databaseValue, item.databaseValue, tierFrom.databaseValue] }
  var figures: [DatabaseValue] { [unit.databaseValue, price.nanoDollars.databaseValue, perUnits.databaseValue] }
  var words: String { "\(item)\(region.isEmpty ? "" : " in \(region)") from \(tierFrom) \(unit)" }
}

extension InstanceSpecification {
  var key: [DatabaseValue] { [type.databaseValue] }
  var figures: [DatabaseValue] {
    let figures: [(any DatabaseValueConvertible)?] = [
      vcpu, memoryMilliGiB, architecture, isCurrentGeneration, networkBaselineMbps, networkPeakMbps, ebsBaselineMbps,
      ebsBaselineIOPS, ebsPeakMbps, ebsPeakIOPS, burst?.baselinePercentPerVcpu, burst?.creditsPerHour,
      burst?.maximumCredits, burst?.surplusPerVcpuHour?.nanoDollars, burst?.mode?.rawValue,
    ]
    return figures.map { $0?.databaseValue ?? .null }
  }
}

extension InstancePerformance {
  var key: [DatabaseValue] { [type.databaseValue] }
  var figures: [DatabaseValue] { [milliCoreMark.databaseValue, threads.databaseValue, noisePercent.databaseValue] }
}
