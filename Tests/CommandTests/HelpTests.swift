import Foundation
import Testing

@Suite struct HelpTests {
  @Test("The help of the command and of every subcommand is the committed text, and no other file is there")
  func isCommitted() throws {
    let texts = try helpTexts()
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" { return try record(texts) }
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names) == Set(texts.keys.map { "\($0).txt" }))
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let committed = try? String(contentsOf: file(name), encoding: .utf8)
      #expect(committed == text, "the help of \(name)")
    }
  }

  @Test("The overview lists subcommands, exit codes and what to do first")
  func overview() throws {
    let text = try succeeding(["--help"])
    #expect(subcommands(in: text).starts(with: ["review", "init", "import", "status", "fleet", "series", "prices"]))
    #expect(text.contains("plimsoll import"))
    for code in ["0 done", "64 usage", "65 bad data", "66 missing input", "69 service unavailable", "74 input or"] {
      #expect(text.contains(code))
    }
    #expect(try succeeding([]) == text)
  }

  @Test("The review's help says what must be in the store and which options must be given")
  func review() throws {
    let text = try succeeding(["review", "--help"])
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    #expect(
      words.contains(
        "Required in the store: a fleet, prices, an inventory of instances and utilisation of the month"))
    // Optional options stand in brackets.
    #expect(text.contains(" [--month <yyyy-mm>] [--months <count>] [--tune] --out <folder>\n"))
  }

  @Test("Every argument and option of every subcommand is described")
  func everythingIsDescribed() throws {
    for (name, text) in try helpTexts() {
      let lines = text.split(separator: "\n").filter { $0.hasPrefix("  -") || $0.hasPrefix("  <") }
      #expect(!lines.isEmpty)
      for (index, line) in lines.enumerated() {
        // A long name has its description on the line below.
        let next = text.components(separatedBy: line + "\n").last ?? ""
        let described = line.count > 26 && line.dropFirst(26).first != " " && line.dropFirst(25).first == " "
        #expect(described || next.hasPrefix(String(repeating: " ", count: 26)), "\(name): \(index) \(line)")
      }
    }
  }

  @Test("The version is three numbers and nothing else")
  func version() throws {
    let text = try succeeding(["--version"])
    #expect(text.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Help")
  private func file(_ name: String) -> URL { Self.folder.appendingPathComponent("\(name).txt") }

  /// The help of the command and its subcommands by name.
  private func helpTexts() throws -> [String: String] {
    let overview = try succeeding(["--help"])
    var texts = ["plimsoll": overview]
    for name in subcommands(in: overview) { texts[name] = try succeeding([name, "--help"]) }
    return texts
  }

  private func subcommands(in overview: String) -> [String] {
    let section = overview.components(separatedBy: "SUBCOMMANDS:\n").last ?? ""
    return section.split(separator: "\n").prefix { !$0.contains("See 'plimsoll help") }.compactMap { line in
      line.hasPrefix("   ") ? nil : line.split(separator: " ").first.map(String.init)
    }
  }

  /// Recording never passes: what was recorded is looked at before it is committed.
  private func record(_ texts: [String: String]) throws {
    for (name, text) in texts { try Data(text.utf8).write(to: file(name)) }
    Issue.record("recorded \(texts.count) help texts; look at the difference and run again")
  }
}
