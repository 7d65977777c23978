// A limit on upfront cash joins all pools and plans as plans join pools: with a price on cash, whoever pays upfront pays
// more, and the budget gives the price times its amount back. The price is found by halving; at each the search goes on
// for some turns. What is bought at a price may still be beyond the budget: then it is bought anew at dearer cash, and
// what is left is spent where it saves most. It begins with what pools buy by themselves, each by an exact flow: however
// little work is allowed, a budget never leaves less than what needs no cash; and without plans such flows at the right
// price are all but the best (Lagrangian relaxation: Fisher, "The Lagrangian relaxation method for solving integer
// programming problems", Management Science 27(1), 1981).

extension AccountSearch {
  /// Halvings of the price.
  private static let halvings = 12

  /// Halvings of the price at which pools buy by themselves.
  private static let plainHalvings = 20
  /// The work that they may take whatever else is allowed.
  private static let plainWork = 8_000_000

  /// The price of a micro-USD of cash that saves as much over the horizon: nobody pays more.
  private var highestPrice: Int { min(1 << 62, model.grains << AccountModel.worthBits) }

  /// Begins with what pools buy by themselves, as if there were no plans, at the prices of cash about the budget.
  private mutating func begin(within budget: Int) {
    let levels = model.plainLevels()
    var (low, high, price) = (0, highestPrice, 0)
    let least = workLeft - Self.plainWork
    for _ in 0...Self.plainHalvings where !isProven && workLeft > min(0, least) {
      let plain = model.plainPlan(levels, cashPrice: price)
      workLeft -= plain.work
      // What pools buy alone bounds nothing where plans might pay for them too.
      if model.plans.isEmpty {
        raise(bound: plain.cost - (Int128(budget) * Int128(price)) >> AccountModel.worthBits, at: price)
      }
      if model.isAffordable(plain.purchases) {
        take(model.spending(plain.purchases, budget: budget))
        high = price
      } else {
        low = price
      }
      guard high > 0 else { return }
      price = low + (high - low) / 2
    }
    // Nothing that needs cash is bought at the highest price.
    take(model.plainPlan(levels, cashPrice: highestPrice).purchases)
  }

  /// Searches with a limit on upfront cash.
  mutating func runWithin(budget: Int) {
    begin(within: budget)
    guard !isDone else { return }
    run(turns: 24)
    guard !isDone else { return }
    let most = highestPrice
    var (low, high) = (0, most)
    cashPrice = most / 16
    for _ in 0..<Self.halvings where !isDone {
      forget()
      run(turns: model.plans.isEmpty ? 1 : 8)
      if cash > Double(budget) { low = cashPrice } else { high = cashPrice }
      cashPrice = high == most ? (cashPrice < most / 4 ? 4 * cashPrice : most - 1) : low + (high - low) / 2
    }
    cashPrice = bestPrice
    forget()
    run()
  }

  /// Makes a plan fit the budget, and spends what is left.
  mutating func repair(_ polish: AccountPolish) {
    guard let budget = model.budget else { return }
    var (purchases, price) = (polish.purchases, cashPrice)
    for _ in 0..<16 where !model.isAffordable(purchases) && workLeft > 0 {
      price = min(1 << 62, price + price / 4 + model.grains << (AccountModel.worthBits - 8))
      var dearer = AccountPolish(model, purchases, cashPrice: price)
      dearer.run(work: workLeft / 4)
      workLeft -= dearer.work
      purchases = dearer.purchases
    }
    guard model.isAffordable(purchases) else { return }
    purchases = model.spending(purchases, budget: budget)
    take(purchases)
    for price in [price, price / 2, 0] where workLeft > 0 {
      var within = AccountPolish(model, purchases, cashPrice: price, isWithinBudget: true)
      guard model.isAffordable(within.purchases) else { continue }
      within.run(work: workLeft / 4)
      workLeft -= within.work
      take(model.spending(within.purchases, budget: budget))
    }
  }
}

extension AccountModel {
  /// True when the budget allows purchases.
  func isAffordable(_ purchases: [AccountPlan.Purchase]) -> Bool {
    budget.map { cash(for: purchases) <= Int128($0) } ?? true
  }

  /// Purchases that spend what is left of a budget on cheaper offers of the same terms, the best use of cash first.
  func spending(_ purchases: [AccountPlan.Purchase], budget: Int) -> [AccountPlan.Purchase] {
    var left = Int128(budget) - cash(for: purchases)
    var plan = purchases
    var spent = purchases.indices.flatMap { swaps(of: purchases[$0], at: $0) }
    spent.sort { Int128($0.saving) * Int128($1.cash) > Int128($1.saving) * Int128($0.cash) }
    for swap in spent where plan[swap.place].count > 0 {
      let count =
        swap.cash == 0 ? plan[swap.place].count : Int(min(Int128(plan[swap.place].count), left / Int128(swap.cash)))
      guard count > 0 else { continue }
      left -= Int128(count) * Int128(swap.cash)
      plan[swap.place].count -= count
      plan.append(AccountPlan.Purchase(swap.subject, hour: plan[swap.place].hour, count: count))
    }
    return AccountPlan(plan, cost: 0, bound: 0).purchases
  }

  /// One unit bought by another offer.
  private struct Swap {
    var place: Int
    var subject: AccountPlan.Subject
    /// Micro-USD an hour.
    var saving: Int
    /// Micro-USD more that are paid upfront.
    var cash: Int
  }

  private func swaps(of purchase: AccountPlan.Purchase, at place: Int) -> [Swap] {
    guard case .reservation(let pool, let offer) = purchase.subject else { return [] }
    let offers = pools[self.place[pool]].offers
    return offers.indices.compactMap { other in
      let saving = offers[offer].hourly - offers[other].hourly
      let cash = max(0, offers[other].upfront - offers[offer].upfront)
      guard offers[other].termHours == offers[offer].termHours, saving > 0 else { return nil }
      return Swap(place: place, subject: .reservation(pool: pool, offer: other), saving: saving, cash: cash)
    }
  }
}
