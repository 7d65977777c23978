import Analysis
import Model

/// What is to be kept reserved against what always runs.
struct BaselineAgainstMinimum: CheckRule {
  let id = "baseline-against-minimum"
  let about = "More instances are kept reserved than always run, or fewer."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          minimum: 2
          maximum: 8
          scheduled_actions: [{ desired: 2, minimum: 2, maximum: 8, recurrence: "0 0 * * *" }]
      purchase: { reserved_baseline: [{ service: web, count: 4 }] }
      """,
    consistent: """
      name: shop
      services:
        - name: web
          minimum: 2
          maximum: 8
          scheduled_actions: [{ desired: 2, minimum: 2, maximum: 8, recurrence: "0 0 * * *" }]
      purchase: { reserved_baseline: [{ service: web, count: 2 }] }
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    let baselines = placed(facts.fleet.purchase.reservedBaseline, fleetRoot.key("purchase").key("reserved_baseline"))
    let services = facts.fleet.placedServices
    return baselines.compactMap { path, baseline in
      guard let (servicePath, service) = services.first(where: { $0.value.name == baseline.service }) else {
        return nil
      }
      return above(path, baseline, servicePath, service) ?? below(path, baseline, servicePath, service, facts.history)
    }
  }

  private func above(
    _ path: DocumentPath, _ baseline: ReservedBaseline, _ servicePath: DocumentPath, _ service: Service
  ) -> CheckFinding? {
    let scheduled = placed(service.scheduledActions, servicePath.key("scheduled_actions"))
      .compactMap { action in action.value.minimum.map { (action.path.key("minimum"), $0) } }
    let least = (scheduled + [(servicePath.key("minimum"), service.minimum)]).min { $0.1 < $1.1 }
    guard let least, baseline.count > least.1 else { return nil }
    return CheckFinding(
      self, .warning, service.name,
      "\(baseline.count) are kept reserved, where no more than \(least.1) are sure to run",
      "\(baseline.count) - \(least.1) = \(figureText(Double(baseline.count) - Double(least.1))) may lie idle",
      [CheckedPlace(path.key("count"), "\(baseline.count)"), CheckedPlace(least.0, "\(least.1)")],
      weight: Double(baseline.count) / Double(max(1, least.1)))
  }

  private func below(
    _ path: DocumentPath, _ baseline: ReservedBaseline, _ servicePath: DocumentPath, _ service: Service,
    _ history: CheckedHistory?
  ) -> CheckFinding? {
    let ran = history.flatMap { history in
      runningCounts(history.context.inventory.of(service), on: history.context.grid).min()
    }
    let always = max(service.minimum, ran ?? 0)
    guard baseline.count < always else { return nil }
    let why = always > service.minimum ? "never fewer than \(always) ran" : "\(always) are the fewest that may run"
    return CheckFinding(
      self, .note, service.name, "\(baseline.count) are kept reserved, where \(why)",
      "\(always) - \(baseline.count) = \(always - baseline.count) always run on demand",
      [
        CheckedPlace(path.key("count"), "\(baseline.count)"),
        CheckedPlace(servicePath.key("minimum"), "\(service.minimum)"),
      ],
      weight: Double(always) / Double(max(1, baseline.count)))
  }
}
