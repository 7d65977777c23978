import Analytics
import Model
import Testing

/// Problems of the bare solvers against mutated examples; `make fuzz` runs them for longer.
@Suite struct SolveFuzzTests {
  /// One of each kind, with all keys.
  private static let mixes: [String] = {
    let hours = #""hours":4,"demand":[1,1,2,2],"on_demand":10,"spot":{"price":9,"max_share_percent":20}"#
    let option = #"{"name":"z","term_hours":8,"upfront":16,"hourly":4}"#
    let input = #"\#(hours),"options":[\#(option)],"existing":[{"units":1,"until":2}]"#
    let family = #"{"name":"f","quantum":2,"demand_by_factor":{"2":[1,1],"4":[0,1]},"on_demand_per_unit":10000,"#
    let rest = #""options_per_unit":[\#(option)],"savings_plan_rate_per_unit":5000}"#
    let pool = #"{"name":"p","on_demand":90,"spot":40,"offers":[\#(option)]}"#
    let plan = #"{"name":"s","rates":{"p":60},"existing":[{"amount":9,"until":3}],"term_hours":5,"increment":30}"#
    let stretch = #"{"start":0,"end":9,"weights":[2,1],"needs":[5,3],"spot_needs":[1,0]}"#
    let account = #""pools":[\#(pool)],"plans":[\#(plan)],"stretches":[\#(stretch)],"upfront_budget":99"#
    return [
      #"{"kind":"single","id":"b","input":{\#(input)}}"#, #"{"kind":"expiry","id":"e","input":{\#(input)}}"#,
      #"{"kind":"budget","id":7,"input":{\#(input),"upfront_budget":15}}"#,
      #"{"kind":"phased","id":"a","input":{\#(input),"month_hours":2}}"#,
      #"{"kind":"multi","id":1,"input":{"hours":2,"upfront_budget":9,"families":[\#(family)\#(rest)]}}"#,
      #"{"kind":"account","id":"c","input":{"parts":2,\#(account)}}"#,
    ]
  }()

  private static let size = #"""
    {"id":1,"interval_seconds":1800,"cpu_percent":[10,null,30.5],"memory_percent":[40,41,null],"current":"b",
    "catalogue":[{"type":"a","vcpu":2,"memory_gib":8,"usd_per_hour":0.1,"relative_performance":1.1},
    {"type":"b","vcpu":4,"memory_gib":16,"usd_per_hour":0.2,"relative_performance":1}],
    "rules":{"percentile":99,"cpu_headroom_percent":20,"memory_headroom_percent":25,"minimum_hours":1,
    "minimum_coverage_percent":60}}
    """#.replacing("\n", with: "")

  @Test("A problem is solved, or answered with an error, on a line of its own", arguments: ProblemKind.allCases)
  func problems(kind: ProblemKind) throws {
    let examples = kind == .mix ? Self.mixes : [Self.size]
    try fuzz("solve-\(kind.rawValue)", examples.map { Array($0.utf8) }, count: 1_000) { _, path in
      var answers = 0
      let isSolved = try solveProblems(kind, from: path) { answer in
        #expect(answer.first == "{" && !answer.contains("\n"))
        answers += 1
      }
      guard isSolved, answers > 0 else {
        throw DataError(Place(file: path), found: "a line that is no problem", expected: "a problem")
      }
    }
  }
}
