import Foundation
import Ingest
import Model
@testable import Reading
import Testing

@Suite struct UtilisationFormatTests {
  /// What an example may lack, as options give it.
  private let given = SeriesNaming(service: "web", resource: "i-1", metric: "calls")

  @Test(
    "Each format recognises and reads its own example, by content and by name, and no earlier one takes it",
    arguments: utilisationFormats.indices)
  func readsExample(index: Int) throws {
    let format = utilisationFormats[index]
    let start = FileStart(file: "usage", bytes: Array(format.example.utf8))
    #expect(utilisationFormats.firstIndex { $0.recognises(start) } == index)
    for layout in [nil, format.name] {
      let file = try Reader(name: "usage", layout: layout, naming: given).read(format.example)
      #expect(file.summary.format == format.name)
      #expect(file.summary.samples >= 2)
      #expect(file.samples.values.reduce(0) { $0 + $1.count } == file.summary.samples)
      #expect(file.summary.badRows.isEmpty)
    }
  }

  @Test("Formats have names and outlines of their own")
  func names() {
    #expect(Set(utilisationFormats.map { $0.name }).count == utilisationFormats.count)
    #expect(Set(utilisationFormats.map { $0.outline }).count == utilisationFormats.count)
  }

  @Test("The list of formats has a line for every file of the folder")
  func listIsComplete() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources/Ingest/Formats").path)
    #expect(Set(files) == Set(utilisationFormats.map { "\($0).swift" }))
  }

  @Test("A file in no known format is told which there are, and what it starts with")
  func unknown() {
    let known = utilisationFormats.map { $0.name }.joined(separator: ", ")
    expectFailure(
      "usage.csv:1: found \"host|load\", expected samples with timestamps in one of the formats \(known) "
        + "(see guide/formats/utilisation.md; parameter layout names one)"
    ) { _ = try read("host|load\na|1\n") }
  }

  @Test("A layout of no known name is a mistake in the command, and told which there are")
  func unknownLayout() {
    let known = utilisationFormats.map { $0.name }.joined(separator: ", ")
    expectFailure("parameter layout: found \"csv\", expected one of \(known)", kind: .usage) {
      _ = try Reader(layout: "csv").read("timestamp,value\n")
    }
  }

  @Test("A file of nothing, or of blank lines and spaces alone, is empty", arguments: ["", "\n", " \r\n\t\n"])
  func empty(text: String) {
    expectFailure("usage.csv: found an empty file, expected samples") { _ = try read(text) }
  }

  @Test("UTF-16 is refused in either order of bytes, with the way out", arguments: [false, true])
  func utf16(bigEndian: Bool) {
    let units = "\u{FEFF}timestamp,value\n".utf16.flatMap { unit in
      bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    expectFailure("usage.csv: found UTF-16 text, expected UTF-8 text (`iconv -f UTF-16 -t UTF-8`)") {
      _ = try Reader().read(units)
    }
  }

  @Test("A UTF-8 mark at the start belongs to no format", arguments: utilisationFormats.indices)
  func mark(index: Int) throws {
    let format = utilisationFormats[index]
    let plain = try Reader(name: "usage", naming: given).read(format.example)
    let marked = try Reader(name: "usage", naming: given).read("\u{FEFF}" + format.example)
    #expect(marked.summary.format == format.name)
    #expect(marked.samples == plain.samples)
    #expect(marked.summary.byteCount == plain.summary.byteCount + 3)
  }
}
