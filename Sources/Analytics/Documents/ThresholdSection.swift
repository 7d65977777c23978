import Advice
import Analysis
import Model

/// Thresholds that were crossed, worst first within a scope.
func thresholdTable(_ findings: [ThresholdFinding], clock: LocalClock) -> ReportTable {
  ReportTable(
    "thresholds",
    columns: [
      "Scope|scope", "Metric|metric", "Severity|severity", "Condition|condition", ">Times|episodes",
      ">Total|total_duration", ">Longest|longest_duration", "Longest began|longest_start", "Coverage|coverage",
    ],
    rows: findings.map { finding in
      [
        finding.scope, finding.metric.rawValue, finding.severity.rawValue, finding.condition.text,
        finding.unmeasured == nil ? grouped(finding.episodes.count) : "?",
        finding.unmeasured ?? durationText(finding.seconds),
        finding.longest.map { durationText($0.seconds) } ?? "", finding.longest.map { clock.text($0.start) } ?? "",
        finding.coverage.percentText,
      ]
    })
}

/// The threshold part of the review: what was crossed, how many rows were not, what could not be judged.
func thresholdBlocks(_ review: Review) -> [ReportBlock] {
  let crossed = review.thresholds.filter { !$0.episodes.isEmpty }
  let unmeasured = review.thresholds.filter { $0.unmeasured != nil }
  let quiet = review.thresholds.count - crossed.count - unmeasured.count
  var blocks: [ReportBlock] = [
    .paragraph(
      "\(crossed.count) of \(review.thresholds.count) conditions were met at some time, \(quiet) never. A condition shorter than "
        + "the 5-minute sampling interval is met by one interval; a gap ends an episode.")
  ]
  if !crossed.isEmpty { blocks.append(.table(thresholdTable(crossed, clock: review.study.context.clock))) }
  if !unmeasured.isEmpty {
    let names = Set(unmeasured.map { "\($0.scope) \($0.metric.rawValue)" }).sorted()
    blocks.append(.paragraph("Not judged, because nothing was measured: \(names.joined(separator: ", "))."))
  }
  return blocks
}
