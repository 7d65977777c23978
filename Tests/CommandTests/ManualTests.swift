import Foundation
import Testing

@Suite struct ManualTests {
  @Test("There is a manual page for the command and for every subcommand of its help, and no other")
  func pages() throws {
    let pages = try manualPages()
    let help = try succeeding(["--help"]).components(separatedBy: "SUBCOMMANDS:\n").last ?? ""
    let names = help.matches(of: /(?m)^  ([a-z]\S*)/).map { "plimsoll-\($0.1).1" }
    #expect(names.count >= 14)
    #expect(Set(pages.keys) == Set(names + ["plimsoll.1"]))
  }

  @Test("A page has every option of the subcommand's help, its values and its default")
  func options() throws {
    for (name, page) in try manualPages() where name != "plimsoll.1" {
      let subcommand = name.dropFirst("plimsoll-".count).dropLast(".1".count)
      let help = try succeeding([String(subcommand), "--help"])
      let options = help.split(separator: "\n").compactMap { $0.firstMatch(of: /^  (?:-\w, )?(--[a-z-]+)/)?.1 }
      #expect(!options.isEmpty)
      for option in options {
        #expect(page.contains("\\fB\(option.replacing("-", with: "\\-"))\\fR"), "\(name) and \(option)")
      }
    }
    let page = try #require(try manualPages()["plimsoll-import.1"])
    #expect(page.contains("Default: .plimsoll/store.sqlite."))
    #expect(page.contains("Values: azure\\-llm\\-trace, two\\-column\\-csv,"))
    #expect(page.contains(".SS Utilisation\n"))
  }

  @Test("No line of a page is taken for a request that man does not have")
  func requests() throws {
    let known = ["TH", "SH", "SS", "TP", "PP", "B", "BR"]
    for (name, page) in try manualPages() {
      for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
        let request = line.dropFirst().prefix { $0.isLetter }
        #expect(known.contains(String(request)), "\(name): \(line)")
      }
    }
  }

  @Test("The manual command is for the installation and not in the help")
  func isHidden() throws {
    #expect(!(try succeeding(["--help"])).contains("manual"))
  }

  @Test("Completions of each shell know the subcommands and the options", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try succeeding(["--generate-completion-script", shell])
    for word in ["rightsize", "what-if", "skip-bad-rows"] { #expect(script.contains(word), "\(shell): \(word)") }
  }

  /// The pages by file name.
  private func manualPages() throws -> [String: String] {
    let folder = try TemporaryFolder()
    _ = try succeeding(["manual", "--out", folder.path("man1")])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("man1"))
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try String(contentsOfFile: folder.path("man1/\($0)"), encoding: .utf8))
      })
  }
}
