/// How the capacity of an instance is bought when no commitment covers it.
package enum Lifecycle: String, Sendable, CaseIterable { case onDemand = "on-demand", spot }

/// An instance and the time it ran.
package struct InstanceRun: Hashable, Sendable {
  package var service: String
  package var resource: String
  package var type: String
  package var zone: String
  package var lifecycle: Lifecycle
  package var started: Instant
  /// nil while it runs.
  package var stopped: Instant?

  package init(
    service: String, resource: String, type: String, zone: String, lifecycle: Lifecycle,
    started: Instant, stopped: Instant?
  ) {
    self.service = service
    self.resource = resource
    self.type = type
    self.zone = zone
    self.lifecycle = lifecycle
    self.started = started
    self.stopped = stopped
  }

  /// The part of a period it ran in, nil when none.
  package func overlap(with period: Period) -> Period? {
    let end = stopped.map { min($0, period.end) } ?? period.end
    let start = max(started, period.start)
    return start < end ? Period(start: start, end: end) : nil
  }
}

/// A reservation that is held.
package struct Commitment: Hashable, Sendable {
  package var id: String
  /// The service it was bought for; the discount itself applies to every matching instance.
  package var service: String
  package var type: String
  package var count: Int
  package var term: OfferTerm
  package var started: Instant

  package init(
    id: String, service: String, type: String, count: Int, term: OfferTerm, started: Instant
  ) {
    self.id = id
    self.service = service
    self.type = type
    self.count = count
    self.term = term
    self.started = started
  }

  /// One or three years of 365 days, as AWS counts a term (31,536,000 seconds a year).
  package var period: Period {
    Period(start: started, end: started.advanced(by: Int64(term.years) * 31_536_000))
  }
}
