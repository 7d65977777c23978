import Model

extension PricedCommitment {
  /// The same, held for as long as a period that starts then lasts.
  package func held(from start: Instant) -> PricedCommitment {
    var copy = self
    copy.commitment.started = start
    copy.commitment.ended = nil
    return copy
  }
}

extension HeldSavingsPlan {
  /// The same, held for as long as a period that starts then lasts.
  package func held(from start: Instant) -> HeldSavingsPlan {
    var copy = self
    copy.started = start
    copy.ended = nil
    return copy
  }
}
