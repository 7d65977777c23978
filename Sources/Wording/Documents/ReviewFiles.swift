import Analytics
import Model

/// A file of a review: its name, what is in it, and in which format.
package struct ReviewFile: Sendable {
  /// Without a folder: `bill.csv`.
  package let name: String
  /// The word that `--format` takes.
  package let format: String
  package let document: ReportDocument
}

/// The files of a review, the one to read first: what to decide, what it rests on, then the exports.
package func reviewFiles(_ review: Review) -> [ReviewFile] {
  let printed = PrintedReview(review)
  func export(_ table: ReportTable) -> ReportDocument { ReportDocument(table.name, title: "", blocks: [.table(table)]) }
  return [
    ReviewFile(name: "report.md", format: "markdown", document: reviewDocument(review)),
    ReviewFile(name: "evidence.md", format: "markdown", document: evidenceDocument(review)),
    ReviewFile(name: "bill.csv", format: "csv", document: export(lineItemTable(printed))),
    ReviewFile(name: "cost-per-user.csv", format: "csv", document: export(userTypeTable(printed))),
    ReviewFile(name: "recommendations.csv", format: "csv", document: export(verdictTable(printed))),
  ]
}
