import Analysis
import Model

/// The spot capacity a service could buy: the types that fit it, cheapest first, and those left out.
struct SpotMarket: Sendable {
  /// Pools, rate and limits of a choice of types.
  struct Choice: Sendable {
    let sources: [SpotSource]
    let pools: [SpotPool]
    let rate: SpotRate
    let limits: [Int]
  }

  /// Cheapest first; every one cheaper than on demand.
  private(set) var sources: [SpotSource] = []
  /// `c5.xlarge: no spot price`.
  private(set) var leftOut: [String] = []
  private let onDemand: OnDemandPrice
  private let context: AdviceContext
  private let replacement: TimeSpan
  /// The most of what runs that may be spot at any time.
  private let maximumPercent: Int

  init(
    _ service: Service, like needed: InstanceSpecification, _ onDemand: OnDemandPrice, maximumPercent: Int,
    _ context: AdviceContext
  ) throws(DataError) {
    self.maximumPercent = maximumPercent
    self.onDemand = onDemand
    self.context = context
    replacement = service.spot?.replacement ?? SpotRules.defaultReplacement
    let ran = Set(context.inventory[service.name].map(\.zone).filter { $0 != "" }).sorted()
    var found: [(source: SpotSource, hourly: Money)] = []
    for type in service.spotTypes(needed.type) {
      guard let offered = try? context.catalogue.specification(type), offered.vcpu >= needed.vcpu,
        offered.memoryMilliGiB >= needed.memoryMilliGiB
      else {
        leftOut.append("\(type): smaller than \(needed.type), or of unknown size")
        continue
      }
      let kind = context.kind(type, of: service)
      guard let source = try SpotSource.of(kind, zones: service.spot?.zones, ran: ran, context) else {
        leftOut.append("\(type): no spot price\(service.spot?.zones == nil ? "" : " in the zones named")")
        continue
      }
      let hourly = rate(source.pools).hourly
      if hourly < onDemand.hourly {
        found.append((source, hourly))
      } else {
        leftOut.append("\(type): \(context.engine.rate(hourly))/h, not below on demand")
      }
    }
    sources = found.sorted { ($0.hourly, $0.source.words) < ($1.hourly, $1.source.words) }.map(\.source)
  }

  /// Why there is nothing to buy.
  var refusal: String {
    "no spot capacity below \(context.engine.rate(onDemand.hourly))/h on demand: \(leftOut.joined(separator: "; "))"
  }

  private func rate(_ pools: [SpotPool]) -> SpotRate {
    SpotRate(
      pools: pools, onDemand: onDemand.hourly, reworkPercent: context.fleet.purchase.spotReworkPercent,
      replacement: replacement)
  }

  /// The cheapest types, as many as save most when the limits are used up; of equal savings the most pools.
  ///
  /// A type's zones come all or none: what a few of them cost less is not worth the pools. Saving is
  /// Σ limit × (on-demand - hourly).
  func best(for service: Service, _ floor: SpotFloor) -> Choice {
    var best: (choice: Choice, saving: Int128)?
    for count in 1...sources.count {
      let chosen = Array(sources.prefix(count))
      let pools = chosen.flatMap(\.pools)
      let limits = floor.limits(service, percent: maximumPercent, pools: pools.count)
      let choice = Choice(sources: chosen, pools: pools, rate: rate(pools), limits: limits)
      let each = onDemand.hourly - choice.rate.hourly
      let saving = Int128(each.nanoDollars) * Int128(limits.reduce(0, +))
      if saving >= best?.saving ?? saving { best = (choice, saving) }
    }
    return best!.choice
  }

}

extension SpotMarket {
  /// The prices a choice rests on.
  func notes(_ choice: Choice) -> [PriceNote] { choice.sources.map(\.note) + [context.engine.note(onDemand)] }

  /// What its rate and limits follow from.
  func figures(_ choice: Choice, _ service: Service, _ floor: SpotFloor) -> [EvidenceFigure] {
    let money = context.engine.rate
    let rate = choice.rate
    let types = choice.sources.map { source in
      "\(source.pools[0].type) in \(source.pools.map(\.zone).filter { $0 != "" }.joined(separator: ", "))"
    }
    let buckets = choice.sources.map { source in
      "\(source.pools[0].type) \(source.interruption ?? "unknown, taken as every one")"
    }
    var figures: [EvidenceFigure] = [
      .init("spot price", choice.sources.map(\.words).joined(separator: "; ")),
      .init("instances taken back a month", buckets.joined(separator: ", ") + "; the upper end counts"),
      .init(
        "spot cost",
        "\(money(rate.price)) + \(money(rate.rework)) rework (\(context.fleet.purchase.spotReworkPercent) %) + "
          + "\(money(rate.fallback)) on demand for \(replacement.description) after each interruption = "
          + "\(money(rate.hourly))/h (derived) against \(money(onDemand.hourly))/h on demand"),
      .init("spot pools", "\(choice.pools.count): \(types.joined(separator: "; "))"),
      .init("floor", floorWords(service, floor)),
    ]
    let spared = sources.dropFirst(choice.sources.count).map { source in
      "\(source.pools[0].type): \(money(self.rate(source.pools).hourly))/h, saves no more"
    }
    let without = spared + leftOut
    if !without.isEmpty { figures.append(.init("spot left out", without.joined(separator: "; "))) }
    return figures
  }

  private func floorWords(_ service: Service, _ floor: SpotFloor) -> String {
    var words = "without the largest pool " + floor.dimensions.map(\.words).joined(separator: ", ")
    words += "; never the first \(service.minimum); at most \(maximumPercent) % spot"
    if !floor.unmeasured.isEmpty { words += "; not measured: \(floor.unmeasured.joined(separator: ", "))" }
    return words
  }
}

extension Service {
  /// The types spot may run on, in the fleet file's order; what runs is one of them where it names none.
  fileprivate func spotTypes(_ running: String) -> [String] {
    if let named = spot?.types { return named }
    return instanceTypes.contains(running) ? instanceTypes : [running] + instanceTypes
  }
}
