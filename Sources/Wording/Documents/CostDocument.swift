import Analysis
import Analytics
import Model

/// What a month cost, by service and purchase option, and whom.
package func costDocument(_ answer: CostAnswer) -> ReportDocument {
  let bill = PrintedBill(answer.bill)
  let allocation = PrintedAllocation(answer.allocation, bill)
  let commitments = rateBlocks(answer.commitments) + cashBlocks(bill)
  var sections = [
    ReportSection("bill", title: "The bill", blocks: [.table(billTable(bill))]),
    usersSection(allocation, marginal: answer.marginalCosts),
  ]
  sections += costIdleSection(allocation).map { [$0] } ?? []
  sections += costUserLoadsSection(answer.users.types, answer.users.loads).map { [$0] } ?? []
  if !commitments.isEmpty {
    sections.append(ReportSection("commitments", title: "Commitments", blocks: commitments))
  }
  let gaps = answer.bill.incomplete.filter { if case .unpriced = $0 { false } else { true } }
  let remarks = gaps.map(gapText) + answer.impossible.map(impossibleText)
  if !remarks.isEmpty {
    sections.append(ReportSection("incomplete", title: "Incomplete", blocks: [.list(remarks)]))
  }
  return ReportDocument(
    "cost", title: "\(answer.scope.fleet): cost of \(answer.scope.month.name)", blocks: bill.currency.rateBlocks,
    sections: sections + doubtSections(answer.doubts, in: bill.currency)
  ).lacking(answer.bill.missingPrices, of: answer.unpricedServices)
}
