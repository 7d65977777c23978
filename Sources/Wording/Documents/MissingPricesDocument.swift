import Analytics
import Model

/// The prices that the bill of a month needs and the book lacks, as a table without rows where it lacks none.
package func missingPricesDocument(_ answer: MissingPricesAnswer) -> ReportDocument {
  let month = answer.scope.month
  let table = ReportTable(
    "missing_prices", columns: [.text("price", "Price"), ReportColumn("since", "Needed since", .date)],
    rows: answer.missing.map { [.text($0.error.found), .date($0.since.utcDate)] })
  let note = answer.missing.isEmpty ? noPriceIsMissing(in: answer) : "Without a format, the rows that would fill them."
  return ReportDocument(
    "missing-prices", title: "Prices that the bill of \(month) lacks", blocks: [.paragraph(note), .table(table)])
}

/// What is said where the book has every price.
package func noPriceIsMissing(in answer: MissingPricesAnswer) -> String {
  "No price is missing that the bill of \(answer.scope.month) needs."
}
