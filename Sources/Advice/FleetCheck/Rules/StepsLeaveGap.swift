import Model

/// The steps of a policy against each other.
struct StepsLeaveGap: CheckRule {
  let id = "steps-leave-gap"
  let about = "The steps of a policy overlap, or leave values out at which it does nothing."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          policies:
            - name: steps
              kind: step
              metric: queue_depth_items
              threshold: 100
              steps: [{ lower: 0, upper: 100, adjustment: 1 }, { lower: 200, adjustment: 2 }]
      """,
    consistent: """
      name: shop
      services:
        - name: web
          policies:
            - name: steps
              kind: step
              metric: queue_depth_items
              threshold: 100
              steps: [{ lower: 0, upper: 100, adjustment: 1 }, { lower: 100, adjustment: 2 }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      placed(service.policies, path.key("policies")).flatMap { path, policy -> [CheckFinding] in
        guard policy.kind == .step, !policy.isBelow else { return [] }
        let steps = placed(policy.steps, path.key("steps"))
        return zip(steps, steps.dropFirst()).compactMap { one, next in
          guard one.value.upper?.normalised != next.value.lower?.normalised || one.value.upper == nil else {
            return nil
          }
          let upper = one.value.upper.map { "\($0)" } ?? "no end"
          let lower = next.value.lower.map { "\($0)" } ?? "no bound"
          let isOverlap =
            one.value.upper.map { upper in next.value.lower.map { $0.isLess(than: upper) } ?? true } ?? true
          return CheckFinding(
            self, .error, service.name,
            "the steps of \(policy.name) \(isOverlap ? "overlap" : "leave values out")",
            "one goes up to \(upper), the next begins at \(lower)",
            [
              CheckedPlace(one.path, "up to \(upper)"),
              CheckedPlace(next.path.key("lower"), "from \(lower)"),
            ])
        }
      }
    }
  }
}
