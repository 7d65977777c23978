import Model

/// What a user is said to cause against what any user type does in a session.
///
/// Of many users together a session's calls spread over its length (Little's law: users x calls a session / its length), so
/// that no mix of types causes more for each than the type that causes most.
struct SessionsAgainstLoad: CheckRule {
  let id = "sessions-against-load"
  let about = "Each user is said to cause more than the sessions of any user type come to."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      user_types: [{ name: power, api_calls_per_session: 50, session_minutes: 60 }]
      services: [{ name: web, driver: api_calls }]
      claims:
        expected_consumption:
          - { service: web, load_per_user: [{ metric: requests_per_second, value: 2 }], at: [] }
      """,
    consistent: """
      name: shop
      user_types: [{ name: power, api_calls_per_session: 7200, session_minutes: 60 }]
      services: [{ name: web, driver: api_calls }]
      claims:
        expected_consumption:
          - { service: web, load_per_user: [{ metric: requests_per_second, value: 2 }], at: [] }
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { _, service in
      facts.perUser(service).flatMap { claimPath, claim in
        placed(claim.loadPerUser, claimPath.key("load_per_user")).compactMap { path, load in
          finding(load, path, service, facts)
        }
      }
    }
  }

  /// What a type's session has at most, and the key that says so.
  private func most(_ type: UserType, _ driver: CostDriver, _ metric: Metric) -> (count: Int?, key: String)? {
    switch (driver, metric) {
    case (.apiCalls, .requestsPerSecond): (type.apiCallsPerSession.upper, "api_calls_per_session")
    case (.prompts, .jobsPerMinute): (type.promptsPerSession.upper, "prompts_per_session")
    default: nil
    }
  }

  private func finding(
    _ load: LoadPerUser, _ path: DocumentPath, _ service: Service, _ facts: CheckFacts
  ) -> CheckFinding? {
    let unitSeconds = load.metric == .jobsPerMinute ? 60.0 : 1
    var greatest: (rate: Double, count: Int, type: UserType, path: DocumentPath)?
    for (typePath, type) in placed(facts.fleet.userTypes, fleetRoot.key("user_types")) {
      guard let (count, key) = most(type, service.driver, load.metric) else { return nil }
      // Without an end nothing is too much.
      guard let count else { return nil }
      let rate = Double(count) / (Double(max(1, type.sessionMinutes)) * 60) * unitSeconds
      if rate > (greatest?.rate ?? 0) { greatest = (rate, count, type, typePath.key(key)) }
    }
    guard let greatest, load.value.double > greatest.rate * (1 + 1e-9) else { return nil }
    let word = unitSeconds == 60 ? "minute" : "second"
    return CheckFinding(
      self, .warning, service.name,
      "\(load.value) \(load.metric.rawValue) a user, where no session makes more than \(figureText(greatest.rate)) a \(word)",
      "\(greatest.count) in \(greatest.type.sessionMinutes) min = \(figureText(greatest.rate)) a \(word); at \(load.value) they "
        + "would be over in \(figureText(Double(greatest.count) / load.value.double * unitSeconds)) s",
      [
        CheckedPlace(path, "\(load.value) a user"),
        CheckedPlace(greatest.path, "\(greatest.count) at most in \(greatest.type.sessionMinutes) min"),
      ], weight: load.value.double / greatest.rate)
  }
}
