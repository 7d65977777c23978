import Model

/// What instance types offer; an empty cell is unknown, and burst cells are empty for types that do not burst.
///
/// Memory is kept in thousandths of a GiB; the few old types whose size has more decimals (`t1.micro`, 0.6123046875
/// GiB) are rounded half-even to that.
struct SpecificationFile: PriceFileKind {
  static let name = "specification"
  static let version = 1
  static let example = """
    # plimsoll-prices: specification 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: awsdocs/amazon-ec2-user-guide@e3707c431483:doc_source/burstable-credits-baseline-concepts.md
    \(columns.joined(separator: ",")),effective_from,quality,source
    t3.medium,2,4,x86_64,yes,256,5000,347,2000,20,24,576,0.05,2026-07-20,published,A
    cache.m5.xlarge,4,12.93,,yes,,,,,,,,,2025-04-24,published,A
    """

  // In the order of the indices used below.
  private static let columns = [
    "type", "vcpu", "memory_gib", "architecture", "current_generation", "network_baseline_mbps", "network_peak_mbps",
    "ebs_baseline_mbps", "ebs_baseline_iops", "burst_baseline_percent", "burst_credits_per_hour",
    "burst_max_credits", "burst_surplus_usd_per_vcpu_hour",
  ]
  private enum Answer: String { case yes, no }

  private let at: [Int]

  init(_ header: DelimitedHeader) throws(DataError) {
    var positions: [Int] = []
    for column in Self.columns { positions.append(try header.require(column)) }
    at = positions
  }

  func read(_ row: PriceRow, into book: inout PriceBook) throws(DataError) {
    book.specifications.append(
      InstanceSpecification(
        type: try row.text(at[0], "type"), vcpu: try row.whole(at[1]), memoryMilliGiB: try memory(of: row),
        architecture: row.isEmpty(at[3]) ? nil : try row.text(at[3], "architecture"),
        isCurrentGeneration: try row.word(at[4], "current_generation", [Answer.yes, .no]) == .yes,
        networkBaselineMbps: try row.wholeIfKnown(at[5]), networkPeakMbps: try row.wholeIfKnown(at[6]),
        ebsBaselineMbps: try row.wholeIfKnown(at[7]), ebsBaselineIOPS: try row.wholeIfKnown(at[8]),
        burst: try burst(of: row), provenance: try row.provenance()))
  }

  private func memory(of row: PriceRow) throws(DataError) -> Int64 {
    let gib = try row.decimal(at[2])
    let milli = roundedHalfEven(Int128(gib.mantissa) * 1000, dividedBy: Int128(powerOfTen(gib.scale)))
    guard let size = Int64(exactly: milli) else { throw row.wrong(at[2], expected: "a memory size in GiB") }
    return size
  }

  private func burst(of row: PriceRow) throws(DataError) -> BurstCredits? {
    let needed = at[9...11]
    if needed.allSatisfy(row.isEmpty) {
      guard row.isEmpty(at[12]) else { throw row.wrong(at[12], expected: "no surplus price without burst credits") }
      return nil
    }
    guard !needed.contains(where: row.isEmpty) else {
      throw row.wrong(at[9], expected: "all of burst_baseline_percent, burst_credits_per_hour, burst_max_credits")
    }
    return BurstCredits(
      baselinePercentPerVcpu: try row.decimal(at[9]).double, creditsPerHour: try row.decimal(at[10]).double,
      maximumCredits: try row.decimal(at[11]).double,
      surplusPerVcpuHour: row.isEmpty(at[12]) ? nil : try row.money(at[12]))
  }
}
