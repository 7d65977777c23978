import Analytics
import Model

/// A file of a review: its name, and what is in it.
package struct ReviewFile: Sendable {
  package enum Content: Sendable {
    /// A document to be rendered in a format, by its word.
    case document(ReportDocument, format: String)
    case bytes([UInt8])
  }
  /// Without a folder: `bill.csv`.
  package let name: String
  package let content: Content
}

/// The names of all files that a review may have, in the order of ``reviewFiles(_:)``.
package let reviewFileNames = [
  "report.md", "evidence.md", "bill.csv", "cost-per-user.csv", "recommendations.csv", "recommendations.json",
  "months.csv",
]

/// The files of a review, the one to read first: what to decide, what it rests on, then the exports.
package func reviewFiles(_ review: Review) throws -> [ReviewFile] {
  let printed = PrintedReview(review)
  func export(_ table: ReportTable) -> ReviewFile.Content {
    .document(ReportDocument(table.name, title: "", blocks: [.table(table)]), format: "csv")
  }
  let data = Recommendations(fleet: review.study.fleet, month: review.study.month, review.verdicts)
  return [
    ReviewFile(name: "report.md", content: .document(reviewDocument(printed), format: "markdown")),
    ReviewFile(name: "evidence.md", content: .document(evidenceDocument(printed), format: "markdown")),
    ReviewFile(name: "bill.csv", content: export(lineItemTable(printed))),
  ]
    + (printed.allocation.allocation.gap == .noTypes
      ? [] : [ReviewFile(name: "cost-per-user.csv", content: export(userTypeTable(printed)))])
    + [
      ReviewFile(name: "recommendations.csv", content: export(verdictTable(printed))),
      ReviewFile(name: "recommendations.json", content: .bytes(try data.encoded())),
    ]
    + (review.trend.map { trend in
      [ReviewFile(name: "months.csv", content: export(monthServiceTable(trend, printed.currency)))]
    } ?? [])
}
