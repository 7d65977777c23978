import GRDB
import Model

extension InstanceSpecification: StoredPrice {
  static let table = PriceTable(
    "specification", keys: ["type"],
    figures: [
      "vcpu", "memory_milli_gib", "architecture", "current_generation", "network_baseline_mbps", "network_peak_mbps",
      "ebs_baseline_mbps", "ebs_baseline_iops", "ebs_peak_mbps", "ebs_peak_iops", "burst_baseline_percent",
      "burst_credits_per_hour", "burst_max_credits", "burst_surplus_per_vcpu_hour_nano_usd", "burst_mode",
    ])
  var storedKey: [DatabaseValue] { [type.databaseValue] }
  var storedFigures: [DatabaseValue] {
    let figures: [(any DatabaseValueConvertible)?] = [
      vcpu, memoryMilliGiB, architecture, isCurrentGeneration, networkBaselineMbps, networkPeakMbps, ebsBaselineMbps,
      ebsBaselineIOPS, ebsPeakMbps, ebsPeakIOPS, burst?.baselinePercentPerVcpu, burst?.creditsPerHour,
      burst?.maximumCredits, burst?.surplusPerVcpuHour?.nanoDollars, burst?.mode?.rawValue,
    ]
    return figures.map { $0?.databaseValue ?? .null }
  }

  init(_ stored: inout StoredValues, _ provenance: Provenance) {
    self.init(
      type: stored.next(), vcpu: stored.next(), memoryMilliGiB: stored.next(), architecture: stored.nextIfKnown(),
      isCurrentGeneration: stored.next(), networkBaselineMbps: stored.nextIfKnown(),
      networkPeakMbps: stored.nextIfKnown(), ebsBaselineMbps: stored.nextIfKnown(),
      ebsBaselineIOPS: stored.nextIfKnown(), ebsPeakMbps: stored.nextIfKnown(), ebsPeakIOPS: stored.nextIfKnown(),
      burst: BurstCredits(&stored), provenance: provenance)
  }
}

extension BurstCredits {
  /// nil for a type that does not burst.
  fileprivate init?(_ stored: inout StoredValues) {
    guard let baseline: Double = stored.nextIfKnown() else { return nil }
    self.init(
      baselinePercentPerVcpu: baseline, creditsPerHour: stored.next(), maximumCredits: stored.next(),
      surplusPerVcpuHour: stored.nextIfKnown().map(Money.init(nanoDollars:)),
      mode: stored.nextIfKnown().flatMap(CreditMode.init(rawValue:)))
  }
}
