/// A commitment and the price it was bought at.
package struct PricedCommitment: Hashable, Sendable {
  package var commitment: Commitment
  package var price: ReservedPrice
  /// True for one that advice adds: it counts as held from then on, whatever its dates.
  package var isPlanned = false
  /// The price that the book lacks, where it does: it covers what it covers, and what it costs is not known.
  package var missing: MissingPrice?

  package init(commitment: Commitment, price: ReservedPrice) {
    self.commitment = commitment
    self.price = price
  }

  /// One that the book has no price of.
  package init(commitment: Commitment, of kind: InstanceKind, without missing: MissingPrice) {
    let source = PriceSource(
      file: "none", origin: "no price", retrieved: commitment.started, published: commitment.started)
    self.commitment = commitment
    price = ReservedPrice(
      kind: kind, term: commitment.term, upfront: .zero, hourly: .zero,
      provenance: Provenance(effectiveFrom: commitment.started, quality: .derived, source: source))
    self.missing = missing
  }
}

/// What runs in a month and how it is bought: history as it was, or history as changed by advice or a what-if.
///
/// Every step of a study takes a plan and returns a plan; the bill engine prices any of them alike.
package struct FleetPlan: Hashable, Sendable {
  /// By service, each service's in the order that they were given.
  private var runsByService: [String: [InstanceRun]]
  package var commitments: [PricedCommitment]
  package var savingsPlans: [HeldSavingsPlan]
  /// What list prices are taken to be lower by than they are, beside what is negotiated; nil for nothing.
  package var priceCuts: PriceCuts?
  /// Services that are given up: nothing is charged under their names.
  package var droppedServices: Set<String> = []
  /// Actions by the clock that changes gave services in place of those of the fleet file, by name.
  package var recurring: [String: [CapacityAction]] = [:]
  /// Where what is charged beside instances is bought; nil for the fleet's region.
  package var chargeRegion: String?
  /// Percent of all users by type; nil for users as they were.
  package var userMix: [String: Int]?
  /// Where services have moved, by name.
  private var movedTo: [String: String] = [:]
  /// How tokens and seats would be used and bought beside how they were.
  package var tokens = TokenPlan()
  /// Demand relative to history; scales metered amounts and load.
  package var demand: Demand
  /// Services whose instances are not history's: their load is spread evenly over the planned ones.
  package var changedServices: Set<String>

  package init(
    runs: [InstanceRun], commitments: [PricedCommitment] = [], savingsPlans: [HeldSavingsPlan] = [],
    demand: Demand = .asMeasured, changedServices: Set<String> = []
  ) {
    runsByService = Dictionary(grouping: runs, by: \.service)
    self.commitments = commitments
    self.savingsPlans = savingsPlans
    self.demand = demand
    self.changedServices = changedServices
  }

  /// All runs, service by service, by name.
  package var runs: [InstanceRun] { services.flatMap { runsByService[$0] ?? [] } }

  /// The services that have a run, by name.
  package var services: [String] { runsByService.keys.sorted() }

  package func runs(of service: String) -> [InstanceRun] { runsByService[service] ?? [] }

  /// Replaces the runs of one service.
  package mutating func setRuns(_ new: [InstanceRun], of service: String) {
    runsByService[service] = new.isEmpty ? nil : new
    changedServices.insert(service)
  }

  /// Ends the runs of a resource at a moment, in their place; those that start later are taken away.
  /// - Returns: false where the service has none of that name; the plan is then as it was.
  package mutating func stop(_ resource: String, of service: String, from moment: Instant) -> Bool {
    guard var runs = runsByService.removeValue(forKey: service) else { return false }
    // Only its own runs are touched: of thousands of instances thousands may be stopped, one after another.
    let own = runs.indices.filter { runs[$0].resource == resource }
    for index in own.reversed() {
      if runs[index].started >= moment {
        runs.remove(at: index)
      } else {
        runs[index].stopped = runs[index].stopped.map { min($0, moment) } ?? moment
      }
    }
    if !own.isEmpty { changedServices.insert(service) }
    runsByService[service] = runs.isEmpty ? nil : runs
    return !own.isEmpty
  }

  /// Moves a service to another instance type.
  package mutating func setType(_ type: String, of service: Service) {
    setRuns(
      runs(of: service.name).map { run in
        guard service.resource == nil || service.resource == run.resource else { return run }
        var run = run
        run.type = type
        return run
      }, of: service.name)
  }

  /// Moves a service to another region.
  package mutating func move(_ service: String, to region: String, in places: some Places) {
    movedTo[service] = region
    setRuns(
      runs(of: service).map { run in
        var run = run
        run.zone = places.zone(run.zone, in: region)
        run.region = run.region == nil ? nil : region
        return run
      }, of: service)
  }

  /// The region that a service has moved to; nil for one that is where it was.
  package func newRegion(of service: String) -> String? { movedTo[service] }

  /// The runs of a service, or of the one instance that it speaks of.
  package func runs(of service: Service) -> [InstanceRun] {
    let all = runs(of: service.name)
    return service.resource.map { resource in all.filter { $0.resource == resource } } ?? all
  }
}

extension FleetPlan {
  /// Buys so many of a service's instances as spot in each slot; the rest stay as they are.
  package mutating func setSpot(_ counts: [Int], of service: String, on grid: SampleGrid) {
    let runs = runs(of: service)
    guard var template = runs.first else { return }
    let running = runningCounts(runs, on: grid)
    let base = reshaped(runs, to: zip(running, counts).map { $0 - $1 }, on: grid, template: template)
    template.lifecycle = .spot
    template.resource = "\(service)-spot"
    setRuns(base + reshaped([], to: counts, on: grid, template: template), of: service)
  }

  /// Runs so many instances of a service in each slot; more than it has are copies of its first one, named after it.
  /// - Parameter type: of the copies; nil for that of the first.
  package mutating func setCounts(
    _ counts: [Int], of service: String, on grid: SampleGrid, type: String? = nil, naming suffix: String
  ) {
    let runs = runs(of: service)
    guard var template = runs.first, counts != runningCounts(runs, on: grid) else { return }
    template.type = type ?? template.type
    template.resource = "\(service)-\(suffix)"
    setRuns(reshaped(runs, to: counts, on: grid, template: template), of: service)
  }
}
