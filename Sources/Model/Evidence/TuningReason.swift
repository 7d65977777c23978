/// Why another scaling of a service is proposed, or not.
package enum TuningReason: Hashable, Sendable {
  /// On the part of the record that nothing was learned on it was critical for so long, and might have been.
  case held(criticalSeconds: Int64, most: Int64)
  /// There it was critical for too long.
  case critical(seconds: Int64, most: Int64)
  /// There it left work undone that is done today.
  case unserved
  /// There it cost more than what is there today.
  case dearer
  /// Nothing that was tried is cheaper than what is there, and as seldom critical.
  case nothingCheaper
  /// Nothing that was tried is critical for no longer than that.
  case noneWithin(seconds: Int64)
  /// The fleet file has neither rules nor policies.
  case noPolicies
  /// Nothing adds or removes any of its instances.
  case doesNotScale(ScalingApproach)
  case nothingMeasured
  case tooFewDays(Int, required: Int)
  case shortfall(Coverage, requiredPercent: Int)
}

/// A figure behind another scaling.
package enum TuningFigure: Hashable, Sendable {
  /// What was learned on, and what it was played on then.
  case learned(Period)
  case judged(Period)
  /// How many scalings were tried.
  case tried(Int)
  case trial(TuningTrial)
}

/// What one scaling came to.
package struct TuningTrial: Hashable, Sendable {
  /// Whose it is.
  package enum Kind: Hashable, Sendable {
    case asRun, configured
    /// What others hold CPU at where nobody says otherwise, in percent.
    case usual(percent: Int)
    case tuned
  }

  package var kind: Kind
  /// True on what was learned on.
  package var isLearned: Bool
  package var instanceSeconds: Int128
  /// What the bill is lower by than it was; nil where that cannot be said.
  package var saving: Money?
  package var criticalSeconds: Int64
  /// How often capacity changed.
  package var events: Int

  package init(
    _ kind: Kind, isLearned: Bool, instanceSeconds: Int128, saving: Money?, criticalSeconds: Int64, events: Int
  ) {
    self.kind = kind
    self.isLearned = isLearned
    self.instanceSeconds = instanceSeconds
    self.saving = saving
    self.criticalSeconds = criticalSeconds
    self.events = events
  }
}
