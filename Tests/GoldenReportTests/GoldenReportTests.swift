import Foundation
import Testing

@Suite struct GoldenReportTests {
  @Test("Every report of the gallery renders to its committed bytes, no file more and none less")
  func committedBytes() throws {
    let cases = try RenderedCase.all.get()
    #expect(!cases.isEmpty)
    for example in cases {
      if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" {
        try record(example)
        continue
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: example.folder.path)
      #expect(Set(names) == Set(example.files.keys).union(["case.json"]), "in \(example.folder.lastPathComponent)")
      for (name, text) in example.files.sorted(by: { $0.key < $1.key }) {
        let committed = try? String(contentsOf: example.folder.appendingPathComponent(name), encoding: .utf8)
        if committed != text { Issue.record("\(name): \(firstDifference(committed ?? "", text))") }
      }
    }
  }

  @Test("A review asked for twice gives the same bytes")
  func sameBytesTwice() throws {
    for example in try RenderedCase.all.get() { #expect(example.files == example.again) }
  }

  /// Recording never passes: what was recorded is looked at before it is committed.
  private func record(_ example: RenderedCase) throws {
    for (name, text) in example.files {
      try Data(text.utf8).write(to: example.folder.appendingPathComponent(name))
    }
    Issue.record("recorded \(example.folder.lastPathComponent); look at the difference and run again")
  }

  private func firstDifference(_ committed: String, _ rendered: String) -> String {
    let old = committed.split(separator: "\n", omittingEmptySubsequences: false)
    let new = rendered.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    func text(_ lines: [Substring]) -> String { line < lines.count ? String(lines[line]) : "nothing" }
    return "line \(line + 1) is \(text(new)) but was \(text(old))"
  }
}
