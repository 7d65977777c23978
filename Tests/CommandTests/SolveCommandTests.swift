import Foundation
import Testing

@Suite struct SolveCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func solve(_ lines: String) throws -> Run {
    _ = try folder.file("problems.jsonl", lines)
    return try plimsoll(["solve", "mix"], input: folder.url.appendingPathComponent("problems.jsonl"))
  }

  @Test("A problem a line in, an answer a line out in the same order, keys sorted, ids as they came")
  func answers() throws {
    // One unit in four hours at 10, two in the last two: level 1 saves 40, level 2 saves 20; a unit costs 6 × 4 = 24.
    let input = #""hours":4,"demand":[1,1,2,2],"on_demand":10,"spot":{"price":9,"max_share_percent":0}"#
    let options = #""options":[{"name":"z","term_hours":8,"upfront":16,"hourly":4}],"existing":[]"#
    // A month of two hours: from the second on a unit costs 12 and level 1 saves 20, level 2 saves 20.
    let run = try solve(
      """
      {"kind":"single","id":"b","input":{\(input),\(options)},"optimum":{"cost":44}}
      {"kind":"budget","id":7,"input":{\(input),\(options),"upfront_budget":15}}
      {"kind":"phased","id":"a","input":{\(input),\(options),"month_hours":2}}
      """)
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(
      run.output == """
        {"bound":44,"cost":44,"id":"b","purchase":{"z":1}}
        {"bound":60,"cost":60,"id":7,"purchase":{}}
        {"bound":36,"cost":36,"id":"a","purchase":{"z@0":1,"z@1":1}}

        """)
  }

  @Test("Families are answered with the cents of the plan")
  func families() throws {
    // A quantum of 2 units in both hours: 2 × 10,000 = 2 cents on demand, 2 × 5,000 = 1 cent of the plan.
    let family = #"{"name":"f","quantum":2,"demand_by_factor":{"2":[1,1]},"on_demand_per_unit":10000,"#
    let rest = #""options_per_unit":[],"savings_plan_rate_per_unit":5000}"#
    let run = try solve(
      #"{"kind":"multi","id":1,"input":{"hours":2,"upfront_budget":0,"families":[\#(family)\#(rest)]}}"#)
    #expect(run.status == 0)
    #expect(run.output == #"{"bound":20000,"cost":20000,"id":1,"purchase":{},"savings_plan_cents":1}"# + "\n")
  }

  @Test("A line that is no problem is answered with an error, the rest is solved, and the exit code is 65")
  func errors() throws {
    let good = #"{"id":"last","kind":"single","input":{"hours":1,"demand":[2],"on_demand":5}}"#
    let run = try solve(
      """
      nonsense

      {"id":"kind","kind":"singel","input":{}}
      {"input":{"hours":2,"demand":[1,-1],"on_demand":5},"kind":"single","id":"behind"}
      {"id":3,"kind":"single","input":{"hours":3,"demand":[1,1],"on_demand":5}}
      {"id":4,"kind":"budget","input":{"hours":2,"demand":[1,1],"on_demand":5}}
      {"id":5,"kind":"single","input":{"hours":2,"demand":[9223372036854775807,1],"on_demand":5}}
      \(good)
      """)
    #expect(run.status == 65)
    #expect(run.errors == "")
    let place = "standard input"
    let most = Int.max
    let wholes = "a whole number from 0 to \(most)"
    #expect(
      run.output == """
        {"error":"\(place):1: found \\"nonsense\\", expected an object","id":null}
        {"error":"\(place):2: found the end of the document, expected an object","id":null}
        {"error":"\(place):3: kind: found \\"singel\\", expected one of single, expiry, budget, phased, multi, account","id":"kind"}
        {"error":"\(place):4: demand[1]: found \\"-1\\", expected \(wholes)","id":"behind"}
        {"error":"\(place):5: demand: found 2 slots of 1 hours, expected as many hours as \\"hours\\"","id":3}
        {"error":"\(place):6: input: found no \\"upfront_budget\\", expected a whole number from 0 to 72057594037927936","id":4}
        {"error":"\(place):7: demand: found \(most) units at up to 5 for 2 hours, expected a bill of at most \(most) micro-USD","id":5}
        {"bound":10,"cost":10,"id":"last","purchase":{}}

        """)
  }

  @Test("No problems have no answers")
  func nothing() throws {
    let run = try solve("")
    #expect(run.status == 0)
    #expect(run.output == "")
  }

  @Test("Another kind is wrong usage")
  func kind() throws {
    try expectFailure(
      ["solve", "mux"], 64,
      "Error: The value 'mux' is invalid for '<kind>'. Please provide one of the following:"
    )
  }
}
