import Model

/// What every user is said to cause, times users, against what the stated instances may have each before more are added.
struct LoadBeyondInstances: CheckRule {
  let id = "load-beyond-instances"
  let about =
    "What each user is said to cause is more than the stated number of instances carries by their own trigger."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_out: [{ metric: requests_per_second, when: "> 300/s per instance" }] }
      claims:
        expected_consumption:
          - service: web
            load_per_user: [{ metric: requests_per_second, value: 2 }]
            at: [{ users: 1000, instances: 4-6 }]
      """,
    consistent: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_out: [{ metric: requests_per_second, when: "> 300/s per instance" }] }
      claims:
        expected_consumption:
          - service: web
            load_per_user: [{ metric: requests_per_second, value: 2 }]
            at: [{ users: 1000, instances: 7 }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      facts.perUser(service).flatMap { claimPath, claim in
        placed(claim.loadPerUser, claimPath.key("load_per_user")).compactMap { loadPath, load in
          guard let trigger = service.instanceTrigger(load.metric, path) else { return nil }
          return finding(load, loadPath, trigger, service, facts)
        }
      }
    }
  }

  private func finding(
    _ load: LoadPerUser, _ path: DocumentPath, _ trigger: InstanceTrigger, _ service: Service, _ facts: CheckFacts
  ) -> CheckFinding? {
    let beyond = facts.stated(of: service).compactMap { row -> (row: StatedCapacity, range: CountRange, upper: Int)? in
      guard let range = row.count, let upper = range.upper else { return nil }
      let isBeyond = Double(row.users) * load.value.double > Double(upper) * trigger.value * (1 + 1e-9)
      return isBeyond ? (row, range, upper) : nil
    }
    guard let first = beyond.first else { return nil }
    let each = "\(load.value) \(load.metric.rawValue)"
    let sums = beyond.map { part in
      "\(part.row.at) \(grouped(part.row.users)) x \(load.value) = "
        + "\(figureText(Double(part.row.users) * load.value.double)) against \(part.range) x "
        + "\(figureText(trigger.value)) = \(span(part.range, trigger.value))"
    }
    let ratios = beyond.map { Double($0.row.users) * load.value.double / (Double(max(1, $0.upper)) * trigger.value) }
    return CheckFinding(
      self, .error, service.name,
      "\(each) a user are more than \(first.range) instances carry \(first.row.at)", sums.joined(separator: "; "),
      [CheckedPlace(path, "\(each) a user"), CheckedPlace(trigger.path, trigger.says)]
        + beyond.map { CheckedPlace($0.row.countPath, "\($0.range) \($0.row.at)") },
      weight: ratios.max() ?? 1)
  }

  private func span(_ range: CountRange, _ each: Double) -> String {
    let (low, high) = (Double(range.lower) * each, Double(range.upper ?? range.lower) * each)
    return low == high ? figureText(low) : "\(figureText(low))-\(figureText(high))"
  }
}

/// How much of a metric an instance may have before capacity is to be added.
struct InstanceTrigger {
  var value: Double
  var path: DocumentPath
  var says: String
}

extension Service {
  /// The trigger of a metric by instance: of the rules that add capacity, else of the threshold table; nil where neither has
  /// one.
  func instanceTrigger(_ metric: Metric, _ path: DocumentPath) -> InstanceTrigger? {
    let rules = placed(scaling.scaleOut, path.key("scaling").key("scale_out"))
      .filter { $0.value.metric == metric }.map { ($0.path.key("when"), $0.value.condition) }
    let table = placed(thresholds, path.key("thresholds"))
      .filter { $0.value.metric == metric }.map { ($0.path.key("scaling"), $0.value.scaling) }
    for (path, condition) in rules + table where condition.comparison == .above {
      guard case .perInstance = condition.basis, let value = condition.limit(for: metric), value > 0 else { continue }
      return InstanceTrigger(value: value, path: path, says: condition.text)
    }
    return nil
  }
}
