import Analysis
import Model
import Solvers

/// What a rule has bought of a pool or of a plan so far, and what is held of it.
struct Holding {
  private(set) var purchases: [AccountPlan.Purchase] = []
  /// Units and the hours from now in which they are held; what is held from before begins at 0.
  private var held: [(units: Int, from: Int, until: Int)]
  /// What of what is signed takes the place of what has ended, in hours of units; what does not.
  private(set) var renewed = Int128(0), new = Int128(0)
  private var ended = 0, now = 0

  init(_ held: [(units: Int, until: Int)]) { self.held = held.map { (units: $0.units, from: 0, until: $0.until) } }

  func units(at hour: Int) -> Int { held.reduce(0) { $1.from <= hour && hour < $1.until ? $0 + $1.units : $0 } }

  /// Goes on to an hour, not before the last.
  /// - Returns: units that have ended since.
  mutating func advance(to hour: Int) -> Int {
    let since = held.reduce(0) { now < $1.until && $1.until <= hour ? $0 + $1.units : $0 }
    now = hour
    ended += since
    return since
  }

  /// What is held at an hour, and for how many hours of the horizon.
  func left(at hour: Int, horizon: Int) -> [BuyProblem.Held] {
    held.filter { $0.from <= hour && hour < $0.until }
      .map { BuyProblem.Held(amount: $0.units, hoursLeft: min($0.until, horizon) - hour) }
  }

  mutating func buy(_ purchase: AccountPlan.Purchase, termHours: Int) {
    guard purchase.count > 0 else { return }
    purchases.append(purchase)
    held.append((units: purchase.count, from: purchase.hour, until: purchase.hour + termHours))
    let again = min(ended, purchase.count)
    ended -= again
    renewed += Int128(again) * Int128(termHours)
    new += Int128(purchase.count - again) * Int128(termHours)
  }
}

/// A pool of a part while rules are played.
struct PlayedPool {
  /// Among those of the part, and among all.
  let index, poolIndex: Int
  let market: PoolMarket
  let moments: Set<Int>
  /// The offers, that which costs least an hour first, the first of equals.
  let byPrice: [Int]
  var holding: Holding
  /// What a plan of ours buys of it, and what would be held by that.
  private(set) var own: [AccountPlan.Purchase] = []
  private(set) var planned: Holding
  /// Whether ours goes by use, or by what the plan foresaw.
  private(set) var isByUse = true

  /// nil for a pool that nothing may be reserved of.
  init?(_ account: AccountPurchase, _ index: Int, of pool: Int, moments: Set<Int>) {
    guard let market = account.futures.pool(pool), market.cheapest != nil, market.onDemand.hourly > .zero else {
      return nil
    }
    (self.index, poolIndex, self.market, self.moments) = (index, pool, market, moments)
    byPrice = market.offers.indices.sorted { (market.offers[$0].hourly, $0) < (market.offers[$1].hourly, $1) }
    holding = Holding(account.use.pools[pool].held)
    planned = holding
  }

  mutating func plan(_ purchases: [AccountPlan.Purchase], isByUse: Bool) {
    (own, self.isByUse) = (purchases, isByUse)
    for purchase in own { planned.buy(purchase, termHours: market.offers[purchase.offer ?? 0].termHours) }
  }

  /// The share of hours from which an offer is cheaper than on demand.
  func breakEven(_ offer: Int) -> Double {
    Double(market.offers[offer].hourly.nanoDollars) / Double(market.onDemand.hourly.nanoDollars)
  }
}

extension PooledUse {
  /// What is held of it, in units, and until when.
  var held: [(units: Int, until: Int)] {
    ends.flatMap { end in end.held.map { (units: $0.units, until: end.hour) } } + [(units: lasting, until: .max)]
  }
}
