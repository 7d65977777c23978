// Which type carries what one instance needs: a database, a cache, a fixed instance.
//
// A type fits when it offers the need in every dimension; a burstable one only when the mean use stays within its credit
// baseline, since beyond it the credits run out. Of those that fit the cheapest is taken, with what the effort of moving
// there is worth on its price. Where a risk is set, CPU has no line to keep: the type of the least expected loss is taken
// (CapacityRule.swift), over the futures of demand while it stays. What is moved to must carry the growth that is expected,
// and has no less CPU than what was used up. A cluster may also have another number of nodes, among which its load is divided.

import Analysis
import Model
import Solvers

/// What a service that scales up needs, ready to be asked about types.
struct VerticalSizing: Sendable {
  let service: Service
  let need: SizeNeed
  let use: [InstanceUse]
  let context: AdviceContext
  let current: InstanceSpecification
  /// The most nodes that ran at once.
  let nodes: Int
  /// What sizes are chosen by in place of a line that CPU must keep; nil for that line.
  let risk: CapacityRisk?
  /// Demand while a size stays.
  let outlook: SizeOutlook
  /// Of each node, where a risk is set.
  private let capacityRules: [CapacityRule]
  private let ownHourly: Money

  init(
    _ service: Service, current: InstanceSpecification, need: SizeNeed, use: [InstanceUse], nodes: Int,
    risk: CapacityRisk?, outlook: SizeOutlook = .unchanged, _ context: AdviceContext
  ) throws(DataError) {
    self.service = service
    self.risk = risk
    self.outlook = outlook
    self.current = current
    self.need = need
    self.use = use
    self.nodes = nodes
    self.context = context
    ownHourly = try context.catalogue.onDemand(context.kind(current.type, of: service), at: context.period.start).hourly
    capacityRules = risk == nil ? [] : try need.capacityRules(current: current.type, context)
  }

  /// Every permitted type and number of nodes; in place of a list, all types of the book.
  func choice() throws(DataError) -> SizeChoice<VerticalCandidate> {
    let choice = try permitted()
    guard !isOpen else { return choice }
    let taken = choice.taken
    let most = price(of: taken.rank) / Int128(max(1, taken.count)) + 1
    let unlisted = TypeOffer.unlisted(service, current: current, need, context, below: most)
    let better = unlisted.filter { rank($0, nodes: taken.count) < taken.rank }.map {
      candidate($0, nodes: taken.count)
    }.filter {
      $0.fits && $0.doubt(beside: choice.own, need) == nil
    }
    let best = MigrationEffort.allCases.compactMap { effort in
      better.filter { $0.offer.effort == effort }.min { $0.isBetter(than: $1) }
    }
    return choice.beside(best, isPermitted: false)
  }

  /// True when types of the book are permitted that the service does not list.
  private var isOpen: Bool { context.candidates(of: service).isBeyondList }

  private func permitted() throws(DataError) -> SizeChoice<VerticalCandidate> {
    var offers = try TypeOffer.listed(service, current: current, context)
    if isOpen { offers += TypeOffer.unlisted(service, current: current, need, context) }
    let candidates = offers.flatMap { offer in counts.map { candidate(offer, nodes: $0) } }
    let own = candidates.first { $0.type == current.type && $0.count == nodes }!
    return SizeChoice(own: own, candidates, need: need)
  }

  /// The best permitted candidate that carries the need with no fewer nodes than another has, and with no less of what is
  /// not measured; nil when none does.
  func carrying(beside own: VerticalCandidate) throws(DataError) -> VerticalCandidate? {
    try permitted().candidates.first { $0.fits && $0.count >= own.count && $0.doubt(beside: own, need) == nil }
  }

  /// The numbers of nodes it may run on.
  private var counts: [Int] {
    guard let cluster = service.cluster else { return [nodes] }
    let fewest = max(cluster.initialNodes, service.minimum)
    return fewest > cluster.maximumNodes ? [nodes] : Set(fewest...cluster.maximumNodes).union([nodes]).sorted()
  }

  func candidate(_ offer: TypeOffer, nodes count: Int) -> VerticalCandidate {
    VerticalCandidate(
      sizing: self, offer: offer, count: count, cost: cost(offer, nodes: count), rank: rank(offer, nodes: count))
  }

  private func cost(_ offer: TypeOffer, nodes count: Int) -> Money {
    offer.hourly.charge(for: Int128(count), per: 1)
  }

  /// What candidates are ordered by: the expected loss where a risk is set, else what they cost.
  private func rank(_ offer: TypeOffer, nodes count: Int) -> Int128 {
    let cost = cost(offer, nodes: count)
    return loss(offer, count, cost) ?? offer.weighted(cost)
  }

  /// In billionths of a percent of what runs; nil without a risk.
  private func loss(_ offer: TypeOffer, _ count: Int, _ cost: Money) -> Int128? {
    guard let risk, ownHourly > .zero, let share = expectedShare(offer, nodes: count) else { return nil }
    let percent = Double(offer.weighted(cost)) / ownNanoDollars
    return wholeNumber(((percent + risk.kappa * 100 * share) * 1e9).rounded())
  }

  /// What something of a rank costs at most, ``TypeOffer/weighted(_:)``: an expected loss is no less than the cost.
  private func price(of rank: Int128) -> Int128 {
    risk == nil || ownHourly <= .zero ? rank : wholeNumber((Double(rank) / 1e9 * ownNanoDollars).rounded(.up))
  }

  /// Of an hour of what runs.
  private var ownNanoDollars: Double { Double(ownHourly.nanoDollars) * Double(nodes) }

  /// The share of intervals ahead in which its vCPUs are expected to be too few, in the mean of the futures; of several
  /// nodes the largest; nil without a risk.
  func expectedShare(_ offer: TypeOffer, nodes count: Int) -> Double? {
    let capacity = Double(offer.specification.vcpu) * offer.speed * Double(count) / Double(nodes)
    return capacityRules.map { rule in
      outlook.factors.reduce(0.0) { $0 + rule.expectedShare(above: capacity / $1) } / Double(outlook.factors.count)
    }.max()
  }
}
