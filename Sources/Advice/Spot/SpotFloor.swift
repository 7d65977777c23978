import Analysis
import Model

/// How many instances of a service must be left in each slot when a pool of spot capacity disappears.
///
/// For each measured dimension: what was carried in the slot × demand factor / what one instance may carry up to the
/// critical threshold, rounded up; the largest counts. A queue worker's CPU is judged by its deadline instead; see
/// ``QueueDeadline``. A slot in which a dimension that is otherwise measured has a gap has no answer: what was not
/// seen may have been the most.
struct SpotFloor: Sendable {
  struct Dimension: Sendable {
    let dimension: SpotDimension
    let limit: SpotLimit
    /// What one instance carries when it is full, in the unit of the demand.
    let full: Double
    /// The most of it that may be used; all of it where work may wait.
    let percent: Double
    let demand: [Double?]

    /// When its work may wait in a queue: how soon that must be as short as before.
    var deadline: TimeSpan? { if case .queue(let deadline) = limit { deadline } else { nil } }
    /// What one instance may carry.
    var atMost: Double { full * percent / 100 }
    var isMeasured: Bool { demand.contains { $0 != nil } }
  }

  /// In the order of the report.
  let dimensions: [Dimension]
  /// Critical thresholds for each instance that nothing measured can be held against.
  let unmeasured: [SpotDimension]
  let running: [Int]
  /// nil where it is not known.
  let left: [Int?]
  /// Of queue workers.
  let queue: QueueDeadline?

  /// - Parameter types: specifications of all that runs; the smallest counts.
  init(
    _ load: ServiceLoad, running: [Int], types: [InstanceSpecification], factor: DemandFactor, _ rules: ReviewRules
  ) {
    let service = load.service
    queue = service.spot?.deadline.map {
      QueueDeadline(deadline: $0, replacement: service.spot?.replacement ?? SpotRules.defaultReplacement)
    }
    let all = Self.dimensions(load, types, factor.value, rules)
    dimensions = all.filter(\.isMeasured)
    unmeasured = all.filter { !$0.isMeasured }.map(\.dimension)
    self.running = running
    left = running.indices.map { [dimensions, queue] slot in
      Self.left(slot, dimensions, running: running[slot], queue)
    }
  }

  /// CPU, memory, and every metric with a critical threshold for each instance.
  private static func dimensions(
    _ load: ServiceLoad, _ types: [InstanceSpecification], _ factor: Double, _ rules: ReviewRules
  ) -> [Dimension] {
    let service = load.service
    let deadline = service.spot?.deadline
    let cpu = service.criticalPercent(.cpuPercent, .cpuMaxPercent) ?? Double(100 - rules.cpuHeadroomPercent)
    let memory = service.criticalPercent(.memoryPercent) ?? Double(100 - rules.memoryHeadroomPercent)
    let free = Double(100 - (service.reservedMemoryPercent ?? 0))
    func scaled(_ values: [Double?]) -> [Double?] { values.map { $0.map { $0 * factor } } }
    return [
      Dimension(
        .cpu, full: Double(types.map(\.vcpu).min() ?? 0), percent: cpu, demand: scaled(load.peakVcpu),
        deadline: deadline),
      Dimension(
        .memory, full: types.map(\.memoryGiB).min() ?? 0, percent: min(memory, free),
        demand: scaled(load.memoryGiB)),
    ]
      + service.thresholds.compactMap { threshold in
        service.criticalPerInstance(threshold).map { full, percent in
          Dimension(
            threshold.metric, full: full, percent: percent, demand: scaled(load.values(threshold.metric) ?? []))
        }
      }
  }

  private static func left(_ slot: Int, _ dimensions: [Dimension], running: Int, _ queue: QueueDeadline?) -> Int? {
    var most = 0
    for dimension in dimensions {
      guard let demand = dimension.demand[slot], dimension.full > 0 else { return nil }
      let work = demand / dimension.full
      let patient = dimension.deadline == nil ? nil : queue?.left(work: work, running: running)
      most = max(most, patient ?? wholeInstances(demand / dimension.atMost))
    }
    return dimensions.isEmpty ? nil : most
  }
}

/// A queue's deadline and how long lost capacity is missing, in seconds.
struct QueueDeadline: Sendable {
  let deadline, replacement: Double

  init(deadline: TimeSpan, replacement: TimeSpan) {
    self.deadline = Double(deadline.seconds)
    self.replacement = Double(replacement.seconds)
  }

  /// The least instances left with which a queue is as short again within the deadline.
  ///
  /// With `w` instances' worth of work arriving, `m` left for the replacement time `a` (at most the deadline `D`) and all
  /// `n` again after it, what arrives until the deadline is done by then when `m × a + n × (D - a) ≥ w × D`.
  func left(work: Double, running: Int) -> Int {
    let missing = min(replacement, deadline)
    let surplus = Double(running) * (deadline - missing) - work * deadline
    guard missing > 0 else { return surplus >= -1e-9 ? 0 : running + 1 }
    return max(0, wholeInstances(-surplus / missing))
  }

  /// Seconds from a loss until the queue is as short again: the replacement time and what the spare instances then take
  /// for what has gathered; 0 when those left can do all.
  func caughtUp(work: Double, left: Int, running: Int) -> Double {
    let gathers = work - Double(left)
    guard gathers > 1e-9, replacement > 0 else { return 0 }
    let spare = Double(running) - work
    return spare > 1e-9 ? replacement + gathers * replacement / spare : .infinity
  }
}

/// A billionth of an instance is a rounding error of the sum, not a need.
private func wholeInstances(_ count: Double) -> Int { Int(min(1e9, (count - 1e-9).rounded(.up))) }

extension SpotFloor.Dimension {
  /// A share of the instance; with a deadline all of it, for its work may wait.
  init(_ dimension: SpotDimension, full: Double, percent: Double, demand: [Double?], deadline: TimeSpan? = nil) {
    self.init(
      dimension: dimension, limit: deadline.map { .queue(within: $0) } ?? .share(dimension, percent: percent),
      full: full, percent: deadline == nil ? percent : 100, demand: demand)
  }

  /// A rate, a count or a share of a limit for each instance.
  init(_ metric: Metric, full: Double, percent: Double?, demand: [Double?]) {
    let dimension = SpotDimension.metric(metric)
    self.init(
      dimension: dimension,
      limit: percent.map { .shareOfAmount(dimension, percent: $0, full) } ?? .amount(dimension, full),
      full: full, percent: percent ?? 100, demand: demand)
  }

  /// What it comes to when each instance that is left carries so much.
  func effect(carrying each: Double) -> SpotLoss.Effect {
    switch dimension {
    case .cpu, .memory: .load(dimension, reaches: each * (100 / full), critical: atMost * (100 / full))
    case .metric: .load(dimension, reaches: each, critical: atMost)
    }
  }
}

extension Service {
  /// The lowest critical threshold of these metrics in percent of the instance; nil when there is none.
  fileprivate func criticalPercent(_ metrics: Metric...) -> Double? {
    thresholds.filter { metrics.contains($0.metric) && $0.critical.comparison == .above && $0.critical.basis == .whole }
      .compactMap { $0.critical.limit(for: $0.metric) }.filter { $0 > 0 }.min()
  }

  /// What one instance carries at the critical threshold: a rate or count, or a limit that each instance brings and the
  /// percentage of it; nil for anything else.
  fileprivate func criticalPerInstance(_ threshold: Threshold) -> (full: Double, percent: Double?)? {
    let critical = threshold.critical
    guard critical.comparison == .above, let value = critical.limit(for: threshold.metric), value > 0 else {
      return nil
    }
    switch critical.basis {
    case .perInstance: return (value, nil)
    case .percentOf: return limit(for: threshold.metric).flatMap { $0.perInstance ? (Double($0.value), value) : nil }
    case .whole: return nil
    }
  }
}
