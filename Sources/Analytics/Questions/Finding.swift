import Model

/// What was found of a service, or of a pool of commitments, by one kind of advice.
public struct Finding: Sendable {
  /// What became of it.
  public enum Outcome: String, Sendable {
    /// Something should be changed.
    case recommended
    /// It was looked at and is well as it is.
    case kept
    /// The evidence does not carry a judgement.
    case refused
  }

  /// What `why` takes: `rightsize-database`, `mix-m5`.
  public let id: String
  /// The services that it is of, by name: one, or those that share a pool of commitments.
  public let services: [String]
  /// The kind of advice: `rightsize`, `schedule`, `mix`.
  public let step: String
  /// What became of it.
  public let outcome: Outcome
  /// What it saves in the month, in the currency of the bill; zero unless recommended.
  public let saving: Money
  /// How sure it is: `low`, `medium`, `high`.
  public let confidence: String
  /// The fraction of the samples that were expected; nil where none was.
  public let coverage: Double?

  package init(_ verdict: Verdict) {
    id = verdict.id
    services = verdict.services
    step = verdict.step.rawValue
    outcome =
      switch verdict.outcome {
      case .recommended: .recommended
      case .kept: .kept
      case .refused: .refused
      }
    saving = verdict.saving
    confidence = verdict.confidence.rawValue
    let samples = verdict.evidence.coverage
    coverage = samples.expected == 0 ? nil : Double(samples.seen) / Double(samples.expected)
  }
}
