import Analytics
import Model

/// The evidence of one verdict: what was found, and what it rests on.
func verdictSection(
  _ verdict: Verdict, in words: VerdictWords, with details: [ReportBlock] = []
) -> ReportSection {
  ReportSection(verdict.id, title: verdict.id, blocks: [.facts(facts(verdict, words))] + details)
}

private func facts(_ verdict: Verdict, _ words: VerdictWords) -> [ReportFact] {
  let (evidence, clock, currency) = (verdict.evidence, words.clock, words.currency)
  var facts = [
    ReportFact("verdict", .text(words.action(verdict))), ReportFact("outcome", .text(verdict.outcome.rawValue)),
    ReportFact("confidence", .text(verdict.confidence.rawValue)), ReportFact("because", .text(words.reason(verdict))),
    ReportFact("from", clock.cell(evidence.period.start), unit: clock.identifier),
    ReportFact("to", clock.cell(evidence.period.end), unit: clock.identifier),
    ReportFact("coverage", .coverage(evidence.coverage)), ReportFact("samples", .count(evidence.coverage.seen)),
    ReportFact("samples expected", .count(evidence.coverage.expected)),
  ]
  facts += evidence.figures.flatMap(words.facts)
  if !evidence.defaults.isEmpty {
    let defaults = evidence.defaults.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    facts.append(ReportFact("by default", .text(defaults)))
  }
  facts += evidence.prices.map { ReportFact("price", .text($0.text(in: currency))) }
  if verdict.outcome == .recommended {
    facts.append(ReportFact("saving", .money(verdict.saving), unit: currency.code))
  }
  return facts
}

/// How the samples of a verdict are spread, a bar for each tenth.
func distributionBlocks(_ verdict: Verdict) -> [ReportBlock] {
  verdict.evidence.distributions.map { distribution in
    let name = distribution.dimension.name
    let title = "\(name.prefix(1).uppercased())\(name.dropFirst()), percent of the instance"
    return .chart(
      ReportChart(
        .bars, title: title,
        ReportTable(
          "distribution", columns: [.text("percent", title), ReportColumn("samples", "Samples", .count)],
          rows: distribution.counts.enumerated().map { tenth, count in
            [.text("\(tenth * 10) to \(tenth * 10 + 10)"), .count(count)]
          })))
  }
}
