import Foundation
import Model
import Testing

@Suite struct GuideTests {
  @Test("The pages made from the code are the committed ones, and no other page of formats is there")
  func pagesAreFresh() throws {
    var pages = ["fleet-keys.md": FleetKeys().page, "metrics.md": MetricsPage.page]
    for (name, text) in try FormatPages().pages { pages["formats/\(name)"] = text }
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" { return try record(pages) }
    for (name, text) in pages.sorted(by: { $0.key < $1.key }) {
      let committed = try? String(contentsOf: page(name), encoding: .utf8)
      if committed != text { Issue.record("guide/\(name) is not what the code says; `make guide` makes it anew") }
    }
    let formats = try FileManager.default.contentsOfDirectory(atPath: page("formats").path)
    #expect(Set(formats.map { "formats/\($0)" }) == Set(pages.keys).subtracting(["fleet-keys.md", "metrics.md"]))
  }

  @Test("Every key of a fleet file and every format is explained where it is declared")
  func everythingIsExplained() throws {
    #expect(FleetKeys().unexplained == [])
    #expect(try FormatPages().unexplained == [])
  }

  private func page(_ name: String) -> URL { packageFolder.appendingPathComponent("guide/\(name)") }

  /// Recording never passes: what was recorded is looked at before it is committed.
  private func record(_ pages: [String: String]) throws {
    let formats = page("formats")
    try FileManager.default.createDirectory(at: formats, withIntermediateDirectories: true)
    for (name, text) in pages { try Data(text.utf8).write(to: page(name)) }
    Issue.record("recorded \(pages.count) pages of the guide; look at the difference and run again")
  }
}
