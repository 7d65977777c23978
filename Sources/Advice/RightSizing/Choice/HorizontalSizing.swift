// Which type, and how many of it, carry what a service that scales out did.
//
// For each type the count that every interval of the history required (RequiredCount) is replayed as an autoscaler would
// follow it (CountReplay): whole instances, never fewer than two nor than the minimum, enough after the loss of a zone, and
// an interval late. So a few large instances pay for what they cannot give back, and many small ones for what each fills
// without load. A type's cost is its instance-hours and the surplus credits of burstable ones; what runs now is replayed by
// the same rule, so that only the type is compared. Rates and counts an instance hold whatever its type.
//
// Where sizes are chosen by their expected loss, a type loses its cost and, for each part of the time in which fewer instances
// run than carry the load without headroom, kappa times the cost of what runs, replayed alike.
//
// Of memory nobody sees what is load. The least that any instance filled is what it may fill without: a type is better only
// if it is so whether that is load, which the others must take over, or gone with the instance.

import Analysis
import Model

/// What a service that scales out did, ready to be asked about types.
struct HorizontalSizing: Sendable {
  let service: Service
  let current: InstanceSpecification
  let need: SizeNeed
  let context: AdviceContext
  let load: ServiceLoad
  /// What types are chosen by in place of their cost alone; nil for that.
  let risk: CapacityRisk?
  /// What intervals count where not all do alike: a type is chosen by its loss, and the fleet file says for how long.
  let weights: ReplayWeights?
  /// Demand while a type stays.
  let outlook: SizeOutlook
  /// Instances of each availability zone that it ran in.
  private let byZone: [[Int]]
  /// The most zones that it ran in at once.
  let zones: Int
  let idleMemoryGiB: Double?
  /// What all instances together used of the network, the greater direction, and of their volumes; those that are measured.
  let throughput: [(dimension: SizeDimension, demand: [Double?])]

  /// - Throws: ``DataError`` when a type that ran has no specification.
  init(
    _ service: Service, current: InstanceSpecification, need: SizeNeed, on grid: SampleGrid, risk: CapacityRisk? = nil,
    outlook: SizeOutlook = .unchanged, _ context: AdviceContext
  ) throws(DataError) {
    (self.risk, self.outlook) = (risk, outlook)
    let hold = risk == nil ? nil : context.rules.holdDays
    weights = hold.map {
      ReplayWeights(count: grid.count, holdIntervals: Double($0) * 86_400 / Double(grid.stepSeconds))
    }
    self.service = service
    self.current = current
    self.need = need
    self.context = context
    let runs = context.inventory[service.name].filter { $0.overlap(with: grid.period) != nil }
    load =
      grid == context.grid
      ? try context.load(of: service)
      : try ServiceLoad(
        service, runs: context.inventory[service.name], history: context.history, grid: grid,
        catalogue: context.catalogue)
    let byZone = Dictionary(grouping: runs, by: \.zone).values.map { runningCounts($0, on: grid) }
    self.byZone = byZone
    zones = (0..<grid.count).map { slot in byZone.count { $0[slot] > 0 } }.max() ?? 0
    var idle: Double?
    for part in need.memory.parts {
      let whole = try context.catalogue.specification(part.run.type).memoryGiB
      if let least = part.values.min() { idle = min(idle ?? .infinity, least / 100 * whole) }
    }
    idleMemoryGiB = need.memoryGiB == nil ? nil : idle
    func total(_ metric: Metric) throws(DataError) -> [Double?] {
      try totalOfInstances(metric, of: service.name, runs: runs, history: context.history, grid: grid)
    }
    var throughput: [(dimension: SizeDimension, demand: [Double?])] = []
    for dimension in [SizeDimension.network, .ebs, .iops] where need[dimension]?.amount != nil {
      let demand =
        switch dimension {
        case .network:
          zip(try total(.networkInMbps), try total(.networkOutMbps)).map { [$0, $1].compactMap(\.self).max() }
        case .ebs: try total(.ebsMbps)
        default: try total(.iops)
        }
      throughput.append((dimension, demand))
    }
    self.throughput = throughput
  }

  /// Why too little was seen of all dimensions at once; nil when enough was.
  func shortfall(_ own: HorizontalCandidate) -> CoverageShortfall? {
    let required = own.required
    let slots = required.perSlot.indices
    let coverage = Coverage(
      seen: slots.count { required.perSlot[$0] != nil }, expected: slots.count { load.running[$0] > 0 })
    return context.shortfall(coverage, of: .dimensions(required.dimensions.map(\.dimension)))
  }

  /// Every permitted type; where all of the book are, the best of those that no list names beside those it names.
  func choice(beside own: HorizontalCandidate) throws(DataError) -> SizeChoice<HorizontalCandidate> {
    let listed = try TypeOffer.listed(service, current: current, context).filter { $0.type != current.type }
    let candidates = [own] + listed.map { candidate($0, beside: own) }
    let choice = SizeChoice(own: own, candidates, need: need, notes: [zoneFigure(own)])
    let offers = TypeOffer.unlisted(service, current: current, need, context)
    return choice.beside(
      unlisted(better: choice.taken, own: own, among: offers), isPermitted: context.candidates(of: service).isBeyondList
    )
  }

  /// What runs.
  func own() throws(DataError) -> HorizontalCandidate {
    let offer = try TypeOffer.of(current.type, service, current: current, context)
    var own = candidate(offer, beside: nil)
    own.idleRank = idleRank(offer, beside: own.cost)
    own.grown = grown(offer)
    return own
  }

  /// The days that are replayed, where they are not the month's; nil for the month.
  var replayedDays: Int? {
    guard load.grid != context.grid else { return nil }
    let slots = load.grid.count - (load.peakVcpu.firstIndex { $0 != nil } ?? 0)
    return Int((Int64(slots) * load.grid.stepSeconds + 43_200) / 86_400)
  }

  /// What of the memory stays free, by headroom or reserved.
  var memoryReservePercent: Int { max(context.rules.memoryHeadroomPercent, service.reservedMemoryPercent ?? 0) }

  /// How often what ran would not have carried the load without the zone that most of it ran in.
  func zoneFigure(_ own: HorizontalCandidate) -> SizeFigure {
    guard zones > 1 else { return .zoneLoss(nil) }
    var risk = PerformanceRisk(stepSeconds: load.grid.stepSeconds)
    risk.add(
      own.required.bare.enumerated().map { slot, bare in
        bare.map { $0 > load.running[slot] - (byZone.map { $0[slot] }.max() ?? 0) }
      })
    return .zoneLoss(risk)
  }

  /// Never fewer run: what the fleet file says, and two, so that one may fail.
  var minimum: Int { max(service.minimum, min(2, service.maximum)) }

  /// - Parameter own: what runs; nil for itself.
  func candidate(_ offer: TypeOffer, beside own: HorizontalCandidate?) -> HorizontalCandidate {
    var candidate = replayed(offer, beside: own?.cost)
    if let own { judge(&candidate, beside: own) }
    return candidate
  }

  /// What a type would have run and cost, whatever speaks against it.
  /// - Parameter own: what that costs that runs; nil for itself.
  private func replayed(_ offer: TypeOffer, beside own: Money?) -> HorizontalCandidate {
    let required = RequiredCount(load, type: offer.specification, rules: context.rules, under: conditions(for: offer))
    return HorizontalCandidate(
      sizing: self, offer: offer, required: required, replay: replay(required), beside: own)
  }

  /// How many of a type the demand asks for at once that is expected, and for what; nil where none is expected to rise.
  private func grown(_ offer: TypeOffer) -> HorizontalCandidate.Grown? {
    guard let growth = outlook.figure else { return nil }
    let factor = DemandFactor(wholeNumber((growth.factor * 1_000_000).rounded()), 1_000_000)
    let required = RequiredCount(
      load, type: offer.specification, rules: context.rules, factor: factor, under: conditions(for: offer))
    return HorizontalCandidate.Grown(
      most: required.perSlot.lazy.compactMap(\.self).max() ?? 0, binding: required.binding, growth: growth)
  }

  /// Finds out what of memory speaks against a candidate beside what runs.
  private func judge(_ candidate: inout HorizontalCandidate, beside own: HorizontalCandidate) {
    if candidate.rank < own.rank, let least = own.idleRank, let rank = idleRank(candidate.offer, beside: own.cost) {
      candidate.isDoubtful = rank >= least
    }
    candidate.grown = grown(candidate.offer)
    candidate.isLessOfUnknown = need.isSaturated && candidate.hasLessCPU(than: own)
    let risk = candidate.memoryRisk
    candidate.lacksMemory =
      context.rules.memoryPercentile.map { risk.share > 1 - $0.double / 100 }
      ?? (risk.exceededSeconds > own.memoryRisk.exceededSeconds)
  }

  /// What a type would cost, as types are compared by, were what each fills without load gone with it; nil where there is
  /// nothing to tell apart.
  func idleRank(_ offer: TypeOffer, beside own: Money) -> Int128? {
    guard idleMemoryGiB != nil else { return nil }
    var conditions = conditions(for: offer)
    conditions.isIdleGone = true
    let required = RequiredCount(load, type: offer.specification, rules: context.rules, under: conditions)
    return HorizontalCandidate(
      sizing: self, offer: offer, required: required, replay: replay(required), beside: own
    ).rank
  }

  private func replay(_ required: RequiredCount) -> CountReplay {
    let step = load.grid.stepSeconds
    let scaleIn = service.scaling.scaleIn.map { $0.condition.leastSeconds(ofSamples: step) }.max() ?? 0
    return CountReplay(
      required: required.perSlot, minimum: minimum, maximum: nil,
      scaleInSlots: max(1, slots(scaleIn, step)), cooldownSlots: slots(service.scaling.cooldown.seconds, step))
  }

  private func slots(_ seconds: Int64, _ step: Int64) -> Int { Int((seconds + step - 1) / step) }

  private func conditions(for offer: TypeOffer) -> CountConditions {
    var conditions = CountConditions()
    conditions.speed = offer.speed
    conditions.minimum = minimum
    conditions.idleMemoryGiB = idleMemoryGiB
    conditions.zones = zones
    conditions.isMemoryKnown = need.memoryGiB != nil
    let headroom = context.rules.throughputHeadroomPercent ?? defaultThroughputHeadroomPercent
    conditions.others = throughput.compactMap { part in
      offer.specification.offer(part.dimension, to: service, speed: offer.speed).map { most in
        let dimension = CapacityDimension(
          part.dimension, perInstance: most * Double(100 - headroom) / 100, atMost: most)
        return (dimension, part.demand)
      }
    }
    return conditions
  }
}

extension HorizontalSizing {
  /// What surplus credits of a burstable type would cost, the load spread evenly: one account of the mean instance, charged
  /// for as many as run.
  /// - Parameter weights: of what is charged in each interval; nil for all alike.
  func surplus(of offer: TypeOffer, counts: [Int], weighing weights: [Double]? = nil) -> Money {
    guard let burst = offer.specification.burst, let price = burst.surplusPerVcpuHour, burst.mode != .standard else {
      return .zero
    }
    func weighed(_ charged: Int64, _ slot: Int) -> Int128 {
      let all = Int128(charged) * Int128(counts[slot])
      return weights.map { wholeNumber((Double(all) * $0[slot]).rounded()) } ?? all
    }
    var account = CreditAccount(burst)
    var charged: Int128 = 0
    for (slot, used) in meanVcpuOfEach(offer, counts).enumerated() {
      guard let used else { continue }
      let each = wholeMicroVcpus(used * 1_000_000)
      charged += weighed(account.run(seconds: load.grid.stepSeconds, using: each), slot)
    }
    if let last = counts.indices.last { charged += weighed(account.stop(), last) }
    return price.charge(for: charged, per: 3_600_000_000)
  }

  /// How often the mean instance of a type in standard mode would have been throttled; nil for others.
  func throttled(_ offer: TypeOffer, counts: [Int]) -> PerformanceRisk? {
    guard let burst = offer.specification.burst, burst.mode == .standard else { return nil }
    var risk = PerformanceRisk(stepSeconds: load.grid.stepSeconds)
    risk.add(
      burst.throttled(
        meanVcpuOfEach(offer, counts), vcpu: offer.specification.vcpu, stepSeconds: load.grid.stepSeconds))
    return risk
  }

  private func meanVcpuOfEach(_ offer: TypeOffer, _ counts: [Int]) -> [Double?] {
    zip(load.meanVcpu, counts).map { used, count in used.flatMap { count > 0 ? $0 / offer.speed / Double(count) : nil }
    }
  }

  /// Of the types of the book that no list names, the best that fit and are better than another: by the effort of moving
  /// there. Those whose bound says that they are not are left out before they are replayed.
  /// - Parameter own: what runs.
  func unlisted(
    better other: HorizontalCandidate, own: HorizontalCandidate, among offers: [TypeOffer]
  ) -> [HorizontalCandidate] {
    let bound = HorizontalCostBound(self)
    var best: [MigrationEffort: HorizontalCandidate] = [:]
    for (offer, bound) in offers.map({ ($0, bound($0)) }).sorted(by: { ($0.1, $0.0.type) < ($1.1, $1.0.type) }) {
      guard bound <= best[offer.effort]?.rank ?? other.rank else { continue }
      var candidate = replayed(offer, beside: own.cost)
      guard candidate.rank < other.rank, best[offer.effort].map({ candidate.isBetter(than: $0) }) ?? true else {
        continue
      }
      judge(&candidate, beside: own)
      if candidate.fits, candidate.doubt(beside: own, need) == nil { best[offer.effort] = candidate }
    }
    return MigrationEffort.allCases.compactMap { best[$0] }
  }
}
