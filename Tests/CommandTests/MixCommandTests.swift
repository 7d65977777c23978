import Foundation
import Testing

/// What the account buys, as programs and people ask for it.
@Suite struct MixCommandTests {
  private func ask(_ words: [String]) throws -> [String: Any] {
    let text = try succeeding(try SharedStore.made.get().ask(["mix"] + words + ["--format", "json"]))
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// The pools that are judged.
  private func pools() throws -> [String] {
    let text = try succeeding(try SharedStore.made.get().ask(["mix", "--format", "json"]))
    return try #require(jsonTables(text).first { $0.name == "advice" }).rows.compactMap { $0["pool"] }
  }

  @Test("In JSON the plan stands at the top, its purchases as objects with numbers")
  func plan() throws {
    let plan = try #require(try ask([])["plan"] as? [String: Any])
    #expect(plan["saving_per_month"] is NSNumber && plan["gap"] is NSNumber)
    let purchases = try #require(plan["purchases"] as? [[String: Any]])
    #expect(!purchases.isEmpty)
    for purchase in purchases {
      #expect(purchase["pool"] is String && purchase["offer"] is String && purchase["when"] is String)
      #expect(purchase["upfront_usd"] is NSNumber && purchase["hourly_usd"] is NSNumber)
      #expect((purchase["count"] is NSNumber) != (purchase["usd_per_hour"] is NSNumber), "\(purchase)")
    }
  }

  @Test("What the plan saves is the difference of two figures that are printed, of which one is the table's row")
  func savings() throws {
    let answer = try ask([])
    let plan = try #require(answer["plan"] as? [String: Any])
    func figure(_ name: String) throws -> Double { try #require(plan[name] as? NSNumber).doubleValue }
    let months = try figure("months")
    let saved = try figure("cost_of_nothing") - figure("cost_of_now")
    // Micro-dollars of a month, which are cut off.
    #expect(abs(saved / months - (try figure("saving_per_month"))) < 0.00001)
    let text = try succeeding(try SharedStore.made.get().ask(["mix"])).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let printed = try #require(text.firstMatch(of: #/months, the mean of the futures, in place of ([0-9.,]+);/#)?.1)
    #expect(text.contains("do nothing \(printed) "))
  }

  @Test("The pools' savings are those of the plan, and add up to the one figure that stands above them")
  func poolSavings() throws {
    let text = try succeeding(try SharedStore.made.get().ask(["mix", "--format", "json"]))
    let plan = try #require(try ask([])["plan"] as? [String: Any])
    let pools = try #require(jsonTables(text).first { $0.name == "advice" }).rows
    let sum = pools.reduce(0.0) { $0 + (Double($1["saving_ahead_usd"] ?? "") ?? 0) }
    #expect(abs(sum - (try #require(plan["saving_per_month"] as? NSNumber).doubleValue)) < 1e-6)
  }

  @Test("A pool explains itself in ten lines of facts, and the plan has its purchases alone")
  func pool() throws {
    let names = try pools()
    #expect(!names.isEmpty)
    for name in names {
      let answer = try ask(["--pool", name])
      let sections = try #require(answer["sections"] as? [[String: Any]])
      #expect(sections.first?["id"] as? String == "mix-\(name)")
      let blocks = try #require(sections.first?["blocks"] as? [[String: Any]])
      let facts = try #require(blocks.first?["facts"] as? [[String: Any]])
      #expect((1...10).contains(facts.count), "\(name)")
      let plan = try #require(answer["plan"] as? [String: Any])
      let purchases = try #require(plan["purchases"] as? [[String: Any]])
      #expect(purchases.allSatisfy { $0["pool"] as? String == name })
    }
  }

  @Test("A pool that there is not is a usage error that names those that there are")
  func unknown() throws {
    let run = try plimsoll(try SharedStore.made.get().ask(["mix", "--pool", "x9"]))
    let names = try pools().joined(separator: ", ")
    #expect(run.status == 64 && run.output == "")
    #expect(run.firstError == "plimsoll: --pool: found \"x9\", expected a pool: \(names)")
  }
}
