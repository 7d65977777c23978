import Analysis
import Analytics
import Model

/// At which utilisation latency breaks.
func latencySection(_ answer: CapacityAnswer) -> [ReportSection] {
  guard answer.latencies.contains(where: { $0.critical != nil || $0.isMeasured }) else { return [] }
  let words =
    "Mean CPU of a service's instances against its p95 latency, as a queue makes it: L0 / (1 - u / U). Fitted to the month's "
    + "slots; beyond the highest that was measured it is extrapolated."
  return [
    ReportSection(
      "latency", title: "Where latency breaks", blocks: [.paragraph(words), .table(table(answer.latencies))])
  ]
}

private func table(_ latencies: [ComponentLatency]) -> ReportTable {
  ReportTable(
    "latency",
    columns: [
      .text("component", "Component"), ReportColumn("unloaded_ms", "Without load", .number(unit: "ms")),
      ReportColumn("critical_ms", "Critical", .number(unit: "ms")), ReportColumn("critical_at", "Passed at", .share),
      ReportColumn("breaks_at", "Breaks at", .share), ReportColumn("highest", "Measured to", .share),
      ReportColumn("error", "Median error", .share), ReportColumn("explained", "Explained", .share),
    ],
    rows: latencies.map { one in
      let critical = one.critical.map { ReportCell.measured($0, decimals: 0) } ?? .empty
      switch one.curve {
      case .failure(let gap):
        return [.text(one.service), .unknown(words(gap)), critical, .empty, .empty, .empty, .empty, .empty]
      case .success(let curve):
        let at = one.critical.flatMap { curve.utilisation(at: $0) }
        return [
          .text(one.service), .measured(curve.unloaded, decimals: 1), critical,
          at.map { .share($0, decimals: 1) } ?? .empty, .share(curve.breaking, decimals: 1),
          .share(curve.highest, decimals: 1), .share(curve.error, decimals: 1), .share(curve.explained, decimals: 1),
        ]
      }
    })
}

extension ComponentLatency {
  fileprivate var isMeasured: Bool { if case .failure(.notMeasured) = curve { false } else { true } }
}

private func words(_ gap: LatencyGap) -> String {
  switch gap {
  case .notMeasured: "latency or CPU is not measured"
  case .tooFew(let count): "\(grouped(count)) samples of at least \(grouped(LatencyCurve.leastSamples))"
  case .doesNotFollow: "latency does not rise with CPU as a queue's does"
  }
}
