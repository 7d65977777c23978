import Analysis
import Model

/// A commitment that a fleet file allows and the price book prices.
enum MarketOffer: Sendable {
  case reservation(ReservedPrice)
  case savingsPlan(SavingsPlanRate)

  /// As the fleet file writes it: `standard-1yr-no-upfront`.
  var name: String {
    switch self {
    case .reservation(let price): price.term.description
    case .savingsPlan(let rate): rate.term.description
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

  var isReservation: Bool { if case .reservation = self { true } else { false } }

  func note(_ engine: BillingEngine) -> PriceNote {
    switch self {
    case .reservation(let price): engine.note(price)
    case .savingsPlan(let rate): engine.note(rate)
    }
  }

  /// Buying so many instances, in words; a savings plan is bought as what they draw in an hour.
  /// - Parameter type: of the instances; nil where a reader knows it.
  func words(_ count: Int, _ type: String?, _ engine: BillingEngine) -> String {
    let instances = type.map { "\(count) more \($0), \(name)" } ?? "\(count)"
    switch self {
    case .reservation: return "reserve \(instances)"
    case .savingsPlan(let rate):
      return "commit \(engine.rate(rate.hourly.charge(for: Int128(count), per: 1)))/h for \(instances)"
    }
  }

  /// Buying so many for a service; a savings plan commits what as many of its instances draw in an hour.
  func change(_ count: Int, of service: Service) -> Change {
    switch self {
    case .reservation(let price):
      return Change(Reserve(service: service.name, count: count, term: price.term, type: price.kind.type))
    case .savingsPlan(let rate):
      let isBound = rate.term.plan == .ec2Instance
      return Change(
        CommitSavingsPlan(
          term: rate.term, hourly: rate.hourly.charge(for: Int128(count), per: 1),
          family: isBound ? String(TypeName(rate.kind.type).family) : nil, service: service.name))
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
  /// Offers that the book does not price, in words.
  private(set) var missing: [String] = []

  init(_ service: Service, type: String, _ context: AdviceContext) throws(DataError) {
    let kind = context.kind(type, of: service)
    let policy = context.fleet.purchase
    self.type = type
    months = ((policy.offers.map(\.years) + (policy.savingsPlans ?? []).map(\.years)).max() ?? 1) * 12
    onDemand = try context.catalogue.onDemand(kind, at: context.asOf)
    for term in policy.offers {
      do throws(DataError) {
        offers.append(.reservation(try context.catalogue.reserved(kind, term, at: context.asOf)))
      } catch {
        missing.append(error.found)
      }
    }
    // Savings plans pay for instances of EC2, not for cache nodes or managed databases.
    guard priceService(ofType: type, engine: service.engine) == "ec2" else {
      missing += (policy.savingsPlans ?? []).map { "\($0) does not pay for \(type)" }
      return
    }
    for term in policy.savingsPlans ?? [] {
      do throws(DataError) {
        offers.append(.savingsPlan(try context.catalogue.savingsPlan(kind, term, at: context.asOf)))
      } catch {
        missing.append(error.found)
      }
    }
  }

  var options: [TermOption] { offers.map { TermOption(termHours: $0.termHours, hourly: $0.hourly) } }

  /// The offer that costs least an hour, the first of equals; nil when there is none.
  var cheapest: Int? { offers.indices.min { offers[$0].hourly < offers[$1].hourly } }
}
