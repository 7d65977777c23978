import Analytics
import Foundation
import Model
import Reporting
import TestSupport
import Testing
import Wording

/// A small fleet with every part that a fleet file has, in October 2026: files that a test changes in one place, and all
/// questions about them.
struct EdgeMonth {
  static let month = "2026-10"
  /// Of which the small price book is.
  private static let types = [
    "t3.medium", "t3.large", "c5.large", "c5.xlarge", "m5.large", "m5.xlarge", "cache.m5.large",
  ]

  /// The files of a store, each with what it is imported as; fleet and prices come first, as in any store.
  let files: [(name: String, kind: ImportKind, text: String)]

  init() throws {
    var files: [(name: String, kind: ImportKind, text: String)] = [("fleet.yaml", .fleet, Self.fleet)]
    files += try Self.prices()
    files.append(("context.csv", .prices, Self.contexts))
    files.append(("inventory.csv", .inventory, Self.inventory))
    files.append(("commitments.csv", .commitments, Self.commitments))
    files.append(("plans.json", .commitments, Self.plans))
    files.append(("samples.csv", .utilisation, Self.samples()))
    self.files = files
  }

  static let fleet = """
    name: edge
    region: us-east-1
    timezone: Europe/Berlin
    currency: EUR
    exchange_rates: [{ from: 2026-01-01, per_usd: 0.9 }, { from: 2026-10-15, per_usd: 0.95 }]
    discounts: { percent: 1, services: { ec2: 2 } }
    outlook: { growth_percent_a_year: 10, uncertainty_percent_a_year: 20 }
    events: [{ name: launch, from: 2026-10-13 }]
    review: { required_coverage_percent: 5, minimum_hours: 5, minimum_weeks: 1, minimum_saving_usd: 0.01 }
    defaults: { maximum: 9 }
    purchase:
      offers: [standard-1yr-no-upfront, standard-1yr-all-upfront]
      savings_plans: [compute-savings-plan-1yr-no-upfront]
      ladder: { tranches: 2, months_apart: 3 }
      reserved_baseline: [{ service: web, count: 1 }]
    services:
      - name: web
        approach: group
        engine: linux
        initial_type: t3.medium
        instance_types: [t3.medium, t3.large, c5.large]
        scaling:
          scale_out: [{ metric: cpu_percent, when: "> 70% for 3min" }]
          scale_in: [{ metric: cpu_percent, when: "< 30% for 10min" }]
          add_replica: []
        policies:
          - { name: steps, kind: step, metric: connections, threshold: 10, steps: [{ upper: 50, adjustment: 1 }] }
          - { name: target, metric: cpu_percent, target: 60 }
        scheduled_actions: [{ name: up, desired: 2, minimum: 1, maximum: 3, recurrence: "0 8 * * *" }]
        limits: [{ metric: connections, value: 1000 }]
        thresholds:
          - { metric: cpu_percent, warning: "> 50% for 3min", scaling: "> 70% for 3min", critical: "> 90%" }
          - { metric: connections, warning: "> 50% of max", scaling: "> 60% of max", critical: "> 70% of max" }
          - { metric: requests_per_second, warning: "> 10/s per instance", scaling: "> 20/s per instance", critical: "> 30/s per instance" }
      - name: work
        approach: group
        engine: linux
        instance_types: [c5.large, c5.xlarge]
        interruptible: true
        spot: { deadline: 15min, replacement: 5min }
        driver: shared
        policies:
          - name: pods
            kind: hpa
            metric: cpu_percent
            target: 60
            also: [{ metric: memory_percent, target: 70, source: { name: memory, kind: resource } }]
            scale_up: { window: 30s, tolerance_percent: 10, policies: [{ kind: Pods, value: 4, period: 15s }] }
        outlook: { growth_percent_a_year: 5, decommission: 2029-01-01 }
        thresholds:
          - { metric: queue_depth_items, warning: "> 50 items", scaling: "> 100 items", critical: "> 500 items" }
          - { metric: cpu_percent, warning: "> 50%", scaling: "> 70%", critical: "> 90%" }
      - name: data
        approach: cluster
        engine: linux
        instance_types: [m5.large, m5.xlarge]
        database: { replicas: 1, sharding_dataset_gib: 100, cache: wiredtiger }
      - name: cache
        approach: cluster
        engine: redis
        instance_types: [cache.m5.large]
        reserved_memory_percent: 25
        cluster: { initial_nodes: 1, maximum_nodes: 3, maximum_type: cache.m5.large, refill: 15min, backed_by: data }
    global:
      measured_at: web
      limits: [{ metric: connections, value: 5000 }]
      thresholds: [{ metric: latency_p95_ms, warning: "> 200ms", scaling: "> 300ms", critical: "> 500ms" }]
    user_types:
      - { name: all, api_calls_per_session: 1-5, prompts_per_session: 2, session_minutes: 30 }
      - { name: few, websocket_connections: 2 }
    charges:
      - { name: Volumes, service: data, price: ebs/gp3-gb-month, quantity: { gb_months: 300 } }
      - { name: Hours, service: web, price: elb/alb-hour, quantity: { units: 2 } }
      - { name: Seats, service: web, fixed_usd: 21, quantity: { amount: 40, per: month } }
      - { name: Out, service: web, price: ec2-data-transfer/internet-out-gb, quantity: { metric: transfer_out_gb } }
      - { name: Tokens, service: web, price: acme/million, quantity: { metric: input_tokens } }
      - { name: Prompts, service: web, price: tokens/openai/gpt-5/input, quantity: { metric: batch_input_tokens } }
      - { name: Answers, service: web, price: tokens/openai/gpt-5/output, quantity: { metric: output_tokens } }
      - { name: Users, service: work, fixed_usd: 21, quantity: { amount: 40, per: user-month } }
    prices: [{ item: acme/million, usd: 2, per: 1m-tokens, from: 2026-01-01 }]
    rate_limits: [{ service: web, metric: calls, most: 100, per: hour }]
    call_pools: [{ name: calls, service: web, connections: 2, metric: requests_per_second, calls_percent: 5, call_ms: 40 }]
    token_rules: [{ service: web, deadline: 24h, deferrable_percent: 50, repeated_percent: 30, longest_prompt_tokens: 900, self_hosted_type: m5.large }]
    load_tests: [{ name: ramp, stages: [{ percent_of_capacity: 100, ramp: 5min, hold: 10min }] }]
    alerts: [{ name: high, service: web, metric: cpu_percent, condition: "> 90% for 5min" }]
    claims:
      expected_consumption: [{ service: web, at: [{ users: 100, instances: 2-3 }], load_per_user: [{ metric: requests_per_second, value: 2 }] }]
      allocations: [{ users: 500, rows: [{ service: web, type: t3.medium, count: 4-6, replicas: 1 }] }]
    metrics: { their_cpu: { metric: cpu_percent, unit: percent } }
    labels: { service: [app] }

    """

  private static let contexts = """
    # plimsoll-prices: context 1
    # provider: several
    # currency: USD
    # retrieved: 2026-10-01
    # source A: written for this test
    vendor,model,max_input_tokens,max_output_tokens,effective_from,quality,source
    openai,gpt-5,272000,128000,2026-10-01,published,A
    openai,gpt-5-mini,500,,2026-10-01,published,A

    """

  private static let inventory = """
    service,resource,type,zone,lifecycle,started,stopped
    web,i-w1,t3.medium,us-east-1a,on-demand,2026-09-01T00:00:00Z,2026-10-30T00:00:00Z
    web,i-w2,t3.medium,us-east-1b,on-demand,2026-09-01T00:00:00Z,
    work,i-j1,c5.large,us-east-1a,spot,2026-10-02T00:00:00Z,
    work,i-j2,c5.large,us-east-1b,on-demand,2026-10-02T00:00:00Z,
    data,i-d1,m5.large,us-east-1a,on-demand,2026-09-01T00:00:00Z,
    cache,n-c1,cache.m5.large,us-east-1a,on-demand,2026-09-01T00:00:00Z,

    """

  private static let commitments = """
    id,service,type,count,offer,started
    ri-1,web,t3.medium,1,standard-1yr-no-upfront,2026-03-01
    ri-2,data,m5.large,1,standard-1yr-no-upfront,2026-03-01

    """

  private static let plans = """
    {"savingsPlans": [{"savingsPlanId": "p-1", "start": "2026-05-01T00:00:00Z", "end": "2027-04-30T23:59:59Z",
    "state": "active", "savingsPlanType": "Compute", "paymentOption": "No Upfront", "currency": "USD",
    "commitment": "0.04", "upfrontPaymentAmount": "0.0", "recurringPaymentAmount": "0.04",
    "termDurationInSeconds": 31536000}]}

    """

  /// What measures a metric: instances of every service, the users, or the service `web`.
  private static func resources(of metric: Metric) -> [String] {
    if metric == .concurrentUsers { return ["users,all", "users,few"] }
    if metric.isPerInstance { return ["web,i-w1", "web,i-w2", "work,i-j1", "work,i-j2", "data,i-d1", "cache,n-c1"] }
    return ["web,", "work,", "data,"]
  }

  /// Samples of every metric each four hours of ten days; of one metric a value in place of one or of all of each series.
  static func samples(_ changed: Metric? = nil, _ edge: String = "", all: Bool = false) -> String {
    var rows = ["timestamp,service,resource,metric,value"]
    for metric in Metric.allCases {
      for step in 0..<60 {
        let instant = instant("2026-10-01").advanced(by: Int64(step) * 4 * 3600)
        let value = metric == changed && (all || step == 30) ? edge : "\(20 + step % 24)"
        rows += resources(of: metric).map { "\(instant),\($0),\(metric.rawValue),\(value)" }
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }

  /// The shipped price files, of each the rows that are of the small fleet.
  private static func prices() throws -> [(name: String, kind: ImportKind, text: String)] {
    let folder = packageFolder.appendingPathComponent("pricing/aws")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }
    return try names.sorted().map { name in
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let lines = text.split(separator: "\n").map(String.init)
      let head = lines.prefix { $0.hasPrefix("#") }.count
      let columns = lines[head].split(separator: ",")
      let (region, type) = (columns.firstIndex(of: "region"), columns.firstIndex(of: "type"))
      let rows = lines[(head + 1)...].filter { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return (region.map { fields[$0] == "us-east-1" || fields[$0].isEmpty } ?? true)
          && (type.map { types.contains(fields[$0]) } ?? true)
      }
      let isSpot = text.hasPrefix("# plimsoll-prices: spot-")
      return (name, isSpot ? .spot : .prices, (lines[...head] + rows).joined(separator: "\n") + "\n")
    }
  }
}

/// The folder of the package, found from this file.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
