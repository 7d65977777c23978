import Analysis
import Model

/// A commitment that a fleet file allows and the price book prices.
enum MarketOffer: Sendable {
  case reservation(ReservedPrice)
  case savingsPlan(SavingsPlanRate)

  var term: CommitmentTerm {
    switch self {
    case .reservation(let price): .reservation(price.term)
    case .savingsPlan(let rate): .savingsPlan(rate.term)
    }
  }

  /// What an instance costs an hour, with upfront parts spread over the term.
  var hourly: Money {
    switch self {
    case .reservation(let price): price.effectiveHourly
    case .savingsPlan(let rate): rate.hourly
    }
  }

  var termHours: Int {
    switch self {
    case .reservation(let price): Int(price.term.hours)
    case .savingsPlan(let rate): Int(rate.term.hours)
    }
  }

  var quality: PriceQuality {
    switch self {
    case .reservation(let price): price.provenance.quality
    case .savingsPlan(let rate): rate.provenance.quality
    }
  }

  func note(_ engine: BillingEngine) -> PriceNote {
    switch self {
    case .reservation(let price): engine.note(price)
    case .savingsPlan(let rate): engine.note(rate)
    }
  }

  /// Buying so many for a service; a savings plan commits what as many of its instances draw in an hour.
  func change(_ count: Int, of service: Service, by names: any TypeNames) -> Change {
    switch self {
    case .reservation(let price):
      return Change(Reserve(service: service.name, count: count, term: price.term, type: price.kind.type))
    case .savingsPlan(let rate):
      return Change(
        CommitSavingsPlan(
          term: rate.term, hourly: rate.hourly.charge(for: Int128(count), per: 1),
          family: rate.term.plan == .family ? names.family(of: rate.kind.type) : nil, service: service.name))
    }
  }
}

/// What may be bought for a service and type, and at what price.
struct PurchaseMarket: Sendable {
  let type: String
  let onDemand: OnDemandPrice
  /// Over which purchases are judged: the longest term that the fleet file allows, so that all services compare.
  let months: Int
  /// What the fleet file allows and the book prices, in the fleet file's order, reservations first.
  private(set) var offers: [MarketOffer] = []
  /// What the fleet file allows besides.
  private(set) var leftOut: [OfferLeftOut] = []

  init(_ service: Service, type: String, _ context: AdviceContext) throws(DataError) {
    let kind = context.kind(type, of: service)
    let policy = context.fleet.purchase
    self.type = type
    months = ((policy.offers.map(\.years) + (policy.savingsPlans ?? []).map(\.years)).max() ?? 1) * 12
    onDemand = try context.catalogue.onDemand(kind, at: context.asOf)
    for term in policy.offers { add(term, of: kind, context) }
    for term in policy.savingsPlans ?? [] { add(term, of: kind, context) }
  }

  private mutating func add(_ term: OfferTerm, of kind: InstanceKind, _ context: AdviceContext) {
    if let price = context.catalogue.reservedIfKnown(kind, term, at: context.asOf) {
      offers.append(.reservation(price))
    } else {
      let first = context.catalogue.firstReserved(kind, term)
      leftOut.append(.unpriced(.reservation(term), kind, at: context.asOf, firstKnown: first))
    }
  }

  /// Savings plans pay for what one service of the provider sells; with AWS not for cache nodes or managed databases.
  private mutating func add(_ term: SavingsPlanTerm, of kind: InstanceKind, _ context: AdviceContext) {
    guard context.cloud.priceService(of: kind) == context.cloud.savingsPlanService else {
      leftOut.append(.notFor(type: kind.type, term))
      return
    }
    if let rate = context.catalogue.savingsPlanIfKnown(kind, term, at: context.asOf) {
      offers.append(.savingsPlan(rate))
    } else {
      leftOut.append(.unpriced(.savingsPlan(term), kind, at: context.asOf, firstKnown: nil))
    }
  }

  var options: [TermOption] { offers.map { TermOption(termHours: $0.termHours, hourly: $0.hourly) } }

  /// The offer that costs least an hour, the first of equals; nil when there is none.
  var cheapest: Int? { offers.indices.min { offers[$0].hourly < offers[$1].hourly } }
}
