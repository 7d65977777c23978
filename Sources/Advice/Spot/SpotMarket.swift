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
  private(set) var leftOut: [SpotLeftOut] = []
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
      guard let offered = context.catalogue.specificationIfKnown(type), offered.vcpu >= needed.vcpu,
        offered.memoryMilliGiB >= needed.memoryMilliGiB
      else {
        leftOut.append(SpotLeftOut(type, .notAsLarge(as: needed.type)))
        continue
      }
      let kind = context.kind(type, of: service)
      guard let source = try SpotSource.of(kind, zones: service.spot?.zones, ran: ran, context) else {
        leftOut.append(SpotLeftOut(type, .unpriced(inNamedZones: service.spot?.zones != nil)))
        continue
      }
      let hourly = rate(source.pools).hourly
      if hourly < onDemand.hourly {
        found.append((source, hourly))
      } else {
        leftOut.append(SpotLeftOut(type, .notCheaper(hourly)))
      }
    }
    sources = found.sorted { ($0.hourly, $0.source.price.type) < ($1.hourly, $1.source.price.type) }.map(\.source)
  }

  /// Why there is nothing to buy.
  var refusal: SpotReason { .noneCheaper(onDemand: onDemand.hourly, leftOut) }

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
  func figures(_ choice: Choice, _ service: Service, _ floor: SpotFloor) -> [SpotFigure] {
    let spared = sources.dropFirst(choice.sources.count).map {
      SpotLeftOut($0.price.type, .savesNoMore(rate($0.pools).hourly))
    }
    let without = spared + leftOut
    return [
      .prices(choice.sources.map(\.price)), .interruptionRates(choice.sources.map(\.interruption)),
      .cost(
        SpotCost(
          choice.rate, reworkPercent: context.fleet.purchase.spotReworkPercent, replacement: replacement,
          onDemand: onDemand.hourly)),
      .pools(choice.sources.map { SpotTypePools($0.price.type, $0.pools.map(\.zone)) }),
      .floor(
        SpotFloorRule(
          limits: floor.dimensions.map(\.limit), minimum: service.minimum, maximumPercent: maximumPercent,
          unmeasured: floor.unmeasured)),
    ] + (without.isEmpty ? [] : [.leftOut(without)])
  }
}

extension Service {
  /// The types spot may run on, in the fleet file's order; what runs is one of them where it names none.
  fileprivate func spotTypes(_ running: String) -> [String] {
    if let named = spot?.types { return named }
    return instanceTypes.contains(running) ? instanceTypes : [running] + instanceTypes
  }
}
