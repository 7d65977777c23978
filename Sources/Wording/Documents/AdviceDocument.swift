import Analytics
import Model

/// The verdicts of one kind of advice; of one service with the evidence.
package func adviceDocument(_ answer: AdviceAnswer) -> ReportDocument {
  let (scope, currency) = (answer.scope, answer.currency)
  let words = VerdictWords(clock: scope.clock, currency: currency)
  let doubts = doubtSections(answer.doubts, in: currency)
  let blocks = currency.rateBlocks + [.table(adviceTable(answer.verdicts, words))]
  let title = "\(scope.fleet): \(answer.step.title.lowercased()) in \(scope.month.name)"
  guard answer.service == nil else {
    let evidence = answer.verdicts.map {
      verdictSection($0, in: words, with: closeUp($0, currency))
    }
    return ReportDocument(answer.step.rawValue, title: title, blocks: blocks, sections: evidence + doubts)
      .lacking(answer.missingPrices)
  }
  let asides = answer.verdicts.flatMap(asides)
  let purchases = answer.purchases.map { fleetPurchaseBlocks($0, currency) } ?? []
  return ReportDocument(
    answer.step.rawValue, title: title,
    blocks: blocks + (asides.isEmpty ? [] : [.list(asides)]) + purchases, sections: doubts
  ).lacking(answer.missingPrices)
}

/// What a reader of a verdict alone should know beside it.
private func asides(_ verdict: Verdict) -> [String] {
  verdict.evidence.figures.compactMap { figure in
    guard case .size(.storage(let outlook)) = figure else { return nil }
    return "\(verdict.service): storage: \(outlook.text)"
  }
}

/// The verdicts with their savings.
private func adviceTable(_ verdicts: [Verdict], _ words: VerdictWords) -> ReportTable {
  let currency = words.currency
  let savings = printedCents(of: verdicts.map(\.saving))
  let total = verdicts.reduce(Money.zero) { $0 + $1.saving }
  return ReportTable(
    "advice",
    columns: [
      .text("service", "Service"), .text("outcome", "Outcome"), .text("action", "Verdict"),
      currency.column("saving", "Saves, \(currency.code) a month"), .text("reason", "Why"),
    ],
    rows: zip(verdicts, savings).map { verdict, cents in
      [
        .text(verdict.service), .text(verdict.outcome.rawValue), .text(words.action(verdict)),
        verdict.saving == .zero ? .empty : .money(verdict.saving, printed: cents), .text(words.reason(verdict)),
      ]
    },
    total: [.text("Total"), .empty, .empty, .money(total, printed: savings.reduce(.zero, +)), .empty])
}

/// One verdict and what it rests on.
package func whyDocument(_ answer: WhyAnswer) -> ReportDocument {
  let currency = answer.currency
  let section = verdictSection(
    answer.verdict, in: VerdictWords(clock: answer.scope.clock, currency: currency),
    with: closeUp(answer.verdict, currency))
  return ReportDocument(
    "why", title: section.title, blocks: section.blocks + currency.rateBlocks,
    sections: doubtSections(answer.doubts, in: currency)
  ).lacking(answer.missingPrices)
}
