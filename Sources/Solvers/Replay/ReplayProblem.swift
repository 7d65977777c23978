/// Scaling policies and the load that they are replayed over. Loads and thresholds are whole thousandths.
///
/// What it means is at the head of ``ReplayRun``.
package struct ReplayProblem: Sendable {
  package var service: ReplayService
  /// All as long as the replay.
  package var loads: [ReplayLoad]
  package var work: ReplayWork
  package var metrics: [ReplayMetric]
  /// Of two that ask for the same, the first is named.
  package var policies: [ReplayPolicy]
  /// Those of the same tick act in this order.
  package var scheduled: [ReplayAction]
  /// What is counted.
  package var breaches: [NamedCondition]
  /// Breaches, by their places, of which the ticks in which any of them holds are counted together; none is empty.
  package var levels: [[Int]]

  package init(
    service: ReplayService, loads: [ReplayLoad], work: ReplayWork, metrics: [ReplayMetric],
    policies: [ReplayPolicy], scheduled: [ReplayAction] = [], breaches: [NamedCondition] = [], levels: [[Int]] = []
  ) {
    self.service = service
    self.loads = loads
    self.work = work
    self.metrics = metrics
    self.policies = policies
    self.scheduled = scheduled
    self.breaches = breaches
    self.levels = levels
  }

  /// How many ticks are replayed.
  package var tickCount: Int { loads.first?.values.count ?? 0 }
}

/// What is scaled.
package struct ReplayService: Sendable {
  package var minimum: Int
  package var maximum: Int
  /// In service and warm when the replay begins.
  package var initial: Int
  /// From the request of an instance until it is in service.
  package var launchTicks: Int
  /// From then until it counts in metrics.
  package var warmupTicks: Int
  /// True where an instance takes load while it warms up.
  package var servesWhileWarming: Bool
  /// How long an instance that was told to go is still there.
  package var drainTicks: Int
  /// Of simple policies without one of their own.
  package var defaultCooldownTicks: Int

  package init(
    minimum: Int, maximum: Int, initial: Int, launchTicks: Int = 0, warmupTicks: Int = 0,
    servesWhileWarming: Bool = false, drainTicks: Int = 0, defaultCooldownTicks: Int = 0
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.initial = initial
    self.launchTicks = launchTicks
    self.warmupTicks = warmupTicks
    self.servesWhileWarming = servesWhileWarming
    self.drainTicks = drainTicks
    self.defaultCooldownTicks = defaultCooldownTicks
  }
}

/// A load, tick by tick.
package struct ReplayLoad: Sendable {
  /// In place of a tick that was not measured.
  package static let missing = -1

  package var name: String
  /// In thousandths, or ``missing``.
  package var values: [Int]

  package init(name: String, values: [Int]) {
    self.name = name
    self.values = values
  }
}

/// The load that is served.
package struct ReplayWork: Sendable {
  /// What waits for service, in thousandths.
  package struct Queue: Sendable {
    package var initial: Int
    /// What is beyond it is lost; nil for no limit.
    package var limit: Int?

    package init(initial: Int = 0, limit: Int? = nil) {
      self.initial = initial
      self.limit = limit
    }
  }

  /// The load's place in ``ReplayProblem/loads``.
  package var load: Int
  /// What an instance carries of it in a tick, in thousandths.
  package var perInstance: Int
  /// nil where what is not carried is lost.
  package var queue: Queue?

  package init(load: Int = 0, perInstance: Int, queue: Queue? = nil) {
    self.load = load
    self.perInstance = perInstance
    self.queue = queue
  }
}

/// A scaling policy.
package struct ReplayPolicy: Sendable {
  package enum Kind: Sendable {
    case step(StepPolicy)
    case simple(SimplePolicy)
    case rule(RulePolicy)
    case target(TargetPolicy)
    case predictive(PredictivePolicy)
    case podAutoscaler(PodAutoscaler)
  }

  package var name: String
  package var kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// Sets limits or capacity when ticks begin.
package struct ReplayAction: Sendable {
  package var name: String
  package var ticks: [Int]
  /// nil leaves it as it is.
  package var minimum: Int?
  package var maximum: Int?
  package var desired: Int?

  package init(name: String, ticks: [Int], minimum: Int? = nil, maximum: Int? = nil, desired: Int? = nil) {
    self.name = name
    self.ticks = ticks
    self.minimum = minimum
    self.maximum = maximum
    self.desired = desired
  }
}

/// A condition whose ticks are counted.
package struct NamedCondition: Sendable {
  package var name: String
  package var condition: ReplayCondition

  package init(name: String, condition: ReplayCondition) {
    self.name = name
    self.condition = condition
  }
}
