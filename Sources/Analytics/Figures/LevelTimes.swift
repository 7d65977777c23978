import Advice
import Analysis
import Model

/// How long a service, or the fleet with all of its services, was at a level or beyond it: an hour in which three of its conditions
/// held is one hour.
package struct LevelTimes: Hashable, Sendable {
  /// The service; `fleet` for what the global table says; nil for everything together.
  package let scope: String?
  /// Seconds in which a condition of a severity, or of a graver one, held; by severity, the mildest first.
  package let seconds: [Int64]

  private init(_ scope: String?, _ findings: [ThresholdFinding]) {
    self.scope = scope
    seconds = Severity.allCases.map { severity in
      coveredSeconds(
        findings.filter { $0.severity >= severity }.flatMap(\.episodes).map { Period(start: $0.start, end: $0.end) })
    }
  }

  /// Of every scope that met a condition, in the order of the findings, then of all together.
  package static func all(_ findings: [ThresholdFinding]) -> [LevelTimes] {
    findings.map(\.scope).eachOnce().compactMap { scope in
      let own = findings.filter { $0.scope == scope && !$0.episodes.isEmpty }
      return own.isEmpty ? nil : LevelTimes(scope, own)
    } + [LevelTimes(nil, findings)]
  }
}
