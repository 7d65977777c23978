import Advice
import Analytics
import Model

/// Which thresholds were crossed: what was critical or asked to scale is listed, the critical first; warnings are counted.
struct ThresholdsSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    let findings = printed.review.thresholds
    let met = findings.filter { !$0.episodes.isEmpty }
    let listed = [.critical, .scaling].flatMap { severity in met.filter { $0.severity == severity } }
    let warnings = met.filter { $0.severity == .warning }
    let unmeasured = findings.filter { !$0.isMeasured }
    let quiet = findings.count - met.count - unmeasured.count
    var blocks: [ReportBlock] = [
      .paragraph(
        "\(met.count) of \(findings.count) conditions were met at some time, \(quiet) never. A condition shorter than the "
          + "5-minute sampling interval is met by one interval; a gap ends an episode.")
    ]
    if !listed.isEmpty { blocks.append(.table(table(listed, printed.clock))) }
    if !warnings.isEmpty {
      let times = warnings.reduce(0) { $0 + $1.episodes.count }
      blocks.append(
        .paragraph(
          "\(warnings.count) warnings were met \(grouped(times)) times, \(words(warnings)); `plimsoll thresholds` lists them."
        ))
    }
    if !unmeasured.isEmpty {
      let names = Set(unmeasured.map { "\($0.scope) \($0.metric.rawValue)" }).sorted()
      blocks.append(.paragraph("Not judged, because nothing was measured: \(names.joined(separator: ", "))."))
    }
    return ReportSection("thresholds", title: "Thresholds", blocks: blocks)
  }

  /// Without the coverage, which the review has by service.
  private func table(_ findings: [ThresholdFinding], _ clock: LocalClock) -> ReportTable {
    let table = thresholdTable(findings, clock: clock)
    return table.selecting(table.columns.map(\.name).filter { $0 != "coverage" })
  }

  /// The longest two of some conditions: `longest frontend requests_per_second with 8 d 10 h`.
  private func words(_ findings: [ThresholdFinding]) -> String {
    let longest = findings.enumerated().sorted { ($1.element.seconds, $0.offset) < ($0.element.seconds, $1.offset) }
    let names = longest.prefix(2).map {
      "\($0.element.scope) \($0.element.metric.rawValue) with \(durationText($0.element.seconds))"
    }
    return "longest \(names.joined(separator: " and "))"
  }
}

/// Conditions with how often and for how long they were met, in the order they are given.
func thresholdTable(_ findings: [ThresholdFinding], clock: LocalClock) -> ReportTable {
  ReportTable(
    "thresholds",
    columns: [
      .text("scope", "Scope"), .text("metric", "Metric"), .text("severity", "Severity"),
      .text("condition", "Condition"), ReportColumn("episodes", "Times", .count),
      ReportColumn("total_seconds", "Total", .duration), ReportColumn("longest_seconds", "Longest", .duration),
      ReportColumn("longest_start", "Longest began", .instant), ReportColumn("coverage", "Coverage", .share),
    ],
    rows: findings.map { finding in
      func measured(_ cell: ReportCell) -> ReportCell { finding.isMeasured ? cell : .unknown("not measured") }
      return [
        .text(finding.scope), .text(finding.metric.rawValue), .text(finding.severity.rawValue),
        .text(finding.condition.text), measured(.count(finding.episodes.count)), measured(.duration(finding.seconds)),
        finding.longest.map { .duration($0.seconds) } ?? .empty, finding.longest.map { clock.cell($0.start) } ?? .empty,
        .coverage(finding.coverage),
      ]
    })
}
