// A limit on upfront cash joins all pools and plans as plans join pools: with a price on cash, whoever pays upfront pays
// more, and the budget gives the price times its amount back. The price is found by halving; at each the search goes on
// for some turns. What is bought at a price may still be beyond the budget: then it is bought anew at dearer cash, and
// what is left is spent where it saves most.

extension AccountSearch {
  /// Halvings of the price.
  private static let halvings = 12

  /// Searches with a limit on upfront cash.
  mutating func runWithin(budget: Int) {
    run(turns: 24)
    guard !isDone else { return }
    // A micro-USD of cash that saves as much over the horizon.
    let most = min(1 << 62, model.grains << AccountModel.worthBits)
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
