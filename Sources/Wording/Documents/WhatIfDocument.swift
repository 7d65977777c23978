import Advice
import Analysis
import Analytics
import Model

/// A what-if: before, after and difference, by service and per user.
package func whatIfDocument(_ answer: WhatIfAnswer) -> ReportDocument {
  let (old, new) = (PrintedBill(answer.before.bill), PrintedBill(answer.after.bill))
  var blocks: [ReportBlock] =
    [.paragraph(words(answer.scenario, answer.before))] + old.currency.rateBlocks + [
      .table(billTable(old, new))
    ] + perUserBlocks(answer, old.currency) + [.table(capacityTable(answer.capacity))]
    + criticalBlocks(answer.critical) + termsBlocks(answer.terms) + horizonBlocks(answer.ahead, old.currency)
  if !answer.notes.isEmpty { blocks.append(.list(answer.notes.map { $0.words(in: old.currency) })) }
  return ReportDocument(
    "what-if", title: "\(answer.scope.fleet): what if, on \(answer.scope.month.name)", blocks: blocks,
    sections: doubtSections(answer.doubts, in: old.currency)
  ).lacking(answer.missingPrices, of: answer.unpricedServices)
}

/// What each service costs before and after.
private func billTable(_ old: PrintedBill, _ new: PrintedBill) -> ReportTable {
  let before = Set(old.bill.services)
  let services = old.bill.services + new.bill.services.filter { !before.contains($0) }
  func row(_ name: String, _ before: (Money, Cents), _ after: (Money, Cents)) -> [ReportCell] {
    [
      .text(name), .money(before.0, printed: before.1), .money(after.0, printed: after.1),
      .money(after.0 - before.0, printed: after.1 - before.1), .change(after.0, from: before.0),
    ]
  }
  return ReportTable(
    "bill", columns: [.text("service", "Service")] + comparison { old.currency.column($0, $1, isSigned: $2) },
    rows: zip(services, printedAfter(services, before: old, after: new)).map { service, cents in
      row(
        service, (old.cost(of: service), old.total(of: service)), (new.cost(of: service), cents))
    },
    total: row("Total", (old.bill.total, old.total), (new.bill.total, new.total)))
}

/// Before, after, difference and change.
private func comparison(_ amount: (String, String, Bool) -> ReportColumn) -> [ReportColumn] {
  [
    amount("before", "Before", false), amount("after", "After", false), amount("difference", "Difference", true),
    ReportColumn("change", "Change", .share, isSigned: true),
  ]
}

/// Printed costs of services after a change: one that costs the same prints the same, and the others share the cents of the
/// printed total.
private func printedAfter(_ services: [String], before: PrintedBill, after: PrintedBill) -> [Cents] {
  let isSame = services.map { before.cost(of: $0) == after.cost(of: $0) }
  let kept = zip(services, isSame).reduce(Cents.zero) { $1.1 ? $0 + before.total(of: $1.0) : $0 }
  let changed = zip(services, isSame).filter { !$0.1 }.map { after.cost(of: $0.0) }
  var cents = printedCents(of: changed, total: after.total - kept)[...]
  return zip(services, isSame).map { $1 ? before.total(of: $0) : cents.removeFirst() }
}

/// What a user costs before and after; nothing where the fleet knows no users.
private func perUserBlocks(_ answer: WhatIfAnswer, _ currency: BillCurrency) -> [ReportBlock] {
  let (before, after) = (answer.before.allocation, answer.after.allocation)
  guard before.gap != .noTypes else { return [] }
  func row(_ name: String, _ a: Money?, _ b: Money?, _ gap: UsersGap?) -> [ReportCell] {
    guard let a, let b else {
      return [.text(name), .unknown(gapWords(gap ?? .nobody))] + [ReportCell](repeating: .empty, count: 3)
    }
    return [.text(name), .perUser(a), .perUser(b), .perUser(b - a), .change(b, from: a)]
  }
  let table = ReportTable(
    "per_user",
    columns: [.text("user_type", "Cost per user")]
      + comparison { currency.column($0, $1, per: "user", isSigned: $2) },
    rows: zip(before.types, after.types).map { row($0.type.name, $0.perUser($0.total), $1.perUser($1.total), nil) },
    total: row("All", before.perUser, after.perUser, after.gap))
  return [.table(table)]
}

/// For how long anything was critical before and after; nothing where no service has a critical threshold.
private func criticalBlocks(_ changes: [CriticalChange]) -> [ReportBlock] {
  guard !changes.isEmpty else { return [] }
  func cell(_ seconds: Result<Int64, SimulationRefusal>) -> ReportCell {
    switch seconds {
    case .success(let seconds): .duration(seconds)
    case .failure(let refusal): .unknown(words(refusal))
    }
  }
  let table = ReportTable(
    "critical",
    columns: [
      .text("service", "Critical time"), ReportColumn("critical_before", "Before", .duration),
      ReportColumn("critical_after", "After", .duration),
      ReportColumn("critical_difference", "Difference", .duration, isSigned: true),
    ],
    rows: changes.map { change in
      var difference = ReportCell.empty
      if case .success(let before) = change.before, case .success(let after) = change.after {
        difference = .duration(after - before)
      }
      return [.text(change.service), cell(change.before), cell(change.after), difference]
    })
  return [.table(table)]
}

/// What each change asks of whoever makes it; nothing where nothing is changed.
private func termsBlocks(_ terms: [(change: Change, terms: ChangeTerms)]) -> [ReportBlock] {
  guard !terms.isEmpty else { return [] }
  let table = ReportTable(
    "changes", columns: [.text("change", "Change"), .text("effort", "Effort"), .text("risk", "Risk")],
    rows: terms.map { [.text($0.change.change.words), .text($0.terms.effort.text), .text($0.terms.risk.text)] })
  return [.table(table)]
}

/// What each month ahead costs, and all of them; nothing where nobody looks ahead.
private func horizonBlocks(_ ahead: [MonthAhead], _ currency: BillCurrency) -> [ReportBlock] {
  guard !ahead.isEmpty else { return [] }
  func cells(_ before: Money, _ after: Money) -> [ReportCell] {
    [.money(before), .money(after), .money(after - before), .change(after, from: before)]
  }
  let table = ReportTable(
    "horizon",
    columns: [
      ReportColumn("month", "Month", .month), ReportColumn("demand", "Demand", .number(unit: nil)),
    ] + comparison { currency.column($0, $1, isSigned: $2) },
    rows: ahead.map { [.month($0.month), .measured($0.demand.value, decimals: 3)] + cells($0.before, $0.after) },
    total: [.empty, .empty]
      + cells(ahead.reduce(.zero) { $0 + $1.before }, ahead.reduce(.zero) { $0 + $1.after }))
  return [
    .table(table),
    .paragraph(
      "Each month is the one in question again, at its prices and with what is held then; demand is of users, 1 as measured."
    ),
  ]
}

/// Instance types and counts, before and after.
private func capacityTable(_ changes: [WhatIfAnswer.CapacityChange]) -> ReportTable {
  func columns(_ name: String, _ title: String) -> [ReportColumn] {
    [
      .text("type_\(name)", title), ReportColumn("least_\(name)", "Least", .count),
      ReportColumn("most_\(name)", "Most", .count), ReportColumn("mean_\(name)", "Mean", .number(unit: nil)),
    ]
  }
  func cells(_ capacity: WhatIfAnswer.Capacity?) -> [ReportCell] {
    guard let capacity else { return [.text("none"), .count(0), .count(0), .measured(0, decimals: 1)] }
    return [
      .text(capacity.type), .count(capacity.least), .count(capacity.most), .measured(capacity.mean, decimals: 1),
    ]
  }
  return ReportTable(
    "capacity",
    columns: [.text("service", "Capacity")] + columns("before", "Before") + columns("after", "After"),
    rows: changes.map { [.text($0.service)] + cells($0.before) + cells($0.after) })
}

/// The changes in words, and from how many users a change of them starts.
private func words(_ scenario: Scenario, _ before: Outcome) -> String {
  guard !scenario.changes.isEmpty else { return "Nothing is changed." }
  let peak = before.users.peak.map { " The month's peak was \(grouped($0)) concurrent users." } ?? ""
  return "With " + scenario.changes.map(\.change.words).joined(separator: ", ") + "." + peak
}
