import Analytics
import Model

/// The verdicts of one kind of advice; of one service with the evidence.
package func adviceDocument(_ answer: AdviceAnswer) -> ReportDocument {
  let (scope, currency) = (answer.scope, answer.currency)
  let words = VerdictWords(clock: scope.clock, currency: currency)
  let doubts = doubtSections(answer.doubts, in: currency)
  let blocks = currency.rateBlocks + [.table(adviceTable(answer, words))]
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
    switch figure {
    case .size(.storage(let outlook)): "\(verdict.subject): storage: \(outlook.text)"
    case .purchase(.otherTypes(let types, let judged)):
      "\(verdict.subject): \(judged), of which most ran, is judged alone; nothing is bought for \(instanceHours(types))"
    default: nil
    }
  }
}

/// The verdicts with their savings, in the cents of the step: those of one service are what all print for it.
private func adviceTable(_ answer: AdviceAnswer, _ words: VerdictWords) -> ReportTable {
  let (verdicts, currency) = (sorted(answer.verdicts), words.currency)
  let printed = printedSavings(of: answer.verdictsOfStep, before: answer.billBefore, after: answer.billAfter)
  let savings = verdicts.map { printed[$0.id] ?? .zero }
  let total = verdicts.reduce(Money.zero) { $0 + $1.saving }
  return ReportTable(
    "advice",
    columns: [
      .text("service", "Service"), .text("outcome", "Outcome"), .text("action", "Verdict"),
      currency.column("saving", "Saves, \(currency.code) a month"), .text("reason", "Why"),
    ],
    rows: zip(verdicts, savings).map { verdict, cents in
      [
        .text(verdict.subject), .text(verdict.outcome.rawValue), .text(words.action(verdict)),
        verdict.saving == .zero ? .empty : .money(verdict.saving, printed: cents), .text(words.reason(verdict)),
      ]
    },
    total: [.text("Total"), .empty, .empty, .money(total, printed: savings.reduce(.zero, +)), .empty])
}

/// In the fleet's order of services; where instances are judged one by one there are many, and the weightiest come first.
private func sorted(_ verdicts: [Verdict]) -> [Verdict] {
  verdicts.contains { $0.resource != nil } ? verdicts.sorted(by: isWeightier) : verdicts
}

/// Recommended before refused before kept, and what saves more first.
private func isWeightier(_ a: Verdict, than b: Verdict) -> Bool {
  func rank(_ verdict: Verdict) -> Int {
    switch verdict.outcome {
    case .recommended: 0
    case .refused: 1
    case .kept: 2
    }
  }
  return (rank(a), b.saving, a.subject) < (rank(b), a.saving, b.subject)
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
