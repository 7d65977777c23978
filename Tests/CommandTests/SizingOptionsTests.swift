import Testing

/// What is asked of right-sizing for one question, in place of the fleet file's review rules.
@Suite struct SizingOptionsTests {
  @Test(
    "A number out of range is a usage error that names the option",
    arguments: [
      ("--lookback", "0", "a whole number of days from 1 to 400"),
      ("--lookback", "401", "a whole number of days from 1 to 400"),
      ("--half-life", "-1", "a whole number of days from 1 to 400"),
      ("--cpu-headroom", "100", "a whole number of percent from 0 to 99"),
      ("--memory-headroom", "-1", "a whole number of percent from 0 to 99"),
      ("--percentile", "0.99", "a percentile from 50 to 100, such as 99.5"),
      ("--percentile", "100.5", "a percentile from 50 to 100, such as 99.5"),
      ("--memory-percentile", "0.995", "a percentile from 50 to 100, such as 99.5"),
    ])
  func ranges(option: String, bad: String, expected: String) throws {
    for question in [["rightsize"], ["why", "rightsize-database"]] {
      // The option is judged before the store, which is not there.
      try expectFailure(
        question + ["\(option)=\(bad)", "--store", "/nowhere/store.sqlite"], 64,
        "plimsoll: \(option): found \(bad), expected \(expected)")
    }
  }

  @Test("A word that is none of its list is a usage error", arguments: ["--risk", "--candidates", "--percentile"])
  func words(option: String) throws {
    let run = try plimsoll(["rightsize", option, "timid"])
    #expect(run.status == 64)
    #expect(run.errors.contains("timid") && run.errors.contains(option))
  }

  @Test("A pattern that matches no type of the price book is a usage error that names it")
  func patterns() throws {
    let shared = try SharedStore.made.get()
    try expectFailure(
      shared.ask(["rightsize", "--candidates", "m5*, x9*"]), 64,
      "plimsoll: --candidates: found \"x9*\", which matches no type of the price book, expected patterns of types that "
        + "have prices in us-east-1, such as m6*")
    #expect(try succeeding(shared.ask(["rightsize", "--candidates", "m5*,!m5a*"])).contains("Saves"))
  }

  @Test("Percentile and headroom of one question stand in the evidence, and in no other question")
  func evidence() throws {
    let shared = try SharedStore.made.get()
    let question = ["why", "rightsize-database", "--format", "markdown"]
    let usual = try succeeding(shared.ask(question))
    let asked = try succeeding(
      shared.ask(question + ["--percentile", "90", "--cpu-headroom", "35", "--memory-headroom", "30"]))
    #expect(usual.contains("p99.5") && !usual.contains("p90"))
    #expect(asked.contains("p90") && !asked.contains("p99.5"))
    #expect(try succeeding(shared.ask(question)) == usual)
  }

  @Test("What the fleet file says already changes nothing when it is asked for")
  func same() throws {
    let shared = try SharedStore.made.get()
    let same = ["--percentile", "99.5", "--cpu-headroom", "20", "--memory-headroom", "20", "--candidates", "list"]
    #expect(try succeeding(shared.ask(["rightsize"])) == succeeding(shared.ask(["rightsize"] + same)))
  }
}
