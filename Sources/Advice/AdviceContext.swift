import Analysis
import Model

#if canImport(Synchronization)
  import Synchronization
#endif

/// Everything an adviser may look at; history and rules, never a clock. One for all of a study, which nothing changes.
package final class AdviceContext: Sendable {
  package let fleet: Fleet
  package let catalogue: Catalogue
  package let history: History
  /// What was measured for as long as the store has it: what tuning learns on.
  package let record: History
  package let inventory: RunsByService
  package let engine: BillingEngine
  package let grid: SampleGrid
  /// What sizes are judged by: the fleet file's last days up to the period's end, or the period.
  package let lookback: SampleGrid
  package let clock: LocalClock
  /// The date on which advice is given: what would be bought is priced as of it, and the age of prices counts to it.
  package let asOf: Instant
  /// What each service did in the period.
  private let loads: ServiceLoads
  /// By service, where its instances ran in the period, and what ran on them.
  private let places, engines: [String: [String]]
  let unlistedOffers = UnlistedOffers()
  let latestNeeds = LatestNeeds()
  let sizeOutlooks = SizeOutlooks()
  let judgedBills = JudgedBills()
  /// As they were counted, and with what each was measured to cause.
  private let knownUsers = Mutex<(counted: UserCounts?, learned: UserCounts?)>((nil, nil))

  /// - Parameter record: nil for what the bill is made from.
  package init(
    engine: BillingEngine, grid: SampleGrid, clock: LocalClock, asOf: Instant? = nil, record: History? = nil
  ) {
    self.record = record ?? engine.history
    fleet = engine.fleet
    catalogue = engine.catalogue
    history = engine.history
    inventory = engine.inventory
    self.grid = grid
    let days = fleet.review.lookbackDays
    lookback = days.map { SampleGrid(lastDays: $0, of: grid) } ?? grid
    self.clock = clock
    // The last second of the period: a price from the next day on is not yet in force.
    self.asOf = asOf ?? grid.period.end.advanced(by: -1)
    loads = ServiceLoads(inventory: inventory, history: history, catalogue: catalogue, grid: grid)
    var engine = engine
    engine.loads = loads
    places = engine.places(of: fleet.services.map(\.name), in: grid.period)
    engines = engine.engines(of: fleet.services.map(\.name), in: grid.period)
    self.engine = engine
  }

  package var period: Period { grid.period }

  /// What a service did in the period.
  /// - Throws: ``DataError`` when a type that ran has no specification, or the samples cannot be read.
  package func load(of service: Service) throws(DataError) -> ServiceLoad { try loads.load(of: service) }
  package var rules: ReviewRules { fleet.review }

  /// The concurrent users of the period, as they were measured: for those who ask only how many there were.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package func userCounts() throws(DataError) -> UserCounts {
    if let users = knownUsers.withLock({ $0.counted }) { return users }
    let users = try UserCounts(fleet: fleet, history: history, grid: grid)
    knownUsers.withLock { $0.counted = users }
    return users
  }

  /// The same with what each was measured to cause, which takes reading those loads.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package func users() throws(DataError) -> UserCounts {
    if let users = knownUsers.withLock({ $0.learned }) { return users }
    var users = try userCounts()
    users.learn(try UserLoad.all(users, of: fleet, history: history, grid: grid))
    knownUsers.withLock { [users] in $0.learned = users }
    return users
  }

  /// True for a type without a price or specification, where it is allowed to leave that out.
  func isLeftOut(_ type: String, of service: Service) -> Bool {
    engine.allowsUnpriced
      && (catalogue.onDemandIfKnown(kind(type, of: service), at: period.start) == nil
        || catalogue.specificationIfKnown(type) == nil)
  }

  /// True where a reservation of one kind may cover an instance of another.
  func covers(_ held: InstanceKind, _ kind: InstanceKind) -> Bool {
    SharingGroup(held, by: cloud) == SharingGroup(kind, by: cloud)
  }

  /// The type that runs most instance-seconds of a service in a plan; nil when nothing runs in the period.
  package func mainType(of service: String, in plan: FleetPlan) -> String? {
    mainType(plan.runs(of: service), in: period)
  }

  /// The same for the one instance that a service speaks of.
  package func mainType(of service: Service, in plan: FleetPlan) -> String? {
    mainType(plan.runs(of: service), in: period)
  }

  private func mainType(_ runs: [InstanceRun], in period: Period) -> String? { byTime(runs, in: period).first?.type }

  /// The types that run in a period, those of most instance-seconds first, of equal ones by name.
  private func byTime(_ runs: [InstanceRun], in period: Period) -> [TypeHours] {
    runs.seconds(in: period, by: \.type).map { TypeHours($0.word, seconds: $0.seconds) }
  }

  /// The types that run of a service in a plan, those of most instance-seconds first.
  package func types(of service: String, in plan: FleetPlan) -> [TypeHours] {
    byTime(plan.runs(of: service), in: period)
  }

  /// The type that runs most instance-seconds of a service in the last day of the period in which it ran; nil when it did
  /// not.
  package func latestType(of service: Service, in plan: FleetPlan) -> String? {
    let runs = plan.runs(of: service)
    guard let last = runs.compactMap({ $0.overlap(with: period)?.end }).max() else { return nil }
    let day = Period(start: last.advanced(by: -86_400), end: last)
    return mainType(runs, in: Period(start: max(day.start, period.start), end: last))
  }

  /// What a type is priced as where a service's instances run; where they run in several places, or different things on
  /// them, where and on what most of their time was spent.
  package func kind(_ type: String, of service: Service) -> InstanceKind {
    var kind = fleet.kind(type, of: service.name, in: places(of: service).first)
    if let engine = engines(of: service).first { kind.engine = engine }
    return kind
  }

  /// Where a service's instances ran in the period, as the price book calls it: where most of their time was spent first.
  package func places(of service: Service) -> [String] { own(places[service.name], of: service) { $0.region } }

  /// What ran on a service's instances in the period, as the price book calls it: what most of their time was spent on
  /// first.
  package func engines(of service: Service) -> [String] { own(engines[service.name], of: service) { $0.engine } }

  /// What of a service's words is of the one instance that it speaks of; all where it speaks of none.
  private func own(_ all: [String]?, of service: Service, _ word: (InstanceKind) -> String) -> [String] {
    guard let all, service.resource != nil, all.count > 1 else { return all ?? [] }
    let own = inventory.of(service).filter { $0.overlap(with: period) != nil }.map { word(engine.kind($0)) }
    return all.filter(own.contains)
  }

  /// The instances of a service that do not share their work, where several ran in the period: each as a service of its own,
  /// by name. None of any other service.
  func separateInstances(of service: Service, in plan: FleetPlan) -> [Service] {
    guard service.approach == .single, service.resource == nil else { return [] }
    let ran = plan.runs(of: service.name).filter { $0.overlap(with: period) != nil }
    let resources = Set(ran.map(\.resource)).sorted()
    return resources.count > 1 ? resources.map { service.unit($0) } : []
  }

  /// The types that a service runs on in a plan and of which the book does not say what they offer, by name.
  package func unspecifiedTypes(of service: Service, in plan: FleetPlan) -> [String] {
    let runs = plan.runs(of: service).filter { $0.overlap(with: period) != nil }
    return Set(runs.map(\.type)).filter { catalogue.specificationIfKnown($0) == nil }.sorted()
  }

  /// Why this coverage does not carry a judgement; nil when it does.
  /// - Parameters:
  ///   - seconds: how long anything was measured at all; nil when coverage counts each interval once.
  ///   - lastDays: the days before the end in which those were looked for; nil for all.
  package func shortfall(
    _ coverage: Coverage, seconds: Int64? = nil, lastDays: Int? = nil, of subject: CoverageShortfall.Subject
  ) -> CoverageShortfall? {
    if coverage.seen == 0 { return CoverageShortfall(subject, .unmeasured) }
    let hours = (seconds ?? Int64(coverage.seen) * grid.stepSeconds) / 3600
    if hours < Int64(rules.minimumHours) {
      return CoverageShortfall(subject, .hours(hours, required: rules.minimumHours, lastDays: lastDays))
    }
    if coverage.permille < rules.requiredCoveragePercent * 10 {
      return CoverageShortfall(subject, .share(coverage, requiredPercent: rules.requiredCoveragePercent))
    }
    return nil
  }
}
