import Model

extension [PricedCommitment] {
  /// Those that are held at a moment, what is only planned too, each held for as long as a period that starts then lasts.
  package func held(at moment: Instant, from start: Instant) -> [PricedCommitment] {
    filter { $0.isPlanned || $0.commitment.period.contains(moment) }.map { $0.held(from: start) }
  }
}

extension [HeldSavingsPlan] {
  /// The same of savings plans.
  package func held(at moment: Instant, from start: Instant) -> [HeldSavingsPlan] {
    filter { $0.isPlanned || $0.period.contains(moment) }.map { $0.held(from: start) }
  }
}

extension PricedCommitment {
  /// The same, held for as long as a period that starts then lasts.
  fileprivate func held(from start: Instant) -> PricedCommitment {
    var copy = self
    copy.commitment.started = start
    copy.commitment.ended = nil
    return copy
  }
}

extension HeldSavingsPlan {
  /// The same, held for as long as a period that starts then lasts.
  fileprivate func held(from start: Instant) -> HeldSavingsPlan {
    var copy = self
    copy.started = start
    copy.ended = nil
    return copy
  }
}
