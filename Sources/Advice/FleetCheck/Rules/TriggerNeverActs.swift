import Analysis
import Model

/// Triggers that no count which the file allows would have brought to act, by the load of a month.
struct TriggerNeverActs: CheckRule {
  let id = "trigger-never-acts"
  let about = "A trigger would not have acted in the month with any number of instances that may run."

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    guard let history = facts.history else { return [] }
    return try facts.eachService { path, service in
      let places = service.triggerPlaces(path)
      // A rule and a policy of the same value are one finding.
      var known: [(reach: TriggerReach, places: [CheckedPlace])] = []
      for reach in history.triggers[service.name] ?? [] where reach.neverActs {
        let own = places.filter {
          $0.name == reach.name && $0.metric == reach.metric && $0.isBelow == reach.isBelow
        }.map { CheckedPlace($0.path, "\(reach.isBelow ? "below" : "above") \(figureText(reach.threshold))") }
        if let index = known.firstIndex(where: { $0.reach.isSame(as: reach) }) {
          known[index].places += own
        } else if !own.isEmpty {
          known.append((reach, own))
        }
      }
      return known.compactMap { finding($0.reach, $0.places, path, service) }
    }
  }

  private func finding(
    _ reach: TriggerReach, _ places: [CheckedPlace], _ path: DocumentPath, _ service: Service
  ) -> CheckFinding? {
    guard let nearest = reach.nearest else { return nil }
    return CheckFinding(
      self, .warning, service.name,
      "no load of the month would have \(reach.scalesIn ? "removed" : "added") capacity by \(reach.metric.rawValue) "
        + "\(reach.isBelow ? "<" : ">") \(figureText(reach.threshold))",
      "with \(reach.count) instances, the \(reach.isBelow ? "most" : "fewest") that may run, the "
        + "\(reach.isBelow ? "least" : "most") is \(figureText(nearest))"
        + (reach.nearestAsRun.map { "; of what ran \(figureText($0))" } ?? ""),
      places + [CheckedPlace(path.key(reach.isBelow ? "maximum" : "minimum"), "\(reach.count)")],
      weight: reach.isBelow ? nearest / max(reach.threshold, 1e-9) : reach.threshold / max(nearest, 1e-9))
  }
}

extension TriggerReach {
  fileprivate func isSame(as other: TriggerReach) -> Bool {
    (metric, threshold, isBelow, scalesIn) == (other.metric, other.threshold, other.isBelow, other.scalesIn)
  }
}

extension Service {
  /// Where the triggers of a replay stand, by their names there.
  fileprivate func triggerPlaces(
    _ path: DocumentPath
  ) -> [(name: String, metric: Metric, isBelow: Bool, path: DocumentPath)] {
    let own = path.key("scaling")
    let rules =
      placed(scaling.scaleOut, own.key("scale_out")) + placed(scaling.scaleIn, own.key("scale_in"))
    return rules.map { path, part in
      (ServicePolicies.rulesName, part.metric, part.condition.comparison == .below, path.key("when"))
    }
      + placed(policies, path.key("policies")).map { path, policy in
        (policy.name, policy.metric, policy.isBelow, path.key(policy.target == nil ? "threshold" : "target"))
      }
  }
}
