/// A HorizontalPodAutoscaler at work: what it recommended lately, and by how much it changed capacity.
struct PodAutoscalerRun {
  private let autoscaler: PodAutoscaler
  private var leastLately = SlidingExtreme<Int>(isGreatest: false)
  private var greatestLately = SlidingExtreme<Int>(isGreatest: true)
  /// The ticks of its changes, and the sum of the changes up to each.
  private var changes: [(tick: Int, sum: Int)] = []
  /// How many changes are before the period of each rate policy, those of `up` first.
  private var passed: [Int]

  init(_ autoscaler: PodAutoscaler) {
    self.autoscaler = autoscaler
    passed = [Int](repeating: 0, count: autoscaler.up.policies.count + autoscaler.down.policies.count)
  }

  /// The capacity after a tick; nil to leave it.
  /// - Parameter recommendations: of each metric, nil where it cannot say.
  mutating func decide(
    _ recommendations: [Int?], at tick: Int, desired: Int, minimum: Int, maximum: Int
  ) -> Int? {
    if tick == 0 { record(desired, at: tick) }
    let valid = recommendations.compactMap { $0 }
    guard desired > 0, let wanted = valid.max(), valid.count == recommendations.count || wanted >= desired else {
      return nil
    }
    let stable = stabilised(wanted, at: tick, desired: desired)
    record(wanted, at: tick)
    if stable > desired {
      let limit = limit(autoscaler.up, isUp: true, at: tick, desired: desired)
      return min(stable, maximum, max(desired, limit))
    }
    if stable < desired {
      let limit = limit(autoscaler.down, isUp: false, at: tick, desired: desired)
      return max(stable, minimum, min(desired, limit))
    }
    return nil
  }

  /// Takes note of a change that came of its decision.
  mutating func noteChange(by change: Int, at tick: Int) {
    changes.append((tick, sum(before: changes.count) + change))
  }

  private mutating func record(_ replicas: Int, at tick: Int) {
    leastLately.push(replicas, at: tick)
    greatestLately.push(replicas, at: tick)
  }

  /// Out no further than the least of what was recommended within the window, in no further than the greatest.
  private mutating func stabilised(_ wanted: Int, at tick: Int, desired: Int) -> Int {
    leastLately.forget(before: tick - autoscaler.up.windowTicks + 1)
    greatestLately.forget(before: tick - autoscaler.down.windowTicks + 1)
    let low = min(wanted, leastLately.value ?? wanted)
    let high = max(wanted, greatestLately.value ?? wanted)
    return min(max(desired, low), high)
  }

  private mutating func limit(_ behaviour: PodAutoscaler.Behaviour, isUp: Bool, at tick: Int, desired: Int) -> Int {
    guard behaviour.selection != .disabled else { return desired }
    let offset = isUp ? 0 : autoscaler.up.policies.count
    let isGreatest = isUp == (behaviour.selection == .greatestChange)
    var limit: Int?
    for (index, policy) in behaviour.policies.enumerated() {
      let start = desired - changed(since: tick - policy.periodTicks, policy: offset + index)
      let bound = policy.bound(from: start, isUp: isUp)
      limit = limit.map { isGreatest ? max($0, bound) : min($0, bound) } ?? bound
    }
    return limit ?? desired
  }

  /// By how much it changed capacity in the ticks after one.
  private mutating func changed(since tick: Int, policy: Int) -> Int {
    while passed[policy] < changes.count, changes[passed[policy]].tick <= tick { passed[policy] += 1 }
    return sum(before: changes.count) - sum(before: passed[policy])
  }

  private func sum(before index: Int) -> Int { index > 0 ? changes[index - 1].sum : 0 }
}

extension PodAutoscaler.RatePolicy {
  /// How far capacity may go from what it was at the start of the period.
  func bound(from start: Int, isUp: Bool) -> Int {
    guard isPercent else { return isUp ? start + value : start - value }
    // Kubernetes rounds up on the way up, and cuts on the way down.
    return isUp ? ceilingQuotient(start * (100 + value), 100) : start * (100 - value) / 100
  }
}
