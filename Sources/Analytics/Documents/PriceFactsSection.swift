import Model

/// What the types of a price report offer; an empty cell is unknown.
func specificationTable(_ types: [ListedType], _ sources: inout SourceKeys) -> ReportTable {
  ReportTable(
    "specifications",
    columns: [
      "Type|type", ">vCPU|vcpu", ">GiB|memory_gib", "Architecture|architecture", ">Network, Mbit/s|network_mbps",
      ">EBS, Mbit/s|ebs_mbps", ">EBS, IOPS|ebs_iops", "CPU credits|credits", "CoreMark a vCPU|coremark_per_vcpu",
      ">Size factor|size_factor", "Source|source",
    ],
    rows: types.map { type in
      let one = type.specification
      let keys = [one?.provenance.source, type.performance?.provenance.source].compactMap { $0 }
        .map { sources.key(of: $0) }
      return [
        type.kind.type, one.map { "\($0.vcpu)" } ?? "", one.map { rounded($0.memoryGiB, 2) } ?? "",
        one?.architecture ?? "", burstText(one?.networkBaselineMbps, one?.networkPeakMbps),
        burstText(one?.ebsBaselineMbps, one?.ebsPeakMbps), burstText(one?.ebsBaselineIOPS, one?.ebsPeakIOPS),
        one?.burst.map(creditText) ?? "", performanceText(type), sizeFactor(type.kind.type),
        keys.joined(separator: " "),
      ]
    })
}

/// `256 to 5,000`: the baseline and what it can use for a while.
private func burstText(_ baseline: Int?, _ peak: Int?) -> String {
  guard let baseline else { return peak.map { "up to \(grouped($0))" } ?? "" }
  guard let peak, peak != baseline else { return grouped(baseline) }
  return "\(grouped(baseline)) to \(grouped(peak))"
}

private func creditText(_ burst: BurstCredits) -> String {
  let surplus = burst.surplusPerVcpuHour.map { ", \(rateText($0)) USD a vCPU-hour beyond" } ?? ""
  let mode = burst.mode.map { ", starts \($0.rawValue)" } ?? ""
  return "\(rounded(burst.creditsPerHour, 1))/h, at most \(rounded(burst.maximumCredits, 0)), baseline "
    + "\(rounded(burst.baselinePercentPerVcpu, 0)) % a vCPU\(mode)\(surplus)"
}

/// `16,551 ± 10 %, 1.04 ± 0.15 x m5.large`.
private func performanceText(_ type: ListedType) -> String {
  guard let one = type.performance else { return "not measured" }
  let own = "\(grouped(Int(one.coreMarkPerVcpu.rounded()))) ± \(one.noisePercent) %"
  guard let other = type.reference, type.kind.type != other.type else { return own }
  let beside = RelativePerformance(one, to: other)
  let noise = beside.ratio * beside.noisePercent / 100
  return "\(own), \(rounded(beside.ratio, 2)) ± \(rounded(noise, 2)) x \(other.type)"
}

/// The normalisation factor of the size; empty for sizes without one.
private func sizeFactor(_ type: String) -> String {
  guard let quarters = TypeName(type).quarterUnits else { return "" }
  return ScaledDecimal(mantissa: Int64(quarters) * 25, scale: 2).normalised.description
}

/// What spot capacity cost in each zone, as far as it is known.
func spotTable(_ types: [ListedType], _ sources: inout SourceKeys) -> ReportTable {
  var rows: [[String]] = []
  for type in types {
    for (zone, prices) in Dictionary(grouping: type.spot, by: \.zone).sorted(by: { $0.key < $1.key }) {
      let last = prices[prices.count - 1]
      rows.append([
        type.kind.type, zone, prices[0].provenance.effectiveFrom.description, last.provenance.effectiveFrom.description,
        grouped(prices.count), rateText(prices.map(\.hourly).min()!), rateText(timeMean(prices)),
        rateText(prices.map(\.hourly).max()!), rateText(last.hourly), sources.key(of: last.provenance.source),
      ])
    }
  }
  return ReportTable(
    "spot",
    columns: [
      "Type|type", "Zone|zone", "First|first", "Last change|last", ">Prices|prices", ">Lowest|lowest_usd_per_hour",
      ">Mean|mean_usd_per_hour", ">Highest|highest_usd_per_hour", ">Last|last_usd_per_hour", "Source|source",
    ], rows: rows)
}

/// The mean over the time from the first price to the last change, each price by how long it held, half-even.
private func timeMean(_ prices: [SpotPrice]) -> Money {
  var sum: Int128 = 0
  for (price, next) in zip(prices, prices.dropFirst()) {
    let seconds = next.provenance.effectiveFrom.seconds - price.provenance.effectiveFrom.seconds
    sum += Int128(price.hourly.nanoDollars) * Int128(seconds)
  }
  let span = prices[prices.count - 1].provenance.effectiveFrom.seconds - prices[0].provenance.effectiveFrom.seconds
  return span == 0 ? prices[0].hourly : Money(nanoDollars: Int64(roundedHalfEven(sum, dividedBy: Int128(span))))
}
