import Analytics
import Model

/// What the types of a price report offer: sizes, then throughput, CPU credits and speed where any of it is known.
func specificationTables(_ types: [PricesAnswer.ListedType], _ sources: inout PriceSources) -> [ReportTable] {
  [sizeTable(types, &sources), throughputTable(types), creditTable(types), performanceTable(types, &sources)]
    .compactMap { $0 }
}

private let notKnown = ReportCell.unknown("no source says")

private func sizeTable(_ types: [PricesAnswer.ListedType], _ sources: inout PriceSources) -> ReportTable {
  var rows: [[ReportCell]] = []
  for type in types {
    let one = type.specification
    rows.append([
      .text(type.kind.type), one.map { .count($0.vcpu) } ?? notKnown,
      one.map { .decimal(ScaledDecimal(mantissa: $0.memoryMilliGiB, scale: 3).normalised) } ?? notKnown,
      one?.architecture.map { .text($0) } ?? notKnown, type.sizeFactor.map { .decimal($0) } ?? .empty,
      one.map { .text(sources.key(of: $0.provenance.source)) } ?? .empty,
    ])
  }
  return ReportTable(
    "specifications",
    columns: [
      .text("type", "Type"), ReportColumn("vcpu", "vCPU", .count),
      ReportColumn("memory_gib", "Memory, GiB", .number(unit: "GiB")), .text("architecture", "Architecture"),
      ReportColumn("size_factor", "Size factor", .number(unit: nil)), .text("source", "Source"),
    ], rows: rows)
}

/// What a type can use always, and for a while; nil where nothing is known of any.
private func throughputTable(_ types: [PricesAnswer.ListedType]) -> ReportTable? {
  let figures = types.map { type -> [Int?] in
    let one = type.specification
    return [
      one?.networkBaselineMbps, one?.networkPeakMbps, one?.ebsBaselineMbps, one?.ebsPeakMbps, one?.ebsBaselineIOPS,
      one?.ebsPeakIOPS,
    ]
  }
  guard figures.contains(where: { $0.contains { $0 != nil } }) else { return nil }
  func column(_ name: String, _ title: String, _ unit: String) -> ReportColumn {
    ReportColumn(name, "\(title), \(unit)", .number(unit: unit))
  }
  return ReportTable(
    "throughput",
    columns: [
      .text("type", "Type"), column("network_baseline_mbps", "Network", "Mbit/s"),
      column("network_peak_mbps", "at most", "Mbit/s"), column("ebs_baseline_mbps", "EBS", "Mbit/s"),
      column("ebs_peak_mbps", "EBS at most", "Mbit/s"), column("ebs_baseline_iops", "EBS", "IOPS"),
      column("ebs_peak_iops", "EBS at most", "IOPS"),
    ],
    rows: zip(types, figures).map { type, figures in
      [.text(type.kind.type)] + figures.map { $0.map { .count($0) } ?? notKnown }
    })
}

/// The CPU credits of burstable types; nil where there is none.
private func creditTable(_ types: [PricesAnswer.ListedType]) -> ReportTable? {
  let burstable = types.compactMap { type in type.specification?.burst.map { (type.kind.type, $0) } }
  guard !burstable.isEmpty else { return nil }
  return ReportTable(
    "credits",
    columns: [
      .text("type", "Type"), ReportColumn("credits_per_hour", "CPU credits an hour", .number(unit: nil)),
      ReportColumn("maximum_credits", "At most", .number(unit: nil)),
      ReportColumn("baseline", "Baseline of a vCPU", .share), .text("starts", "Starts"),
      ReportColumn("surplus_usd_per_vcpu_hour", "Beyond, USD/vCPU-h", .rate(currency: "USD", per: "vCPU-hour")),
    ],
    rows: burstable.map { type, burst in
      [
        .text(type), .measured(burst.creditsPerHour, decimals: 1), .measured(burst.maximumCredits, decimals: 0),
        .share(burst.baselinePercentPerVcpu / 100, decimals: 0), burst.mode.map { .text($0.rawValue) } ?? notKnown,
        .known(burst.surplusPerVcpuHour, or: "no source says") { .rate($0) },
      ]
    })
}

/// How fast the types were measured to be, alone and beside the reference; nil where none was.
private func performanceTable(_ types: [PricesAnswer.ListedType], _ sources: inout PriceSources) -> ReportTable? {
  var rows: [[ReportCell]] = []
  for type in types {
    guard let one = type.performance else { continue }
    let beside = type.reference.flatMap { $0.type == type.kind.type ? nil : RelativePerformance(one, to: $0) }
    rows.append([
      .text(type.kind.type), .measured(one.coreMarkPerVcpu, decimals: 0),
      .share(Double(one.noisePercent) / 100, decimals: 0),
      beside.map { .measured($0.ratio, decimals: 2) } ?? .empty,
      beside.map { .share($0.noisePercent / 100, decimals: 0) } ?? .empty,
      .text(sources.key(of: one.provenance.source)),
    ])
  }
  guard !rows.isEmpty else { return nil }
  let reference = PricesAnswer.ListedType.referenceType
  return ReportTable(
    "performance",
    columns: [
      .text("type", "Type"), ReportColumn("coremark_per_vcpu", "CoreMark a vCPU", .number(unit: nil)),
      ReportColumn("noise", "±", .share),
      ReportColumn("relative_performance", "Times \(reference)", .number(unit: nil)),
      ReportColumn("relative_noise", "±", .share), .text("source", "Source"),
    ], rows: rows)
}
