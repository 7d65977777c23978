import Model
import Solvers

/// How near a load comes to a trigger of a service's scaling.
package struct TriggerReach: Hashable, Sendable {
  /// The policy, or ``ServicePolicies/rulesName``.
  package var name: String
  package var metric: Metric
  /// What it acts on, in the metric's unit.
  package var threshold: Double
  /// True where it acts below the threshold.
  package var isBelow: Bool
  /// True where it removes instances.
  package var scalesIn: Bool
  /// The value nearest to acting while what ran served; nil where it was not recorded.
  package var nearestAsRun: Double?
  /// The same with as many instances as bring it nearest: the fewest that the file allows for what acts above, the most for
  /// what acts below.
  package var nearest: Double?
  package var count: Int

  /// True where it acts at no count that the file allows, whatever it waits for.
  package var neverActs: Bool { nearest.map { isBelow ? $0 >= threshold : $0 <= threshold } ?? false }
}

extension ServiceSimulation {
  /// Every trigger of the service's rules and policies, in their order, of what follows from load and count; a queue is left
  /// to the replay.
  /// - Parameter ran: instances in each tick, of what ran; empty where that is not known.
  package func triggers(ran: [Int]) -> [TriggerReach] {
    var found: [TriggerReach] = []
    for (conditions, scalesIn) in [(service.scaling.scaleOut, false), (service.scaling.scaleIn, true)] {
      for part in conditions {
        guard let limit = part.condition.limit(for: part.metric) else { continue }
        found += reach(
          ServicePolicies.rulesName, part.metric, part.condition.basis, limit,
          isBelow: part.condition.comparison == .below, scalesIn: scalesIn, ran)
      }
    }
    for policy in service.policies {
      guard let limit = policy.target ?? policy.threshold else { continue }
      let basis = ReplayMetrics.basis(of: policy.metric, tracks: policy.target != nil, in: service)
      let removes = policy.isBelow || (policy.adjustment ?? policy.steps.first?.adjustment ?? 1) < 0
      found += reach(policy.name, policy.metric, basis, limit.double, isBelow: policy.isBelow, scalesIn: removes, ran)
    }
    return found
  }

  private func reach(
    _ name: String, _ metric: Metric, _ basis: Condition.Basis, _ threshold: Double, isBelow: Bool, scalesIn: Bool,
    _ ran: [Int]
  ) -> [TriggerReach] {
    var metrics = metrics
    guard let simulated = metrics.metric(metric, basis), simulated.index < self.metrics.metrics.count else { return [] }
    let best = isBelow ? service.maximum : max(1, service.minimum)
    func nearest(_ serving: (Int) -> Int?) -> Double? {
      var nearest: Double?
      for tick in 0..<traffic.grid.count {
        guard let count = serving(tick), let value = metrics.value(simulated.index, at: tick, serving: count) else {
          continue
        }
        nearest = nearest.map { isBelow ? min($0, value) : max($0, value) } ?? value
      }
      return nearest.map { $0 / simulated.factor }
    }
    let atBest = nearest { _ in best }
    guard atBest != nil else { return [] }
    return [
      TriggerReach(
        name: name, metric: metric, threshold: threshold, isBelow: isBelow, scalesIn: scalesIn,
        nearestAsRun: nearest { ran.indices.contains($0) ? ran[$0] : nil }, nearest: atBest, count: best)
    ]
  }
}

extension ServiceSimulation {
  /// True when a critical condition is met in a tick with so many serving, however long it is to last; a queue's is when more
  /// comes than they finish.
  package func isCritical(at tick: Int, serving: Int) -> Bool {
    var metrics = metrics
    for row in service.thresholds {
      let condition = row.critical
      guard let limit = condition.limit(for: row.metric),
        let found = metrics.metric(row.metric, condition.basis), found.index < self.metrics.metrics.count,
        let value = metrics.value(found.index, at: tick, serving: serving)
      else { continue }
      if condition.holds(value / found.factor, limit: limit) { return true }
    }
    guard metrics.hasQueue, let rate = capacity.workPerMinute, let jobs = traffic.values[.total(.jobsPerMinute)]?[tick]
    else { return false }
    return Double(jobs) / 1000 > Double(serving) * rate
  }
}
