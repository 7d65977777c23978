import Analysis
import Analytics
import Model

/// The tokens of logs by whose they are.
package func tokensByDocument(_ answer: TokensByAnswer) -> ReportDocument {
  let subject = answer.holder.rawValue
  var words = ["At list prices of the time, in USD; nothing of the logs is stored."]
  if let period = answer.period {
    words.append("From \(CivilDate(day: period.start.day)) to \(CivilDate(day: period.end.advanced(by: -1).day)), UTC.")
  }
  if answer.leftOut > 0 { words.append("\(grouped(answer.leftOut)) amounts of other months are left out.") }
  if answer.rows.contains(where: \.model.isEmpty) {
    words.append("Usage that names no model has no price: export it grouped by model.")
  }
  words += answer.remarks.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
  return ReportDocument(
    "tokens-by", title: "Tokens by \(subject)",
    blocks: [.paragraph(words.joined(separator: " ")), .table(table(answer))])
}

private func table(_ answer: TokensByAnswer) -> ReportTable {
  let unpriced = answer.rows.filter { $0.cost == nil }
  let isUnknown = !unpriced.isEmpty && unpriced.count == answer.rows.count
  let cents = printedCents(of: answer.rows.map { $0.cost ?? .zero })
  let kinds = TokenKind.allCases.filter { kind in answer.rows.contains { ($0.amounts[kind] ?? 0) > 0 } }
  func amount(_ count: Int64) -> ReportCell { .decimal(ScaledDecimal(mantissa: count, scale: 0)) }
  let rows = zip(answer.rows, cents).map { row, cents -> [ReportCell] in
    [.text(row.holder ?? "not told"), .text(row.model.isEmpty ? "not told" : row.model), amount(row.calls)]
      + kinds.map { amount(row.amounts[$0] ?? 0) }
      + [row.cost.map { .money($0, printed: cents) } ?? .unknown(row.lacking ?? "no price")]
  }
  let sums = kinds.map { kind in amount(answer.rows.reduce(0) { $0 + ($1.amounts[kind] ?? 0) }) }
  return ReportTable(
    "tokens_by",
    columns: [
      .text("holder", title(answer.holder)), .text("model", "Model"),
      ReportColumn("calls", "Calls", .number(unit: nil)),
    ]
      + kinds.map { ReportColumn($0.rawValue.replacing("-", with: "_"), $0.rawValue, .number(unit: nil)) }
      + [ReportColumn("cost_usd", "Cost, USD", .money(currency: "USD"))],
    rows: rows,
    total: [
      .text(unpriced.isEmpty || isUnknown ? "Total" : "Total, incomplete"), .empty,
      amount(answer.rows.reduce(0) { $0 + $1.calls }),
    ] + sums
      + [isUnknown ? .unknown("nothing here has a price") : .money(answer.total, printed: cents.reduce(.zero, +))])
}

private func title(_ holder: TokenHolder) -> String {
  switch holder {
  case .project: "Project"
  case .user: "User"
  case .key: "Key"
  }
}
