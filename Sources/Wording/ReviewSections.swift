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
  /// nil where there is nothing to say. A table that grows with the fleet has all of its rows.
  func section(_ printed: PrintedReview) -> ReportSection?
  /// The table of it that grows with the fleet; nil where none does.
  func longTable(in currency: BillCurrency) -> LongTable?
  /// What the report has no room for, in full; nothing where it has all.
  func leftOut(_ printed: PrintedReview) -> [ReportBlock]
}

extension ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { nil }
  func leftOut(_ printed: PrintedReview) -> [ReportBlock] { longRows(printed) }

  /// As the report has it: a long table shortened, the others of its rows a link away.
  func shortSection(_ printed: PrintedReview) -> ReportSection? {
    guard var short = section(printed), let long = longTable(in: printed.currency) else { return section(printed) }
    let target = "evidence.md#\(short.anchor)"
    short.blocks = short.blocks.map { block in
      guard case .table(let table) = block, table.name == long.name else { return block }
      return .table(long.shortened(table, leadingTo: target) ?? table)
    }
    return short
  }

  /// The long table with all of its rows; nothing where the report has them.
  func longRows(_ printed: PrintedReview) -> [ReportBlock] {
    guard let long = longTable(in: printed.currency), let whole = section(printed) else { return [] }
    return whole.blocks.filter { block in
      guard case .table(let table) = block, table.name == long.name else { return false }
      return long.shortened(table, leadingTo: "") != nil
    }
  }

  /// The section of the evidence with what the report has no room for; nil where it has all.
  func evidence(_ printed: PrintedReview) -> ReportSection? {
    let blocks = leftOut(printed)
    guard !blocks.isEmpty, let whole = section(printed) else { return nil }
    return ReportSection(whole.anchor, title: whole.title, blocks: blocks)
  }
}

extension ReportSection {
  /// What a link to its heading ends in: lower case, hyphens for blanks.
  fileprivate var anchor: String { title.lowercased().split(separator: " ").joined(separator: "-") }
}

/// Every section of the review, in the order of a reader who stops as soon as the decision is made: the month in a few
/// figures, what to do about it and how much of the bill nobody judged, then what explains the figures, and at last what
/// limits them.
let reviewSections: [any ReviewSection] = [
  // The month, and what to decide.
  GlanceSection(), WhatToChangeSection(), ComingDecisionsSection(), CheaperTypesSection(), PurchasesSection(),
  UnjudgedSection(),
  // How it came here, what it was spent on, and for whom; each explains the one before.
  MonthsSection(), ChangeSection(), BillSection(), CommitmentsSection(), UsersSection(),
  // How well it went.
  ThresholdsSection(),
  // What was judged in vain, what was judged to be well, and what the figures rest on.
  RefusedSection(), KeptSection(), DataSection(),
]
