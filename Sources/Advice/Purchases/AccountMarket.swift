import Analysis
import Model

/// A reservation that may be bought for a pool.
struct PoolOffer: Sendable {
  let price: ReservedPrice

  var term: CommitmentTerm { .reservation(price.term) }
  var termHours: Int { Int(price.term.hours) }
  /// What a unit costs an hour, its upfront part spread over the term.
  var hourly: Money { price.effectiveHourly }
}

/// What may be bought for a pool.
struct PoolMarket: Sendable {
  let onDemand: OnDemandPrice
  /// What the fleet file allows and the book prices, in the fleet file's order.
  let offers: [PoolOffer]
  /// What the fleet file allows besides.
  let leftOut: [OfferLeftOut]

  /// The offer that costs least an hour, the first of equals; nil when there is none.
  var cheapest: Int? { offers.indices.min { offers[$0].hourly < offers[$1].hourly } }
}

/// A savings plan that may be bought, or is held.
struct PlanMarket: Sendable {
  /// As reports call it and who asks for one names it: `compute-savings-plan`, `m5-savings-plan`.
  let name: String
  let term: SavingsPlanTerm
  /// What a plan of a family is bound to; nil for any other.
  let family, region: String?
  /// Whose it is; nil where accounts share.
  let account: String?
  /// By pool, what a unit draws in an hour; nil where it does not pay, or no rate is known.
  let rates: [SavingsPlanRate?]
  /// What is held of it, until an hour from now.
  let held: [(amount: Money, until: Int)]
  /// False for one that is held alone.
  let isOffered: Bool
  /// What of a term is paid at its start, in thousandths.
  let upfrontPermille: Int

  var termHours: Int { Int(term.hours) }
}

/// All that an account may buy, and over which time that is judged.
struct AccountMarket: Sendable {
  /// Over which purchases are judged: the longest term that the fleet file allows, so that all compare.
  let months: Int
  /// By pool; why not for one that the book has no price of.
  private(set) var pools: [Result<PoolMarket, DataError>] = []
  /// In the order in which usage draws from them.
  private(set) var plans: [PlanMarket] = []

  static func months(_ policy: PurchasePolicy) -> Int {
    ((policy.offers.map(\.years) + (policy.savingsPlans ?? []).map(\.years)).max() ?? 1) * 12
  }

  init(_ use: AccountUse, plan: FleetPlan, _ context: AdviceContext) throws(DataError) {
    months = Self.months(context.fleet.purchase)
    for pool in use.pools {
      do throws(DataError) {
        pools.append(.success(try Self.market(of: pool.pool, context)))
      } catch {
        guard context.engine.allowsUnpriced, error.kind == .missingInput else { throw error }
        pools.append(.failure(error))
      }
    }
    plans = Self.plans(use, held: plan.savingsPlans, months: months, context)
  }

  private static func market(of pool: PurchasePool, _ context: AdviceContext) throws(DataError) -> PoolMarket {
    var offers: [PoolOffer] = []
    var leftOut: [OfferLeftOut] = []
    for term in context.fleet.purchase.offers {
      if let price = context.catalogue.reservedIfKnown(pool.kind, term, at: context.asOf) {
        offers.append(PoolOffer(price: price))
      } else {
        let first = context.catalogue.firstReserved(pool.kind, term)
        leftOut.append(.unpriced(.reservation(term), pool.kind, at: context.asOf, firstKnown: first))
      }
    }
    for term in context.fleet.purchase.savingsPlans ?? [] {
      let family = context.cloud.family(of: pool.kind.type)
      let plan = HeldSavingsPlan(
        id: "", term: term, family: family, region: pool.kind.region, hourly: .zero, started: context.asOf)
      if !context.cloud.applies(plan, to: pool.kind) {
        leftOut.append(.notFor(type: pool.kind.type, term))
      } else if context.catalogue.savingsPlanIfKnown(pool.kind, term, at: context.asOf) == nil {
        leftOut.append(.unpriced(.savingsPlan(term), pool.kind, at: context.asOf, firstKnown: nil))
      }
    }
    return PoolMarket(
      onDemand: try context.catalogue.onDemand(pool.kind, at: context.asOf), offers: offers, leftOut: leftOut)
  }

  /// Those that may be bought, a plan of a family for each family, and those that are held, which pay at the rates of the
  /// day on which they started.
  private static func plans(
    _ use: AccountUse, held: [HeldSavingsPlan], months: Int, _ context: AdviceContext
  ) -> [PlanMarket] {
    let pools = use.pools.map(\.pool)
    var plans: [PlanMarket] = []
    for term in context.fleet.purchase.savingsPlans ?? [] {
      for account in Set(pools.map(\.account)).sorted(by: { $0 ?? "" < $1 ?? "" }) {
        let places: [(family: String?, region: String?)] =
          term.plan == .family
          ? families(of: pools.filter { $0.account == account }, context).map { ($0.family, $0.region) } : [(nil, nil)]
        for (family, region) in places {
          let sample = HeldSavingsPlan(
            id: "", term: term, family: family, region: region, hourly: .zero, started: context.asOf, account: account)
          plans.append(market(sample, pools, held: [], isOffered: true, context))
        }
      }
    }
    for one in held where one.isPlanned || one.period.contains(use.start) {
      let end = Int(clamping: (one.period.end.seconds - use.start.seconds + 3599) / 3600)
      let until = one.isPlanned ? Int.max : min(end, months * hoursAMonth)
      plans.append(market(one, pools, held: [(one.hourly, until)], isOffered: false, context))
    }
    let order = context.cloud.drawingOrder
    func rank(_ plan: PlanMarket) -> Int { order.firstIndex(of: plan.term.plan) ?? order.count }
    return plans.filter { $0.rates.contains { $0 != nil } }
      .sorted {
        (rank($0), $0.isOffered ? 1 : 0, $0.name, $0.term) < (rank($1), $1.isOffered ? 1 : 0, $1.name, $1.term)
      }
  }

  private struct Family: Hashable, Comparable {
    var family, region: String
    static func < (a: Family, b: Family) -> Bool { (a.region, a.family) < (b.region, b.family) }
  }

  private static func families(of pools: [PurchasePool], _ context: AdviceContext) -> [Family] {
    Set(pools.map { Family(family: context.cloud.family(of: $0.kind.type), region: $0.kind.region) }).sorted()
  }

  private static func market(
    _ plan: HeldSavingsPlan, _ pools: [PurchasePool], held: [(Money, Int)], isOffered: Bool, _ context: AdviceContext
  ) -> PlanMarket {
    let place = plan.region.flatMap { $0 == context.fleet.region ? nil : "-\($0)" } ?? ""
    let account = context.engine.buyer(plan.account)
    let name = (plan.family ?? plan.term.plan.rawValue) + "-savings-plan" + place + (account.map { "-\($0)" } ?? "")
    return PlanMarket(
      name: name, term: plan.term, family: plan.family, region: plan.region, account: account,
      rates: pools.map { $0.account == account ? plan.rate(of: $0.kind, in: context.catalogue) : nil },
      held: held.map { (amount: $0.0, until: $0.1) }, isOffered: isOffered,
      upfrontPermille: Int(
        context.cloud.upfront(ofTerm: Money(nanoDollars: 1000), plan.term.payment).nanoDollars))
  }
}
