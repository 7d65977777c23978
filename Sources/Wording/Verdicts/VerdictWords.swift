import Model

/// Puts verdicts into words: moments as a clock shows them, list prices beside amounts in a currency.
struct VerdictWords {
  let clock: LocalClock
  let currency: BillCurrency

  /// What to do, or what is left as it is: `move from m5.2xlarge to m5.xlarge`.
  func action(_ verdict: Verdict) -> String {
    switch verdict.conclusion {
    case .change where verdict.step == .mix, .buyNothing: purchaseAction(verdict)
    case .change: verdict.changes.map(\.change.words).joined(separator: "; ")
    case .keep(let name): "keep \(name)"
    case .noChange: "no change"
    case .noWindows: "no windows"
    case .notJudged: "not judged"
    case .notMoved(let name): "not moved to \(name)"
    case .nothingToStop: "nothing to stop"
    case .text(let text): text
    }
  }

  /// Why.
  func reason(_ verdict: Verdict) -> String {
    switch verdict.reason {
    case .purchase(let reason): text(reason)
    case .text(let text): text
    }
  }

  /// A figure with its label; of some several.
  func facts(_ figure: EvidenceFigure) -> [ReportFact] {
    switch figure {
    case .purchase(let figure): [fact(figure)]
    case .spot(let figure): [fact(figure)]
    case .labelled(let label, let value): [ReportFact(label, .text(value))]
    }
  }
}
