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

  private static let scales = [
    #"{"id":1,"kind":"alarm","datapoints":["0","X","-"],"m":2,"n":3,"treat_missing":"ignore","previous":"OK"}"#,
    #"{"id":2,"kind":"target","capacity":10,"minimum":1,"maximum":100,"metric":75.5,"target":50}"#,
    #"{"id":3,"kind":"backlog","messages":1500,"seconds_per_message":0.1,"target_latency_seconds":10,"capacity":10}"#,
    #"{"id":4,"kind":"step","capacity":9,"minimum":1,"maximum":20,"adjustment_type":"PercentChangeInCapacity","#
      + #""threshold":50,"metric":62.5,"direction":"above","minimum_magnitude":2,"#
      + #""steps":[{"lower":0,"upper":10.5,"adjustment":0},{"lower":10.5,"upper":null,"adjustment":30}]}"#,
  ]

  /// One with all kinds of policies that may stand beside one another, and one with an hpa.
  private static let replays: [String] = {
    let service =
      #""service":{"minimum":1,"maximum":9,"initial":2,"launch_ticks":1,"warmup_ticks":2,"#
      + #""warming_serves":true,"drain_ticks":2,"default_cooldown_ticks":3}"#
    let load =
      #""loads":{"l":[100,250.5,null,900,800,300,0,0]},"work":{"load":"l","per_instance":100,"#
      + #""queue":{"initial":5,"limit":500}}"#
    let metrics =
      #""metrics":{"cpu":{"kind":"utilisation","load":"l","per_instance":100,"cap":100},"#
      + #""late":{"kind":"per_instance","load":"l","period_ticks":2,"statistic":"Maximum","delay_ticks":1},"#
      + #""growth":{"kind":"growth","load":"l","over":1},"depth":{"kind":"backlog","period_ticks":3},"#
      + #""each":{"kind":"backlog_per_instance"},"v":{"kind":"value","load":"l"}}"#
    let alarm =
      #""alarm":{"metric":"late","comparison":">=","threshold":50,"m":1,"n":2,"range":3,"treat_missing":"breaching"}"#
    let condition = #"{"name":"c","metric":"growth","comparison":"<","threshold":-5,"for_ticks":2}"#
    let window = #"{"m":1,"n":1,"range":2,"percent":90}"#
    let policies = [
      #"{"name":"a","type":"step",\#(alarm),"adjustment_type":"ChangeInCapacity","#
        + #""steps":[{"lower":0,"upper":null,"adjustment":2}]}"#,
      #"{"name":"b","type":"simple",\#(alarm),"adjustment_type":"ExactCapacity","adjustment":3,"cooldown_ticks":4}"#,
      #"{"name":"d","type":"target","metric":"cpu","target":50,"scale_in":true,"out":\#(window),"in":\#(window)}"#,
      #"{"name":"e","type":"target","metric":"each","target_latency_seconds":9,"seconds_per_item":0.5,"#
        + #""scale_in":false,"out":\#(window),"in":\#(window)}"#,
      #"{"name":"f","type":"rule","in":{"match":"all","conditions":[\#(condition)],"adjustment_type":"ChangeInCapacity","#
        + #""adjustment":-1},"cooldown_ticks":2}"#,
      #"{"name":"g","type":"predictive","slot_ticks":3,"lead_ticks":1,"capacity":[1,5,2],"buffer_percent":10}"#,
    ]
    let rates =
      #"{"tolerance":0.1,"window_ticks":2,"select":"Max","policies":[{"type":"Pods","value":2,"period_ticks":2},"#
      + #"{"type":"Percent","value":50,"period_ticks":1}]}"#
    let hpa =
      #"{"name":"h","type":"hpa","metrics":[{"metric":"cpu","target":50},{"metric":"v","target_average":80}],"#
      + #""up":\#(rates),"down":\#(rates)}"#
    let scheduled = #"{"name":"s","ticks":[1,4],"minimum":2,"maximum":8,"desired":5}"#
    let recurring = #"{"name":"t","recurrence":"*/2 0 * * 4","timezone":"Europe/Berlin","desired":3}"#
    let times = #""tick_seconds":60,"start":"2026-10-01T00:00:00+02:00","scheduled":[\#(scheduled),\#(recurring)]"#
    return [policies.joined(separator: ","), hpa].map {
      #"{"id":1,"input":{\#(service),\#(load),\#(metrics),\#(times),"policies":[\#($0)],"breach":[\#(condition)]}}"#
    }
  }()

  private static let buy: String = {
    let options = #""options":[{"name":"1y","term_hours":8760,"upfront":9,"hourly":60}]"#
    let hours = (0..<170).map { "\($0 % 5)" }.joined(separator: ",")
    let pool =
      #""unit_hours":[\#(hours)],"on_demand":96,\#(options),"existing":[{"units":1,"hours_left":9,"option":"1y"}]"#
    let plan =
      #"{"name":"c","term_hours":8760,"rates":{"p":70,"q":71},"existing":[{"cents_per_hour":1,"hours_left":730}]}"#
    return
      #"{"id":"b","pools":[{"name":"p",\#(pool)},{"name":"q",\#(pool)}],"shared":[\#(plan)],"month_hours":730,"risk":"expected"}"#
  }()

  private static let capacity = #"""
    {"id":1,"interval_seconds":300,"hold_seconds":86400,"history":[5,null,7.5],"offers":[{"capacity":6.25,
    "cost_percent":6.25},{"capacity":12.5,"cost_percent":10}],"risk":"bold"}
    """#.split(separator: "\n").joined()

  private static let schedule =
    #"{"id":"s","input":{"slots":6,"quantile":0.9,"required":[1,4,2,0,7,7],"max_changes":4,"change_cost":2}}"#

  @Test("A problem is solved, or answered with an error, on a line of its own", arguments: ProblemKind.allCases)
  func problems(kind: ProblemKind) throws {
    let examples =
      switch kind {
      case .mix: Self.mixes
      case .size: [Self.size]
      case .scale: Self.scales
      case .replay: Self.replays
      case .schedule: [Self.schedule]
      case .capacity: [Self.capacity]
      case .buy: [Self.buy]
      }
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
