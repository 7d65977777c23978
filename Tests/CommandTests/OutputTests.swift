import Foundation
import Testing

/// What the questions print, for people and for machines.
@Suite struct OutputTests {
  @Test(
    "Each question prints each format, and each can be read by what it is for",
    arguments: [["status"], ["series"], ["cost"], ["what-if"], ["why", "rightsize-database"]])
  func formats(question: [String]) throws {
    let shared = try SharedStore.made.get()
    let arguments =
      ["status", "series"].contains(question[0]) ? question + ["--store", shared.store] : shared.ask(question)
    let texts = try ["table", "markdown", "csv", "json"].map { try succeeding(arguments + ["--format", $0]) }
    for text in texts {
      #expect(!text.contains("\u{1B}"), "no terminal, no escape characters")
      #expect(text.isEmpty || text.hasSuffix("\n"))
    }
    expectAligned(texts[0])
    expectMarkdown(texts[1])
    let json = try jsonTables(texts[3])
    // The evidence of one verdict is facts; CSV is for tables, of which it has those of CPU and memory.
    #expect(question[0] != "why" || json.map(\.name) == ["distribution", "distribution"])
    expectSame(try tables(texts[2]), json)
  }

  @Test(
    "Each kind of advice judges every service, and one with its evidence", arguments: ["rightsize", "schedule"])
  func advice(step: String) throws {
    let shared = try SharedStore.made.get()
    let all = try tables(try succeeding(shared.ask([step, "--format", "csv"])))[0]
    #expect(
      all.rows.map { $0["service"] } == ["frontend", "websocket", "api", "worker", "database", "cache"])
    #expect(all.rows.allSatisfy { $0["reason"]?.isEmpty == false })
    let one = try succeeding(shared.ask([step, "--service", "database"]))
    #expect(one.contains("\n\(step)-database\n"))
    #expect(one.contains("\nsamples expected:"))
  }

  @Test("What is bought is judged by pool: of every service one, and the pool of a service with its evidence")
  func pools() throws {
    let shared = try SharedStore.made.get()
    let all = try #require(
      try tables(try succeeding(shared.ask(["mix", "--format", "csv"]))).first { $0.columns.contains("reason") })
    // frontend, websocket and api run t3.medium.
    #expect(all.rows.map { $0["pool"] } == ["c5", "cache.m5", "m5", "t3"])
    #expect(all.rows.allSatisfy { $0["reason"]?.isEmpty == false })
    let one = try succeeding(shared.ask(["mix", "--service", "database"]))
    #expect(one.contains("\nmix-m5\n") && one.contains("\nsamples expected:"))
  }

  @Test("Every threshold of the fleet file is a row, measured or not")
  func thresholds() throws {
    let printed = try tables(try succeeding(try SharedStore.made.get().ask(["thresholds", "--format", "csv"])))
    let all = try #require(printed.first { $0.columns.contains("condition") })
    // Each threshold has three severities.
    #expect(all.rows.count { $0["severity"] == "warning" } == all.rows.count { $0["severity"] == "critical" })
    #expect(all.rows.allSatisfy { $0["condition"]?.isEmpty == false })
    // What was not measured, api memory_percent, has no figure, and everything else one.
    let unmeasured = all.rows.filter { $0["total_seconds"] == "" }
    #expect(Set(unmeasured.map { "\($0["scope"] ?? "") \($0["metric"] ?? "")" }) == ["api memory_percent"])
  }

  @Test("--out writes to the file what would have been printed")
  func out() throws {
    let shared = try SharedStore.made.get()
    let folder = try TemporaryFolder()
    let printed = try succeeding(shared.ask(["what-if", "--format", "csv"]))
    #expect(try succeeding(shared.ask(["what-if", "--format", "csv", "--out", folder.path("a.csv")])) == "")
    #expect(try String(contentsOfFile: folder.path("a.csv"), encoding: .utf8) == printed)
    try expectFailure(
      shared.ask(["what-if", "--out", folder.path("none/a.csv")]), 74,
      try plimsoll(shared.ask(["what-if", "--out", folder.path("none/a.csv")])).firstError)
    #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
  }

  @Test("Neither NO_COLOR nor a coloured terminal's name changes a byte where there is no terminal")
  func colour() throws {
    let arguments = ["status", "--store", try SharedStore.made.get().store]
    let plain = try succeeding(arguments)
    for environment in [["NO_COLOR": "1"], ["TERM": "xterm-256color", "CLICOLOR_FORCE": "0"], ["TERM": "dumb"]] {
      #expect(try plimsoll(arguments, environment: environment).output == plain)
    }
    let failing = try plimsoll(["cost", "--store", "/nowhere/none.sqlite"])
    #expect(!failing.errors.contains("\u{1B}"))
  }

  @Test("The evidence behind a verdict is printed with the figures it can be recomputed from")
  func why() throws {
    let text = try succeeding(try SharedStore.made.get().ask(["why", "rightsize-database", "--format", "markdown"]))
    // p99.5 of the primary, the busiest node: 1.66 vCPU; with 20 % headroom 1.66 / 0.8 = 2.08, and an m5.large has 2.
    for line in [
      "- verdict: move from m5.2xlarge to m5.xlarge", "- outcome: recommended", "- confidence: high",
      "- from: 2026-10-01 00:00 America/New_York", "- to: 2026-11-01 00:00 America/New_York",
      "- coverage: 96.7 %", "- samples: 25,920", "- samples expected: 26,784",
      "- CPU need an instance: p99.5 1.66 vCPU / (1 - 20 %) = 2.08 vCPU",
      "- m5.large: CPU: 2 vCPU \\< 2.08; memory: 8.00 GiB \\< 12.96; database cache: 3.50 GiB \\< 7.29; "
        + "too small 100 % of intervals, longest 24 d",
      "- price: m5.xlarge 0.192/h on-demand (from 2026-07-20, ec2-on-demand.csv)",
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
  }

  @Test("A review prints six figures and the place of its report, and leaves no other file behind")
  func review() throws {
    let folder = try TemporaryFolder()
    let out = folder.path("a/b")
    let text = try succeeding(try SharedStore.made.get().ask(["review", "--out", out]))
    for figure in [
      "Cost  ", "Cost per user  ", "Cost per user and hour  ", "Saving found  ", "Time critical  ", "Data seen  ",
    ] {
      #expect(text.contains("\n\(figure)"), "\(figure)")
    }
    #expect(text.hasSuffix("\n\(out)/report.md\n"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: out).sorted() == [
        "bill.csv", "cost-per-user.csv", "evidence.md", "recommendations.csv", "recommendations.json",
        "report.md",
      ])
  }

  @Test("Lines are as wide as COLUMNS says where there is no terminal, and 100 where it says nothing of use")
  func columns() throws {
    let arguments = try SharedStore.made.get().ask(["mix"])
    func widest(_ columns: String) throws -> Int {
      let run = try plimsoll(arguments, environment: ["COLUMNS": columns])
      return run.output.split(separator: "\n").map(\.count).max() ?? 0
    }
    let usual = try widest("100")
    #expect((81...100).contains(usual))
    #expect(try widest("60") <= 60)
    #expect(try widest("140") > 100)
    for nothing in ["", "x", "19", "1001", "-80"] { #expect(try widest(nothing) == usual, "\(nothing)") }
  }

  @Test(
    "No command prints a line wider than COLUMNS",
    arguments: [
      "status", "series", "prices t3.medium cache.m5.large", "prices --diff 2025-04-05 2026-10-01", "cost",
      "thresholds",
      "thresholds", "waste", "rightsize", "rightsize --service database", "schedule", "mix", "mix --service worker",
      "what-if --users 5000 --price ec2=-10%", "what-if --apply rightsize-database", "why rightsize-database",
    ])
  func narrow(_ command: String) throws {
    let store = try SharedStore.made.get()
    let words = command.split(separator: " ").map(String.init)
    let isMonthless = ["status", "series", "prices"].contains(words[0])
    let arguments = isMonthless ? words + ["--store", store.store] : store.ask(words)
    let run = try plimsoll(arguments, environment: ["COLUMNS": "60"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test("An import says what it made of each file in lines no wider than COLUMNS, and loses no word of it")
  func narrowImport() throws {
    let folder = try TemporaryFolder()
    let files = try priceFiles().prefix(2)
    func imported(_ columns: String) throws -> String {
      let arguments = ["import", "--store", folder.path("\(columns).sqlite"), "prices"] + files
      return try plimsoll(arguments, environment: ["COLUMNS": columns]).output
    }
    let (narrow, wide) = (try imported("40"), try imported("1000"))
    #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 40 })
    #expect(narrow.filter { !$0.isWhitespace } == wide.filter { !$0.isWhitespace })
    #expect(wide.split(separator: "\n").count == 2)
  }

  @Test("A store's status goes to a file too")
  func statusOut() throws {
    let folder = try TemporaryFolder()
    let arguments = ["status", "--store", try SharedStore.made.get().store]
    let printed = try succeeding(arguments)
    #expect(try succeeding(arguments + ["--out", folder.path("status.txt")]) == "")
    #expect(try String(contentsOfFile: folder.path("status.txt"), encoding: .utf8) == printed)
  }

  /// A terminal table has a rule of dashes under its head, and no line ends in a space.
  private func expectAligned(_ text: String) {
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    for (head, rule) in zip(lines, lines.dropFirst()) where rule.hasPrefix("---") {
      #expect(head.count <= rule.count, "\(head)")
    }
  }

  /// Every row of a markdown table has as many cells as its head.
  private func expectMarkdown(_ text: String) {
    for block in text.components(separatedBy: "\n\n") where block.hasPrefix("| ") {
      let bars = block.split(separator: "\n").map { $0.replacing("\\|", with: "").count { $0 == "|" } }
      #expect(Set(bars).count == 1, "\(block.prefix(80))")
    }
  }
}
