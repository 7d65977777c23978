import Advice
import Model

/// Which conditions of the fleet's thresholds were met in a month, and for how long.
public struct ThresholdsAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let findings: [ThresholdFinding]
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
    }
    /// The service, or `fleet` for all of them together.
    public let scope: String
    /// What is measured: `cpu_percent`.
    public let metric: String
    /// `warning`, `scaling` or `critical`.
    public let severity: String
    /// As the fleet file has it: `> 70% for 3min`.
    public let condition: String
    /// When it held; nil where nothing was measured.
    public let episodes: [Episode]?
  }

  /// Every condition, in the fleet's order.
  public var conditions: [Condition] {
    findings.map { finding in
      Condition(
        scope: finding.scope, metric: finding.metric.rawValue, severity: finding.severity.rawValue,
        condition: finding.condition.text,
        episodes: finding.isMeasured
          ? finding.episodes.map { Condition.Episode(start: $0.start, seconds: $0.seconds) } : nil)
    }
  }
}

extension Workspace {
  /// Which thresholds were crossed in a month, and for how long.
  /// - Throws: `DataError` when a type that ran has no specification.
  public func thresholds(month: String?) throws -> ThresholdsAnswer {
    try answer(month: month) { study in
      ThresholdsAnswer(
        scope: MonthScope(study), findings: try reviewThresholds(study.context),
        missingPrices: MissingPrice.sorted(study.context.engine.leftOut))
    }
  }
}
