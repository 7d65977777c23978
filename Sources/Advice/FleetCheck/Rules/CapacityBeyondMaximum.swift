import Model

/// The users that the fleet is said to have room for, times what each causes, against all instances that may run.
struct CapacityBeyondMaximum: CheckRule {
  let id = "capacity-beyond-maximum"
  let about = "The users that the fleet is said to have room for cause more than all instances that may run carry."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      global: { limits: [{ metric: concurrent_users, value: 2400 }] }
      services:
        - name: web
          approach: group
          maximum: 12
          scaling: { scale_out: [{ metric: requests_per_second, when: "> 300/s per instance" }] }
      claims:
        expected_consumption:
          - { service: web, load_per_user: [{ metric: requests_per_second, value: 2 }], at: [] }
      """,
    consistent: """
      name: shop
      global: { limits: [{ metric: concurrent_users, value: 1800 }] }
      services:
        - name: web
          approach: group
          maximum: 12
          scaling: { scale_out: [{ metric: requests_per_second, when: "> 300/s per instance" }] }
      claims:
        expected_consumption:
          - { service: web, load_per_user: [{ metric: requests_per_second, value: 2 }], at: [] }
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    let limits = placed(facts.fleet.global.limits, fleetRoot.key("global").key("limits"))
    guard let (limitPath, limit) = limits.first(where: { $0.value.metric == .concurrentUsers }) else { return [] }
    return try facts.eachService { path, service in
      facts.perUser(service).flatMap { claimPath, claim in
        placed(claim.loadPerUser, claimPath.key("load_per_user")).compactMap { loadPath, load in
          guard let trigger = service.instanceTrigger(load.metric, path) else { return nil }
          let needed = Double(limit.value) * load.value.double
          let carried = Double(service.maximum) * trigger.value
          guard needed > carried * (1 + 1e-9) else { return nil }
          return CheckFinding(
            self, .error, service.name,
            "\(grouped(limit.value)) users have room, whose \(load.metric.rawValue) not even \(service.maximum) "
              + "instances carry",
            "\(grouped(limit.value)) x \(load.value) = \(figureText(needed)) against \(service.maximum) x "
              + "\(figureText(trigger.value)) = \(figureText(carried))",
            [
              CheckedPlace(limitPath.key("value"), "room for \(grouped(limit.value)) users"),
              CheckedPlace(loadPath, "\(load.value) a user"), CheckedPlace(path.key("maximum"), "\(service.maximum)"),
              CheckedPlace(trigger.path, trigger.says),
            ], weight: needed / max(carried, 1e-9))
        }
      }
    }
  }
}
