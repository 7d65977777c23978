import Analysis
import Model

/// What instances are full of before a trigger acts.
///
/// Memory and what limits give each instance rise with what an instance has of the trigger's metric, along a straight line
/// where that explains half of the variance or more: read at the trigger, it says how full they are when it acts.
struct TriggerBehindLimit: CheckRule {
  let id = "trigger-behind-limit"
  let about = "Instances are full of something else before a trigger acts, by what was measured."

  /// What may be full, of each instance in percent of what it has.
  private struct Filling {
    var word: String
    var values: [Double?]
    var path: DocumentPath
    var says: String
  }

  private static let leastExplained = 0.5

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    guard let history = facts.history else { return [] }
    return try facts.eachService { path, service throws(DataError) in
      guard service.approach == .group else { return [] }
      let fillings = try fillings(service, path, history)
      var found: [CheckFinding] = []
      for (triggers, removes) in [(service.additions(path), false), (service.removals(path), true)] {
        for trigger in triggers.withoutRepeats where trigger.basis != .whole {
          guard let each = try each(trigger.metric, of: service, history) else { continue }
          let same = triggers.filter { $0.path != trigger.path && $0.isSame(as: trigger) }.map(\.path)
          found += fillings.compactMap { filling in
            filling.word == trigger.metric.rawValue
              ? nil : finding(trigger, also: same, removes, each, filling, service)
          }
        }
      }
      return found
    }
  }

  /// A total for each instance in each slot; nil for what is measured of instances, or not at all.
  private func each(
    _ metric: Metric, of service: Service, _ history: CheckedHistory
  ) throws(DataError) -> [Double?]? {
    guard !metric.isPerInstance, metric.growsWithUsers, let total = try history.total(metric, of: service) else {
      return nil
    }
    let counts = runningCounts(try history.context.load(of: service).carrying, on: history.context.grid)
    return total.indices.map { counts[$0] > 0 ? total[$0].map { [count = counts[$0]] in $0 / Double(count) } : nil }
  }

  private func fillings(
    _ service: Service, _ path: DocumentPath, _ history: CheckedHistory
  ) throws(DataError) -> [Filling] {
    var all: [Filling] = []
    let load = try history.context.load(of: service)
    if let type = history.types[service.name],
      let whole = history.context.catalogue.specificationIfKnown(type)?.memoryGiB,
      whole > 0, load.memoryGiB.contains(where: { $0 != nil })
    {
      let values = load.memoryGiB.indices.map { slot in
        let count = load.memoryInstances[slot]
        return count > 0 ? load.memoryGiB[slot].map { $0 / Double(count) / whole * 100 } : nil
      }
      all.append(
        Filling(
          word: "memory", values: values, path: path.key("initial_type"), says: "\(figureText(whole)) GiB of \(type)"))
    }
    for (limitPath, limit) in placed(service.limits, path.key("limits")) where limit.perInstance && limit.value > 0 {
      guard let each = try each(limit.metric, of: service, history) else { continue }
      all.append(
        Filling(
          word: limit.metric.rawValue, values: each.map { $0.map { $0 / Double(limit.value) * 100 } },
          path: limitPath.key("value"), says: "\(limit.value) an instance"))
    }
    return all
  }

  private func finding(
    _ trigger: ScalingTrigger, also same: [DocumentPath], _ removes: Bool, _ each: [Double?], _ filling: Filling,
    _ service: Service
  ) -> CheckFinding? {
    let points = each.indices.compactMap { slot -> (x: Double, y: Double)? in
      guard let x = each[slot], let y = filling.values[slot] else { return nil }
      return (x, y)
    }
    guard let fit = LinearFit(points), fit.slope > 0, fit.explained >= Self.leastExplained else { return nil }
    let full = fit.intercept + fit.slope * trigger.value
    guard full > 100 else { return nil }
    let from = (100 - fit.intercept) / fit.slope
    let metric = trigger.metric.rawValue
    return CheckFinding(
      self, removes ? .warning : .error, service.name,
      removes
        ? "capacity is removed below \(figureText(trigger.value)) \(metric) an instance, of which \(figureText(from)) fill its "
          + filling.word
        : "\(filling.word) is full at \(figureText(from)) \(metric) an instance, before \(figureText(trigger.value)) add capacity",
      "\(rounded(fit.intercept, 1)) % + \(rounded(fit.slope, 4)) % x \(figureText(trigger.value)) = \(rounded(full, 0)) %, "
        + "measured up to \(figureText(points.map(\.x).max() ?? 0)); the line explains \(rounded(fit.explained * 100, 0)) % of "
        + "the variance",
      [
        CheckedPlace(
          trigger.path, "\(removes ? "removed below" : "added above") \(figureText(trigger.value)) \(metric)"),
        CheckedPlace(filling.path, filling.says),
      ] + same.map { CheckedPlace($0, figureText(trigger.value)) }, weight: full / 100)
  }
}

extension [ScalingTrigger] {
  /// The first of those that act on the same.
  fileprivate var withoutRepeats: [ScalingTrigger] {
    indices.filter { index in !self[..<index].contains { $0.isSame(as: self[index]) } }.map { self[$0] }
  }
}

extension ScalingTrigger {
  fileprivate func isSame(as other: ScalingTrigger) -> Bool { (metric, value) == (other.metric, other.value) }
}
