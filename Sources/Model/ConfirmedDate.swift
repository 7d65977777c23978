extension Provenance {
  /// The date to which a price's age is counted back: from when on it is known to hold.
  ///
  /// That is the day it took effect; what keeps a price current without changing it is not recorded.
  package var confirmed: Instant { effectiveFrom }
}
