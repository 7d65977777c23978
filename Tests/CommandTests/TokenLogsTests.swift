import Foundation
import Model
import TestSupport
import Testing

/// Tokens by whose they are, what providers bill, and the bill by model, through the command.
@Suite struct TokenLogsTests {
  private static let spend = """
    [
     {"request_id": "a", "startTime": "2026-10-01T14:27:12Z", "model": "gpt-5-mini", "team_id": "web", "user": "ann",
      "api_key": "k1", "prompt_tokens": 1000000, "completion_tokens": 200000},
     {"request_id": "b", "startTime": "2026-10-01T14:29:40Z", "model": "gpt-5-mini", "team_id": "web", "user": "",
      "end_user": "bob", "api_key": "k1", "prompt_tokens": 500000, "completion_tokens": 0},
     {"request_id": "c", "startTime": "2026-10-02T14:29:40Z", "model": "gpt-5", "team_id": "web", "user": "ann",
      "api_key": "k2", "prompt_tokens": 400000, "completion_tokens": 100000},
     {"request_id": "d", "startTime": "2026-10-02T14:29:41Z", "model": "own-model", "team_id": "web",
      "api_key": "k2", "prompt_tokens": 7, "completion_tokens": 1},
     {"request_id": "e", "startTime": "2026-09-02T14:29:41Z", "model": "gpt-5", "team_id": "web", "api_key": "k2",
      "prompt_tokens": 7, "completion_tokens": 1}
    ]
    """
  // 2026-10-01 and 2026-10-02; gpt-5-mini as it is named on a bill.
  private static let costs = """
    {"object": "page", "data": [
     {"start_time": 1790812800, "end_time": 1790899200, "results": [
      {"amount": {"value": 0.775, "currency": "usd"}, "line_item": "gpt-5-mini-2025-08-07, input"},
      {"amount": {"value": 0.10, "currency": "usd"}, "line_item": null}]},
     {"start_time": 1790899200, "end_time": 1790985600, "results": [
      {"amount": {"value": 1.60, "currency": "usd"}, "line_item": "gpt-5, all"}]},
     {"start_time": 1788220800, "end_time": 1788307200, "results": [
      {"amount": {"value": 7, "currency": "usd"}, "line_item": "gpt-5, all"}]}
    ], "has_more": false}
    """
  private static let fleet = """
    name: gate
    region: us-east-1
    charges:
      - { name: Seats, service: web, fixed_usd: 4, quantity: { units: 5 }, tags: { team: blue } }
      - { name: Mini prompts, service: web, price: tokens/openai/gpt-5-mini/input, free_units: 300000,
          quantity: { metric: input_tokens, resource: gpt-5-mini } }
    """

  private struct Made {
    let folder: TemporaryFolder

    func ask(_ arguments: [String]) throws -> [JSONTable] {
      let options = ["--store", "s.sqlite", "--fleet", "fleet.yaml", "--month", "2026-10", "--format", "json"]
      let run = try plimsoll(arguments + options, in: folder.url)
      #expect(run.status == 0, "\(run.errors)")
      return try jsonTables(run.output)
    }
  }

  private func made() throws -> Made {
    let folder = try TemporaryFolder()
    for (name, text) in [("spend.json", Self.spend), ("costs.json", Self.costs), ("fleet.yaml", Self.fleet)] {
      try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
    }
    let prices = packageFolder.appendingPathComponent("pricing/more/llm-tokens-2026-11.csv").path
    let older = packageFolder.appendingPathComponent("pricing/aws/llm-tokens.csv").path
    for arguments in [["prices", older, prices], ["utilisation", "spend.json"]] {
      let run = try plimsoll(["import", "--store", "s.sqlite"] + arguments, in: folder.url)
      #expect(run.status == 0, "\(run.errors)")
    }
    return Made(folder: folder)
  }

  // A million tokens: gpt-5-mini 0.25 and 2.00, gpt-5 1.25 and 10.00.
  @Test(
    "Tokens by user, key and project cost what their own calls add up to, and a model without a price says so",
    arguments: [
      // 0.4 × 1.25 + 0.1 × 10; 1 × 0.25 + 0.2 × 2; 0.5 × 0.25; a user of each call but one.
      ("user", ["ann 1.5", "ann 0.65", "bob 0.125", "not told unknown"]),
      ("key", ["k2 1.5", "k1 0.775", "k2 unknown"]), ("project", ["web 1.5", "web 0.775", "web unknown"]),
    ])
  func holders(by: String, rows: [String]) throws {
    let table = try #require(try made().ask(["tokens", "--usage", "spend.json", "--by", by]).first)
    let read = table.rows.map { row in
      "\(row["holder"] ?? "") " + (row["cost_usd"].flatMap { $0.isEmpty ? nil : $0 } ?? "unknown")
    }
    #expect(read == rows)
  }

  @Test("A provider's costs stand beside what was measured, by model and day; other months are left out")
  func provider() throws {
    let tables = try made().ask(["tokens", "--costs", "costs.json"])
    let models = try #require(tables.first { $0.name == "by_model" })
    #expect(models.rows.map { $0["model"] } == ["gpt-5", "gpt-5-mini", "of no model"])
    #expect(models.rows.map { $0["computed_usd"] } == ["1.5", "0.775", ""])
    #expect(models.rows.map { $0["billed_usd"] } == ["1.6", "0.775", "0.1"])
    let days = try #require(tables.first { $0.name == "by_day" })
    #expect(days.rows.map { $0["difference_usd"] } == ["-0.1", "-0.1"])
  }

  @Test("Totals do not count what is not known as nothing")
  func totals() throws {
    let made = try made()
    func text(_ arguments: [String]) throws -> String {
      try plimsoll(
        ["tokens"] + arguments + ["--store", "s.sqlite", "--fleet", "fleet.yaml", "--month", "2026-10"],
        in: made.folder.url
      ).output
    }
    func total(_ text: String) -> [String] {
      text.split(separator: "\n").filter { $0.hasPrefix("Total") }.map {
        $0.split(separator: " ").joined(separator: " ")
      }
    }
    let users = total(try text(["--usage", "spend.json", "--by", "user"]))
    #expect(users.count == 1 && users[0].hasPrefix("Total, incomplete") && users[0].hasSuffix("2.28"), "\(users)")
    let plain = Self.spend.replacing("\"model\": \"gpt-5-mini\",", with: "").replacing(
      "\"model\": \"gpt-5\",", with: "")
    try plain.write(toFile: made.folder.path("plain.json"), atomically: true, encoding: .utf8)
    let unnamed = try text(["--usage", "plain.json", "--by", "user"])
    #expect(total(unnamed).allSatisfy { $0.contains("unknown") } && unnamed.contains("grouped by model"), "\(unnamed)")
    // 1.60 and 0.775 are of models; 0.10 of none, which is of a day that has both.
    let costs = total(try text(["--costs", "costs.json"]))
    #expect(
      costs == ["Total of rows with both amounts 2.38 2.28 -0.10 -4.2 %", "Total 2.48 2.28 -0.20 -8.1 %"], "\(costs)")
    let other = Self.costs.replacing("1790812800, \"end", with: "1788134400, \"end")
      .replacing("1790899200, \"results", with: "1788220800, \"results")
      .replacing("1790899200, \"end_time\": 1790985600", with: "1788220800, \"end_time\": 1788307200")
    try other.write(toFile: made.folder.path("other.json"), atomically: true, encoding: .utf8)
    let none = try text(["--costs", "other.json"]).split(separator: "\n").joined(separator: " ")
    #expect(none.contains("from 2026-08-31 to 2026-09-01, UTC."), "\(none)")
  }

  @Test("The bill by model adds up with all else in a row, free units cost nothing, and charges have tags")
  func byModel() throws {
    let made = try made()
    let models = try #require(try made.ask(["cost", "--by", "model"]).first)
    let costs = models.rows.map { "\($0["value"] ?? "") \($0["cost_usd"] ?? "")" }
    // 5 seats at 4; (1.5 - 0.3) × 0.25 + 0.2 × 2.
    #expect(costs == ["openai/gpt-5 1.5", "openai/gpt-5-mini 0.7", "of no model 20.0"])
    let teams = try #require(try made.ask(["cost", "--by", "tag:team"]).first)
    #expect(teams.rows.map { "\($0["value"] ?? "") \($0["cost_usd"] ?? "")" } == ["blue 20.0", "untagged 2.2"])
  }

  @Test("Options that belong together are asked for together")
  func usage() throws {
    for arguments in [["--by", "user"], ["--usage", "a"], ["--usage", "a", "--by", "user", "--costs", "b"]] {
      #expect(try plimsoll(["tokens"] + arguments).status == 64)
    }
    let made = try made()
    let asked = ["tokens", "--usage", "costs.json", "--by", "user", "--store", "s.sqlite", "--fleet", "fleet.yaml"]
    #expect(try plimsoll(asked, in: made.folder.url).status == 65)
  }
}
