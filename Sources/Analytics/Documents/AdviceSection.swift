import Analysis
import Model

/// Advice in printed cents: savings of a step add up to the difference of its printed bills.
struct PrintedAdvice {
  let review: Review
  /// Printed saving of each recommended verdict, by id.
  let savings: [String: Cents]
  /// Printed bill before any step, then after each.
  let bills: [Cents]
  var currency: BillCurrency { review.current.bill.currency }

  init(_ review: Review) {
    self.review = review
    let bills = [Cents(review.current.bill.total)] + review.steps.map { Cents($0.bill.total) }
    self.bills = bills
    var savings: [String: Cents] = [:]
    for (index, step) in review.steps.enumerated() {
      let verdicts = review.verdicts.filter { $0.step == step.step && $0.outcome == .recommended }
      let cents = printedCents(of: verdicts.map(\.saving), total: bills[index] - bills[index + 1])
      for (verdict, cents) in zip(verdicts, cents) { savings[verdict.id] = cents }
    }
    self.savings = savings
  }

  var saving: Cents { bills[0] - bills[bills.count - 1] }
}

/// The recommendations, ranked.
func recommendationTable(_ printed: PrintedAdvice) -> ReportTable {
  let currency = printed.currency
  let rows = printed.review.recommendations.enumerated().map { index, verdict in
    [
      "\(index + 1)", verdict.service, verdict.text, printed.savings[verdict.id]!.grouped, verdict.confidence.rawValue,
      verdict.reason, "`\(verdict.id)`",
    ]
  }
  return ReportTable(
    "recommendations",
    columns: [
      ">#|rank", "Service|service", "What to do|action", ">Saves, \(currency.code) a month|saving_\(currency.suffix)",
      "Confidence|confidence",
      "Why|reason", "Id|id",
    ],
    rows: rows, total: ["", "Total", "", printed.saving.grouped, "", "", ""])
}

/// The bill after each step, in the order the steps are applied.
func stepTable(_ printed: PrintedAdvice) -> ReportTable {
  let suffix = printed.currency.suffix
  let rows = printed.review.steps.enumerated().map { index, step in
    [
      "\(index + 1). \(step.step.title)", printed.bills[index].grouped,
      (printed.bills[index] - printed.bills[index + 1]).grouped, printed.bills[index + 1].grouped,
    ]
  }
  return ReportTable(
    "steps",
    columns: ["Step|step", ">Bill before|before_\(suffix)", ">Saves|saving_\(suffix)", ">Bill after|after_\(suffix)"],
    rows: rows,
    total: ["All", printed.bills[0].grouped, printed.saving.grouped, printed.bills[printed.bills.count - 1].grouped])
}

/// Verdicts of some outcome, every one a row with its reason.
func verdictTable(_ verdicts: [Verdict], name: String) -> ReportTable {
  ReportTable(
    name, columns: ["Service|service", "Advice|step", "Verdict|action", "Why|reason", "Coverage|coverage"],
    rows: verdicts.map { [$0.service, $0.step.title, $0.text, $0.reason, $0.evidence.coverage.percentText] })
}

/// All verdicts for machines: `recommendations.csv`.
func verdictExport(_ printed: PrintedAdvice) -> ReportTable {
  let review = printed.review
  let suffix = printed.currency.suffix
  let rest = review.verdicts.filter { $0.outcome != .recommended }
  let ordered = review.recommendations + rest
  return ReportTable(
    "recommendations",
    columns: [
      "Rank|rank", "Id|id", "Service|service", "Step|step", "Outcome|outcome", "Action|action",
      "Saving|saving_\(suffix)",
      "Exact saving|saving_exact_\(suffix)", "Confidence|confidence", "Coverage|coverage_percent", "Reason|reason",
    ],
    rows: ordered.enumerated().map { index, verdict in
      let coverage = verdict.evidence.coverage.permille
      return [
        verdict.outcome == .recommended ? "\(index + 1)" : "", verdict.id, verdict.service, verdict.step.rawValue,
        "\(verdict.outcome)", verdict.text, (printed.savings[verdict.id] ?? .zero).plain, verdict.saving.description,
        verdict.confidence.rawValue, "\(coverage / 10).\(coverage % 10)", verdict.reason,
      ]
    })
}

/// The evidence of one verdict, as `plimsoll why` and the report print it.
func evidenceBlocks(_ verdict: Verdict, clock: LocalClock, in currency: BillCurrency, level: Int) -> [ReportBlock] {
  let evidence = verdict.evidence
  var lines = [
    "verdict: \(verdict.text) (\(verdict.outcome), confidence \(verdict.confidence.rawValue))",
    "because: \(verdict.reason)",
    "period: \(clock.text(evidence.period.start)) to \(clock.text(evidence.period.end)) (\(clock.identifier))",
    "samples: \(evidence.coverage.description)",
  ]
  lines += evidence.figures.map { "\($0.label): \($0.value)" }
  lines += evidence.prices.map { "price: \($0.words)" }
  if verdict.outcome == .recommended {
    lines.append("saving: \(Cents(verdict.saving).grouped) \(currency.code), the bill before it less the bill after it")
  }
  return [.heading(level: level, verdict.id), .list(lines)]
}

/// How the samples of a verdict are spread, a bar for each tenth.
func distributionBlocks(_ verdict: Verdict) -> [ReportBlock] {
  verdict.evidence.distributions.map { distribution in
    let largest = distribution.counts.max() ?? 0
    let rows = distribution.counts.enumerated().map { tenth, count in
      [
        "\(tenth * 10) to \(tenth * 10 + 10)", grouped(count),
        rounded(Double(count) / Double(distribution.count) * 100, 1),
        String(repeating: "#", count: (count * 40 + largest - 1) / largest),
      ]
    }
    return .table(
      ReportTable(
        "distribution",
        columns: ["\(distribution.title)|percent", ">Samples|samples", ">Share, %|share_percent", "Bar|bar"], rows: rows
      ))
  }
}

/// The verdicts of one step with their savings.
func adviceTable(_ verdicts: [Verdict], in currency: BillCurrency) -> ReportTable {
  let savings = printedCents(of: verdicts.map(\.saving))
  return ReportTable(
    "advice",
    columns: [
      "Service|service", "Outcome|outcome", "Verdict|action",
      ">Saves, \(currency.code) a month|saving_\(currency.suffix)", "Why|reason",
    ],
    rows: zip(verdicts, savings).map { verdict, cents in
      [verdict.service, "\(verdict.outcome)", verdict.text, cents == .zero ? "" : cents.grouped, verdict.reason]
    },
    total: ["Total", "", "", savings.reduce(.zero, +).grouped, ""])
}
