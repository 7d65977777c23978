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

  // In the order of the indices used below.
  private static let columns = [
    "type", "vcpu", "memory_gib", "architecture", "current_generation", "network_baseline_mbps", "network_peak_mbps",
    "ebs_baseline_mbps", "ebs_baseline_iops", "ebs_peak_mbps", "ebs_peak_iops", "burst_baseline_percent",
    "burst_credits_per_hour", "burst_max_credits", "burst_surplus_usd_per_vcpu_hour", "burst_mode",
  ]
  private enum Answer: String { case yes, no }

  private let at: [Int]

  init(_ header: DelimitedHeader) throws(DataError) {
    var positions: [Int] = []
    for column in Self.columns { positions.append(try header.require(column)) }
    at = positions
  }

  func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    book.specifications.append(
      InstanceSpecification(
        type: try row.text(at[0]), vcpu: try row.whole(at[1]),
        memoryMilliGiB: try row.thousandths(at[2], expected: "a memory size in GiB"),
        architecture: row.textIfKnown(at[3]),
        isCurrentGeneration: try row.word(at[4], [Answer.yes, .no]) == .yes,
        networkBaselineMbps: try row.wholeIfKnown(at[5]), networkPeakMbps: try row.wholeIfKnown(at[6]),
        ebsBaselineMbps: try row.wholeIfKnown(at[7]), ebsBaselineIOPS: try row.wholeIfKnown(at[8]),
        ebsPeakMbps: try row.wholeIfKnown(at[9]), ebsPeakIOPS: try row.wholeIfKnown(at[10]),
        burst: try burst(of: row), provenance: provenance))
  }

  private func burst(of row: DelimitedRecord) throws(DataError) -> BurstCredits? {
    let needed = at[11...13]
    if !needed.contains(where: row.has) {
      for column in at[14...15] where row.has(column) {
        throw row.wrong(column, expected: "no surplus price and no mode without burst credits")
      }
      return nil
    }
    guard needed.allSatisfy(row.has) else {
      throw row.wrong(
        needed.first { !row.has($0) }!,
        expected: "all of burst_baseline_percent, burst_credits_per_hour, burst_max_credits")
    }
    return BurstCredits(
      baselinePercentPerVcpu: try row.decimal(at[11]).double, creditsPerHour: try row.decimal(at[12]).double,
      maximumCredits: try row.decimal(at[13]).double,
      surplusPerVcpuHour: row.has(at[14]) ? try row.money(at[14]) : nil,
      mode: row.has(at[15]) ? try row.word(at[15], CreditMode.allCases) : nil)
  }
}
