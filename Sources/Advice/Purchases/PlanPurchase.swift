import Analysis
import Model
import Solvers

/// What an account commits to a savings plan, over all terms of one kind of plan.
struct PlanPurchase: Sendable {
  let account: AccountPurchase
  let part: Int
  /// As reports call it.
  let name: String
  /// Indices of the part's plans that it is of.
  private let indices: [Int]

  init(_ account: AccountPurchase, part: Int, name: String) {
    (self.account, self.part, self.name) = (account, part, name)
    let plans = account.futures.parts[part].plans
    indices = plans.indices.filter {
      account.market.plans[plans[$0]].name == name && account.market.plans[plans[$0]].isOffered
    }
  }

  /// The kinds of plans that an account may buy, in the order in which usage draws from them.
  static func all(_ account: AccountPurchase) -> [PlanPurchase] {
    account.futures.parts.indices.flatMap { part in
      let names = account.futures.parts[part].plans.map { account.market.plans[$0] }.filter(\.isOffered).map(\.name)
      return names.eachOnce().map { PlanPurchase(account, part: part, name: $0) }
    }
  }

  func market(_ purchase: AccountPlan.Purchase) -> PlanMarket {
    account.market.plans[account.futures.parts[part].plans[purchase.plan ?? indices.first ?? 0]]
  }

  private func own(_ purchases: [AccountPlan.Purchase]) -> [AccountPlan.Purchase] {
    purchases.filter { $0.plan.map(indices.contains) ?? false }
  }

  var purchases: [AccountPlan.Purchase] { own(account.chosen[part]) }
  var now: [AccountPlan.Purchase] { purchases.filter { $0.hour == 0 } }

  /// The services that it pays for, by name.
  var services: [String] {
    let pools = account.futures.parts[part].pools
    let paid = pools.indices.filter { pool in indices.contains { problem.plans[$0].rates[pool] != nil } }
    return Set(paid.flatMap { account.use.pools[pools[$0]].pool.services }).sorted()
  }

  private var problem: AccountProblem { account.problems[part].problem }

  /// USD an hour of a purchase.
  func hourly(_ purchase: AccountPlan.Purchase) -> Money {
    let increment = purchase.plan.flatMap { problem.plans[$0].offer?.increment } ?? 0
    return Money(nanoDollars: Int64(clamping: Int128(increment) * 1000 * Int128(purchase.count)))
  }

  func change(_ purchase: AccountPlan.Purchase) -> Change {
    let plan = market(purchase)
    return Change(
      CommitSavingsPlan(
        term: plan.term, hourly: hourly(purchase), family: plan.family, region: plan.region, account: plan.account))
  }

  /// True where even the cautious plan commits as much now.
  var isSafe: Bool {
    let cautious = own(account.plans[.cautious]?[part].now ?? [])
    return cautious.reduce(0) { $0 + $1.count } >= now.reduce(0) { $0 + $1.count }
  }

  /// The rates that it rests on.
  var prices: [PriceNote] {
    let rates = indices.flatMap { account.market.plans[account.futures.parts[part].plans[$0]].rates.compactMap { $0 } }
    return rates.map(account.context.engine.note)
  }

  /// What the purchases of now save a month of the term on the mean of the futures, beside all else that is bought now.
  func expectedSaving() throws(DataError) -> Money {
    let all = account.now(account.chosen)[part]
    return try account.saving(of: all, beside: all.filter { !($0.plan.map(indices.contains) ?? false) }, part: part)
  }

  /// What is bought of it later.
  func later() -> [LaterPurchase] {
    purchases.filter { $0.hour > 0 }.map { purchase in
      LaterPurchase(
        date: account.date(ofHour: purchase.hour),
        instances: CommittedInstances(1, name, .savingsPlan(market(purchase).term)), change: change(purchase),
        ending: [])
    }
  }
}
