import Foundation
import Model
import Testing

/// What a fleet pays and in what, through the command: discounts and another currency.
@Suite struct TermsTests {
  @Test("Without discounts and in US dollars nothing of either is printed")
  func listPrices() throws {
    let cost = try succeeding(try SharedStore.made.get().ask(["cost"]))
    for word in ["discount", "One USD is", "USD/h"] { #expect(!cost.contains(word), "\(word)") }
  }

  @Test("A discount is a column of the bill, and every total is less by it")
  func discount() throws {
    let list = try cost(nil)
    let less = try cost(fleet(discounts))
    for row in list[0].rows {
      let name = try #require(row["service"])
      let printed = try less[0].value("negotiated-discount_usd", of: name)
      let off = printed == "" ? Money.zero : try less[0].money("negotiated-discount_usd", of: name)
      #expect(try less[0].money("total_usd", of: name) == list[0].money("total_usd", of: name) + off, "\(name)")
    }
    // Contract prices are negotiated already; a model's tokens are another vendor's.
    #expect(try less[0].value("negotiated-discount_usd", of: "github") == "")
    #expect(try less[0].value("negotiated-discount_usd", of: "database").hasPrefix("-"))
    try expectAddsUp(less, "usd")
  }

  @Test("In another currency every amount is in it, every list price in US dollars, and the rate is stated")
  func euros() throws {
    let files = try review(fleet(inEuros + discounts))
    let bill = try tables(try #require(files["bill.csv"]))[0]
    for row in bill.rows {
      let dollars = try #require(Money(row["cost_exact_usd"] ?? ""))
      // × 0.9214, half-even at the ninth decimal.
      let euros = dollars.charge(for: 9214, per: 10_000)
      #expect(row["cost_exact_eur"] == euros.description, "\(row)")
      #expect(row["eur_per_usd"] == "0.9214")
    }
    let report = try #require(files["report.md"])
    #expect(report.contains("One USD is 0.9214 EUR, the rate from 2026-10-01; prices are in USD."))
    let evidence = try #require(files["evidence.md"])
    #expect(evidence.contains("- price: m5.xlarge 0.192 USD/h on-demand (from 2026-07-20, ec2-on-demand.csv)\n"))
    // US dollars are in prices, in what is signed and in the sentence of the rate alone.
    for line in (report + evidence).split(separator: "\n") where line.contains("USD") {
      #expect(line.contains("One USD") || line.contains("USD/") || line.contains("An hour, USD"), "\(line)")
    }
    #expect(try tables(try #require(files["cost-per-user.csv"]))[0].columns.contains("total_exact_eur"))
    #expect(try tables(try #require(files["recommendations.csv"]))[0].columns.contains("saving_exact_eur"))
  }

  @Test("Each question answers in the fleet's currency and states the rate")
  func questions() throws {
    let path = try fleet(inEuros + discounts)
    try expectAddsUp(try cost(path), "eur")
    let questions = [
      ["cost"], ["what-if", "--count", "worker=6"], ["rightsize"], ["schedule"], ["mix"],
      ["mix", "--service", "worker"],
      ["why", "rightsize-database"],
    ]
    for question in questions {
      let text = try succeeding(try SharedStore.made.get().ask(question + ["--fleet", path, "--format", "markdown"]))
      #expect(text.contains("Amounts in EUR. One USD is 0.9214 EUR, the rate from 2026-10-01"), "\(question)")
      for line in text.split(separator: "\n") where line.contains("USD") {
        #expect(
          line.contains("One USD") || line.contains("USD/") || line.contains("An hour, USD"), "\(question): \(line)")
      }
    }
    // 5.00 USD × 0.9214 = 4.607 EUR is the least that a change must save.
    let all = try succeeding(try SharedStore.made.get().ask(["mix", "--fleet", path, "--format", "csv"]))
    #expect(try tables(all).contains { $0.columns.contains("saving_eur") })
  }

  @Test("A month before the first rate is an error that names the rates")
  func early() throws {
    let path = try fleet("currency: EUR\nexchange_rates: [{ from: 2026-11-01, per_usd: 0.9 }]\n")
    try expectFailure(
      try SharedStore.made.get().ask(["cost", "--fleet", path]), 66,
      "plimsoll: fleet file: exchange_rates: found no rate in force on 2026-10-31 (the first is from 2026-11-01), "
        + "expected units of EUR for one USD from that day or earlier")
  }

  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private let discounts = "discounts:\n  percent: 5\n  services: { elasticache: 8.5 }\n"
  private let inEuros = "currency: EUR\nexchange_rates: [{ from: 2026-10-01, per_usd: 0.9214 }]\n"

  /// The shared fleet file with other terms, a currency among them or not.
  private func fleet(_ terms: String) throws -> String {
    let file = try SharedStore.made.get().dataset + "/fleet.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let kept = terms.contains("currency:") ? text.replacing("currency: USD\n", with: "") : text
    return try folder.file("fleet-\(terms.count).yaml", kept + "\n" + terms)
  }

  private func cost(_ fleet: String?) throws -> [Table] {
    let arguments = ["cost", "--format", "csv"] + (fleet.map { ["--fleet", $0] } ?? [])
    return try tables(try succeeding(try SharedStore.made.get().ask(arguments)))
  }

  private func review(_ fleet: String) throws -> [String: String] {
    let out = folder.path("review")
    _ = try succeeding(try SharedStore.made.get().ask(["review", "--out", out, "--fleet", fleet]))
    let names = try FileManager.default.contentsOfDirectory(atPath: out)
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try String(contentsOfFile: "\(out)/\($0)", encoding: .utf8)) })
  }

  /// The bill, the cost per user and the use by service are one total, and so are used, idle and shared.
  private func expectAddsUp(_ tables: [Table], _ suffix: String) throws {
    let total = try tables[0].sum("total_\(suffix)")
    // All but the bill itself, the rates of its commitments, which are percentages, what is idle by resource, what a user
    // causes, and what is paid.
    let shared = tables.filter { $0.columns.contains("used_\(suffix)") }
    #expect(shared.count == tables.count - 5)
    let cash = try #require(tables.last)
    #expect(try cash.sum("effective_\(suffix)") == total)
    #expect(try total + cash.sum("upfront_difference_\(suffix)") == cash.sum("cash_\(suffix)"))
    for table in shared {
      #expect(try table.sum("total_\(suffix)") == total)
      let parts = try ["used", "idle", "shared"].map { try table.sum("\($0)_\(suffix)") }
      #expect(parts.reduce(.zero, +) == total)
    }
  }
}
