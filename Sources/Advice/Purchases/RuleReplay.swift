import Analysis
import Model
import Solvers

/// What a rule buys of a part of an account along one path of demand, and what that comes to.
struct RuleReplay {
  private(set) var purchases: [AccountPlan.Purchase] = []
  /// Micro-USD signed in place of what has ended, and besides, over whole terms; and paid upfront within the horizon.
  private(set) var renewed = 0, new = 0, upfront = 0

  let account: AccountPurchase
  let part: Int
  private let path: DemandPath
  /// Of each pool of the part.
  let uses: [PathUse]
  /// Micro-USD that may still be paid upfront; nil where nothing limits it.
  private var cash: Int?

  /// - Parameter uses: of each pool of the part, on the path.
  init(_ account: AccountPurchase, part: Int, on path: DemandPath, _ uses: [PathUse]) {
    (self.account, self.part, self.path, self.uses) = (account, part, path, uses)
    cash = account.problems[part].problem.budget
  }

  var pools: [Int] { account.futures.parts[part].pools }

  /// Hours from now at which something may be bought of a pool: the starts of months, and where something ends.
  private func moments(of pool: Int) -> Set<Int> {
    let months = (0..<account.market.months).map { $0 * hoursAMonth }
    return Set(months + account.use.pools[pool].ends.map(\.hour))
  }

  /// Plays a rule of the field: for each pool that something may be reserved of, all in step, as one budget pays for all.
  mutating func play(_ rule: PurchaseRule) {
    var played = pools.indices.compactMap { index in
      PlayedPool(account, index, of: pools[index], moments: rule == .nothing ? [] : moments(of: pools[index]))
    }
    for hour in played.reduce(into: Set<Int>(), { $0.formUnion($1.moments) }).sorted() {
      for place in played.indices where played[place].moments.contains(hour) { buy(by: rule, at: hour, &played[place]) }
    }
    for one in played { take(one.holding, of: one.market.offers) }
  }

  /// At each offer that can be paid, the cheapest first, what is missing of what a rule holds at its break-even.
  private mutating func buy(by rule: PurchaseRule, at hour: Int, _ pool: inout PlayedPool) {
    let ended = pool.holding.advance(to: hour)
    var bought = 0
    for offer in pool.byPrice {
      var count = rule.renews ? ended - bought : 0
      let past = uses[pool.index].before(hour / hoursAMonth)
      if let target = rule.target(past, breakEven: pool.breakEven(offer)) {
        count = max(count, target - pool.holding.units(at: hour))
      }
      bought += pay(for: count, of: offer, at: hour, &pool)
    }
  }

  /// Buys as many as can be paid.
  /// - Returns: how many.
  @discardableResult
  mutating func pay(for count: Int, of offer: Int, at hour: Int, _ pool: inout PlayedPool) -> Int {
    let upfront = microDollars(pool.market.offers[offer].price.upfront)
    var paid = max(0, count)
    if let cash, upfront > 0 { paid = min(paid, max(0, cash) / upfront) }
    cash = cash.map { Int(clamping: Int128($0) - Int128(paid) * Int128(upfront)) }
    pool.holding.buy(
      AccountPlan.Purchase(.reservation(pool: pool.index, offer: offer), hour: hour, count: paid),
      termHours: pool.market.offers[offer].termHours)
    return paid
  }

  /// Plays a plan of ours: what it buys now, and what would be decided then on, by the same rule on what is known then.
  mutating func play(_ plan: [AccountPlan.Purchase], for choice: PlanChoice) {
    for purchase in plan { sign(purchase) }
    let plans = Set(plan.compactMap(\.plan))
    var played = pools.indices.compactMap { index -> PlayedPool? in
      let own = plan.filter { $0.pool == index }
      let moments = moments(of: pools[index]).union(own.map(\.hour))
      var pool = PlayedPool(account, index, of: pools[index], moments: moments)
      pool?.plan(own, isByUse: account.isByUse(pools[index], part, buying: plans))
      return pool
    }
    for hour in played.reduce(into: Set<Int>(), { $0.formUnion($1.moments) }).sorted() {
      for place in played.indices where played[place].moments.contains(hour) {
        follow(at: hour, for: choice, &played[place])
      }
    }
    for one in played { take(one.holding, of: one.market.offers) }
  }

  /// A purchase of a savings plan as it is, for what that pays for is no one demand; nothing else.
  /// - Parameter paying: whether no more of it is bought than can be paid.
  /// - Returns: how much of it was bought.
  @discardableResult
  mutating func sign(_ purchase: AccountPlan.Purchase, paying: Bool = false) -> Int {
    guard let plan = purchase.plan else { return 0 }
    let market = account.market.plans[account.futures.parts[part].plans[plan]]
    let increment = account.problems[part].problem.plans[plan].offer?.increment ?? 0
    func signed(_ count: Int) -> Int { Int(clamping: Int128(count) * Int128(increment) * Int128(market.termHours)) }
    func upfront(_ count: Int) -> Int {
      let whole = Money(nanoDollars: Int64(clamping: Int128(signed(count)) * 1000))
      return microDollars(account.context.cloud.upfront(ofTerm: whole, market.term.payment))
    }
    var own = purchase
    if paying, let cash, upfront(own.count) > cash {
      own.count = Int(clamping: Int128(own.count) * Int128(max(0, cash)) / Int128(upfront(own.count)))
    }
    guard own.count > 0 else { return 0 }
    purchases.append(own)
    new += signed(own.count)
    self.upfront += upfront(own.count)
    cash = cash.map { $0 - upfront(own.count) }
    return own.count
  }

  private mutating func follow(at hour: Int, for choice: PlanChoice, _ pool: inout PlayedPool) {
    _ = pool.holding.advance(to: hour)
    guard let cheapest = pool.market.cheapest else { return }
    let wanted = pool.own.last { $0.hour <= hour }?.offer ?? cheapest
    if hour == 0 {
      // What is recommended, offer by offer.
      for purchase in pool.own where purchase.hour == 0 {
        pay(for: purchase.count, of: purchase.offer ?? cheapest, at: hour, &pool)
      }
      return
    }
    for offer in [wanted] + pool.byPrice where canPay(offer, of: pool) {
      let target =
        pool.isByUse
        ? min(
          account.levelsWorth(offer, uses[pool.index], pool, from: hour / hoursAMonth, on: choice.paths),
          account.support[choice][pool.poolIndex].map { support in
            hour < hoursAMonth ? support.units : support.units(by: uses[pool.index].before(hour / hoursAMonth))
          } ?? .max)
        : wholeUnits(
          Double(pool.planned.units(at: hour))
            * account.outturn(of: pool.poolIndex, month: hour / hoursAMonth, on: path) + 1e-9)
      pay(for: target - pool.holding.units(at: hour), of: offer, at: hour, &pool)
    }
  }

  private func canPay(_ offer: Int, of pool: PlayedPool) -> Bool {
    cash.map { microDollars(pool.market.offers[offer].price.upfront) <= max(0, $0) } ?? true
  }

  mutating func take(_ holding: Holding, of offers: [PoolOffer]) {
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

extension AccountPurchase {
  /// True where an hour of a unit is worth what it costs on demand, so that its use says whether to reserve it: no spot
  /// serves it, and no savings plan that is held or bought pays for it.
  /// - Parameter plans: those of the part that are bought.
  fileprivate func isByUse(_ pool: Int, _ part: Int, buying plans: Set<Int>) -> Bool {
    guard !use.pools[pool].services.contains(where: { $0.spotHourly != nil }) else { return false }
    return futures.parts[part].plans.enumerated().allSatisfy { index, plan in
      market.plans[plan].rates[pool] == nil || market.plans[plan].held.isEmpty && !plans.contains(index)
    }
  }

  /// Levels of a pool that are worth an offer from a month on: those expected to be used more than its break-even over the
  /// term, and over the month to come too, since a level whose use has yet to grow is bought when it has.
  fileprivate func levelsWorth(
    _ offer: Int, _ use: PathUse, _ pool: PlayedPool, from month: Int, on paths: [DemandPath]
  ) -> Int {
    let past = use.before(month).lastMonth
    func levels(over hours: Int) -> Int {
      let growing = growth(of: pool.poolIndex, from: month, on: paths, over: hours)
      return past.levels(usedMoreThan: pool.breakEven(offer), growingBy: growing)
    }
    return min(levels(over: hoursAMonth), levels(over: pool.market.offers[offer].termHours))
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
