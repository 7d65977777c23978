import Advice
import Analysis
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
    let unjudged = findings.filter { $0.unjudged != nil }
    let quiet = findings.count - met.count - unjudged.count
    var blocks: [ReportBlock] = [
      .paragraph(
        "\(met.count) of \(findings.count) conditions were met at some time, \(quiet) never; "
          + "at the level or beyond, by any of them: \(levels(findings)).")
    ]
    blocks += eventBlocks(printed, most: Self.mostEvents)
    let critical = met.filter { $0.severity == .critical }
    if !critical.isEmpty { blocks.append(.table(table(critical, printed.clock))) }
    let milder = [Severity.scaling, .warning].compactMap { severity in
      words(met.filter { $0.severity == severity }, severity)
    }
    if !milder.isEmpty { blocks.append(.list(milder + ["`plimsoll thresholds` lists all of them."])) }
    if !unjudged.isEmpty { blocks.append(unjudgedBlock(printed, most: ReviewLimit.names)) }
    return ReportSection("thresholds", title: "Thresholds", blocks: blocks)
  }

  func leftOut(_ printed: PrintedReview) -> [ReportBlock] {
    let all = unjudgedBlock(printed, most: .max)
    return (printed.review.events.count > Self.mostEvents ? eventBlocks(printed, most: .max) : [])
      + longRows(printed) + (all == unjudgedBlock(printed, most: ReviewLimit.names) ? [] : [all])
  }

  /// How many events the report lists.
  private static let mostEvents = 10

  /// The weightiest events; nothing where there are none.
  private func eventBlocks(_ printed: PrintedReview, most: Int) -> [ReportBlock] {
    let events = printed.review.events
    guard !events.isEmpty else { return [] }
    let words = EventWords(clock: printed.clock, currency: printed.currency.code)
    let table = eventTable(events.prefix(most), words)
    guard events.count > most else { return [.table(table)] }
    return [.table(table), .paragraph("\(grouped(events.count - most)) lighter ones are in `evidence.md`.")]
  }

  /// How long the fleet was at each level, the mildest first.
  private func levels(_ findings: [ThresholdFinding]) -> String {
    let seconds = LevelTimes.all(findings).last?.seconds ?? []
    return zip(Severity.allCases, seconds).map { "\($0.rawValue) \(durationText($1))" }.joined(separator: ", ")
  }

  /// What was not judged, by its reason.
  private func unjudgedBlock(_ printed: PrintedReview, most: Int) -> ReportBlock {
    let unjudged = printed.review.thresholds.filter { $0.unjudged != nil }
    let reasons = unjudged.compactMap(\.unjudged?.words).eachOnce()
    let lists = reasons.map { reason in
      let own = unjudged.filter { $0.unjudged?.words == reason }
      let names = Set(own.map { "\($0.scope) \($0.metric.rawValue)" }).sorted()
      return "\(firstOf(names, most: most)) (\(reason))"
    }
    return .paragraph("Not judged: \(lists.joined(separator: "; ")).")
  }

  /// Without what `plimsoll thresholds` has beside it.
  private func table(_ findings: [ThresholdFinding], _ clock: LocalClock) -> ReportTable {
    let table = thresholdTable(findings, clock: clock)
    return table.selecting(
      table.columns.map(\.name).filter {
        ["scope", "metric", "severity", "condition", "episodes", "total_seconds", "longest_start"].contains($0)
      })
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

/// Conditions with how often and for how long they were met, how far what they watch went, and what must be known of them, in
/// the order they are given.
func thresholdTable(_ findings: [ThresholdFinding], clock: LocalClock) -> ReportTable {
  ReportTable(
    "thresholds",
    columns: [
      .text("scope", "Scope"), .text("metric", "Metric"), .text("severity", "Severity"),
      .text("condition", "Condition"), ReportColumn("episodes", "Times", .count),
      ReportColumn("total_seconds", "Total", .duration), ReportColumn("longest_seconds", "Longest", .duration),
      ReportColumn("longest_start", "Longest began", .instant), ReportColumn("level", "Level", .number(unit: nil)),
      ReportColumn("peak", "Peak", .number(unit: nil)), ReportColumn("peak_at", "Peak at", .instant),
      .text("node", "Node"), ReportColumn("coverage", "Coverage", .share), .text("note", "Note"),
    ],
    rows: findings.map { finding in
      func judged(_ cell: ReportCell) -> ReportCell { finding.unjudged.map { .unknown($0.words) } ?? cell }
      return [
        .text(finding.scope), .text(finding.metric.rawValue), .text(finding.severity.rawValue),
        .text(finding.condition.text), judged(.count(finding.episodes.count)), judged(.duration(finding.seconds)),
        finding.longest.map { .duration($0.seconds) } ?? .empty, finding.longest.map { clock.cell($0.start) } ?? .empty,
        judged(finding.level.map { .sized($0) } ?? .empty), judged(finding.peak.map { .sized($0.value) } ?? .empty),
        finding.peak.map { clock.cell($0.instant) } ?? .empty, finding.peak?.node.map { .text($0) } ?? .empty,
        .coverage(finding.coverage), finding.note.map { .text($0) } ?? .empty,
      ]
    })
}

extension ThresholdFinding {
  /// What must be known of a row; nil for nothing.
  fileprivate var note: String? {
    tooCoarse.map { "samples of \(durationText($0)) are longer: neither an upper nor a lower bound" }
  }
}
