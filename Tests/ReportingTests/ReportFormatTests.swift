import Foundation
import Model
import TestSupport
import Testing

@testable import Reporting

private let names = reportFormats(width: 100).map(\.name)

@Suite struct ReportFormatTests {
  private func format(_ name: String) throws -> any ReportFormat {
    try #require(reportFormats(width: 100).first { $0.name == name })
  }

  @Test("Every file of a format has its line in the list")
  func complete() throws {
    // ReportFormat.swift itself holds the protocol and the list.
    let files = swiftFiles(under: "Sources/Reporting").filter {
      $0.hasSuffix("Format.swift") && $0 != "ReportFormat.swift"
    }
    #expect(files.count == reportFormats(width: 100).count, "\(files)")
  }

  @Test("The words of --format are four, that for people at a terminal first")
  func words() { #expect(names == ["table", "markdown", "csv", "json"]) }

  @Test("The list gives the width to the format that wraps")
  func width() { #expect((reportFormats(width: 77)[0] as? TextFormat)?.width == 77) }

  @Test("Each format writes every table, ends with a line end, and gives the same bytes again", arguments: names)
  func renders(name: String) throws {
    let bytes = try format(name).render(everything)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    #expect(text.contains("frontend") && (text.contains("5819.863084") || text.contains("5,819.86")))
    #expect(try format(name).render(everything) == bytes)
  }

  @Test("A report of nothing, and a table of nothing, are written without a trap", arguments: names)
  func empty(name: String) throws {
    let format = try format(name)
    _ = format.render(ReportDocument("nothing", title: ""))
    let table = ReportTable("none", columns: [], rows: [[], []], total: [])
    let chart = ReportChart(.bars, title: "", table)
    _ = format.render(report(.table(table), .chart(chart), .list([]), .facts([]), .paragraph("")))
    let text = format.text(report(.table(ReportTable("none", columns: [.text("a", "A")], rows: []))))
    #expect(text.lowercased().contains("a"))
  }

  @Test("No report makes a format trap, and all give UTF-8", arguments: 0..<150)
  func survives(seed: Int) throws {
    var random = RandomDocument(seed: seed)
    let document = random.document()
    for format in reportFormats(width: seed) {
      let bytes = format.render(document)
      #expect(String(validating: bytes, as: UTF8.self) != nil, "\(format.name)")
    }
  }

  @Test("No format writes a control character other than line feeds, or an override of direction", arguments: 0..<100)
  func controls(seed: Int) {
    var random = RandomDocument(seed: seed)
    let document = random.document()
    for format in reportFormats(width: 80) {
      let raw = format.text(document).unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202E}")
      }
      #expect(raw.isEmpty, "\(format.name): \(raw.map { String($0.value, radix: 16) })")
    }
  }
}
