import Foundation
import Model
import Testing

/// Months side by side, and the fleet files that they are billed by, through the command.
@Suite struct MonthsTests {
  @Test("The review has the months that are asked for, and months.csv adds up to its bill; nothing else changes")
  func review() throws {
    let shared = try SharedStore.made.get()
    let folder = try TemporaryFolder()
    let (plain, months) = (folder.path("plain"), folder.path("months"))
    let printed = try succeeding(shared.ask(["review", "--out", plain]))
    #expect(
      try succeeding(shared.ask(["review", "--out", months, "--months", "4"]))
        == printed.replacing(plain, with: months))
    let names = try FileManager.default.contentsOfDirectory(atPath: plain).sorted()
    #expect(try FileManager.default.contentsOfDirectory(atPath: months).sorted() == (names + ["months.csv"]).sorted())
    for name in names where name != "report.md" { #expect(try text(months, name) == text(plain, name), "\(name)") }
    let report = try text(months, "report.md")
    let section = try #require(
      report.components(separatedBy: "## Months\n").last?.components(separatedBy: "\n## ").first)
    #expect(report.replacing("## Months\n\(section)\n", with: "") == (try text(plain, "report.md")))
    // The store has instances from August on, and what they did of October alone.
    #expect(section.contains("| 2026-07 | unknown: no instances |"))
    #expect(section.contains(/\| 2026-09 \| unknown: \S+ \S+: no samples in the period \|/))
    let rows = try tables(try text(months, "months.csv"))[0].rows
    #expect(rows.map { $0["month"] ?? "" }.prefix(3) == ["2026-07", "2026-08", "2026-09"])
    let october = rows.filter { $0["month"] == "2026-10" }
    let bill = try tables(try text(plain, "bill.csv"))[0]
    for (column, total) in [("cost_usd", try bill.sum("cost_usd")), ("cost_exact_usd", try bill.sum("cost_exact_usd"))]
    {
      #expect(october.reduce(.zero) { $0 + (Money($1[column] ?? "") ?? .zero) } == total, "\(column)")
    }
  }

  @Test("A number of months out of range is a usage error before anything is written", arguments: ["0", "61"])
  func range(count: String) throws {
    let folder = try TemporaryFolder()
    try expectFailure(
      try SharedStore.made.get().ask(["review", "--out", folder.path("out"), "--months", count]), 64,
      "plimsoll: --months: found \(count), expected a whole number of months from 1 to 60")
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }

  @Test("Fleet files are imported by date, and status lists them")
  func fleetFiles() throws {
    let folder = try TemporaryFolder()
    let store = folder.path("store.sqlite")
    let fleet = try SharedStore.made.get().dataset + "/fleet.yaml"
    func importing(_ options: String...) throws -> String {
      try succeeding(["import", "--store", store, "fleet", fleet] + options)
    }
    #expect(
      try importing("--from", "2026-10-01") == "\(fleet): fleet \"sketchy-chain\" with 6 services, from 2026-10-01 on\n"
    )
    // It changes nothing from October on, which its owner should know.
    #expect(
      try importing()
        == "\(fleet): fleet \"sketchy-chain\" with 6 services\n  from 2026-10-01 on \(fleet) holds\n")
    let status = try tables(try succeeding(["status", "--store", store, "--format", "csv"]))[2]
    #expect(status.columns == ["file", "fleet", "effective_from"])
    #expect(status.rows.map { $0["effective_from"] } == ["", "2026-10-01"])
    try expectFailure(
      ["import", "--store", store, "fleet", fleet, "--from", "October"], 64,
      "plimsoll: --from: found \"October\", expected a date such as 2026-10-01")
  }

  @Test("A month before the first dated fleet file is told how to import one for it")
  func beforeTheFirst() throws {
    let folder = try TemporaryFolder()
    let store = folder.path("store.sqlite")
    let fleet = try SharedStore.made.get().dataset + "/fleet.yaml"
    _ = try succeeding(["import", "--store", store, "fleet", fleet, "--from", "2026-10-01"])
    try expectFailure(
      ["cost", "--store", store, "--month", "2026-09"], 66,
      "plimsoll: \(store): found no fleet file that holds in 2026-09; the first holds from 2026-10-01, expected an "
        + "earlier one (plimsoll import fleet FILE with --from DATE, or without --from for all time before)")
  }

  private func text(_ folder: String, _ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }
}
