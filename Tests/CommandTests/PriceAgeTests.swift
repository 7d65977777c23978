import Foundation
import Testing

/// Old and derived prices are named by every question that rests on them. Those of the shared store took effect from
/// 2024-07-01 on; the advice is as of 2026-10-31.
@Suite struct PriceAgeTests {
  private static let questions = [
    ["cost"], ["what-if", "--count", "worker=6"], ["mix"], ["mix", "--service", "worker"], ["why", "mix-cache.m5"],
  ]

  @Test("Each question names the old prices it rests on, and none that it does not", arguments: questions)
  func named(question: [String]) throws {
    let text = try ask(question)
    let list = try #require(text.components(separatedBy: "## Prices older than 180 days\n\n").last)
    #expect(text.contains("## Prices older than 180 days"))
    // The on-demand prices of EC2 are from 2026-07-20, 104 days back.
    #expect(!list.contains("ec2-on-demand.csv"))
    #expect(list.contains(question.contains("worker") ? "ec2-reserved.csv" : "elasticache-"))
  }

  @Test(
    "The days can be given, and nothing is said where every price is recent and published",
    arguments: [["rightsize"], ["rightsize", "--service", "database"], ["why", "rightsize-database"]])
  func days(question: [String]) throws {
    // From midnight UTC on 2026-07-20 to the end of October in New York are 104 days and 4 hours.
    let old = try ask(question + ["--stale-after", "104"])
    #expect(
      old.contains(
        "## Prices older than 104 days\n\n- m5.2xlarge 0.384/h on-demand (from 2026-07-20, ec2-on-demand.csv)"))
    #expect(!(try ask(question + ["--stale-after", "105"]).contains("## Prices")))
  }

  @Test("A list of verdicts that rest on no price names none, whatever the days")
  func none() throws {
    // No service of the shared store has the samples for a window.
    #expect(!(try ask(["schedule", "--stale-after", "0"]).contains("## Prices")))
  }

  @Test("A derived price that is recent is named as derived")
  func derived() throws {
    let text = try ask(["cost", "--stale-after", "3660"])
    #expect(!text.contains("## Prices older"))
    let list = try #require(text.components(separatedBy: "## Prices derived, not published\n\n").last)
    let rows = list.split(separator: "\n").filter { $0.hasPrefix("- ") }
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.contains("derived") })
  }

  @Test("The review's own list follows the days given")
  func review() throws {
    let folder = try TemporaryFolder()
    let out = folder.path("review")
    _ = try succeeding(try SharedStore.made.get().ask(["review", "--out", out, "--stale-after", "600"]))
    let report = try String(contentsOfFile: "\(out)/report.md", encoding: .utf8)
    #expect(report.contains("are older than 600 days, the oldest from 2024-07-01: `evidence.md` lists them."))
    #expect(!report.contains("older than 180 days"))
    let evidence = try String(contentsOfFile: "\(out)/evidence.md", encoding: .utf8)
    let list = try #require(evidence.components(separatedBy: "## Prices older than 600 days\n\n").last)
    #expect(list.contains("- vpc/nat-gateway-gb 0.045/gb (from 2024-07-01, services.csv)\n"))
    #expect(!list.contains("c5.large 0.054"))
  }

  @Test("An age out of range is a usage error", arguments: ["-1", "3661"])
  func range(days: String) throws {
    try expectFailure(
      try SharedStore.made.get().ask(["cost", "--stale-after=\(days)"]), 64,
      "plimsoll: --stale-after: found \(days), expected a whole number of days from 0 to 3660")
  }

  private func ask(_ question: [String]) throws -> String {
    try succeeding(try SharedStore.made.get().ask(question + ["--format", "markdown"]))
  }
}
