import Analysis
import Model

/// Where rules remove capacity against where a policy that tracks a target does.
struct ScaleInsDisagree: CheckRule {
  let id = "scale-ins-disagree"
  let about = "A policy that tracks a target removes capacity long before the service's own rule would."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_in: [{ metric: cpu_percent, when: "< 30%" }] }
          policies: [{ name: track, metric: cpu_percent, target: 70 }]
      """,
    consistent: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_in: [{ metric: cpu_percent, when: "< 30%" }] }
          policies: [{ name: track, metric: cpu_percent, target: 70, scale_in: false }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      let removals = service.removals(path)
      return placed(service.policies, path.key("policies")).flatMap { policyPath, policy -> [CheckFinding] in
        guard policy.kind == .targetTracking, policy.scalesIn, let target = policy.target else { return [] }
        let share = ServicePolicies.scaleInPercentOfTarget
        let low = target.double * Double(share) / 100
        return removals.filter { $0.metric == policy.metric && $0.value < low }.map { removal in
          CheckFinding(
            self, .warning, service.name,
            "\(policy.name) removes capacity at \(figureText(low)) of \(policy.metric.rawValue), the rule only below "
              + figureText(removal.value),
            "\(share) % of its target \(target) = \(figureText(low)), which is \(figureText(low / max(removal.value, 1e-9))) "
              + "times \(figureText(removal.value))",
            [
              CheckedPlace(policyPath.key("target"), "target \(target)"),
              CheckedPlace(removal.path, "removed below \(figureText(removal.value))"),
            ], weight: low / max(removal.value, 1e-9))
        }
      }
    }
  }
}
