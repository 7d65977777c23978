import Foundation
import Testing

/// Scaling replayed over what was measured, and over load that nobody has seen yet.
@Suite struct SimulateCommandTests {
  private func tables(_ words: [String]) throws -> [JSONTable] {
    try jsonTables(succeeding(try SharedStore.made.get().ask(["simulate"] + words + ["--format", "json"])))
  }

  private func rows(_ words: [String], _ table: String) throws -> [[String: String]] {
    try #require(try tables(words).first { $0.name == table }).rows
  }

  @Test("What ran costs what it cost, and every part of a service's scaling stands beside it and beside none")
  func month() throws {
    let rows = try rows(["--service", "worker"], "replays")
    let expected = ["as run", "as configured", "scaling rules", "WorkerQueueScalingPolicy", "none"]
    #expect(rows.map { $0["scaling"] } == expected)
    #expect(rows.first?["bill_difference_usd"].flatMap(Double.init) == 0)
    // Whatever adds an instance costs more, whatever removes one less: the bill goes with the hours.
    let hours = rows.compactMap { $0["instance_hours"].flatMap(Double.init) }
    let costs = rows.compactMap { $0["bill_difference_usd"].flatMap(Double.init) }
    #expect(hours.count == 5 && costs.count == 5)
    let ran = try #require(hours.first)
    for (hours, cost) in zip(hours, costs).dropFirst() { #expect((hours > ran) == (cost > 0)) }
  }

  @Test("A spike of more users is never met later or carried with less")
  func spike() throws {
    let words = ["--load-test", "spike", "--users", "500,5000,50000"]
    let runs = try (1...3).map { try rows(words, "load-\($0)") }
    for (fewer, more) in zip(runs, runs.dropFirst()) {
      for (low, high) in zip(fewer, more) {
        let name = low["component"] ?? ""
        #expect(Int(low["most"] ?? "") ?? 0 <= Int(high["most"] ?? "") ?? 0, "\(name)")
        if let early = low["critical_after_seconds"].flatMap(Int.init) {
          #expect(high["critical_after_seconds"].flatMap(Int.init).map { $0 <= early } ?? false, "\(name)")
        }
      }
    }
    // Nothing of it depends on how many come: what the most instances carry.
    #expect(runs.map { $0.map { $0["carries_users"] } }.allSatisfy { $0 == runs[0].map { $0["carries_users"] } })
  }

  @Test("Traffic of a file is replayed by each policy alone where one service is asked about")
  func traffic() throws {
    let folder = try TemporaryFolder()
    let minutes = (10..<60).map { "2026-10-01 00:\($0):00,\($0 < 30 ? 10 : 90)\n" }
    let file = try folder.file("traffic.csv", "minute,requests\n" + minutes.joined())
    let words = ["--service", "worker", "--traffic", file, "--users", "4000"]
    #expect(try rows(words, "load-1").map { $0["component"] } == ["worker"])
    let parts = try rows(words, "load-1-parts").map { $0["scaling"] }
    #expect(parts == ["as configured", "scaling rules", "WorkerQueueScalingPolicy", "none"])
  }

  @Test(
    "Tuning is learned on the first days and played on the last, and what it finds is a change that a what-if takes")
  func tune() throws {
    let store = try SharedStore.made.get()
    let words = ["thresholds", "--tune", "--service", "frontend", "--format", "json"]
    let tables = try jsonTables(succeeding(store.ask(words)))
    let trials = try #require(tables.first { $0.name == "frontend-trials" }).rows
    let named = trials.compactMap { $0["scaling"] }
    #expect(named.starts(with: ["as run", "as configured", "CPU 50 % (AWS)", "CPU 70 % (VASIM)"]))
    #expect(trials.first?["learned_bill_difference_usd"].flatMap(Double.init) == 0)
    // As many rows of the trade-off as there are tuned ones, with today's two.
    let curve = try #require(tables.first { $0.name == "frontend-trade-off" }).rows
    #expect(curve.contains { $0["mark"] == "as run" } && curve.contains { $0["mark"] == "as configured" })
    let costs = curve.compactMap { $0["learned_instance_hours"].flatMap(Double.init) }
    #expect(costs.count == curve.count && costs == costs.sorted())
    let months = try #require(tables.first { $0.name == "effectiveness" }).rows
    #expect(months.compactMap { $0["scaling"] }.starts(with: ["as run", "as configured"]))
    #expect(months.allSatisfy { $0["cost_per_user_usd"].flatMap(Double.init) ?? 0 > 0 })
    let settings =
      "frontend=min 2; max 10; cooldown 10min; out cpu_percent > 60% for 5min; track cpu cpu_percent 55"
    let bill = try jsonTables(succeeding(store.ask(["what-if", "--scaling", settings, "--format", "json"])))
    #expect(bill.contains { $0.name == "critical" })
  }

  @Test("Settings that name a policy which nobody knows are refused with those there are")
  func unknownPolicy() throws {
    let run = try plimsoll(
      SharedStore.made.get().ask(["what-if", "--scaling", "worker=max 20; policy Queue threshold 5"]))
    #expect(run.status == 64 && run.firstError.contains("policy \"Queue\""), "\(run.firstError)")
  }

  @Test(
    "What cannot be replayed is a usage error that says what can",
    arguments: [
      (["--load-test", "spik"], "--load-test: found \"spik\", expected one of baseline, stress, soak, spike"),
      (["--service", "workers"], "--service: found \"workers\", expected one of frontend"),
      (["--tick", "7"], "--tick: found 7, expected seconds that divide 300"),
      (["--load-test", "spike", "--users", "0"], "--users: found 0, expected users from 1"),
      (["--tune", "--critical-minutes=-1"], "--critical-minutes: found -1, expected minutes a month from 0 to 44,640"),
      (["--tune", "--critical-minutes", "44641"], "--critical-minutes: found 44641, expected minutes a month from 0"),
      (["--tune", "--service", "workers"], "--service: found \"workers\", expected one of frontend"),
    ])
  func faults(words: [String], text: String) throws {
    let run = try plimsoll(try SharedStore.made.get().ask(["simulate"] + words))
    #expect(run.status == 64 && run.output == "")
    #expect(run.firstError.hasPrefix("plimsoll: \(text)"), "\(run.firstError)")
  }

  @Test("Options that exclude each other, or need another, are refused before anything is read")
  func options() throws {
    let excluded = [
      ["--load-test", "spike", "--traffic", "x.csv"], ["--users", "500"], ["--users", "5,x"],
      ["--tune", "--load-test", "spike"], ["--tune", "--tick", "60"], ["--play", "x.csv"],
      ["--tune", "--play", "x.csv"], ["--traffic", "x.csv", "--play", "x.csv"], ["--critical-minutes", "5"],
      ["--tune", "--traffic", "x.csv", "--users", "5,6"],
    ]
    for words in excluded {
      #expect(try plimsoll(["simulate", "--store", "/nowhere"] + words).status == 64)
    }
    #expect(try plimsoll(SharedStore.made.get().ask(["simulate", "--traffic", "/nowhere.csv"])).status == 66)
    #expect(try plimsoll(["thresholds", "--store", "/nowhere", "--service", "worker"]).status == 64)
    let tune = ["simulate", "--tune", "--service", "worker", "--traffic"]
    #expect(try plimsoll(SharedStore.made.get().ask(tune + ["/nowhere.csv"])).status == 66)
    let folder = try TemporaryFolder()
    let quiet = try folder.file("quiet.csv", "minute,requests\n2026-10-01 00:00:00,0\n2026-10-01 00:01:00,5\n")
    // The first of its two halves, which is learned on, has nothing.
    #expect(try plimsoll(SharedStore.made.get().ask(tune + [quiet])).status == 65)
  }
}
