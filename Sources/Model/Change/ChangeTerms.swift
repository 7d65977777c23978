/// What a change asks of whoever makes it: work, a risk, a signature.
package struct ChangeTerms: Hashable, Sendable {
  package var effort: ChangeEffort
  package var risk: ChangeRisk
  /// What is signed; nil for a change that commits to nothing.
  package var signed: SignedCommitment?
  /// The share of the period in which it has an effect, above 0 and at most 1.
  package var activeShare = 1.0

  package init(_ effort: ChangeEffort, _ risk: ChangeRisk, signed: SignedCommitment? = nil) {
    self.effort = effort
    self.risk = risk
    self.signed = signed
  }
}

/// The work that a change takes, the least first.
package enum ChangeEffort: Int, Comparable, Sendable {
  /// Nothing that runs is touched.
  case purchase
  /// A setting is changed.
  case configuration
  /// Instances are replaced one after the other while the rest serve.
  case rollingReplacement
  /// What holds data is restarted on another instance.
  case restart
  /// Software is built anew for another architecture.
  case rebuild

  package static func < (a: ChangeEffort, b: ChangeEffort) -> Bool { a.rawValue < b.rawValue }
}

/// What may go wrong with a change.
package struct ChangeRisk: Hashable, Sendable {
  package enum Level: Int, Comparable, Sendable {
    case low, medium, high
    package static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }
  package enum Reason: Hashable, Sendable {
    /// A step that can be taken back within minutes.
    case reversible
    /// What holds data is out of service while it moves.
    case restartOfData
    /// Another family or architecture may behave differently.
    case otherHardware
    /// A peak above those of the history finds too few instances.
    case higherPeaks
    /// It is paid for until its last day even if nothing runs.
    case paidWhateverRuns
    /// Capacity is taken back at short notice.
    case interruptions
    /// What reports nothing may still serve.
    case mayStillServe
    /// What is answered may be worth less.
    case otherAnswers
    /// Whoever asks waits up to a day.
    case laterAnswers
  }
  package var level: Level
  package var reason: Reason

  package init(_ level: Level, _ reason: Reason) {
    self.level = level
    self.reason = reason
  }
}

/// A commitment as it is signed.
package struct SignedCommitment: Hashable, Sendable {
  /// Paid at once, in USD.
  package var upfront: Money
  /// Paid for every hour of the term, in USD.
  package var hourly: Money
  /// Both, spread over the hours of the term, in USD.
  package var effectiveHourly: Money
  /// The last day of the term, if it is signed on the date of the advice.
  package var lastDay: CivilDate
  /// The family of types that it pays for; nil where it pays for any, and for several together.
  package var family: String?

  package init(upfront: Money, hourly: Money, effectiveHourly: Money, lastDay: CivilDate, family: String?) {
    self.upfront = upfront
    self.hourly = hourly
    self.effectiveHourly = effectiveHourly
    self.lastDay = lastDay
    self.family = family
  }

  /// Both together, until the later of the two ends.
  package static func + (a: SignedCommitment, b: SignedCommitment) -> SignedCommitment {
    SignedCommitment(
      upfront: a.upfront + b.upfront, hourly: a.hourly + b.hourly,
      effectiveHourly: a.effectiveHourly + b.effectiveHourly, lastDay: max(a.lastDay, b.lastDay),
      family: a.family == b.family ? a.family : nil)
  }
}

extension ChangeContext {
  /// The last day of a term of years of 365 days that is signed on the date of the advice.
  func lastDay(ofYears years: Int) -> CivilDate {
    clock.date(at: asOf.advanced(by: Int64(years) * 31_536_000))
  }
}
