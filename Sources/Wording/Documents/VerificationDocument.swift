import Analytics
import Model

/// That a store is sound, and what was read to say so.
package func verificationDocument(_ answer: VerificationAnswer) -> ReportDocument {
  let rows: [(String, Int)] = [
    ("Days of samples, by their checksums", answer.sampleDays),
    ("Days of services, by their checksums", answer.serviceDays), ("Rows of other tables", answer.rows),
  ]
  return ReportDocument(
    "verification", title: "The store is sound",
    blocks: [
      .table(
        ReportTable(
          "verified", columns: [.text("what", "Read"), ReportColumn("count", "Count", .count)],
          rows: rows.map { [.text($0.0), .count($0.1)] }))
    ])
}
