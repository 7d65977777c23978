import Analysis
import Model
import Solvers

/// What a rule has bought of a pool or of a plan so far, and what is held of it.
private struct Holding {
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

/// What a rule buys of a part of an account along one path of demand, and what that comes to.
struct RuleReplay {
  private(set) var purchases: [AccountPlan.Purchase] = []
  /// Micro-USD signed in place of what has ended, and besides, over whole terms; and paid upfront within the horizon.
  private(set) var renewed = 0, new = 0, upfront = 0

  private let account: AccountPurchase
  private let part: Int
  private let path: DemandPath
  /// Of each pool of the part.
  private let uses: [PathUse]

  /// - Parameter uses: of each pool of the part, on the path.
  init(_ account: AccountPurchase, part: Int, on path: DemandPath, _ uses: [PathUse]) {
    (self.account, self.part, self.path, self.uses) = (account, part, path, uses)
  }

  private var pools: [Int] { account.futures.parts[part].pools }

  /// Hours from now at which something may be bought of a pool: the starts of months, and where something ends.
  private func moments(of pool: Int) -> [Int] {
    let months = (0..<account.market.months).map { $0 * hoursAMonth }
    return Set(months + account.use.pools[pool].ends.map(\.hour)).sorted()
  }

  /// Plays a rule of the field: for each pool that something may be reserved of.
  mutating func play(_ rule: PurchaseRule) {
    for (index, pool) in pools.enumerated() {
      guard let market = account.futures.pool(pool), let offer = market.cheapest, market.onDemand.hourly > .zero else {
        continue
      }
      let price = market.offers[offer].hourly
      let breakEven = Double(price.nanoDollars) / Double(market.onDemand.hourly.nanoDollars)
      var holding = Holding(account.use.pools[pool].held)
      for hour in rule == .nothing ? [] : moments(of: pool) {
        let ended = holding.advance(to: hour)
        var count = rule.renews ? ended : 0
        let past = uses[index].before(hour / hoursAMonth)
        if let target = rule.target(past, breakEven: breakEven) {
          count = max(count, target - holding.units(at: hour))
        }
        holding.buy(
          AccountPlan.Purchase(.reservation(pool: index, offer: offer), hour: hour, count: count),
          termHours: market.offers[offer].termHours)
      }
      take(holding, of: market.offers)
    }
  }

  /// Plays a plan of ours: what it buys now, and what would be decided then on, by the same rule on what is known then.
  mutating func play(_ plan: [AccountPlan.Purchase], for choice: PlanChoice) {
    for bought in plan.compactMap(\.plan).eachOnce() { follow(plan.filter { $0.plan == bought }) }
    for index in pools.indices { follow(plan.filter { $0.pool == index }, ofPool: index, for: choice) }
  }

  /// A savings plan's purchases as they are: what it pays for is no one demand.
  private mutating func follow(_ own: [AccountPlan.Purchase]) {
    guard let plan = own.first?.plan else { return }
    let index = account.futures.parts[part].plans[plan]
    let market = account.market.plans[index]
    let increment = account.problems[part].problem.plans[plan].offer?.increment ?? 0
    purchases += own
    for purchase in own {
      let signed = Int(clamping: Int128(purchase.count) * Int128(increment) * Int128(market.termHours))
      new += signed
      let whole = Money(nanoDollars: Int64(clamping: Int128(signed) * 1000))
      upfront += microDollars(account.context.cloud.upfront(ofTerm: whole, market.term.payment))
    }
  }

  private mutating func follow(_ own: [AccountPlan.Purchase], ofPool index: Int, for choice: PlanChoice) {
    let pool = pools[index]
    guard let market = account.futures.pool(pool), let cheapest = market.cheapest else { return }
    let breakEven =
      Double(market.offers[cheapest].hourly.nanoDollars) / Double(max(1, market.onDemand.hourly.nanoDollars))
    let isByUse = account.isByUse(pool)
    var (planned, holding) = (Holding(account.use.pools[pool].held), Holding(account.use.pools[pool].held))
    for purchase in own { planned.buy(purchase, termHours: market.offers[purchase.offer ?? 0].termHours) }
    for hour in Set(moments(of: pool) + own.map(\.hour)).sorted() {
      _ = holding.advance(to: hour)
      let month = hour / hoursAMonth
      var target = planned.units(at: hour)
      if hour > 0, isByUse {
        let past = uses[index].before(month).lastMonth
        let ahead = account.growth(of: pool, from: month, on: choice.paths, over: market.offers[cheapest].termHours)
        target = past.levels(usedMoreThan: breakEven, growingBy: ahead)
      } else if hour > 0 {
        target = wholeUnits(Double(target) * account.outturn(of: pool, month: month, on: path) + 1e-9)
      }
      let offer = own.last { $0.hour <= hour }?.offer ?? cheapest
      holding.buy(
        AccountPlan.Purchase(
          .reservation(pool: index, offer: offer), hour: hour, count: target - holding.units(at: hour)),
        termHours: market.offers[offer].termHours)
    }
    take(holding, of: market.offers)
  }

  private mutating func take(_ holding: Holding, of offers: [PoolOffer]) {
    purchases += holding.purchases
    guard let first = holding.purchases.first?.offer else { return }
    let rate = Int128(microDollars(offers[first].hourly))
    renewed += Int(clamping: holding.renewed * rate)
    new += Int(clamping: holding.new * rate)
    upfront += holding.purchases.reduce(0) {
      $0 + Int(clamping: Int128($1.count) * Int128(microDollars(offers[$1.offer ?? 0].price.upfront)))
    }
  }
}

extension PooledUse {
  /// What is held of it, in units, and until when.
  fileprivate var held: [(units: Int, until: Int)] {
    ends.flatMap { end in end.held.map { (units: $0.units, until: end.hour) } }
  }
}

/// What was used of a pool in the month that was reviewed and in each month of a path of demand.
struct PathUse {
  /// Of the last 720 and of the last 72 hours of each month, the reviewed one first.
  private let months, days: [LevelProfile]

  init(_ account: AccountPurchase, of pool: Int, on path: DemandPath) {
    let (groups, lengths) = (account.futures.outlooks[pool], account.use.lengths)
    let hours = lengths.indices.filter { lengths[$0] > 0 }
    var (months, days) = ([LevelProfile](), [LevelProfile]())
    var last: [Int64] = []
    for month in -1..<account.market.months {
      let factors = groups.map { group in
        month < 0 ? 1_000_000 : group.outlook.demand.millionths(on: path, hour: month * hoursAMonth)
      }
      if factors != last {
        let used = hours.suffix(720).map { hour in
          let units = zip(groups, factors).reduce(0.0) { $0 + $1.0.seconds(hour, times: Double($1.1) / 1_000_000) }
          return (units: units / Double(lengths[hour]), weight: Double(lengths[hour]))
        }
        months.append(LevelProfile(used))
        days.append(LevelProfile(Array(used.suffix(72))))
        last = factors
      } else {
        months.append(months[months.count - 1])
        days.append(days[days.count - 1])
      }
    }
    (self.months, self.days) = (months, days)
  }

  /// What is known at the start of a month of the term.
  func before(_ month: Int) -> PastUse {
    let quarter = (0..<3).map { months[max(0, month - $0)] }
    return PastUse(lastMonth: months[month], quarter: quarter, lastDays: days[month])
  }
}

extension OutlookGroup {
  /// Seconds of units in an hour, at so many times the demand of the month.
  fileprivate func seconds(_ hour: Int, times factor: Double) -> Double {
    guard factor > 0 else { return 0 }
    let grown = Double(rigid[hour]) * max(1, factor) + Double(free[hour]) * factor
    return bounded.reduce(grown) { $0 + max(Double($1.seconds[hour]) * factor, Double($1.floor[hour])) }
  }
}

extension AccountPurchase {
  /// True where an hour of a unit is worth what it costs on demand, so that its use says whether to reserve it.
  fileprivate func isByUse(_ pool: Int) -> Bool {
    !use.pools[pool].services.contains { $0.spotHourly != nil } && market.plans.allSatisfy { $0.rates[pool] == nil }
  }

  /// How many times as much demand of a pool there may be in months to come as in the month before one, each as likely.
  fileprivate func growth(of pool: Int, from month: Int, on paths: [DemandPath], over hours: Int) -> [Double] {
    guard let outlook = futures.outlooks[pool].first?.outlook.demand else { return [] }
    // A third of the months say as much as all: the paths are smooth.
    let span = min(hours / hoursAMonth, market.months)
    return paths.flatMap { path in
      stride(from: 1, to: max(2, span), by: 3).map { ahead -> Double in
        guard (month + ahead) * hoursAMonth < outlook.endsAfter ?? .max else { return 0 }
        return Double(outlook.millionths(on: path, month: ahead)) / 1_000_000
      }
    }
  }

  /// How the demand of a pool in the month before one of the term turned out, beside its mean over the likely futures.
  fileprivate func outturn(of pool: Int, month: Int, on path: DemandPath) -> Double {
    guard let outlook = futures.outlooks[pool].first?.outlook.demand, month > 0 else { return 1 }
    let mean = DemandPath.likely.reduce(0.0) { $0 + Double(outlook.millionths(on: $1, month: month - 1)) }
    let met = Double(outlook.millionths(on: path, month: month - 1))
    return mean > 0 ? met * Double(DemandPath.likely.count) / mean : 1
  }
}
