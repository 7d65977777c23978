import Model
import Testing

@Suite("The shipped fleet")
struct ShippedFleetTests {
  @Test("It holds every list of the document")
  func itHoldsEveryList() throws {
    let fleet = try shippedFleet()
    // Counted in scaling-strategy.md.
    #expect(fleet.objectives.count == 5)
    #expect(fleet.services.map(\.name) == ["frontend", "websocket", "api", "worker", "database", "cache"])
    #expect(fleet.global.thresholds.count == 5)
    #expect(fleet.services.map(\.thresholds.count) == [5, 5, 5, 5, 5, 5])
    #expect(fleet.userTypes.map(\.title) == ["Casual Viewer", "Active Contributor", "Power User"])
    #expect(fleet.claims.expectedConsumption.count == 6)
    #expect(fleet.claims.expectedConsumption.flatMap(\.at).count == 6 * 3)
    #expect(fleet.claims.allocations.map(\.rows.count) == [6, 6, 6])
    #expect(fleet.loadTests.map(\.name) == ["baseline", "stress", "soak", "spike"])
    #expect(fleet.alerts.count == 3 + 2)
    #expect(fleet.services.map(\.policies.count) == [2, 1, 0, 1, 0, 0])
    #expect(fleet.services.flatMap(\.scheduledActions).map(\.recurrence) == ["0 0 * * *", "0 12 * * *"])
    // Reserved capacity 2 + 2, resource efficiency 3 + 2, external services 3 + 3.
    #expect(fleet.purchase.strategies.count == 15)
    #expect(fleet.purchase.reservedBaseline.map(\.count) == [2, 2, 2, 2, 2, 2])
    #expect(fleet.effectivenessMetrics.count == 4)
    #expect(fleet.charges.count == 10)
  }

  @Test("Sizes, cool-downs and conditions are those of the document")
  func sizesAreThoseOfTheDocument() throws {
    let fleet = try shippedFleet()
    #expect(fleet.services.map(\.minimum) == [2, 2, 2, 2, 3, 3])
    #expect(fleet.services.map(\.maximum) == [10, 8, 12, 20, 4, 6])
    #expect(fleet.services.prefix(4).map(\.scaling.cooldown.description) == ["5min", "5min", "5min", "3min"])
    #expect(fleet.services.map(\.scaling.scaleOut.count) == [2, 2, 2, 2, 2, 2])
    #expect(fleet.services.map(\.scaling.scaleIn.count) == [2, 2, 2, 2, 0, 0])
    #expect(fleet.services.map(\.scaling.addReplica.count) == [0, 0, 0, 0, 2, 1])
    let frontend = try #require(fleet.service("frontend"))
    #expect(frontend.scaling.scaleIn.map(\.condition.text) == ["< 30% for 10min", "< 50% for 10min"])
    let hitRate = try #require(fleet.service("cache")?.thresholds.last)
    #expect(hitRate.critical == Condition("< 50% for 15min"))
    #expect(fleet.service("database")?.limit(for: .storageGiB)?.value == 100)
  }

  @Test("Steps, claims and user types keep their ranges")
  func rangesAreKept() throws {
    let fleet = try shippedFleet()
    let steps = try #require(fleet.service("worker")?.policies.first?.steps)
    #expect(steps.map { $0.lower?.description } == ["0", "100", "500"])
    #expect(steps.map { $0.upper?.description } == ["100", "500", nil])
    #expect(steps.map(\.adjustment) == [1, 2, 4])
    #expect(fleet.userTypes.map(\.promptsPerSession.description) == ["0", "1-5", "5-20"])
    #expect(fleet.claims.allocations[2].rows.map { $0.count?.description } == ["15+", "25+", "30+", "40+", nil, nil])
    #expect(fleet.loadTests[2].stages[0].hold == TimeSpan(seconds: 86_400))
  }

  @Test("Only prices of the price book's form and one contract price are charged")
  func chargesHavePrices() throws {
    let charges = try shippedFleet().charges
    #expect(charges.compactMap(\.fixedUsd) == [Money(nanoDollars: 21_000_000_000)])
    #expect(charges.compactMap(\.price).allSatisfy { $0.contains("/") })
  }
}

@Suite("The fleet file")
struct FleetFileTests {
  @Test("An unknown time zone is an error, the fleet's or a schedule's")
  func timezones() {
    let expected = "expected an IANA name such as America/New_York"
    #expect(
      fleetError("timezone: America/New_York", "timezone: America/New_Yrok", line: "Yrok")
        == "fleet.yaml: timezone: found time zone \"America/New_Yrok\", \(expected)")
    #expect(
      fleetError("timezone: UTC", "timezone: Noon", line: "Noon")
        == "fleet.yaml: services[1].scheduled_actions[0].timezone: found time zone \"Noon\", \(expected)")
  }

  @Test("A name given twice is an error at the second")
  func names() {
    #expect(
      fleetError("- name: websocket", "- name: frontend", line: "- name: frontend")
        == "fleet.yaml: services[1].name: found a second service \"frontend\", expected each service once")
    #expect(
      fleetError("- name: power", "- name: casual", line: "- name: casual")
        == "fleet.yaml: user_types[2].name: found a second user type \"casual\", expected each user type once")
    #expect(
      fleetError("{ metric: iops, value: 6000", "{ metric: connections, value: 6000", line: "6000")
        == "fleet.yaml: services[4].limits[1].metric: found a second limit \"connections\", expected each limit once")
  }

  @Test(
    "A number out of its range is an error",
    arguments: [
      ("minimum_weeks: 3", "minimum_weeks: 53", "review.minimum_weeks", "53", "1", "52"),
      ("session_minutes: 15", "session_minutes: 0", "user_types[0].session_minutes", "0", "1", "1440"),
      ("value: 5000", "value: 0", "services[4].limits[0].value", "0", "1", "1000000000"),
      ("maximum_spot_percent: 50", "maximum_spot_percent: -1", "purchase.maximum_spot_percent", "-1", "0", "100"),
    ])
  func ranges(old: String, new: String, key: String, found: String, lower: String, upper: String) {
    #expect(
      fleetError(old, new, line: new)
        == "fleet.yaml: \(key): found \(found), expected a whole number from \(lower) to \(upper)")
  }

  @Test("A percentile of 0 is an error")
  func percentile() {
    #expect(
      fleetError("percentile: 99.5", "percentile: 0.0", line: "0.0")
        == "fleet.yaml: review.percentile: found 0.0, expected a percentile from 50 to 100, such as 99.5")
  }

  @Test("An initial type outside the list of types is an error that suggests one")
  func initialType() {
    #expect(
      fleetError("initial_type: m5.large", "initial_type: m5large", line: "m5large")
        == "fleet.yaml: services[4].initial_type: found \"m5large\", "
        + "expected one of m5.large, m5.xlarge, m5.2xlarge, m5.4xlarge; did you mean \"m5.large\"?")
  }

  @Test("A minimum above the maximum is an error, a service's or a schedule's")
  func minimum() {
    #expect(
      fleetError("minimum: 2\n    maximum: 10", "minimum: 12\n    maximum: 10", line: "minimum: 12")
        == "fleet.yaml: services[0].minimum: found minimum 12 above maximum 10, expected at most 10")
    #expect(
      fleetError("desired: 4", "desired: 9", line: "desired: 9")
        == "fleet.yaml: services[1].scheduled_actions[1].desired: found 9, minimum 2, maximum 8, "
        + "expected minimum <= desired <= maximum")
  }

  @Test("Replica conditions on a horizontal service are an error")
  func replicas() {
    #expect(
      fleetError("add_replica: []", "add_replica: [{ metric: cpu_percent, when: \"> 1%\" }]", line: "add_replica")
        == "fleet.yaml: services[0].scaling.add_replica: found replica conditions on a horizontal service, "
        + "expected an empty list")
  }

  @Test(
    "A recurrence that no calendar has is an error",
    arguments: [
      "61 25 * * *", "a b c d e", "*/0 * * * *", "0 8 0 13 *", "5-1 8 * * *", "1,,2 8 * * *", "*/999 8 * * *",
    ])
  func nonsense(cron: String) {
    #expect(
      fleetError("\"0 0 * * *\"", "\"\(cron)\"", line: "\"\(cron)\"")
        == "fleet.yaml: services[1].scheduled_actions[0].recurrence: found \"\(cron)\", "
        + "expected five cron fields such as \"0 12 * * *\"")
  }

  @Test("A target that nothing can be held at is an error", arguments: ["0", "-1", "1000001"])
  func targets(text: String) {
    #expect(
      fleetError("target: 70.0", "target: \(text)", line: "target: \(text)")
        == "fleet.yaml: services[0].policies[0].target: found \(text), expected a number above 0 and at most 1000000")
  }

  @Test("A cron expression without five fields is an error")
  func recurrence() {
    #expect(
      fleetError("\"0 0 * * *\"", "\"0 0 *\"", line: "\"0 0 *\"")
        == "fleet.yaml: services[1].scheduled_actions[0].recurrence: found \"0 0 *\", "
        + "expected five cron fields such as \"0 12 * * *\"")
  }

  @Test(
    "A reference to a service the fleet does not have is an error that suggests one",
    arguments: [
      ("{ service: worker, count: 2 }", "{ service: workr, count: 2 }", "purchase.reserved_baseline[3]"),
      ("    service: database\n    metric: cpu", "    service: workr\n    metric: cpu", "alerts[0]"),
      ("- service: worker\n      per_user", "- service: workr\n      per_user", "claims.expected_consumption[3]"),
      ("{ service: worker, type", "{ service: workr, type", "claims.allocations[0].rows[3]"),
    ])
  func references(old: String, new: String, key: String) {
    #expect(
      fleetError(old, new, line: "workr")
        == "fleet.yaml: \(key).service: found service \"workr\", expected one of frontend, websocket, api, worker, "
        + "database, cache; did you mean \"worker\"?")
  }

  @Test("A charge with two prices or none is an error")
  func prices() {
    #expect(
      fleetError("price: elb/alb-hour", "price: elb/alb-hour\n    fixed_usd: 1", line: "Load balancer hours")
        == "fleet.yaml: charges[0]: found price and fixed_usd, expected exactly one of price, fixed_usd")
    #expect(
      fleetError("    price: elb/alb-hour\n", "", line: "Load balancer hours")
        == "fleet.yaml: charges[0]: found none of price, fixed_usd, expected exactly one of price, fixed_usd")
  }

  @Test("A quantity counted in two ways or none is an error")
  func quantities() {
    let expected = "expected exactly one of amount, units, gb_months, metric"
    #expect(
      fleetError("{ units: 1 }", "{ units: 1, metric: lcu_hours }", line: "units: 1")
        == "fleet.yaml: charges[0].quantity: found units and metric, \(expected)")
    #expect(
      fleetError("{ units: 1 }", "{}", line: "{}")
        == "fleet.yaml: charges[0].quantity: found none of amount, units, gb_months, metric, \(expected)")
  }

  @Test("An amount has decimals and what it is per, which a metered series has not")
  func amounts() throws {
    let range = "expected a number from 0 to 1000000000000 of at most 12 digits, 6 of them decimals"
    for (quantity, message) in [
      ("{ metric: lcu_hours, per: hour }", ".per: found per: hour with metric, expected per beside amount or units"),
      ("{ gb_months: 3, per: hour }", ".per: found per: hour with gb_months, expected per beside amount or units"),
      ("{ amount: -1 }", ".amount: found -1, \(range)"),
      ("{ amount: 0.0000001 }", ".amount: found 0.0000001, \(range)"),
      ("{ amount: 1000000000001 }", ".amount: found 1000000000001, \(range)"),
    ] {
      let error = fleetError("{ units: 1 }", quantity, line: quantity)
      #expect(error == "fleet.yaml: charges[0].quantity\(message)")
    }
  }

  @Test("A policy with another kind's keys is an error")
  func policies() {
    #expect(
      fleetError("target: 70.0", "threshold: 70.0", line: "FrontendScalingPolicy")
        == "fleet.yaml: services[0].policies[0]: found target-tracking policy \"FrontendScalingPolicy\" with threshold, "
        + "expected target only")
    #expect(
      fleetError("threshold: 1000", "target: 9\n        threshold: 1000", line: "FrontendScaleOnConnections")
        == "fleet.yaml: services[0].policies[1]: found step policy \"FrontendScaleOnConnections\" with target and "
        + "threshold and steps, expected threshold and steps only")
  }

  @Test("A target that is a latency is one of a queue, with the time of an item, and no other target beside it")
  func latencies() {
    let place = "fleet.yaml: services[0].policies[0]: found policy \"FrontendScalingPolicy\" with"
    let both = "target_latency: 10s\n        seconds_per_item: 0.1"
    #expect(
      fleetError("target: 70.0", both, line: "FrontendScalingPolicy")
        == "\(place) target_latency or seconds_per_item, expected a target-tracking policy on queue_depth_items, without "
        + "threshold, steps or adjustment")
    func queue(_ keys: String) -> String {
      fleetError(
        "metric: cpu_percent # ASGAverageCPUUtilization\n        target: 70.0",
        "metric: queue_depth_items\n        \(keys)",
        line: "FrontendScalingPolicy")
    }
    #expect(
      queue("target_latency: 10s")
        == "\(place) target_latency alone, expected target_latency and seconds_per_item together")
    #expect(
      queue("target: 7\n        \(both)")
        == "\(place) target and target_latency, expected one of target and target_latency")
    #expect(
      queue("target_latency: 10s\n        seconds_per_item: 0")
        == "\(place) target_latency: 10s, seconds_per_item: 0, expected times above 0, of which the first is longer")
  }

  @Test("What stands behind a cache is another service of the fleet, and refilling takes time")
  func caches() {
    let others = "expected one of frontend, websocket, api, worker, database"
    #expect(
      fleetError("initial_nodes: 3", "initial_nodes: 3\n      backed_by: databas", line: "backed_by")
        == "fleet.yaml: services[5].cluster.backed_by: found service \"databas\", \(others); did you mean \"database\"?"
    )
    #expect(
      fleetError("initial_nodes: 3", "initial_nodes: 3\n      backed_by: cache", line: "backed_by").hasPrefix(
        "fleet.yaml: services[5].cluster.backed_by: found the service itself, \(others)"))
    #expect(
      fleetError("initial_nodes: 3", "initial_nodes: 3\n      refill: 0s", line: "refill")
        == "fleet.yaml: services[5].cluster.refill: found 0s, expected a time above 0")
  }

  @Test("A condition in a unit its metric is not measured in is an error")
  func units() {
    #expect(
      fleetError("cpu_percent, when: \"> 70% for 3min\"", "cpu_percent, when: \"> 70ms\"", line: "> 70ms")
        == "fleet.yaml: services[0].scaling.scale_out[0].when: found \"> 70ms\" on cpu_percent, "
        + "expected a condition in percent, such as \"> 70%\"")
    #expect(
      fleetError("condition: \"> 30s for 5min\"", "condition: \"> 30 items\"", line: "> 30 items")
        == "fleet.yaml: alerts[2].condition: found \"> 30 items\" on replication_lag_seconds, "
        + "expected a condition in time, such as \"> 30s\"")
    #expect(
      fleetError("\"> 75% of capacity\"", "\"> 75 of capacity\"", line: "> 75 of capacity")
        == "fleet.yaml: global.thresholds[4].warning: found \"> 75 of capacity\" on concurrent_users, "
        + "expected a percentage of the limit, with %")
  }

  @Test("A percentage of a limit that is not declared is an error")
  func limits() {
    #expect(
      fleetError("      - { metric: iops, value: 6000, per_instance: false } # assumed\n", "", line: "of provisioned")
        == "fleet.yaml: services[4].thresholds[2].warning: found \"> 70% of provisioned\" without a limit on it, "
        + "expected a limit on iops in the limits of database, to be the \"provisioned\"")
    #expect(
      fleetError("{ metric: concurrent_users, value", "{ metric: calls, value", line: "of capacity")
        == "fleet.yaml: global.thresholds[4].warning: found \"> 75% of capacity\" without a limit on it, "
        + "expected a limit on concurrent_users in the limits of global, to be the \"capacity\"")
  }

  @Test("A figure per instance on a vertical service or on the whole fleet is an error")
  func perInstance() {
    let expected = "expected \"per instance\" on horizontal services only"
    #expect(
      fleetError("\"> 5000/s\"", "\"> 5000/s per instance\"", line: "> 5000/s per")
        == "fleet.yaml: services[4].scaling.add_replica[0].when: found \"> 5000/s per instance\" on vertical service "
        + "database, \(expected)")
    #expect(
      fleetError("\"> 60% for 5min\"", "\"> 60% per instance for 5min\"", line: "> 60% per")
        == "fleet.yaml: global.thresholds[0].warning: found \"> 60% per instance for 5min\" on the fleet as a whole, "
        + "\(expected)")
  }

  @Test("Severities out of order are an error, units taken into account")
  func severities() {
    let expected = "expected a condition of the same form, at least as severe"
    #expect(
      fleetError("critical: \"> 10s avg\"", "critical: \"> 4000ms avg\"", line: "> 4000ms")
        == "fleet.yaml: services[3].thresholds[1].critical: found \"> 4000ms avg\" after scaling \"> 5s avg\", "
        + expected)
    #expect(
      fleetError("scaling: \"< 70% for 15min\"", "scaling: \"< 90% for 15min\"", line: "< 90%")
        == "fleet.yaml: services[5].thresholds[4].scaling: found \"< 90% for 15min\" after warning \"< 80% for 15min\", "
        + expected)
    #expect(
      fleetError("scaling: \"> 100 items\"", "scaling: \"< 100 items\"", line: "< 100 items")
        == "fleet.yaml: services[3].thresholds[0].scaling: found \"< 100 items\" after warning \"> 50 items\", "
        + expected)
  }

  @Test("A misspelt metric is an error that suggests the nearest")
  func metrics() {
    let text = fleetError("metric: queue_depth_items", "metric: queue_depth_item", line: "queue_depth_item,")
    #expect(text.hasPrefix("fleet.yaml: services[3].scaling.scale_out[0].metric: found \"queue_depth_item\", "))
    #expect(text.hasSuffix("did you mean \"queue_depth_items\"?"))
  }

  @Test("A misspelt key is an error that suggests the nearest")
  func keys() {
    #expect(
      fleetError("load_balancer", "load_balancr", line: "load_balancr")
        == "fleet.yaml: services[0]: found unknown key \"load_balancr\", "
        + "expected a known key; did you mean \"load_balancer\"?")
  }
}
