import Foundation
import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReportFormatTests {
  @Test("Every file of a format has its line in the list")
  func complete() throws {
    // ReportFormat.swift itself holds the protocol and the list.
    let files = swiftFiles(under: "Sources/Reporting").filter {
      $0.hasSuffix("Format.swift") && $0 != "ReportFormat.swift"
    }
    #expect(files.count == reportFormats.count, "\(files)")
  }

  @Test("Each format has a name of its own")
  func names() { #expect(Set(reportFormats.map(\.name)).count == reportFormats.count) }

  @Test("Each format renders every block, and ends with a line end", arguments: reportFormats.map(\.name))
  func renders(name: String) throws {
    let format = try #require(reportFormats.first { $0.name == name })
    let text = format.render(awkward)
    #expect(text.hasSuffix("\n"))
    #expect(text.contains("1234.56") || text.contains("1,234.56"))
    #expect(text.contains("plain"))
    #expect(format.render(awkward) == text)
  }

  @Test("A report of nothing is no crash", arguments: reportFormats.map(\.name))
  func empty(name: String) throws {
    let format = try #require(reportFormats.first { $0.name == name })
    let document = ReportDocument([.table(ReportTable("none", columns: ["A|a"], rows: []))])
    #expect(!format.render(document).isEmpty)
    _ = format.render(ReportDocument())
  }
}

/// Every block, and cells with everything that some format must escape.
let awkward = ReportDocument([
  .heading(level: 1, "Title"),
  .paragraph("A paragraph."),
  .list(["first", "second"]),
  .table(
    ReportTable(
      "costs", columns: ["Service|service", "Note|note", ">Cost, USD|cost_usd"],
      rows: [
        ["plain", "a|b", "1,234.56"], ["quoted", "say \"hi\"", "-0.05"], ["listed", "a, b", "0.00"],
        ["broken", "two\nlines", "10.00"],
      ], total: ["Total", "", "1,244.51"])),
])
