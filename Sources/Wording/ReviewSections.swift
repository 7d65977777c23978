import Analytics
import Model

/// A review with its amounts in printed cents, made once for all sections.
struct PrintedReview {
  let review: Review
  let bill: PrintedBill
  let allocation: PrintedAllocation
  let advice: PrintedAdvice

  init(_ review: Review) {
    self.review = review
    bill = PrintedBill(review.current.bill)
    allocation = PrintedAllocation(review.current.allocation, bill)
    advice = PrintedAdvice(review)
  }

  var scope: MonthScope { review.scope }
  var clock: LocalClock { review.scope.clock }
  var currency: BillCurrency { bill.currency }
}

/// A part of the review: figures go in, a section comes out.
protocol ReviewSection: Sendable {
  /// nil where there is nothing to say.
  func section(_ printed: PrintedReview) -> ReportSection?
}

/// Every section of the review, in the order of a reader who stops as soon as the decision is made: the month in a few
/// figures, what to do about it and how much of the bill nobody judged, then what explains the figures, and at last what
/// limits them.
let reviewSections: [any ReviewSection] = [
  // The month, and what to decide.
  GlanceSection(), WhatToChangeSection(), ComingDecisionsSection(), CheaperTypesSection(), PurchasesSection(),
  UnjudgedSection(),
  // What it was spent on, and for whom; each explains the one before.
  ChangeSection(), BillSection(), CommitmentsSection(), UsersSection(),
  // How well it went.
  ThresholdsSection(),
  // What was judged in vain, what was judged to be well, and what the figures rest on.
  RefusedSection(), KeptSection(), DataSection(),
]
