/// How the capacity of an instance is bought when no commitment covers it.
package enum Lifecycle: String, Sendable, CaseIterable { case onDemand = "on-demand", spot }

/// What its owner wrote on a resource: a key and its value.
package struct ResourceTag: Hashable, Sendable, Comparable {
  package var key, value: String

  package init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }

  package static func < (a: ResourceTag, b: ResourceTag) -> Bool { (a.key, a.value) < (b.key, b.value) }
}

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
  /// What runs on it, as the price book calls it; nil for what its service runs.
  package var engine: String?
  /// Whose it is, as the provider numbers its accounts; nil where nobody said.
  package var account: String?
  /// The region it ran in, where its zone does not name one; nil where nobody said.
  package var region: String?
  /// Sorted by key, each key once.
  package var tags: [ResourceTag]

  package init(
    service: String, resource: String, type: String, zone: String, lifecycle: Lifecycle,
    started: Instant, stopped: Instant?, engine: String? = nil, account: String? = nil, region: String? = nil,
    tags: [ResourceTag] = []
  ) {
    self.service = service
    self.resource = resource
    self.type = type
    self.zone = zone
    self.lifecycle = lifecycle
    self.started = started
    self.stopped = stopped
    self.engine = engine
    self.account = account
    self.region = region
    self.tags = tags
  }

  /// The value of a tag; nil where it has none of that key.
  package func tag(_ key: String) -> String? { tags.first { $0.key == key }?.value }

  /// The part of a period it ran in, nil when none.
  package func overlap(with period: Period) -> Period? {
    let end = stopped.map { min($0, period.end) } ?? period.end
    let start = max(started, period.start)
    return start < end ? Period(start: start, end: end) : nil
  }
}

/// A reservation that is held.
package struct Commitment: Hashable, Sendable {
  /// The service of a reservation that was bought for none in particular: it covers what it can, and what nobody uses
  /// of it is shared by all.
  package static let unassigned = "unassigned"

  package var id: String
  /// The service it was bought for; the discount itself applies to every matching instance.
  package var service: String
  package var type: String
  package var count: Int
  package var term: OfferTerm
  package var started: Instant
  /// The region it holds in; nil for the zone's, and for the fleet's where that is not known either.
  package var region: String?
  /// When it was bought, where that was before it started: one that was modified goes on as another, for which nothing
  /// is paid upfront again; nil for one that was bought at its start.
  package var bought: Instant?
  /// The availability zone of a zonal reservation; nil for one of the region, and where nobody said.
  package var zone: String?
  /// What runs on the instances; nil for what the service runs.
  package var engine: String?
  /// What its owner pays; nil for what the price book says of its term.
  package var paid: PaidPrice?
  /// When it ended before its term did; nil otherwise.
  package var ended: Instant?
  /// The account that it is of, as the provider numbers them; nil where nobody said.
  package var account: String?

  package init(
    id: String, service: String, type: String, count: Int, term: OfferTerm, started: Instant, region: String? = nil,
    zone: String? = nil, engine: String? = nil, paid: PaidPrice? = nil, ended: Instant? = nil, bought: Instant? = nil,
    account: String? = nil
  ) {
    self.id = id
    self.service = service
    self.type = type
    self.count = count
    self.term = term
    self.started = started
    self.region = region
    self.bought = bought
    self.zone = zone
    self.engine = engine
    self.paid = paid
    self.ended = ended
    self.account = account
  }

  /// One or three years of 365 days (31,536,000 seconds a year), or less when it ended early.
  package var period: Period { heldPeriod(from: started, years: term.years, ended: ended) }

  /// The moment whose prices it is paid at, and its fee upfront is paid.
  package var purchase: Instant { bought ?? started }
}

/// What the owner of a reservation pays for each of its instances, by the provider's word.
package struct PaidPrice: Hashable, Sendable {
  package var upfront: Money
  /// For every hour of the term.
  package var hourly: Money
  /// The file that says so, as it was called when it was imported.
  package var file: String

  package init(upfront: Money, hourly: Money, file: String) {
    self.upfront = upfront
    self.hourly = hourly
    self.file = file
  }
}

/// A savings plan that is held: so much an hour is paid, whatever runs.
package struct HeldSavingsPlan: Hashable, Sendable {
  package var id: String
  package var term: SavingsPlanTerm
  /// The family and the region that a plan of a family is bound to; nil for a compute plan.
  package var family, region: String?
  /// The commitment for an hour.
  package var hourly: Money
  /// The part of the commitment of the whole term that was paid at the start.
  package var upfront: Money
  package var started: Instant
  /// When it ended before its term did; nil otherwise.
  package var ended: Instant?
  /// True for one that advice adds: it counts as held from then on, whatever its dates.
  package var isPlanned = false
  /// The service that a planned one is bought for; nil for none in particular.
  package var service: String?
  /// The account that it is of, as the provider numbers them; nil where nobody said.
  package var account: String?

  package init(
    id: String, term: SavingsPlanTerm, family: String? = nil, region: String? = nil, hourly: Money,
    upfront: Money = .zero, started: Instant, ended: Instant? = nil, account: String? = nil
  ) {
    self.id = id
    self.term = term
    self.family = family
    self.region = region
    self.hourly = hourly
    self.upfront = upfront
    self.started = started
    self.ended = ended
    self.account = account
  }

  /// One or three years of 365 days, or less when it ended early.
  package var period: Period { heldPeriod(from: started, years: term.years, ended: ended) }
}

private func heldPeriod(from start: Instant, years: Int, ended: Instant?) -> Period {
  let end = start.advanced(by: Int64(years) * 31_536_000)
  return Period(start: start, end: max(start, min(end, ended ?? end)))
}

extension [InstanceRun] {
  /// How many instance-seconds of a period runs have by a word of theirs, such as their type: the most first, of equal ones
  /// by the word. A word of which nothing ran is not there.
  package func seconds(in period: Period, by word: (InstanceRun) -> String) -> [(word: String, seconds: Int64)] {
    var seconds: [String: Int64] = [:]
    for run in self {
      if let overlap = run.overlap(with: period) { seconds[word(run), default: 0] += overlap.seconds }
    }
    return seconds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}
