import Advice
import Analysis
import Model

/// Which conditions of the fleet's thresholds were met in a month, and for how long.
public struct ThresholdsAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let findings: [ThresholdFinding]
  /// What happened, the weightiest first.
  package let events: [ThresholdEvent]
  /// What amounts are in.
  package let currency: String
  /// What is not known of types that ran, whose instances are left out.
  package let missingPrices: [MissingPrice]

  /// One severity of one row of a threshold table.
  public struct Condition: Sendable {
    /// A stretch in which it held.
    public struct Episode: Sendable {
      /// Its first moment.
      public let start: Instant
      /// Its length.
      public let seconds: Int64
      /// The value that went furthest, in the metric's unit, for each instance or in percent of a limit.
      public let peak: Double?
    }
    /// The service, or `fleet` for all of them together.
    public let scope: String
    /// What is measured: `cpu_percent`.
    public let metric: String
    /// `warning`, `scaling` or `critical`.
    public let severity: String
    /// As the fleet file has it: `> 70% for 3min`.
    public let condition: String
    /// When it held; nil where it could not be judged.
    public let episodes: [Episode]?
  }

  /// What happened while thresholds were crossed.
  public struct Event: Sendable {
    /// Its name: `2026-10-24-0200`.
    public let id: String
    /// What happened: `recurring`, `within-usual`, `users-grew`, `load-without-users`, `load-grew`, `one-service-alone`,
    /// `followed` or `unknown`.
    public let kind: String
    /// The gravest that was met: `warning`, `scaling` or `critical`.
    public let severity: String
    /// The services, and `fleet`, of what was met.
    public let scopes: [String]
    /// Its first moment; of what recurs that of the first day.
    public let start: Instant
    /// Its length; of what recurs that of all its episodes together.
    public let seconds: Int64
    /// What was spent on instances that came when it was over, in the bill's currency; nil where nothing was, or nobody knows.
    public let lateCost: Money?
  }

  /// What happened, the weightiest first.
  public var whatHappened: [Event] {
    events.map { event in
      Event(
        id: event.id, kind: event.kind.rawValue, severity: event.severity.rawValue, scopes: event.scopes,
        start: event.start, seconds: event.seconds, lateCost: event.lateSeconds > 0 ? event.lateCost : nil)
    }
  }

  /// Every condition, in the fleet's order.
  public var conditions: [Condition] {
    findings.map { finding in
      Condition(
        scope: finding.scope, metric: finding.metric.rawValue, severity: finding.severity.rawValue,
        condition: finding.condition.text,
        episodes: finding.unjudged == nil
          ? finding.episodes.map { Condition.Episode(start: $0.start, seconds: $0.seconds, peak: $0.peak?.value) } : nil
      )
    }
  }
}

extension Workspace {
  /// Which thresholds were crossed in a month, and for how long.
  /// - Throws: `DataError` when a type that ran has no specification.
  public func thresholds(month: String?) throws -> ThresholdsAnswer {
    try answer(month: month) { study in
      let review = try ThresholdReview(study.context)
      return ThresholdsAnswer(
        scope: MonthScope(study), findings: review.findings, events: review.events, currency: study.fleet.currency,
        missingPrices: MissingPrice.sorted(study.context.engine.leftOut))
    }
  }
}
