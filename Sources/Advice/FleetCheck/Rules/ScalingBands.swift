import Model

/// Where capacity is removed against where it is added.
///
/// What follows from how many share the work (CPU, and what is counted for each instance) rises by n / (n - 1) when one of n
/// is removed. Where that is beyond the trigger that adds, what was removed comes back.
struct ScalingBands: CheckRule {
  let id = "scaling-bands"
  let about = "Capacity is removed where it is added too, or so near to it that what is removed comes back."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          approach: group
          minimum: 2
          scaling:
            scale_out: [{ metric: cpu_percent, when: "> 70%" }]
            scale_in: [{ metric: cpu_percent, when: "< 50%" }]
      """,
    consistent: """
      name: shop
      services:
        - name: web
          approach: group
          minimum: 2
          scaling:
            scale_out: [{ metric: cpu_percent, when: "> 70%" }]
            scale_in: [{ metric: cpu_percent, when: "< 45%" }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      let additions = service.additions(path)
      return service.removals(path).compactMap { removal in
        let same = additions.filter { trigger in
          trigger.metric == removal.metric
            && (trigger.basis == removal.basis || trigger.basis == nil || removal.basis == nil)
        }
        guard let addition = same.min(by: { $0.value < $1.value }) else { return nil }
        return overlap(removal, addition, service) ?? flapping(removal, addition, service)
      }
    }
  }

  private func overlap(_ removal: ScalingTrigger, _ addition: ScalingTrigger, _ service: Service) -> CheckFinding? {
    guard removal.value > addition.value else { return nil }
    return finding(
      .error, removal, addition, service, "is removed where it is added too",
      "below \(figureText(removal.value)) and above \(figureText(addition.value)) both are asked for")
  }

  private func flapping(_ removal: ScalingTrigger, _ addition: ScalingTrigger, _ service: Service) -> CheckFinding? {
    let isShared =
      [Metric.cpuPercent, .cpuMaxPercent].contains(removal.metric) || removal.basis == .perInstance
    let count = max(2, service.minimum < 1_000_000 ? service.minimum + 1 : 2)
    guard service.approach == .group, isShared, count <= service.maximum else { return nil }
    let after = removal.value * Double(count) / Double(count - 1)
    guard after > addition.value * (1 + 1e-9) else { return nil }
    return finding(
      .warning, removal, addition, service, "is removed so near to where it is added that it comes back",
      "\(figureText(removal.value)) x \(count) / \(count - 1) = \(figureText(after)) when one of \(count) is removed, above "
        + figureText(addition.value))
  }

  private func finding(
    _ level: ReportFinding.Level, _ removal: ScalingTrigger, _ addition: ScalingTrigger, _ service: Service,
    _ what: String, _ arithmetic: String
  ) -> CheckFinding {
    CheckFinding(
      self, level, service.name, "by \(removal.metric.rawValue) capacity \(what)", arithmetic,
      [
        CheckedPlace(removal.path, "removed below \(figureText(removal.value))"),
        CheckedPlace(addition.path, "added above \(figureText(addition.value))"),
      ], weight: removal.value / max(addition.value, 1e-9))
  }
}
