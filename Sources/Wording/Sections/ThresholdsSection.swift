import Advice
import Analytics
import Model

/// Which thresholds were crossed: what was critical is listed, what was milder counted.
struct ThresholdsSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? {
    LongTable("thresholds", .largest("total_seconds"), adding: ["episodes", "total_seconds"])
  }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let findings = printed.review.thresholds
    guard !findings.isEmpty else {
      let words = "The fleet file has no thresholds: nothing says from when a measurement is too high."
      return ReportSection("thresholds", title: "Thresholds", blocks: [.paragraph(words)])
    }
    let met = findings.filter { !$0.episodes.isEmpty }
    let unmeasured = findings.filter { !$0.isMeasured }
    let quiet = findings.count - met.count - unmeasured.count
    var blocks: [ReportBlock] = [
      .paragraph(
        "\(met.count) of \(findings.count) conditions were met at some time, \(quiet) never; "
          + "one shorter than the sampling interval by one interval, and a gap ends an episode.")
    ]
    let critical = met.filter { $0.severity == .critical }
    if !critical.isEmpty { blocks.append(.table(table(critical, printed.clock))) }
    let milder = [Severity.scaling, .warning].compactMap { severity in
      words(met.filter { $0.severity == severity }, severity)
    }
    if !milder.isEmpty { blocks.append(.list(milder + ["`plimsoll thresholds` lists all of them."])) }
    if !unmeasured.isEmpty { blocks.append(unmeasuredBlock(printed, most: ReviewLimit.names)) }
    return ReportSection("thresholds", title: "Thresholds", blocks: blocks)
  }

  func leftOut(_ printed: PrintedReview) -> [ReportBlock] {
    let all = unmeasuredBlock(printed, most: .max)
    return longRows(printed) + (all == unmeasuredBlock(printed, most: ReviewLimit.names) ? [] : [all])
  }

  private func unmeasuredBlock(_ printed: PrintedReview, most: Int) -> ReportBlock {
    let unmeasured = printed.review.thresholds.filter { !$0.isMeasured }
    let names = Set(unmeasured.map { "\($0.scope) \($0.metric.rawValue)" }).sorted()
    return .paragraph("Not judged, because nothing was measured: \(firstOf(names, most: most)).")
  }

  /// Without what `plimsoll thresholds` has beside it.
  private func table(_ findings: [ThresholdFinding], _ clock: LocalClock) -> ReportTable {
    let table = thresholdTable(findings, clock: clock)
    return table.selecting(table.columns.map(\.name).filter { !["coverage", "longest_seconds"].contains($0) })
  }

  /// How often conditions of one severity were met, and which two of them longest; nil where none was.
  private func words(_ findings: [ThresholdFinding], _ severity: Severity) -> String? {
    guard !findings.isEmpty else { return nil }
    let times = findings.reduce(0) { $0 + $1.episodes.count }
    let longest = findings.enumerated().sorted { ($1.element.seconds, $0.offset) < ($0.element.seconds, $1.offset) }
    let names = longest.prefix(2).map {
      "\($0.element.scope) \($0.element.metric.rawValue) (\(durationText($0.element.seconds)))"
    }
    return "\(findings.count) \(severity.rawValue) conditions were met \(grouped(times)) times, longest "
      + "\(names.joined(separator: " and "))."
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
