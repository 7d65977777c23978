import Foundation
import Model
import Testing

/// The tables of the rendered markdown, read back as a reader would.
@Suite struct ReportTablesTests {
  @Test("The report opens with six figures, before anything that could be scrolled to")
  func opening() throws {
    for example in try RenderedCase.all.get() {
      let report = try #require(example.files["report.md"])
      let first = try #require(markdownTables(report).first)
      #expect(
        first.rows.map { $0[0] } == [
          "Cost", "Cost per user", "Cost per user and hour", "Saving found", "Time critical", "Data seen",
        ])
      #expect(first.rows.allSatisfy { !$0[1].isEmpty && !$0[4].isEmpty })
      let lines = report.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.prefix(20).contains { $0.hasPrefix("| Data seen ") })
    }
  }

  @Test("Every bold total is the sum of the amounts above it, to the cent")
  func totals() throws {
    for example in try RenderedCase.all.get() {
      let tables = markdownTables(try #require(example.files["report.md"])).filter { $0.total != nil }
      // What to change, what nothing looked at, what changed, the bill, the cost per user.
      #expect(tables.count >= 5)
      for table in tables {
        for (column, title) in table.head.enumerated() {
          guard let total = cents(table.total![column]), !notAdded.contains(title) else { continue }
          let cells = table.rows.map { $0[column] }.filter { !$0.isEmpty }
          let sum = try cells.reduce(Cents.zero) { $0 + (try #require(cents($1), "\(title): \($1)")) }
          #expect(sum == total, "\(table.head[0]): \(title)")
        }
      }
    }
  }

  @Test("The exact columns add up to one figure, and it rounds to the printed total")
  func exactColumns() throws {
    for example in try RenderedCase.all.get() {
      let bill = try Table(try #require(example.files["bill.csv"]))
      let users = try Table(try #require(example.files["cost-per-user.csv"]))
      let exact = try bill.sum("cost_exact_usd")
      #expect(try users.sum("total_exact_usd") == exact)
      #expect(try Cents(exact) == Cents(bill.sum("cost_usd")))
      // No printed line is a whole cent from its exact cost.
      for row in bill.rows {
        let printed = try #require(Money(try bill.field("cost_usd", row)))
        let difference = (printed - (try #require(Money(try bill.field("cost_exact_usd", row))))).nanoDollars
        #expect(abs(difference) < Money.nanoPerCent, "\(row)")
      }
    }
  }

  @Test("A service that is judged without its memory is refused in a table of its own, with the reason")
  func refused() throws {
    let report = try #require(try shipped().files["report.md"])
    let table = try #require(markdownTables(section("Refused", of: report)).first)
    let row = try #require(table.rows.first { $0[0] == "api" && $0[1] == "Schedule" })
    #expect(row[3].hasPrefix("memory is not measured"))
    #expect(row[4] == "96.7 %")
    #expect(row[5] == "[schedule-api](evidence.md#schedule-api)")
  }

  @Test("The lost day is named for every service, and nothing measured in that month is called complete")
  func lostDay() throws {
    let example = try shipped()
    let report = try #require(example.files["report.md"])
    let data = section("Data and prices", of: report)
    let table = try #require(markdownTables(data).first)
    #expect(table.rows.count == 6)
    for row in table.rows {
      // 30 of 31 days are 96.77 %, printed rounded down; an instance started or lost on the way changes it a little.
      #expect(row[1] != "100.0 %" && row[2] != "100.0 %", "\(row)")
      #expect(row[3] == "1" && row[4] == "24 h", "\(row)")
    }
    #expect(
      data.contains(
        "- No sample from 2026-10-07 00:00 to 2026-10-08 00:00 of frontend, websocket, api, worker, database, cache.\n")
    )
    let advice = try Table(try #require(example.files["recommendations.csv"]))
    // Purchase mix counts the hours of instances, which the inventory knows; the others rest on samples.
    for row in advice.rows where try advice.field("step", row) != "mix" {
      #expect(try #require(Double(try advice.field("coverage", row))) < 1, "\(row)")
    }
  }

  @Test("The report is short enough to be read, and every link leads to a heading of the evidence")
  func short() throws {
    for example in try RenderedCase.all.get() {
      let report = try #require(example.files["report.md"])
      #expect(report.utf8.count <= 14 * 1024)
      let evidence = try #require(example.files["evidence.md"])
      // GitHub's anchor of a heading: lower case, blanks as hyphens, full stops left out.
      let headings = evidence.split(separator: "\n").filter { $0.hasPrefix("## ") }
        .map { $0.dropFirst(3).lowercased().replacing(" ", with: "-").replacing(".", with: "") }
      let links = report.matches(of: /\(evidence\.md#([a-z0-9-]+)\)/).map { String($0.output.1) }
      // Seven changes and a refusal.
      #expect(links.count >= 8)
      for link in links { #expect(headings.contains(link), "\(link)") }
    }
  }

  @Test("Nothing of the bill is looked at by nobody without a word: judged and unjudged lines are the bill")
  func notLookedAt() throws {
    let example = try shipped()
    let table = try #require(markdownTables(section("What nothing looked at", of: example.files["report.md"]!)).first)
    let bill = try Table(try #require(example.files["bill.csv"]))
    // Every metered line, and nothing else, is without an adviser.
    let metered = try bill.rows(where: "purchase_option", is: "metered")
    let sum = try metered.reduce(Money.zero) { $0 + (try #require(Money(try bill.field("cost_exact_usd", $1)))) }
    #expect(cents(try #require(table.total)[3]) == Cents(sum))
    #expect(try Set(table.rows.map { $0[0] }) == Set(metered.map { try bill.field("service", $0) }))
  }

  /// Columns whose total is a figure of its own: an average, or a rate.
  private let notAdded: Set = ["Average users", "Per user", "One more user", "Of the bill"]

  private func shipped() throws -> RenderedCase {
    try #require(try RenderedCase.all.get().first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" })
  }
}

/// A table of a markdown text: its head, its rows, and its bold last row that starts with `Total`.
private struct MarkdownTable {
  let head: [String]
  private(set) var rows: [[String]]
  private(set) var total: [String]?

  init(_ lines: [[String]]) {
    head = lines[0]
    rows = Array(lines.dropFirst(2))
    guard let last = rows.last, last.contains("**Total**") else { return }
    total = last.map { $0.replacing("**", with: "") }
    rows.removeLast()
  }
}

private func markdownTables(_ text: String) -> [MarkdownTable] {
  text.components(separatedBy: "\n\n").compactMap { block in
    let lines = block.split(separator: "\n").filter { $0.hasPrefix("| ") }
    guard lines.count > 2 else { return nil }
    return MarkdownTable(
      lines.map { line in
        line.dropFirst().dropLast().replacing("\\|", with: "/").split(separator: "|", omittingEmptySubsequences: false)
          .map { $0.trimmingCharacters(in: .whitespaces) }
      })
  }
}

/// The part of a report under a heading of the second level.
private func section(_ title: String, of report: String) -> String {
  let rest = report.components(separatedBy: "\n## \(title)\n").last ?? ""
  return rest.components(separatedBy: "\n## ").first ?? ""
}

/// `+1,234.56` as cents; nil for anything but an amount with two decimals.
private func cents(_ text: String) -> Cents? {
  guard text.wholeMatch(of: /[+-]?[0-9,]+\.[0-9]{2}/) != nil else { return nil }
  return Money(text.filter { $0 != "," && $0 != "+" }).map(Cents.init)
}
