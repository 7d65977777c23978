extension Provenance {
  /// The last moment at which the price is known to have held by its source's word; what staleness is judged by.
  package var confirmed: Instant { max(effectiveFrom, source.published ?? effectiveFrom) }
}
