import Analysis
import Model

/// A what-if as a document: before, after and difference, by service and per user.
func whatIfDocument(_ study: Study, _ scenario: Scenario, before: Outcome, after: Outcome) -> ReportDocument {
  let old = PrintedBill(before.bill)
  let new = PrintedBill(after.bill)
  let services = old.bill.services + new.bill.services.filter { !old.bill.services.contains($0) }
  func row(_ name: String, _ a: Cents, _ b: Cents) -> [String] {
    [name, a.grouped, b.grouped, (b - a).signed, changeText(Double(b.count), from: Double(a.count))]
  }
  let suffix = old.bill.currency.suffix
  let bill = ReportTable(
    "bill",
    columns: [
      "Service|service", ">Before|before_\(suffix)", ">After|after_\(suffix)", ">Difference|difference_\(suffix)",
      ">Percent|percent",
    ],
    rows: zip(services, printedAfter(services, before: old, after: new)).map { row($0, old.total(of: $0), $1) },
    total: row("Total", old.total, new.total))
  var document = ReportDocument(
    [
      .heading(level: 1, "\(study.fleet.title): what if, on \(study.month.name)"),
      .paragraph(scenario.words),
    ] + rateBlocks(old.bill.currency) + [
      .table(bill), .table(perUserTable(before, after)),
      .table(capacityTable(study, before, after)),
    ])
  if !after.notes.isEmpty { document += [.list(after.notes.map { $0.words(in: old.bill.currency) })] }
  document += doubtBlocks(study.doubts(of: before.bill.prices + after.bill.prices))
  return document
}

/// Printed costs of services after a change: one that costs the same prints the same, and the others share the cents of the
/// printed total.
private func printedAfter(_ services: [String], before: PrintedBill, after: PrintedBill) -> [Cents] {
  let isSame = services.map { before.bill.total(of: $0) == after.bill.total(of: $0) }
  let kept = zip(services, isSame).reduce(Cents.zero) { $1.1 ? $0 + before.total(of: $1.0) : $0 }
  let changed = zip(services, isSame).filter { !$0.1 }.map { after.bill.total(of: $0.0) }
  var cents = printedCents(of: changed, total: after.total - kept)[...]
  return zip(services, isSame).map { $1 ? before.total(of: $0) : cents.removeFirst() }
}

private func perUserTable(_ before: Outcome, _ after: Outcome) -> ReportTable {
  func row(_ name: String, _ a: Money, _ b: Money) -> [String] {
    [
      name, perUserText(a), perUserText(b), (b > a ? "+" : "") + perUserText(b - a),
      changeText(Double(b.nanoDollars), from: Double(a.nanoDollars)),
    ]
  }
  let types = zip(before.allocation.types, after.allocation.types).map { a, b in
    row(a.type.name, a.perUser(a.total), b.perUser(b.total))
  }
  let suffix = before.bill.currency.suffix
  return ReportTable(
    "per_user",
    columns: [
      "Cost per user|user_type", ">Before|before_\(suffix)", ">After|after_\(suffix)",
      ">Difference|difference_\(suffix)",
      ">Percent|percent",
    ],
    rows: types, total: row("All", before.allocation.perUser, after.allocation.perUser))
}

/// Instance types and counts, before and after.
private func capacityTable(_ study: Study, _ before: Outcome, _ after: Outcome) -> ReportTable {
  ReportTable(
    "capacity",
    columns: ["Capacity|service", "Before|before", "After|after"],
    rows: study.fleet.services.map { service in
      [service.name, capacity(study, service.name, before.plan), capacity(study, service.name, after.plan)]
    })
}

/// `3-5 x t3.medium, 2.9 on average`.
func capacity(_ study: Study, _ service: String, _ plan: FleetPlan) -> String {
  guard let type = study.context.mainType(of: service, in: plan) else { return "none" }
  let counts = runningCounts(plan.runs(of: service), on: study.context.grid)
  let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
  if least == most { return "\(most) x \(type)" }
  let mean = Double(counts.reduce(0, +)) / Double(max(1, counts.count))
  return "\(least)-\(most) x \(type), \(rounded(mean, 1)) on average"
}

extension Scenario {
  /// The changes in words.
  var words: String {
    changes.isEmpty ? "Nothing is changed." : "With " + changes.map(\.change.words).joined(separator: ", ") + "."
  }
}
