// What happened while thresholds were crossed, in figures.

import Model

/// Episodes that belong together, and what happened then.
package struct ThresholdEvent: Hashable, Sendable {
  /// What happened, by the first of these that is true.
  package enum Kind: String, Hashable, Sendable {
    /// It comes back at the same local time.
    case recurring
    /// The metric was as it always is at that time: the threshold lies within the usual.
    case withinUsual = "within-usual"
    /// Users left their usual upwards, and load rose with them.
    case usersGrew = "users-grew"
    /// Load left its usual upwards while users did not.
    case loadWithoutUsers = "load-without-users"
    /// Load left its usual upwards, and users are not known.
    case loadGrew = "load-grew"
    /// Nothing of any other service left its usual.
    case oneServiceAlone = "one-service-alone"
    /// Something of other services left its usual in it or right after it.
    case followed
    /// Too few other days were measured to tell what is usual.
    case unknown
  }

  /// Its name: `2026-10-24-0200`, `recurring-worker-0800`, `usual-api-latency_p95_ms`.
  package var id: String
  package var kind: Kind
  /// The first moment; of what recurs that of the first day.
  package var start: Instant
  /// From the first moment to the last of an event; of what recurs, or lies within the usual, what its episodes cover together.
  package var seconds: Int64
  /// What was met, the gravest first, then the longest; one for each scope and metric.
  package var conditions: [MetCondition]
  /// On how many days; nil where it happened once.
  package var recurrence: Recurrence?
  /// On how many of them at each level or beyond, the mildest first; empty where it happened once.
  package var daysAtLevel: [Int] = []
  /// What left its usual of the condition that was met first, of several the one that went furthest from its usual, in spreads
  /// of other days; nil where none did.
  package var origin: MetricDeparture?
  /// Concurrent users in it; nil where they are not known, or nobody asked.
  package var users: MetricDeparture?
  /// What is asked of services that left its usual upwards.
  package var loads: [MetricDeparture] = []
  /// What left its usual, in the fleet's order of services and the order of their metrics.
  package var departures: [MetricDeparture] = []
  /// Of the one service that it is of, what is asked of it and was as usual.
  package var steady: [MetricDeparture] = []
  /// Of each group of instances that it touched.
  package var responses: [ScalingResponse] = []

  package init(id: String, kind: Kind, start: Instant, seconds: Int64, conditions: [MetCondition]) {
    self.id = id
    self.kind = kind
    self.start = start
    self.seconds = seconds
    self.conditions = conditions
  }

  /// The gravest of what was met.
  package var severity: Severity { conditions.map(\.severity).max() ?? .warning }
  /// The first moment behind it.
  package var end: Instant { start.advanced(by: seconds) }
  /// The services, and `fleet`, of what was met, in the order of ``conditions``.
  package var scopes: [String] { conditions.map(\.scope).eachOnce() }
  /// The instance-seconds that came when it was over.
  package var lateSeconds: Int64 { responses.filter(\.isLate).reduce(0) { $0 + $1.excessSeconds } }
  /// What they cost; nil where a price is not known.
  package var lateCost: Money? {
    responses.filter(\.isLate).reduce(.some(.zero)) { sum, response in
      if let sum, let cost = response.cost { sum + cost } else { nil }
    }
  }
  /// True for what happened once.
  package var isOnce: Bool { kind != .recurring && kind != .withinUsual }
}

/// What was met of a metric in an event.
package struct MetCondition: Hashable, Sendable {
  /// The service, or `fleet`.
  package var scope: String
  package var metric: Metric
  /// The gravest that was met, with its condition and what that compares with.
  package var severity: Severity
  package var condition: Condition
  /// When one of its conditions was first met.
  package var start: Instant
  /// How often its mildest condition began to hold, and for how long together.
  package var episodes: Int
  package var seconds: Int64
  package var peak: Peak?

  package init(
    scope: String, metric: Metric, severity: Severity, condition: Condition, start: Instant, episodes: Int,
    seconds: Int64, peak: Peak?
  ) {
    self.scope = scope
    self.metric = metric
    self.severity = severity
    self.condition = condition
    self.start = start
    self.episodes = episodes
    self.seconds = seconds
    self.peak = peak
  }
}

/// A metric in an event, beside its usual.
package struct MetricDeparture: Hashable, Sendable {
  package var service: String
  package var metric: Metric
  package var comparison: UsualComparison
  /// The value that went furthest, in the direction in which it left its usual.
  package var peak: Peak
  /// True for what left its usual only right after the event.
  package var isAfter: Bool
  /// From when, and until when, it had left its usual without a break.
  package var since, until: Instant

  package init(
    service: String, metric: Metric, comparison: UsualComparison, peak: Peak, isAfter: Bool, since: Instant,
    until: Instant
  ) {
    self.service = service
    self.metric = metric
    self.comparison = comparison
    self.peak = peak
    self.isAfter = isAfter
    self.since = since
    self.until = until
  }
}

/// Groups of ranges that overlap, or lie no more than a tolerance apart; each in the order of its starts, as places in the
/// list.
/// - Parameter tolerance: in slots; two ranges with a tolerance between them touch.
package func touching(_ ranges: [Range<Int>], tolerance: (Int) -> Int) -> [[Int]] {
  var groups: [[Int]] = []
  var reach = Int.min
  let order = ranges.indices.sorted {
    (ranges[$0].lowerBound, ranges[$0].upperBound, $0) < (ranges[$1].lowerBound, ranges[$1].upperBound, $1)
  }
  for index in order {
    let range = ranges[index]
    if range.lowerBound <= reach, !groups.isEmpty {
      groups[groups.count - 1].append(index)
      reach = max(reach, range.upperBound + tolerance(index))
    } else {
      groups.append([index])
      reach = range.upperBound + tolerance(index)
    }
  }
  return groups
}
