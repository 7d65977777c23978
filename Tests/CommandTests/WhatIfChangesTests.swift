import Foundation
import Model
import TestSupport
import Testing

/// The changes of a what-if that are of how much runs and where, on the shared store. October 2026 in New York has 744 hours.
@Suite struct WhatIfChangesTests {
  private func bill(_ arguments: [String]) throws -> Table {
    let text = try succeeding(try SharedStore.made.get().ask(["what-if"] + arguments + ["--format", "csv"]))
    return try #require(
      try tables(text).first { $0.rows.first?["before_usd"] != nil && $0.rows.first?["service"] != nil })
  }

  @Test("A service that is given up costs no more than what is committed to for it")
  func dropped() throws {
    let bill = try bill(["--drop-service", "worker", "--drop-service", "ai"])
    // 2 x 744 h reserved at 0.054.
    #expect(try bill.money("after_usd", of: "worker") == usd("80.352"))
    #expect(try bill.money("after_usd", of: "ai") == .zero)
    for service in ["frontend", "api", "database", "github"] {
      #expect(try bill.value("difference_usd", of: service) == "0.00", "\(service)")
    }
  }

  @Test("What is charged for work that only a service that is given up did stays, and is named")
  func stillCharged() throws {
    let shared = try SharedStore.made.get()
    let words = try succeeding(shared.ask(["what-if", "--drop-service", "worker"])).split(
      whereSeparator: \.isWhitespace)
    // Three of these charges are of calls that workers make; frontends share their driver with others.
    #expect(
      words.joined(separator: " ").contains(
        "- worker: NAT gateway traffic, AI prompt tokens, AI completion tokens, GitHub Enterprise seats of edge, ai, github "
          + "still charged as they were, though no service that is left is driven by prompts"))
    #expect(try !succeeding(shared.ask(["what-if", "--drop-service", "frontend"])).contains("still charged"))
  }

  @Test("A resize by replay says what the replay has, what ran, and what is billed")
  func replayedTerms() throws {
    let text = try succeeding(try SharedStore.made.get().ask(["what-if", "--instance", "worker=c5.xlarge:replayed"]))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let found = words.firstMatch(
      of:
        /worker: right-sizing's replay has .* x c5\.xlarge .* where it has .* x c5\.large .* ran, so .* x c5\.xlarge .* billed/
    )
    #expect(found != nil, "\(words)")
    let policy = try succeeding(try SharedStore.made.get().ask(["what-if", "--policy", "worker=cpu_percent:50"]))
    #expect(policy.contains("- worker: counts are what its scaling makes of the load minute by minute"))
  }

  @Test("Growth may begin with a minus sign, in one word and in two")
  func shrinking() throws {
    let shared = try SharedStore.made.get()
    let two = try succeeding(shared.ask(["what-if", "--growth", "-10%/month:2"]))
    #expect(try two == succeeding(shared.ask(["what-if", "--growth=-10%/month:2"])))
  }

  @Test("What one question may ask for is bounded, and the bound is said")
  func bounds() throws {
    let shared = try SharedStore.made.get()
    let many = (1...51).map(String.init).joined(separator: ",")
    try expectFailure(
      shared.ask(["capacity", "--users", many]), 64,
      "plimsoll: --users: found 51 numbers of users, expected 50 at most at once")
    let folder = try TemporaryFolder()
    let scenarios = try folder.file("s.yaml", (1...51).map { "- { name: s\($0), count: worker=\($0) }\n" }.joined())
    try expectFailure(
      shared.ask(["what-if", "--scenario", scenarios]), 64,
      "plimsoll: --scenario: found 51 scenarios, expected 50 at most at once")
    try expectFailure(
      shared.ask(["what-if", "--solve-for", "users", "--budget", "99999999999999999"]), 64,
      "plimsoll: --budget: found \"99999999999999999\", expected an amount above 0 and up to 9223372036.854775807, 5000/month"
    )
  }

  @Test("A mix of users is of shares, and what they add up to is said where that is not a hundred")
  func mix() throws {
    let shared = try SharedStore.made.get()
    func words(_ mix: String) throws -> String {
      try succeeding(shared.ask(["capacity", "--users", "1000", "--mix", mix])).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    // 7 and 5 of 12.
    #expect(
      try words("casual=7,power=5").contains(
        "Users are 58.3 % casual, 41.7 % power, of 12, which the figures asked for add up to."))
    #expect(try words("casual=60,power=40").contains("Users are 60.0 % casual, 40.0 % power. "))
  }

  @Test("Never fewer and never more bound what ran, and cost accordingly")
  func limits() throws {
    let least = try bill(["--min", "worker=10"])
    // 10 x 744 h, of which 2 reserved at 0.054 and 8 at 0.085.
    #expect(try least.money("after_usd", of: "worker") == usd("80.352") + usd("505.92"))
    let most = try bill(["--max", "worker=2"])
    #expect(try most.money("after_usd", of: "worker") == usd("80.352"))
    let text = try succeeding(try SharedStore.made.get().ask(["what-if", "--max", "worker=2"]))
    #expect(text.contains("- worker: 2 instances are too few in "))
  }

  @Test("A percentage off a type is off its lines alone")
  func typePrice() throws {
    let bill = try bill(["--price", "c5.large=-10%"])
    let before = try bill.money("before_usd", of: "worker")
    #expect(try bill.money("after_usd", of: "worker") == before - before.charge(for: 1, per: 10))
    #expect(try bill.value("difference_usd", of: "api") == "0.00")
    try expectFailure(
      try SharedStore.made.get().ask(["what-if", "--price", "c5.nano=-10%"]), 64,
      "plimsoll: what-if: found price of \"c5.nano\", expected a service of the price book that the fleet buys, ebs, ec2, "
        + "ec2-data-transfer, elasticache, elb, tokens, vpc, or a type that runs, c5.large, cache.m5.xlarge, m5.2xlarge, t3.medium"
    )
  }

  @Test("Growth is of the horizon's months; each is billed with what is held then")
  func horizon() throws {
    let text = try succeeding(
      try SharedStore.made.get().ask(["what-if", "--growth", "5%/month", "--horizon", "3m", "--format", "csv"]))
    let all = try tables(text)
    let ahead = try #require(all.first { $0.rows.first?["month"] != nil })
    let bill = try #require(all.first { $0.rows.first?["service"] != nil })
    #expect(ahead.rows.map { $0["month"] } == ["2026-11", "2026-12", "2027-01"])
    #expect(ahead.rows.map { $0["demand"].flatMap { Double($0) } } == [1.05, 1.1025, 1.157625])
    let before = try ahead.rows.map { try #require($0["before_usd"].flatMap { Money($0) }) }
    let after = try ahead.rows.map { try #require($0["after_usd"].flatMap { Money($0) }) }
    // The reservation of the cache ends at midnight (UTC) of 15 November. That month is from 1 November, 04:00 UTC, to
    // 1 December, 05:00 UTC: 332 of its 721 hours are billed as October was, 389 as December is.
    let held = try bill.sum("before_usd")
    #expect(before[1] == before[2] && before[1] > held)
    let november = (332 * Double(held.nanoDollars) + 389 * Double(before[1].nanoDollars)) / 721
    #expect(abs(november - Double(before[0].nanoDollars)) <= 1e7)
    // What growth adds is no less for it: the last month has what the answer has, and the reservation's end beside.
    #expect(after[2] >= (try bill.sum("after_usd")))
  }

  @Test("What is only planned is bought as the month ends, and pays for no longer than its term")
  func plannedAhead() throws {
    let text = try succeeding(
      try SharedStore.made.get().ask(
        ["what-if", "--reserve", "api=1@standard-1yr-no-upfront", "--horizon", "14m", "--format", "csv"]))
    let ahead = try #require(try tables(text).first { $0.rows.first?["month"] != nil })
    // A year from November 2026 on.
    let saves = ahead.rows.map { $0["difference_usd"] != "0.00" && $0["difference_usd"] != "0" }
    #expect(saves == [Bool](repeating: true, count: 12) + [false, false], "\(ahead.rows.map { $0["difference_usd"] })")
  }

  @Test("The best of what is recommended is what applying it by its id is")
  func best() throws {
    let one = try bill(["--apply", "top:1"])
    let all = try bill(["--apply", "top:1000"])
    #expect(try all.sum("after_usd") <= one.sum("after_usd") && one.sum("after_usd") < one.sum("before_usd"))
    let best = try bill(["--apply", "rightsize-database"])
    #expect(try best.sum("after_usd") == one.sum("after_usd"))
  }

  @Test("A policy that is asked for is replayed; one that nobody has, or of what does not scale, is refused")
  func policies() throws {
    let store = try SharedStore.made.get()
    let bill = try bill(["--policy", "worker=cpu:50"])
    #expect(try bill.value("difference_usd", of: "worker") != "0.00")
    #expect(try bill.value("difference_usd", of: "api") == "0.00")
    try expectFailure(
      store.ask(["what-if", "--policy", "worker=none"]), 64,
      "plimsoll: what-if: worker: found policy \"none\", expected configured, a METRIC:TARGET, or one of scaling rules, "
        + "WorkerQueueScalingPolicy")
    try expectFailure(
      store.ask(["what-if", "--policy", "database=cpu:50"]), 64,
      "plimsoll: what-if: database: found a policy for database, whose instances do not share their work, expected a "
        + "service that scaling can be replayed of")
  }

  @Test("A region without prices is refused; one with some says what it lacks")
  func regions() throws {
    let store = try SharedStore.made.get()
    try expectFailure(
      store.ask(["what-if", "--region", "eu-nowhere-1"]), 64,
      "plimsoll: what-if: found region \"eu-nowhere-1\", expected a region that the price book has instances of, such as "
        + "us-east-1")
    let run = try plimsoll(store.ask(["what-if", "--region", "eu-west-1"]))
    #expect(run.status == 66 && run.errors.contains("elb/alb-hour in eu-west-1"))
    let moved = try bill(["--region", "api=eu-west-1"])
    // Linux t3.medium is 0.0456 there and 0.0416 in us-east-1, and what is reserved here covers nothing there.
    #expect(try moved.money("difference_usd", of: "api") > .zero)
    #expect(try moved.value("difference_usd", of: "worker") == "0.00")
  }

  @Test("Fewer instances are critical for longer, and every change says its effort and its risk")
  func critical() throws {
    let text = try succeeding(
      try SharedStore.made.get().ask(["what-if", "--max", "api=1", "--instance", "m5.*=m6g.*", "--format", "csv"]))
    let all = try tables(text)
    let critical = try #require(all.first { $0.rows.first?["critical_before"] != nil })
    let seconds = try ["critical_before", "critical_after"].map { Int(try critical.value($0, of: "api")) ?? 0 }
    #expect(seconds[1] > seconds[0])
    let changes = try #require(all.first { $0.rows.first?["risk"] != nil })
    #expect(changes.rows.map { $0["effort"] } == ["rebuild for another architecture", "a setting"])
  }

  @Test("Scenarios of a file stand side by side; all that is wrong with one is said at once")
  func scenarios() throws {
    let place = try Workplace()
    let store = try SharedStore.made.get()
    let good = try place.folder.file(
      "two.yaml", "scenarios:\n- name: many\n  users: 4000\n- count: [worker=6, api=4]\n  apply: rightsize-database\n")
    let text = try succeeding(store.ask(["what-if", "--scenario", good, "--format", "csv"]))
    let rows = try #require(try tables(text).first).rows
    #expect(rows.map { $0["scenario"] } == ["as it was", "many", "two 2"])
    let many = try bill(["--users", "4000"])
    let cost = try many.sum("after_usd")
    #expect(rows[1]["cost_usd"].flatMap { Money($0) } == cost)
    let bad = try place.folder.file("bad.yaml", "- user: 4000\n- users: many\n- [1]\n")
    let run = try plimsoll(store.ask(["what-if", "--scenario", bad]))
    #expect(run.status == 65 && run.output.isEmpty)
    #expect(run.errors.split(separator: "\n").count == 3)
  }
}
