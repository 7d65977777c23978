import Model

/// The limits that a scheduled action sets against those of its service.
struct ScheduleOutsideLimits: CheckRule {
  let id = "schedule-outside-limits"
  let about = "A scheduled action sets fewer instances than the service's minimum, or more than its maximum."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          minimum: 2
          maximum: 8
          scheduled_actions: [{ desired: 1, minimum: 1, maximum: 8, recurrence: "0 0 * * *" }]
      """,
    consistent: """
      name: shop
      services:
        - name: web
          minimum: 2
          maximum: 8
          scheduled_actions: [{ desired: 2, minimum: 2, maximum: 8, recurrence: "0 0 * * *" }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      placed(service.scheduledActions, path.key("scheduled_actions")).flatMap { actionPath, action in
        var found: [CheckFinding] = []
        if let minimum = action.minimum, minimum < service.minimum {
          found.append(
            CheckFinding(
              self, .warning, service.name,
              "a schedule lets \(minimum) run, fewer than the \(service.minimum) that always are to",
              "\(service.minimum) - \(minimum) = \(figureText(Double(service.minimum) - Double(minimum)))",
              [
                CheckedPlace(actionPath.key("minimum"), "\(minimum)"),
                CheckedPlace(path.key("minimum"), "\(service.minimum)"),
              ], weight: Double(service.minimum) / Double(max(1, minimum))))
        }
        if let maximum = action.maximum, maximum > service.maximum {
          found.append(
            CheckFinding(
              self, .warning, service.name,
              "a schedule lets \(maximum) run, more than the \(service.maximum) that ever may",
              "\(maximum) - \(service.maximum) = \(figureText(Double(maximum) - Double(service.maximum)))",
              [
                CheckedPlace(actionPath.key("maximum"), "\(maximum)"),
                CheckedPlace(path.key("maximum"), "\(service.maximum)"),
              ], weight: Double(maximum) / Double(max(1, service.maximum))))
        }
        return found
      }
    }
  }
}
