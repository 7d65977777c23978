import Foundation
import Testing

/// Exit codes and messages of what the person at the shell got wrong.
@Suite struct FailureTests {
  @Test(
    "Wrong usage is told in a line and ends with 64",
    arguments: [
      (["cost", "--colour"], "Error: Unknown option '--colour'"),
      (["nope"], "Error: Unexpected argument 'nope'"),
      (["review", "--month", "2026-10"], "Error: Missing expected argument '--out <folder>'"),
      (
        ["cost", "--format", "pdf"],
        "Error: The value 'pdf' is invalid for '--format <format>'. Please provide one of 'table', 'markdown', 'csv' "
          + "or 'json'."
      ),
      (["what-if", "--users", "0"], "plimsoll: --users: found \"0\", expected a whole number from 1 to 250,000"),
      (
        ["what-if", "--users", "9223372036854775807"],
        "plimsoll: --users: found \"9223372036854775807\", expected a whole number from 1 to 250,000"
      ),
      (["what-if", "--users", "many"], "plimsoll: --users: found \"many\", expected a whole number from 1 to 250,000"),
      (
        ["what-if", "--count", "worker=1000000"],
        "plimsoll: --count: found \"worker=1000000\", expected a service and a whole number from 0 to 1,000, SERVICE=N"
      ),
      (
        ["what-if", "--count", "api=-1"],
        "plimsoll: --count: found \"api=-1\", expected a service and a whole number from 0 to 1,000, SERVICE=N"
      ),
      (
        ["what-if", "--count", "worker=3", "--count", "worker=4"],
        "plimsoll: --count: found \"worker=4\", which is set twice, expected each once"
      ),
      (
        ["what-if", "--reserve", "worker=1000000000000@standard-1yr-no-upfront"],
        "plimsoll: --reserve: found \"worker=1000000000000@standard-1yr-no-upfront\", expected a service, a number from 1 to "
          + "100,000 and an offer, SERVICE=N@standard-1yr-no-upfront; for the account a type in place of the service, "
          + "N@standard-1yr-no-upfront:m5.large; behind the type an account, where accounts share nothing"
      ),
      (
        ["what-if", "--reserve", "api=4@standard-1y-no-upfront"],
        "plimsoll: --reserve: found \"api=4@standard-1y-no-upfront\", expected a service, a number from 1 to 100,000 and an "
          + "offer, SERVICE=N@standard-1yr-no-upfront; for the account a type in place of the service, "
          + "N@standard-1yr-no-upfront:m5.large; behind the type an account, where accounts share nothing"
      ),
      (
        ["what-if", "--instance", "api"],
        "plimsoll: --instance: found \"api\", expected a service and a type, SERVICE=TYPE, "
          + "SERVICE/NAME=TYPE, SERVICE=TYPE:N or "
          + "SERVICE=TYPE:replayed; or two patterns of types with one star each, m5.*=m6g.*"
      ),
      (
        ["import", "wishes", "a.csv"],
        "Error: The value 'wishes' is invalid for '<kind>'. Please provide one of the following:"
      ),
      (["why"], "Error: Missing expected argument '<id>'"),
    ])
  func usage(arguments: [String], message: String) throws {
    try expectFailure(arguments, 64, message)
  }

  @Test("Every question of a store that is not there ends with 66 and makes none")
  func missingStore() throws {
    let store = try TemporaryFolder().path("none.sqlite")
    let questions = [
      ["status"], ["series"], ["cost"], ["thresholds"], ["rightsize"], ["schedule"],
      ["export", "keda"], ["mix"], ["what-if"], ["why", "rightsize-database"],
      ["review", "--month", SharedStore.month, "--out", store + ".reports"],
    ]
    for question in questions {
      try expectFailure(
        question + ["--store", store], 66,
        "plimsoll: \(store): found no such store, expected one made by `plimsoll import` or `make review`")
    }
    #expect(!FileManager.default.fileExists(atPath: store))
    #expect(!FileManager.default.fileExists(atPath: store + ".reports"))
  }

  @Test("An export of nothing, for an unknown program or of an unknown service, is refused")
  func exports() throws {
    let shared = try SharedStore.made.get()
    try expectFailure(
      shared.ask(["export", "keda"]), 66,
      "plimsoll: schedule: found nothing that is advised and \"keda\" can do, expected recurring actions of groups, or stops and "
        + "starts of machines; `plimsoll schedule` says why there are none")
    try expectFailure(
      shared.ask(["export", "basic"]), 64,
      "Error: The value 'basic' is invalid for '<format>'. Please provide one of the following:")
    try expectFailure(
      shared.ask(["export", "keda", "--service", "nobody"]), 64,
      "plimsoll: --service: found \"nobody\", expected a service of the fleet: frontend, websocket, api, worker, "
        + "database, cache")
  }

  @Test("A file that is no store, and a place that cannot be written to, are named")
  func unusableStore() throws {
    let folder = try TemporaryFolder()
    let notes = try folder.file("notes.txt", String(repeating: "not a database\n", count: 100))
    try expectFailure(
      ["status", "--store", notes], 65,
      "plimsoll: \(notes): found a file that is not an SQLite database, expected a store made by `plimsoll import`")
    let inventory = packageFolder.appendingPathComponent("datasets/sketchy-chain/inventory.csv").path
    let run = try plimsoll(["import", "--store", notes + "/s.sqlite", "inventory", inventory])
    #expect(run.status == 74)
    #expect(run.firstError.hasPrefix("plimsoll: \(notes)"))
    #expect(try String(contentsOfFile: notes, encoding: .utf8).hasPrefix("not a database"))
  }

  @Test("A month, a date, a service or an id that is none is wrong usage, and is told what would be one")
  func unknownNames() throws {
    let shared = try SharedStore.made.get()
    let cases = [
      (
        ["cost", "--store", shared.store, "--month", "soon"],
        "--month: found \"soon\", expected a month such as 2026-10"
      ),
      (shared.ask(["cost", "--as-of", "x"]), "--as-of: found \"x\", expected a date such as 2026-11-01"),
      (
        shared.ask(["rightsize", "--service", "web"]),
        "--service: found \"web\", expected a service of the fleet: frontend, websocket, api, worker, database, cache"
      ),
      (
        shared.ask(["why", "rightsize-databas"]),
        "why: found \"rightsize-databas\", expected the id of a verdict; did you mean rightsize-database?"
      ),
      (
        shared.ask(["what-if", "--count", "nope=3"]),
        "what-if: found service \"nope\", expected a service of the fleet: frontend, websocket, api, worker, database, "
          + "cache"
      ),
    ]
    for (arguments, message) in cases { try expectFailure(arguments, 64, "plimsoll: \(message)") }
    for advice in ["", "rightsize-database,"] {
      let run = try plimsoll(shared.ask(["what-if", "--apply", advice]))
      #expect(run.status == 64)
      #expect(run.errors.hasPrefix("plimsoll: --apply: found \"\", expected one of "))
    }
  }

  @Test("A month without data is missing input")
  func emptyMonth() throws {
    let store = try SharedStore.made.get().store
    let run = try plimsoll(["cost", "--store", store, "--month", "2025-01"])
    #expect(run.status == 66)
    #expect(
      run.firstError
        == "plimsoll: store: found no instance that ran in 2025-01, expected an inventory of the month; import one "
        + "first")
  }

  @Test("A type or an offer that has no price is missing input, with the nearest that have one")
  func unpriced() throws {
    let shared = try SharedStore.made.get()
    try expectFailure(
      shared.ask(["what-if", "--instance", "api=t3.lrge"]), 66,
      "plimsoll: price book: found no specification of t3.lrge, expected a row for it in a specification file; "
        + "nearest: t3.large, c3.large, i3.large")
    let run = try plimsoll(shared.ask(["what-if", "--reserve", "api=4@convertible-3yr-all-upfront"]))
    #expect(run.status == 66)
    #expect(
      run.firstError.hasPrefix(
        "plimsoll: price book: found no convertible-3yr-all-upfront price of t3.medium (linux) in us-east-1 in force "))
    #expect(run.firstError.contains("; offers of this type: "))
    #expect(run.firstError.contains("standard-1yr-no-upfront"))
  }
}
