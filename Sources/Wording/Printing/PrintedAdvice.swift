import Analysis
import Analytics
import Model

/// Advice in printed cents: savings of a step add up to the difference of its printed bills.
struct PrintedAdvice {
  let review: Review
  /// Printed saving of each recommended verdict, by id.
  let savings: [String: Cents]
  /// Printed bill before any step, then after each.
  let bills: [Cents]
  var currency: BillCurrency { review.current.bill.currency }
  var words: VerdictWords { VerdictWords(clock: review.scope.clock, currency: currency) }

  init(_ review: Review) {
    self.review = review
    let totals = [review.current.bill.total] + review.steps.map(\.bill.total)
    bills = totals.map { Cents($0) }
    var savings: [String: Cents] = [:]
    for (index, step) in review.steps.enumerated() {
      let verdicts = review.verdicts.filter { $0.step == step.step }
      savings.merge(printedSavings(of: verdicts, before: totals[index], after: totals[index + 1])) { first, _ in first }
    }
    self.savings = savings
  }

  /// What a verdict saves; zero unless it is recommended.
  func saving(of verdict: Verdict) -> ReportCell { .money(verdict.saving, printed: savings[verdict.id] ?? .zero) }

  /// What all of them save.
  var saving: ReportCell { .money(review.saving, printed: bills[0] - bills[bills.count - 1]) }
}

/// The printed saving of each recommended verdict of a step, by id: they add up to the difference of its printed bills.
func printedSavings(of verdicts: [Verdict], before: Money, after: Money) -> [String: Cents] {
  let recommended = verdicts.filter { $0.outcome == .recommended }
  let cents = printedCents(of: recommended.map(\.saving), total: Cents(before) - Cents(after))
  return Dictionary(zip(recommended.map(\.id), cents)) { first, _ in first }
}
