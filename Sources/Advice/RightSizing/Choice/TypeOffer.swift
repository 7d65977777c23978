import Model

/// A type that a service could run on, beside the one it runs on.
struct TypeOffer: Sendable {
  let specification: InstanceSpecification
  let price: OnDemandPrice
  let effort: MigrationEffort
  /// Percent that the effort puts on the price; 0 for types that the service lists, whose owners would run it on them.
  let effortPercent: Int
  /// What one of its vCPUs does, beside one of the type it runs on; nil where that is not measured.
  let performance: RelativePerformance?
  /// True for the current type and those that the service may run on.
  let isListed: Bool

  var type: String { specification.type }
  var hourly: Money { price.hourly }
  var migration: Migration { Migration(effort, architecture: specification.architecture) }
  /// What its vCPUs are counted as: the least that the measurement may mean, 1 where there is none.
  var speed: Double { performance?.lowest ?? 1 }

  /// The types that a service may run on and the current one; where that is allowed, without those that have no price.
  /// - Throws: ``DataError`` when the book lacks a price or specification of one.
  static func listed(_ service: Service, current: InstanceSpecification, _ context: AdviceContext) throws(DataError)
    -> [TypeOffer]
  {
    var offers: [TypeOffer] = []
    for type in Set(service.instanceTypes + [current.type]).sorted() {
      if type != current.type, context.isLeftOut(type, of: service) { continue }
      offers.append(try of(type, service, current: current, context))
    }
    return offers
  }

  /// A type as one that the service may run on.
  /// - Throws: ``DataError`` when the book lacks its price or specification.
  static func of(
    _ type: String, _ service: Service, current: InstanceSpecification, _ context: AdviceContext
  ) throws(DataError) -> TypeOffer {
    let kind = context.kind(type, of: service)
    let specification = try context.catalogue.specification(of: kind, at: context.asOf)
    let price = try context.catalogue.onDemand(kind, at: context.period.start)
    return TypeOffer(specification, price, current: current, isListed: true, context)
  }

  /// All other types of the price book for what the service runs: those of the current generation with a price, and with
  /// a measured speed; by name. None has less of what the need does not know.
  /// - Parameter most: only those that cost less, with what the effort of moving there is worth; nil for all.
  static func unlisted(
    _ service: Service, current: InstanceSpecification, _ need: SizeNeed, _ context: AdviceContext,
    below most: Int128? = nil
  ) -> [TypeOffer] {
    let listed = Set(service.instanceTypes + [current.type])
    let kind = context.kind(current.type, of: service)
    let known = context.unlistedOffers.offers(beside: kind) { all(beside: kind, current: current, context) }
    let cheap = most.map { most in known.prefix { $0.weighted($0.hourly) < most } } ?? known[...]
    return cheap.filter { offer in
      !listed.contains(offer.type)
        && need.doubt(in: offer.specification, called: CountedType(offer.type), instead: current) == nil
    }.sorted { $0.type < $1.type }
  }

  private static func all(
    beside kind: InstanceKind, current: InstanceSpecification, _ context: AdviceContext
  ) -> [TypeOffer] {
    context.catalogue.types(like: kind).compactMap { type in
      var other = kind
      other.type = type
      guard let specification = try? context.catalogue.specification(of: other, at: context.asOf),
        let price = context.catalogue.onDemandIfKnown(other, at: context.period.start)
      else { return nil }
      let offer = TypeOffer(specification, price, current: current, isListed: false, context)
      return offer.performance == nil ? nil : offer
    }
  }

  private init(
    _ specification: InstanceSpecification, _ price: OnDemandPrice, current: InstanceSpecification, isListed: Bool,
    _ context: AdviceContext
  ) {
    self.specification = specification
    self.price = price
    self.isListed = isListed
    effort = MigrationEffort(from: current, to: specification, in: context.cloud)
    effortPercent = isListed ? 0 : effort.percent(context.rules)
    performance = context.catalogue.relativePerformance(of: specification.type, to: current.type)
  }

  /// Up to which use a burstable type with surplus costs less than the cheapest fixed one of as many vCPUs that is dearer;
  /// nil for others.
  func breakEven(among offers: [TypeOffer]) -> BurstBreakEven? {
    let fixed = offers.filter {
      $0.specification.burst == nil && $0.specification.vcpu == specification.vcpu && $0.hourly > hourly
    }.min { $0.hourly < $1.hourly }
    guard let burst = specification.burst, let fixed,
      let permille = burst.breakEvenPermille(vcpu: specification.vcpu, hourly: hourly, fixed: fixed.hourly)
    else { return nil }
    return BurstBreakEven(fixedType: fixed.type, permille: permille)
  }

  /// A cost as types are compared by: with what the effort of moving there is worth.
  func weighted(_ cost: Money) -> Int128 { Int128(cost.nanoDollars) * Int128(100 + effortPercent) }
}
