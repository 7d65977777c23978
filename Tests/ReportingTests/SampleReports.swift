import Model
import TestSupport

@testable import Reporting

let dollars = ReportColumn.Kind.money(currency: "USD")

func cost(_ amount: String) -> ReportCell { .money(usd(amount)) }

/// A report of one block.
func report(_ blocks: ReportBlock...) -> ReportDocument { ReportDocument("sample", title: "", blocks: blocks) }

extension ReportFormat {
  func text(_ document: ReportDocument) -> String { String(decoding: render(document), as: UTF8.self) }
  func lines(_ document: ReportDocument) -> [String] {
    text(document).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

/// Two services and their costs.
let costs = ReportTable(
  "costs", columns: [.text("service", "Service"), ReportColumn("cost_usd", "Cost", dollars)],
  rows: [[.text("frontend"), cost("1.004")], [.text("db"), cost("1234.5")]], total: [.text("Total"), cost("1235.504")])

/// Every kind of block, every kind of cell, and texts with everything that some format must escape.
let everything = ReportDocument(
  "everything", title: "Title", blocks: [.paragraph("A paragraph with `code`.")],
  sections: [
    ReportSection(
      "first", title: "First", blocks: [.list(["first", "second"]), .table(costs)],
      sections: [
        ReportSection("inner", title: "Inner", blocks: [.facts(facts)]),
        ReportSection(
          "untitled", title: "",
          blocks: [
            .chart(ReportChart(.bars, title: "Costs", costs)), .chart(ReportChart(.line, title: "Over time", costs)),
          ]),
      ]),
    ReportSection("second", title: "Second", blocks: [.table(everyKind)]),
  ])

let facts = [
  ReportFact("mean CPU", .measured(0.644, decimals: 2), unit: "vCPU"), ReportFact("bill", cost("-0.005"), unit: "USD"),
  ReportFact("bytes", .decimal(decimal("10.50"))), ReportFact("an hour", .rate(usd("0.1")), unit: "USD"),
  ReportFact("instances", .count(3)), ReportFact("covered", .share(0.5)), ReportFact("silent", .duration(90)),
  ReportFact("since", .instant(instant("2026-10-13T20:05:00Z"), offset: -14_400)),
  ReportFact("day", .date(CivilDate("2026-10-13")!)), ReportFact("month", .month(Month(year: 2026, month: 10))),
  ReportFact("name", .text("a|b")), ReportFact("id", .code("rightsize-db")),
  ReportFact("more", .link("Second", to: "#second")),
  ReportFact("memory", .unknown("nobody measured it"), unit: "GiB"), ReportFact("nothing", .empty),
  ReportFact("not finite", .measured(.nan, decimals: 1)),
]

/// A column of each kind, with and without a value.
let everyKind = ReportTable(
  "every_kind",
  columns: [
    .text("name", "Name"), ReportColumn("change_usd", "Change", dollars, isSigned: true),
    ReportColumn("hourly_usd", "USD/h", .rate(currency: "USD", per: "hour")), ReportColumn("count", "Count", .count),
    ReportColumn("cores", "Cores", .number(unit: "vCPU")), ReportColumn("ratio", "Ratio", .number(unit: nil)),
    ReportColumn("share", "Share", .share), ReportColumn("time", "Time", .duration),
    ReportColumn("began", "Began", .instant), ReportColumn("day", "Day", .date), ReportColumn("month", "Month", .month),
  ],
  rows: [
    [
      .code("=1+1"), cost("5819.863084"), .rate(usd("0.0416")), .count(12_345), .decimal(decimal("2.50")),
      .measured(1.0 / 3, decimals: 2), .share(0.9514, decimals: 1, rounding: .down), .duration(5700),
      .instant(instant("2026-10-13T20:05:00Z"), offset: -14_400), .date(CivilDate("2026-10-13")!),
      .month(Month(year: 2026, month: 10)),
    ],
    [
      .link("bill, \"exact\"", to: "bill.csv"), cost("-0.05"), .unknown("no price"), .empty, .empty,
      .measured(.infinity, decimals: 1), .unknown("nothing was expected"), .unknown("no samples"), .empty, .empty,
      .empty,
    ],
  ])
