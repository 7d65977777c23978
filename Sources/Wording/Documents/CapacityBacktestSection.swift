import Advice
import Analysis
import Analytics
import Model

/// How often capacity was too little on what it was not learned on; none where nobody asked.
func backtestSection(_ answer: CapacityAnswer) -> [ReportSection] {
  guard !answer.backtests.isEmpty || !answer.unjudged.isEmpty else { return [] }
  var blocks: [ReportBlock] = []
  if let first = answer.backtests.first {
    blocks = [.paragraph(basis(first, answer)), .table(table(answer.backtests))]
  }
  if !answer.unjudged.isEmpty {
    blocks.append(.list(answer.unjudged.map { "\($0.service): \($0.reason)." }))
  }
  return [ReportSection("backtest", title: "How often it was too little", blocks: blocks)]
}

private func basis(_ first: CapacityBacktest, _ answer: CapacityAnswer) -> String {
  let clock = answer.scope.clock
  func days(_ period: Period) -> String {
    "\(clock.date(at: period.start)) to \(clock.date(at: period.end.advanced(by: -1)))"
  }
  return
    "Learned on \(days(first.learned)) and judged on \(days(first.judged)), of which nothing was learned: the share of intervals "
    + "that needed more instances than the mean line over users says of so many, and than the line with its margin "
    + "(p\(answer.percentile)) says. Credits are left out of both."
}

private func table(_ backtests: [CapacityBacktest]) -> ReportTable {
  ReportTable(
    "backtest",
    columns: [
      .text("component", "Component"), .text("type", "Type"), ReportColumn("users_from", "Users from", .count),
      ReportColumn("users_to", "To", .count), ReportColumn("intervals", "Intervals", .count),
      ReportColumn("line_count", "By the line", .number(unit: nil)), ReportColumn("line_short", "Too few", .share),
      ReportColumn("margin_count", "With margin", .number(unit: nil)),
      ReportColumn("margin_short", "Then too few", .share),
    ],
    rows: backtests.flatMap { backtest in
      backtest.levels.map { level in
        let intervals = Double(max(1, level.intervals))
        return [
          .text(backtest.service), .text(backtest.type), .count(wholeNumber(level.users.lowerBound.rounded())),
          .count(wholeNumber(level.users.upperBound.rounded())), .count(level.intervals),
          .measured(level.countOfLine, decimals: 1), .share(Double(level.shortOfLine) / intervals, decimals: 1),
          .measured(level.countOfMargin, decimals: 1), .share(Double(level.shortOfMargin) / intervals, decimals: 1),
        ]
      }
    })
}
