import Analytics
import Model

/// What was looked at and is well as it is: counted here, with the reasons in the evidence.
struct KeptSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    let kept = printed.review.verdicts.filter { $0.outcome == .kept }
    guard !kept.isEmpty else { return nil }
    let steps = AdviceStep.allCases.filter { step in kept.contains { $0.step == step } }
    let table = ReportTable(
      "kept",
      columns: [
        .text("step", "Advice"), ReportColumn("verdicts", "Kept", .count), .text("services", "Services"),
      ],
      rows: steps.map { step in
        let services = kept.filter { $0.step == step }.map(\.service)
        return [
          .link(step.title, to: "evidence.md#\(keptEvidenceID)"), .count(services.count),
          .text(services.joined(separator: ", ")),
        ]
      })
    return ReportSection("kept", title: "Kept as it is", blocks: [.table(table)])
  }
}

/// The section of the evidence with the reasons of what was kept, as its heading is linked to.
let keptEvidenceID = "kept-as-it-is"

/// Every verdict that leaves things as they are, with its reason.
func keptEvidence(_ verdicts: [Verdict]) -> ReportSection {
  let table = ReportTable(
    "kept",
    columns: [
      .text("id", "Id"), .text("action", "Verdict"), .text("reason", "Why"),
      ReportColumn("coverage", "Coverage", .share),
    ],
    rows: verdicts.map { [.code($0.id), .text($0.text), .text($0.reason), .coverage($0.evidence.coverage)] })
  return ReportSection(keptEvidenceID, title: "Kept as it is", blocks: [.table(table)])
}
