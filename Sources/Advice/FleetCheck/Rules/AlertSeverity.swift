import Model

/// The severity of an alert against the threshold table of its service.
struct AlertSeverity: CheckRule {
  let id = "alert-severity"
  let about = "An alert has another severity than the threshold table gives the value at which it fires."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          thresholds: [{ metric: cpu_percent, warning: "> 60%", scaling: "> 70%", critical: "> 85%" }]
      alerts: [{ name: hot, service: web, metric: cpu_percent, condition: "> 85%", severity: warning }]
      """,
    consistent: """
      name: shop
      services:
        - name: web
          thresholds: [{ metric: cpu_percent, warning: "> 60%", scaling: "> 70%", critical: "> 85%" }]
      alerts: [{ name: hot, service: web, metric: cpu_percent, condition: "> 85%", severity: critical }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    let services = facts.fleet.placedServices
    return placed(facts.fleet.alerts, fleetRoot.key("alerts")).compactMap { path, alert in
      guard let (servicePath, service) = services.first(where: { $0.value.name == alert.service }),
        let (rowPath, row) = placed(service.thresholds, servicePath.key("thresholds"))
          .first(where: { $0.value.metric == alert.metric }),
        let reached = severity(of: alert, in: row), reached != alert.severity
      else { return nil }
      return CheckFinding(
        self, .note, service.name,
        "the alert \(alert.name) is called \(alert.severity.rawValue), where its table has \(reached.rawValue)",
        "\(alert.condition.text) against \(reached.rawValue) \(row.condition(reached).text)",
        [
          CheckedPlace(path.key("severity"), alert.severity.rawValue),
          CheckedPlace(rowPath.key(reached.rawValue), row.condition(reached).text),
        ])
    }
  }

  /// The gravest severity whose value it reaches; nil where it is of another form, or below all.
  private func severity(of alert: AlertRule, in row: Threshold) -> Severity? {
    guard let value = alert.condition.limit(for: alert.metric) else { return nil }
    return Severity.allCases.last { severity in
      let condition = row.condition(severity)
      guard condition.basis == alert.condition.basis, condition.comparison == alert.condition.comparison,
        let limit = condition.limit(for: row.metric)
      else { return false }
      return condition.comparison == .above ? value >= limit : value <= limit
    }
  }
}
