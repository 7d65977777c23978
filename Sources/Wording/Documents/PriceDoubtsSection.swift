import Model

/// What closes a report whose prices are old or derived; nothing when none is.
func doubtSections(_ doubts: PriceDoubts, in currency: BillCurrency) -> [ReportSection] {
  var sections: [ReportSection] = []
  if !doubts.stale.isEmpty {
    sections.append(
      ReportSection(
        "stale-prices", title: "Prices older than \(doubts.days) days",
        blocks: [.list(doubts.stale.map { $0.text(in: currency) })]))
  }
  if !doubts.derived.isEmpty {
    sections.append(
      ReportSection(
        "derived-prices", title: "Prices derived, not published",
        blocks: [.list(doubts.derived.map { $0.text(in: currency) })]))
  }
  return sections
}
