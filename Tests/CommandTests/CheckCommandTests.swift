import Foundation
import Testing

/// `check` and `capacity` as they are typed.
@Suite struct CheckCommandTests {
  @Test("check ends with 1 where something contradicts something, in every format, and with 0 where nothing does")
  func exitCodes() throws {
    let shared = try SharedStore.made.get()
    for format in ["table", "markdown", "csv", "json", "sarif"] {
      let run = try plimsoll(shared.ask(["check", "--format", format]))
      #expect(run.status == 1 && run.errors == "" && run.output.contains("maximum-below-need"), "\(format)")
    }
    let workplace = try Workplace()
    let file = try workplace.file("fleet.yaml", "name: shop\nservices: [{ name: web, maximum: 8 }]\n")
    let clean = try workplace.run(["check", "--fleet", file])
    #expect(clean.status == 0 && clean.output.contains("no contradictions"))
  }

  @Test("A fleet file alone is held against itself where there is no store, and what that cannot tell is named")
  func fileAlone() throws {
    let fleet = packageFolder.appendingPathComponent("datasets/sketchy-chain/fleet.yaml").path
    let run = try plimsoll(["check", "--fleet", fleet])
    #expect(
      run.status == 1 && run.output.contains("trigger-never-acts, claim-refuted, and claims: no store was there."))
    try expectRefused(["check"], 66, "plimsoll: .plimsoll/store.sqlite: found no such store")
    try expectRefused(["check", "--fleet", "gone.yaml"], 66, "plimsoll: gone.yaml: found no such file")
  }

  @Test("A finding in SARIF is in the line that says what is wrong")
  func sarifLines() throws {
    let fleet = packageFolder.appendingPathComponent("datasets/sketchy-chain/fleet.yaml")
    let run = try plimsoll(["check", "--fleet", fleet.path, "--format", "sarif"])
    let log = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let results = (log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]
    let cooldown = try #require(results?.first { $0["ruleId"] as? String == "cooldown-below-launch" })
    let place = (cooldown["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    let line = try #require((place?["region"] as? [String: Any])?["startLine"] as? Int)
    let lines = try String(contentsOf: fleet, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[line - 1].contains("cooldown: 3min"))
  }

  @Test("capacity answers several sizes, and refuses what is none of its words")
  func capacity() throws {
    let shared = try SharedStore.made.get()
    let text = try succeeding(shared.ask(["capacity", "--users", "500,5000"]))
    #expect(text.contains("\n500 users\n") && text.contains("\n5,000 users\n"))
    try expectRefused(
      shared.ask(["capacity", "--users", "0"]), 64, "plimsoll: --users: found 0, expected users from 1 to 10000000")
    try expectRefused(
      shared.ask(["capacity", "--users", "5", "--mix", "casul=1"]), 64,
      "plimsoll: --mix: found \"casul\", expected one of")
    let bad = try plimsoll(shared.ask(["capacity", "--users", "5", "--mix", "casual"]))
    #expect(bad.status == 64)
  }

  private func expectRefused(_ arguments: [String], _ status: Int32, _ start: String) throws {
    let run = try plimsoll(arguments)
    #expect(run.status == status && run.output == "" && run.firstError.hasPrefix(start), "\(arguments)")
  }
}
