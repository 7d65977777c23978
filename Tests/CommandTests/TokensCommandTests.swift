import Foundation
import Model
import TestSupport
import Testing

/// Tokens through the command: the guide's trace, and the shared store.
@Suite struct TokensCommandTests {
  private static let models = ["gpt-5-mini", "claude-haiku-4-5"]

  /// A folder with the guide's trace, its fleet file and the two price files of tokens.
  private func place() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.path("pricing"), withIntermediateDirectories: true)
    for (from, to) in [
      ("guide/agent-trace/fleet.yaml", "fleet.yaml"), ("guide/agent-trace/trace.jsonl", "trace.jsonl"),
      ("pricing/aws/llm-tokens.csv", "pricing/llm-tokens.csv"),
      ("pricing/more/llm-tokens-2026-11.csv", "pricing/llm-tokens-2026-11.csv"),
    ] {
      try manager.copyItem(at: packageFolder.appendingPathComponent(from), to: folder.url.appendingPathComponent(to))
    }
    return folder
  }

  /// Runs a command line of the guide in a folder.
  private func run(_ line: String, in folder: TemporaryFolder) throws -> String {
    let words = line.split(separator: " ").dropFirst().map(String.init)
    let arguments = words.flatMap {
      $0 == "pricing/*.csv" ? ["pricing/llm-tokens-2026-11.csv", "pricing/llm-tokens.csv"] : [$0]
    }
    let run = try plimsoll(arguments, in: folder.url)
    #expect(run.status == 0 && run.errors == "", "\(line): \(run.errors)")
    return run.output
  }

  @Test("What the page on tokens shows is what its commands print")
  func guide() throws {
    let page = try String(contentsOf: packageFolder.appendingPathComponent("guide/tokens.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "\n```").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    let (commands, shown) = (blocks.filter { $0.hasPrefix("\nplimsoll ") }, blocks.filter { $0.hasPrefix("text\n") })
    #expect(commands.count == 2 && shown.count == 2)
    let folder = try place()
    for (block, shown) in zip(commands, shown) {
      let lines = block.split(separator: "\n").map(String.init)
      let printed = try lines.map { try run($0, in: folder) }.last ?? ""
      #expect(printed.hasPrefix(String(shown.dropFirst("text\n".count))), "\(printed)")
    }
  }

  @Test("The trace costs under three models, with and without cache and in batches, what its calls add up to")
  func trace() throws {
    // Of every call: what was not cached, what was, and what was answered.
    let text = try String(
      contentsOf: packageFolder.appendingPathComponent("guide/agent-trace/trace.jsonl"), encoding: .utf8)
    var (input, cached, output) = (Int64(0), Int64(0), Int64(0))
    for line in text.split(separator: "\n") {
      let session = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      for turn in try #require(session["turns"] as? [[String: Any]]) {
        for call in try #require(turn["llm_calls"] as? [[String: Any]]) {
          let tokens = try #require(call["tokens"] as? [String: Int64])
          input += try #require(tokens["prompt"]) - (try #require(tokens["cached"]))
          cached += try #require(tokens["cached"])
          output += try #require(tokens["completion"])
        }
      }
    }
    let folder = try place()
    _ = try run("plimsoll import prices pricing/*.csv", in: folder)
    _ = try run("plimsoll import utilisation --service agent trace.jsonl", in: folder)
    let named = Self.models.map { "--model \($0)" }.joined(separator: " ")
    let json = try run(
      "plimsoll tokens --fleet fleet.yaml --month 2026-10 --as-of 2026-11-29 --format json \(named)", in: folder)
    let table = try #require(try jsonTables(json).first { $0.name == "models_1" })
    // Ten-thousandths of a dollar for a million tokens, from pricing/more/llm-tokens-2026-11.csv: input, output, cached, and
    // the same in batches.
    let prices: [String: [Int64]] = [
      "openai/gpt-5": [12_500, 100_000, 1_250, 6_250, 50_000, 625],
      "openai/gpt-5-mini": [2_500, 20_000, 250, 1_250, 10_000, 125],
      "anthropic/claude-haiku-4-5": [10_000, 50_000, 1_000, 5_000, 25_000, 500],
    ]
    #expect(Set(table.rows.map { $0["model"] ?? "" }) == Set(prices.keys))
    for row in table.rows {
      let price = try #require(prices[row["model"] ?? ""])
      // Ten-thousandths of a dollar x 10^5 nano-dollars / 10^6 tokens: a tenth of a nano-dollar, each kind rounded half-even.
      func cost(_ amounts: [(Int64, Int64)]) -> Double {
        let nano = amounts.reduce(Int128(0)) { $0 + roundedHalfEven(Int128($1.0) * Int128($1.1), dividedBy: 10) }
        return Double(nano) / 1e9
      }
      let (used, uncached, batched) = (
        cost([(input, price[0]), (output, price[1]), (cached, price[2])]),
        cost([(input + cached, price[0]), (output, price[1])]),
        cost([(input, price[3]), (output, price[4]), (cached, price[5])])
      )
      #expect(row["cost_usd"] == "\(used)" && row["uncached_usd"] == "\(uncached)" && row["batch_usd"] == "\(batched)")
    }
  }

  @Test("A model that a usage names is charged for without a charge; one that the book does not have is named")
  func uncharged() throws {
    let folder = try place()
    _ = try folder.file("bare.yaml", "name: bare\nregion: us-east-1\n")
    _ = try folder.file(
      "usage.json",
      """
      {"object": "page", "data": [{"object": "bucket", "start_time": 1790899200, "end_time": 1790985600, "results": [
        {"input_tokens": 3000000, "output_tokens": 1000000, "input_cached_tokens": 1000000, "num_model_requests": 5,
         "project_id": "web", "model": "gpt-5-mini", "batch": null},
        {"input_tokens": 7, "output_tokens": 1, "input_cached_tokens": 0, "num_model_requests": 1, "project_id": "web",
         "model": "gpt-5-minor", "batch": null}]}], "has_more": false}
      """)
    _ = try run("plimsoll import prices pricing/*.csv", in: folder)
    let imported = try run("plimsoll import utilisation usage.json", in: folder)
    #expect(imported.contains("7 samples added"))
    let text = try run("plimsoll tokens --fleet bare.yaml --month 2026-10", in: folder)
    // 2 x 0.25 + 1 x 2 + 1 x 0.025.
    #expect(text.contains(/openai\/gpt-5-mini +all tokens +4,000,000 +2\.5[23]\s/), "\(text)")
    #expect(text.contains("\"gpt-5-minor\" is no model of the price book (nearest: gpt-5-mini"), "\(text)")
    let bill = try run("plimsoll cost --fleet bare.yaml --month 2026-10 --format json", in: folder)
    #expect(bill.contains("2.525"))
  }

  @Test("The shipped fleet's tokens are its bill's; a what-if to another model costs what the table says of it")
  func shipped() throws {
    let store = try SharedStore.made.get()
    let tables = try jsonTables(try succeeding(store.ask(["tokens", "--format", "json"])))
    let use = try #require(tables.first { $0.name == "use" })
    let all = try #require(use.rows.first { $0["what"] == "all tokens" })
    let market = try #require(tables.first { $0.name == "models_1" })
    #expect(market.rows[0]["cost_usd"] == all["cost_usd"] && market.rows[0]["model"] == all["model"])
    let other = try #require(market.rows[1]["model"])
    let changed = try jsonTables(
      try succeeding(store.ask(["what-if", "--model", "claude-sonnet-5=\(other)", "--format", "json"])))
    let row = try #require(changed.first { $0.name == "bill" }?.rows.first { $0["service"] == "ai" })
    #expect(row["before_usd"] == all["cost_usd"] && row["after_usd"] == market.rows[1]["cost_usd"])
  }

  @Test(
    "A name of no model, of no charge and a percentage of none are mistakes of the command, and the nearest are named")
  func mistakes() throws {
    let store = try SharedStore.made.get()
    for (arguments, part) in [
      (["tokens", "--model", "gpt-5-minor"], "price book: found model \"gpt-5-minor\", expected a model that it has"),
      (["what-if", "--model", "gpt=openai/gpt-5"], "fleet file: charges: found model \"gpt\""),
      (["what-if", "--model", "claude-sonnet-5=gpt-none"], "price book: found model \"gpt-none\""),
      (["what-if", "--batch", "claude-sonnet-5=101"], "--batch: found \"claude-sonnet-5=101\""),
      (["what-if", "--cache-hits", "claude-sonnet-5=10.123"], "--cache-hits: found"),
      (["what-if", "--tokens", "claude-sonnet-5:inptu=-10%"], "fleet file: charges: found model"),
      (["what-if", "--seats", "Seats=3"], "what-if: found charge \"Seats\""),
    ] {
      let run = try plimsoll(store.ask(arguments))
      #expect(run.status == 64 && run.firstError.hasPrefix("plimsoll: \(part)"), "\(run.errors)")
    }
  }
}
