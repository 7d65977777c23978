import Advice
import Analysis
import Model

extension CapacityAnswer {
  /// - Throws: ``DataError`` as ``Workspace/capacity(month:_:)`` does.
  package init(_ study: Study, _ question: CapacityQuestion) throws(DataError) {
    let capacity = try CapacityStudy(study, mix: question.mix)
    let sizes = try capacity.sizes(Set(question.users).sorted())
    let backtests = question.isBacktested ? try capacity.backtests() : (judged: [], unjudged: [])
    let sum = question.mix.reduce(0) { $0 + $1.share }
    self.init(
      scope: MonthScope(study), isShapeMeasured: capacity.peak != nil, measuredPeak: capacity.peak,
      peakToMean: capacity.peakToMean,
      mix: question.mix.map { ($0.type, Double($0.share) / Double(max(1, sum))) }, mixSum: sum,
      userTypes: study.fleet.userTypes, userLoads: question.mix.isEmpty ? [] : capacity.userLoads,
      sizes: sizes.sizes,
      milestones: capacity.models.map { capacity.milestones($0) },
      limits: try capacity.limits(sizes.sizes.map(\.users)), comparisons: capacity.comparisons(),
      regions: try question.regions.map { regions throws(DataError) in
        try capacity.regional(sizes.sizes.map(\.users), regions)
      } ?? [], databases: question.regions?.databases, latencies: try capacity.latencies(),
      backtests: backtests.judged, unjudged: backtests.unjudged,
      percentile: study.context.rules.capacityPercentile ?? defaultCapacityPercentile, unknown: capacity.unknown,
      missingPrices: sizes.missing, currency: sizes.currency)
  }
}

extension CapacityStudy {
  fileprivate func sizes(
    _ users: [Int]
  ) throws(DataError) -> (sizes: [CapacityAnswer.Size], missing: [MissingPrice], currency: BillCurrency) {
    var sizes: [CapacityAnswer.Size] = []
    var missing: [MissingPrice] = []
    var currency = BillCurrency.usDollar
    for count in users {
      let plans = models.map { model in (model: model, plan: model.plan(users: Double(count))) }
      let parts = plans.compactMap { part in
        part.plan.map { (service: part.model.service, plan: $0, counts: counts($0, part.model, users: count)) }
      }
      let instances = try bill(parts)
      let metered = try metered(users: count)
      missing = MissingPrice.sorted(instances.missingPrices + metered.missingPrices)
      currency = instances.currency
      let before = sizes.last
      let components = plans.map { part -> CapacityAnswer.Component in
        let service = part.model.service
        let last = before?.components.first { $0.service == service.name }?.plan
        let isMoved = last.map { last in part.plan.map { $0.type.name != last.type.name } ?? false } ?? false
        return CapacityAnswer.Component(
          service: service.name, source: part.model.source, plan: part.plan,
          fewest: parts.first { $0.service.name == service.name }?.counts.min() ?? 0,
          cost: instances.total(of: service.name), maximum: service.maximum,
          leavesRegion: (part.plan?.count ?? 0) > service.regionMaximum, isMoved: isMoved)
      }
      sizes.append(
        CapacityAnswer.Size(
          users: count, components: components, metered: metered.items, total: instances.total + metered.total))
    }
    return (sizes, missing, currency)
  }

  /// By steps that grow and by halving; what is asked is false below and true from a number on, but for a type that comes and
  /// goes, of which the first number found counts.
  /// - Parameter part: of a number, by which the next is larger; 1 where nothing comes and goes.
  private func first(growingBy part: Int = 1, _ holds: (Int) -> Bool) -> Int? {
    guard !holds(1) else { return 1 }
    var (low, high) = (1, 2)
    while !holds(high) {
      guard high < CapacityQuestion.mostUsers else { return nil }
      (low, high) = (high, min(CapacityQuestion.mostUsers, high + max(1, high / part)))
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }

  fileprivate func milestones(_ model: ComponentModel) -> CapacityAnswer.Milestones {
    let start = model.plan(users: Double(peak ?? 1))
    func plan(_ users: Int) -> ComponentPlan? { model.plan(users: Double(users)) }
    let other = start.flatMap { start in
      first(growingBy: 8) { $0 >= (peak ?? 1) && plan($0)?.type.name != start.type.name }
    }
    let least = plan(1)?.count ?? 0
    return CapacityAnswer.Milestones(
      service: model.service.name,
      anotherType: other.flatMap { users in plan(users).map { (users, $0.type.name) } },
      moreInstances: first(growingBy: 8) { (plan($0)?.count ?? .max) > least },
      beyondMaximum: first { (plan($0)?.nodes ?? .max) > model.service.maximum },
      shards: model.service.approach == .cluster ? first { (plan($0)?.shards ?? .max) > 1 } : nil,
      anotherRegion: first { (plan($0)?.count ?? .max) > model.service.regionMaximum })
  }

  /// What others allow against what users make of it, as the month's busiest time says (``RateLimitUse``).
  fileprivate func limits(_ users: [Int]) throws(DataError) -> [CapacityAnswer.ExternalLimit] {
    try RateLimitUse.all(study.context).compactMap { use in
      guard let found = use.found, let binds = found.bindsAtUsers else { return nil }
      return CapacityAnswer.ExternalLimit(
        limit: use.limit, uses: users.compactMap { found.share(atPeakUsers: $0) },
        users: binds < CapacityQuestion.mostUsers ? binds : nil)
    }
  }
}
