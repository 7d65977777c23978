import Analytics
import Model

/// What was looked at and is well as it is: counted here, with the reasons in the evidence.
struct KeptSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    let kept = printed.review.verdicts.filter { $0.outcome == .kept }
    guard !kept.isEmpty else { return nil }
    let counts = AdviceStep.allCases.compactMap { step -> String? in
      let count = kept.count { $0.step == step }
      return count == 0 ? nil : "\(step.title.lowercased()) \(count)"
    }
    return ReportSection(
      "kept", title: "Kept as it is",
      blocks: [
        .paragraph(
          "\(kept.count == 1 ? "1 verdict leaves" : "\(kept.count) verdicts leave") things as they are: \(counts.joined(separator: ", ")); `evidence.md` has the reasons."
        )
      ])
  }
}

/// The section of the evidence with the reasons of what was kept, as its heading is linked to.
let keptEvidenceID = "kept-as-it-is"

/// Every verdict that leaves things as they are, with its reason.
func keptEvidence(_ verdicts: [Verdict], in words: VerdictWords) -> ReportSection {
  let table = ReportTable(
    "kept",
    columns: [
      .text("service", "Service"), .text("step", "Advice"), .text("action", "Verdict"), .text("reason", "Why"),
      ReportColumn("coverage", "Coverage", .share),
    ],
    rows: verdicts.map {
      [
        .text($0.subject.name), .text($0.step.title), .text(words.action($0)), .text(words.reason($0)),
        .coverage($0.evidence.coverage),
      ]
    })
  return ReportSection(keptEvidenceID, title: "Kept as it is", blocks: [.table(table)])
}
