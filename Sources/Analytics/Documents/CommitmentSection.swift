import Analysis
import Model

/// How well each held commitment was used, and when it ends.
func commitmentBlocks(_ review: Review) -> [ReportBlock] {
  let study = review.study
  let held = review.current.plan.commitments.filter { $0.commitment.period.intersection(study.period) != nil }
  guard !held.isEmpty else { return [.paragraph("No commitment was held.")] }
  let clock = study.context.clock
  let rows = held.map { held -> [String] in
    let commitment = held.commitment
    func hours(_ option: PurchaseOption) -> Double {
      review.current.bill.items.reduce(0) {
        $1.option == option && $1.commitment == commitment.id
          ? $0 + $1.quantity.double * Double(normalisedUnits($1.item)) : $0
      }
    }
    let used = hours(.reserved)
    let all = used + hours(.reservedUnused)
    let days = (commitment.period.end.seconds - study.context.asOf.seconds) / 86_400
    let end = "\(clock.text(commitment.period.end).prefix(10))"
    return [
      commitment.id, "\(commitment.count) x \(commitment.type)", "\(commitment.term)",
      rounded(all > 0 ? used / all * 100 : 0, 1) + " %",
      days < 0 ? "\(end), ended" : "\(end), in \(days) days",
    ]
  }
  return [
    .table(
      ReportTable(
        "commitments",
        columns: ["Commitment|id", "What|instances", "Offer|offer", ">Used|used_percent", "Ends|ends"], rows: rows))
  ]
}
