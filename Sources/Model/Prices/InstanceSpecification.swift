/// What an instance type offers.
package struct InstanceSpecification: PriceRow {
  package var type: String
  package var vcpu: Int
  /// GiB × 1,000, exact.
  package var memoryMilliGiB: Int64
  /// nil when the source does not say.
  package var architecture: String?
  package var isCurrentGeneration: Bool
  package var networkBaselineMbps: Int?
  package var networkPeakMbps: Int?
  package var ebsBaselineMbps: Int?
  package var ebsBaselineIOPS: Int?
  /// What it can use for a while beyond the baseline; the baseline again where it does not burst.
  package var ebsPeakMbps: Int?
  package var ebsPeakIOPS: Int?
  /// Present on burstable types whose terms are known.
  package var burst: BurstCredits?
  package var provenance: Provenance

  package init(
    type: String, vcpu: Int, memoryMilliGiB: Int64, architecture: String?,
    isCurrentGeneration: Bool, networkBaselineMbps: Int?, networkPeakMbps: Int?,
    ebsBaselineMbps: Int?, ebsBaselineIOPS: Int?, ebsPeakMbps: Int? = nil, ebsPeakIOPS: Int? = nil,
    burst: BurstCredits?, provenance: Provenance
  ) {
    self.type = type
    self.vcpu = vcpu
    self.memoryMilliGiB = memoryMilliGiB
    self.architecture = architecture
    self.isCurrentGeneration = isCurrentGeneration
    self.networkBaselineMbps = networkBaselineMbps
    self.networkPeakMbps = networkPeakMbps
    self.ebsBaselineMbps = ebsBaselineMbps
    self.ebsBaselineIOPS = ebsBaselineIOPS
    self.ebsPeakMbps = ebsPeakMbps
    self.ebsPeakIOPS = ebsPeakIOPS
    self.burst = burst
    self.provenance = provenance
  }

  /// The same, what is unknown taken from an older one of the type: what a type offers does not expire, and sources
  /// tell different parts of it.
  func completed(by older: InstanceSpecification?) -> InstanceSpecification {
    guard let older else { return self }
    var whole = self
    whole.architecture = architecture ?? older.architecture
    whole.networkBaselineMbps = networkBaselineMbps ?? older.networkBaselineMbps
    whole.networkPeakMbps = networkPeakMbps ?? older.networkPeakMbps
    whole.ebsBaselineMbps = ebsBaselineMbps ?? older.ebsBaselineMbps
    whole.ebsBaselineIOPS = ebsBaselineIOPS ?? older.ebsBaselineIOPS
    whole.ebsPeakMbps = ebsPeakMbps ?? older.ebsPeakMbps
    whole.ebsPeakIOPS = ebsPeakIOPS ?? older.ebsPeakIOPS
    whole.burst = burst ?? older.burst
    return whole
  }

  @inlinable package var memoryGiB: Double { Double(memoryMilliGiB) / 1000 }

  package static let plural = "specifications"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.specifications }
  package var subject: String { "specification of \(type)" }
}

/// The CPU-credit terms of a burstable type. One credit is one vCPU at 100 % for one minute.
package struct BurstCredits: Hashable, Sendable {
  package var baselinePercentPerVcpu: Double
  package var creditsPerHour: Double
  package var maximumCredits: Double
  /// nil when the source gives no surplus price (elasticache, standard mode).
  package var surplusPerVcpuHour: Money?
  /// How it starts; nil when the source does not say.
  package var mode: CreditMode?

  package init(
    baselinePercentPerVcpu: Double, creditsPerHour: Double, maximumCredits: Double,
    surplusPerVcpuHour: Money?, mode: CreditMode? = nil
  ) {
    self.baselinePercentPerVcpu = baselinePercentPerVcpu
    self.creditsPerHour = creditsPerHour
    self.maximumCredits = maximumCredits
    self.surplusPerVcpuHour = surplusPerVcpuHour
    self.mode = mode
  }
}

/// Whether use beyond the credits is charged, or throttled to the baseline.
package enum CreditMode: String, CaseIterable, Sendable { case unlimited, standard }
