import Model

/// How long scaling waits after a change against how long a new instance takes to serve.
struct CooldownBelowLaunch: CheckRule {
  let id = "cooldown-below-launch"
  let about = "Scaling acts again before the instances that it added serve."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_out: [{ metric: cpu_percent, when: "> 70%" }], cooldown: 3min, launch: 5min }
      """,
    consistent: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_out: [{ metric: cpu_percent, when: "> 70%" }], cooldown: 5min, launch: 5min }
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      let rules = service.scaling
      let ready = rules.launch.seconds + rules.warmUp.seconds
      let own = path.key("scaling")
      guard service.approach == .group, !rules.scaleOut.isEmpty || !service.policies.isEmpty else { return [] }
      var waits = rules.scaleOut.isEmpty ? [] : [(own.key("cooldown"), rules.cooldown)]
      waits += placed(service.policies, path.key("policies")).compactMap { path, policy in
        policy.kind == .simple ? policy.cooldown.map { (path.key("cooldown"), $0) } : nil
      }
      return waits.filter { $0.1.seconds < ready }.map { path, wait in
        CheckFinding(
          self, .warning, service.name,
          "scaling acts again after \(wait), where a new instance serves after "
            + "\(TimeSpan(seconds: ready))",
          "\(rules.launch) + \(rules.warmUp) - \(wait) = \(TimeSpan(seconds: ready - wait.seconds)) in which it adds again "
            + "for the same load",
          [
            CheckedPlace(path, "cooldown \(wait)"), CheckedPlace(own.key("launch"), "launch \(rules.launch)"),
          ], weight: Double(ready) / Double(max(1, wait.seconds)))
      }
    }
  }
}
