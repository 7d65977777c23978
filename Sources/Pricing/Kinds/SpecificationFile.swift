import Model
import Reading

/// What instance types offer; an empty cell is unknown, and burst cells are empty for types that do not burst.
///
/// Memory is kept in thousandths of a GiB; the few old types whose size has more decimals (`t1.micro`, 0.6123046875
/// GiB) are rounded half-even to that.
struct SpecificationFile: PriceFileKind {
  static let name = "specification"
  static let version = 2
  static let example = """
    # plimsoll-prices: specification 2
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: awsdocs/amazon-ec2-user-guide@e3707c431483:doc_source/burstable-credits-baseline-concepts.md
    \(columns.joined(separator: ",")),effective_from,quality,source
    t3.medium,2,4,x86_64,yes,256,5000,347,2000,2085,11800,20,24,576,0.05,unlimited,2026-07-20,published,A
    cache.m5.xlarge,4,12.93,,yes,,,,,,,,,,,,2025-04-24,published,A
    """
  static let columns =
    [
      "type", "vcpu", "memory_gib", "architecture", "current_generation", "network_baseline_mbps", "network_peak_mbps",
      "ebs_baseline_mbps", "ebs_baseline_iops", "ebs_peak_mbps", "ebs_peak_iops",
    ] + burstColumns + optionalBurstColumns
  /// The columns that a type that bursts must have filled, and those that it may have.
  private static let burstColumns = ["burst_baseline_percent", "burst_credits_per_hour", "burst_max_credits"]
  private static let optionalBurstColumns = ["burst_surplus_usd_per_vcpu_hour", "burst_mode"]

  private enum Answer: String { case yes, no }

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    book.specifications.append(
      InstanceSpecification(
        type: try row.text("type"), vcpu: try row.whole("vcpu"),
        memoryMilliGiB: try row.thousandths("memory_gib", expected: "a memory size in GiB"),
        architecture: row.written("architecture"),
        isCurrentGeneration: try row.word("current_generation", [Answer.yes, .no]) == .yes,
        networkBaselineMbps: try row.wholeIfKnown("network_baseline_mbps"),
        networkPeakMbps: try row.wholeIfKnown("network_peak_mbps"),
        ebsBaselineMbps: try row.wholeIfKnown("ebs_baseline_mbps"),
        ebsBaselineIOPS: try row.wholeIfKnown("ebs_baseline_iops"),
        ebsPeakMbps: try row.wholeIfKnown("ebs_peak_mbps"), ebsPeakIOPS: try row.wholeIfKnown("ebs_peak_iops"),
        burst: try burst(of: row), provenance: provenance))
  }

  private static func burst(of row: DelimitedRecord) throws(DataError) -> BurstCredits? {
    guard burstColumns.contains(where: row.has) else {
      for column in optionalBurstColumns where row.has(column) {
        throw row.wrong(column, expected: "no surplus price and no mode without burst credits")
      }
      return nil
    }
    for column in burstColumns where !row.has(column) {
      throw row.wrong(column, expected: "all of \(burstColumns.joined(separator: ", "))")
    }
    let hasSurplus = row.has("burst_surplus_usd_per_vcpu_hour")
    return BurstCredits(
      baselinePercentPerVcpu: try row.decimal("burst_baseline_percent").double,
      creditsPerHour: try row.decimal("burst_credits_per_hour").double,
      maximumCredits: try row.decimal("burst_max_credits").double,
      surplusPerVcpuHour: hasSurplus ? try row.money("burst_surplus_usd_per_vcpu_hour") : nil,
      mode: row.has("burst_mode") ? try row.word("burst_mode", CreditMode.allCases) : nil)
  }
}
