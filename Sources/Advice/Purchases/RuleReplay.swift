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
  private var ended = 0

  init(_ held: [(units: Int, until: Int)]) { self.held = held.map { (units: $0.units, from: 0, until: $0.until) } }

  func units(at hour: Int) -> Int { held.reduce(0) { $1.from <= hour && hour < $1.until ? $0 + $1.units : $0 } }

  /// Units that end in some hours.
  func ending(in hours: Range<Int>) -> Int { held.reduce(0) { hours.contains($1.until) ? $0 + $1.units : $0 } }

  mutating func note(ended units: Int) { ended += units }

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

  init(_ account: AccountPurchase, part: Int, on path: DemandPath) {
    (self.account, self.part, self.path) = (account, part, path)
  }

  private var pools: [Int] { account.futures.parts[part].pools }
  private var months: Range<Int> { 0..<account.market.months }

  /// Plays a rule of the field: for each pool that something may be reserved of.
  mutating func play(_ rule: PurchaseRule) {
    for (index, pool) in pools.enumerated() {
      guard let market = account.futures.pool(pool), let offer = market.cheapest, market.onDemand.hourly > .zero else {
        continue
      }
      let price = market.offers[offer].hourly
      let breakEven = Double(price.nanoDollars) / Double(market.onDemand.hourly.nanoDollars)
      var holding = Holding(account.use.pools[pool].held)
      for month in months where rule != .nothing {
        let hour = month * hoursAMonth
        let ended = holding.ending(in: (hour - hoursAMonth + 1)..<(hour + 1))
        holding.note(ended: ended)
        var count = rule.renews ? ended : 0
        let past = account.past(of: pool, before: month, on: path)
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

  /// Plays a plan of ours: it holds at any time what it foresaw for then, in proportion to how demand has turned out beside
  /// what was expected.
  mutating func play(_ plan: [AccountPlan.Purchase]) {
    let subjects = plan.map(\.subject)
    for subject in subjects.enumerated().filter({ !subjects[..<$0.offset].contains($0.element) }).map(\.element)
    where { if case .plan = subject { true } else { false } }() { follow(plan.filter { $0.subject == subject }) }
    for index in pools.indices {
      let own = plan.filter { $0.pool == index }
      if !own.isEmpty { follow(own, ofPool: index) }
    }
  }

  /// A savings plan's purchases as they are: what it pays for is no one demand.
  private mutating func follow(_ own: [AccountPlan.Purchase]) {
    guard let plan = own.first?.plan else { return }
    let index = account.futures.parts[part].plans[plan]
    let market = account.market.plans[index]
    let increment = account.problems[part].plans[plan].offer?.increment ?? 0
    purchases += own
    for purchase in own {
      let signed = Int(clamping: Int128(purchase.count) * Int128(increment) * Int128(market.termHours))
      new += signed
      let whole = Money(nanoDollars: Int64(clamping: Int128(signed) * 1000))
      upfront += microDollars(account.context.cloud.upfront(ofTerm: whole, market.term.payment))
    }
  }

  private mutating func follow(_ own: [AccountPlan.Purchase], ofPool index: Int) {
    let pool = pools[index]
    guard let market = account.futures.pool(pool) else { return }
    var planned = Holding(account.use.pools[pool].held)
    for purchase in own { planned.buy(purchase, termHours: market.offers[purchase.offer ?? 0].termHours) }
    var holding = Holding(account.use.pools[pool].held)
    var last = 0
    let moments = Set(months.map { $0 * hoursAMonth }).union(own.map(\.hour)).sorted()
    for hour in moments {
      holding.note(ended: holding.ending(in: (last + 1)..<(hour + 1)))
      last = hour
      guard let latest = own.last(where: { $0.hour <= hour }) else { continue }
      let ratio = hour == 0 ? 1 : account.outturn(of: pool, month: hour / hoursAMonth, on: path)
      let wanted = wholeUnits(Double(planned.units(at: hour)) * ratio + 1e-9)
      holding.buy(
        AccountPlan.Purchase(latest.subject, hour: hour, count: wanted - holding.units(at: hour)),
        termHours: market.offers[latest.offer ?? 0].termHours)
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

extension AccountPurchase {
  /// What was used of a pool before a month of the term.
  fileprivate func past(of pool: Int, before month: Int, on path: DemandPath) -> PastUse {
    func hours(_ month: Int, lastHours: Int? = nil) -> [(units: Double, weight: Double)] {
      let groups = futures.outlooks[pool]
      let factors = groups.map { group -> Int64 in
        guard month >= 0 else { return 1_000_000 }
        guard month * hoursAMonth < group.outlook.demand.endsAfter ?? .max else { return 0 }
        return group.outlook.demand.millionths(on: path, month: month)
      }
      let indices = use.lengths.indices.suffix(lastHours ?? use.lengths.count)
      return indices.filter { use.lengths[$0] > 0 }.map { hour in
        let seconds = zip(groups, factors).reduce(Int128(0)) { $1.1 > 0 ? $0 + $1.0.seconds(hour, $1.1) : $0 }
        return (Double(seconds) / Double(use.lengths[hour]), Double(use.lengths[hour]))
      }
    }
    return PastUse(
      lastMonth: LevelProfile(hours(month - 1, lastHours: 720)),
      lastQuarter: LevelProfile((1...3).flatMap { hours(month - $0) }),
      lastDays: LevelProfile(hours(month - 1, lastHours: 72)))
  }

  /// How the demand of a pool in the month before one of the term turned out, beside its mean over the likely futures.
  fileprivate func outturn(of pool: Int, month: Int, on path: DemandPath) -> Double {
    guard let outlook = futures.outlooks[pool].first?.outlook.demand, month > 0 else { return 1 }
    let mean = DemandPath.likely.reduce(0.0) { $0 + Double(outlook.millionths(on: $1, month: month - 1)) }
    let met = Double(outlook.millionths(on: path, month: month - 1))
    return mean > 0 ? met * Double(DemandPath.likely.count) / mean : 1
  }
}
