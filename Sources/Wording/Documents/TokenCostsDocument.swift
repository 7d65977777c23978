import Analysis
import Analytics
import Model

/// What providers say that tokens cost, beside what was measured.
package func tokenCostsDocument(_ answer: TokenCostsAnswer) -> ReportDocument {
  var words = [
    "What the provider says beside the tokens that were measured in the same time, at list prices in USD, before discounts "
      + "and free units."
  ]
  if answer.leftOut > 0 {
    words.append("\(grouped(answer.leftOut)) costs of times that are not within the month are left out.")
  }
  if answer.hasMore { words.append("A page says that more follow it: costs are missing.") }
  guard !answer.times.isEmpty else {
    words.append("No cost is of the month\(told(answer)).")
    return ReportDocument("token-costs", title: title(answer), blocks: [.paragraph(words.joined(separator: " "))])
  }
  return ReportDocument(
    "token-costs", title: title(answer),
    blocks: [.paragraph(words.joined(separator: " ")), .table(modelTable(answer)), .table(timeTable(answer))])
}

private func title(_ answer: TokenCostsAnswer) -> String {
  "\(answer.scope.fleet): what tokens cost in \(answer.scope.month.name), billed and measured"
}

/// Which dates the files are of.
private func told(_ answer: TokenCostsAnswer) -> String {
  guard let told = answer.told else { return ": the files have none" }
  let (first, last) = (CivilDate(day: told.start.day), CivilDate(day: told.end.advanced(by: -1).day))
  return ": those of the files are \(first == last ? "of \(first)" : "from \(first) to \(last)"), UTC"
}

private let amountColumns = [
  ReportColumn("billed_usd", "Billed", .money(currency: "USD")),
  ReportColumn("computed_usd", "Measured", .money(currency: "USD")),
  ReportColumn("difference_usd", "Difference", .money(currency: "USD"), isSigned: true),
  ReportColumn("difference", "Of it", .share, isSigned: true),
]

/// What the provider says, what was measured, and by how much that is more.
private func amounts(_ billed: Money, _ computed: Money) -> [ReportCell] {
  [.money(billed), .money(computed), .money(computed - billed), .change(computed, from: billed)]
}

private func modelTable(_ answer: TokenCostsAnswer) -> ReportTable {
  let rows = answer.models.map { row -> [ReportCell] in
    let name = ReportCell.text(row.model ?? "of no model")
    guard let billed = row.billed else {
      return [name, .unknown("not in the files"), row.computed.map { .money($0) } ?? .empty, .empty, .empty, .empty]
    }
    guard let computed = row.computed else {
      let reason = row.model == nil ? "the provider names no model" : "no tokens of it were measured"
      return [name, .money(billed), .unknown(reason), .empty, .empty, .empty]
    }
    guard let lacking = row.lacking else { return [name] + amounts(billed, computed) + [.empty] }
    return [name, .money(billed), .unknown("a part has no price"), .empty, .empty, .text(lacking)]
  }
  return ReportTable(
    "by_model", columns: [.text("model", "Model")] + amountColumns + [.text("lacking", "Without a price")], rows: rows,
    total: total(answer.models.map(\.both), billed: answer.billed) + [.empty])
}

private func timeTable(_ answer: TokenCostsAnswer) -> ReportTable {
  ReportTable(
    "by_day", columns: [ReportColumn("start", "From, UTC", .instant)] + amountColumns,
    rows: answer.times.map { time in
      let start = ReportCell.instant(time.period.start, offset: 0)
      guard let computed = time.computed else {
        return [start, .money(time.billed), .unknown("nothing was measured, or a part has no price"), .empty, .empty]
      }
      return [start] + amounts(time.billed, computed)
    }, total: total(answer.times.map { time in time.computed.map { (time.billed, $0) } }, billed: answer.billed))
}

/// The sums of the rows of which both amounts are known; where there is none, what is billed alone.
private func total(_ rows: [(billed: Money, computed: Money)?], billed: Money) -> [ReportCell] {
  let both = rows.compactMap(\.self)
  guard !both.isEmpty else {
    return [.text("Total"), .money(billed), .unknown("no row has both amounts"), .empty, .empty]
  }
  let sums = amounts(both.reduce(.zero) { $0 + $1.billed }, both.reduce(.zero) { $0 + $1.computed })
  return [.text(both.count == rows.count ? "Total" : "Total of rows with both amounts")] + sums
}
