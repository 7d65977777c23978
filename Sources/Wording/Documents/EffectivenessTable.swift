import Analysis
import Analytics
import Model

/// How well scaling works, month by month: what ran, what is configured and what is tuned beside each other; nothing where
/// no month is known.
func effectivenessSections(_ rows: [ScalingEffectiveness], _ currency: BillCurrency) -> [ReportSection] {
  guard !rows.isEmpty else { return [] }
  return [
    ReportSection("effectiveness", title: "Month by month", blocks: [.table(effectivenessTable(rows, currency))])
  ]
}

private func effectivenessTable(_ rows: [ScalingEffectiveness], _ currency: BillCurrency) -> ReportTable {
  ReportTable(
    "effectiveness",
    columns: [
      ReportColumn("month", "Month", .month), .text("service", "Service"), .text("scaling", "Scaling"),
      ReportColumn("events_per_day", "Changes a day", .number(unit: nil)),
      ReportColumn("scale_out_p50_seconds", "Out p50", .duration),
      ReportColumn("scale_out_p95_seconds", "Out p95", .duration),
      ReportColumn("scale_in_p50_seconds", "In p50", .duration),
      ReportColumn("scale_in_p95_seconds", "In p95", .duration),
      ReportColumn("cpu_after_out_percent", "CPU after out", .number(unit: "%")),
      ReportColumn("cpu_after_in_percent", "CPU after in", .number(unit: "%")),
      ReportColumn("critical_seconds", "Critical", .duration),
      currency.column("cost_per_user", "Cost", per: "user"),
    ],
    rows: rows.map { row in
      let figures = row.figures
      let times = [figures.short?.median, figures.short?.p95, figures.spare?.median, figures.spare?.p95]
      let cost: ReportCell =
        switch row.costPerUser {
        case .success(let cost): .perUser(cost)
        case .failure(.noUsers): .unknown("users were not measured")
        case .failure(.noInstances): .unknown("more than 2,000 instances run")
        case .failure(.fault): .unknown("the month cannot be billed")
        }
      return [
        .month(row.month), .text(row.service), .text(row.kind.title),
        .measured(Double(figures.events) / (Double(figures.seconds) / 86_400), decimals: 1),
      ] + times.map { $0.map { .duration($0) } ?? .empty } + [
        figures.useAfterOut.map { .measured($0, decimals: 1) } ?? .empty,
        figures.useAfterIn.map { .measured($0, decimals: 1) } ?? .empty,
        .duration(figures.secondsAtLevel.last ?? 0), cost,
      ]
    })
}

extension ScalingEffectiveness.Kind {
  fileprivate var title: String {
    switch self {
    case .asRun: "as run"
    case .configured: "as configured"
    case .tuned: "as tuned"
    }
  }
}
