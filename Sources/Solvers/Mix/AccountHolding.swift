/// What is held in each segment: units of pools, and money of plans.
struct AccountHolding: Sendable {
  let pools: Int
  let plans: Int
  /// Segment after segment, by pool, units.
  var units: [Int]
  /// Segment after segment, by plan, micro-USD an hour, no more than is of use.
  var money: [Int]

  /// What is held before anything is bought.
  init(_ model: AccountModel) {
    pools = model.pools.count
    plans = model.plans.count
    let segments = model.time.segments.indices
    units = [Int](repeating: 0, count: segments.count * pools)
    money = segments.flatMap { segment in model.plans.map { $0.held[segment] } }
  }

  /// - Parameter purchases: of the problem's pools and plans; those at hours at which nothing begins are left out.
  init(_ model: AccountModel, _ purchases: [AccountPlan.Purchase]) {
    self.init(model)
    for purchase in purchases where purchase.count > 0 { add(purchase, model) }
  }

  private mutating func add(_ purchase: AccountPlan.Purchase, _ model: AccountModel) {
    guard let term = model.term(of: purchase.subject),
      let window = model.time.window(at: purchase.hour, term: term)
    else { return }
    for segment in window.from..<window.to {
      switch purchase.subject {
      case .reservation(let pool, _):
        let place = segment * pools + model.place[pool]
        units[place] = min(Int(Int32.max), units[place] + min(purchase.count, Int(Int32.max)))
      case .plan(let plan):
        let increment = model.plans[plan].offer?.increment ?? 1
        let most = model.plans[plan].most
        let amount = min(most, min(purchase.count, most / increment + 1) * increment)
        money[segment * plans + plan] = min(most, money[segment * plans + plan] + amount)
      }
    }
  }
}

extension AccountModel {
  /// Hours that a purchase serves; nil for what cannot be bought.
  func term(of subject: AccountPlan.Subject) -> Int? {
    switch subject {
    case .reservation(let pool, let offer):
      guard place.indices.contains(pool), pools[place[pool]].offers.indices.contains(offer) else { return nil }
      return pools[place[pool]].offers[offer].termHours
    case .plan(let plan): return plans.indices.contains(plan) ? plans[plan].offer?.termHours : nil
    }
  }

  /// Micro-USD an hour of one of it.
  func hourly(of subject: AccountPlan.Subject) -> Int {
    switch subject {
    case .reservation(let pool, let offer): pools[place[pool]].offers[offer].hourly
    case .plan(let plan): plans[plan].offer?.increment ?? 0
    }
  }

  /// Micro-USD paid when one of it is bought.
  func upfront(of subject: AccountPlan.Subject) -> Int {
    switch subject {
    case .reservation(let pool, let offer): pools[place[pool]].offers[offer].upfront
    case .plan(let plan): plans[plan].offer?.upfront ?? 0
    }
  }

  /// Micro-USD over the horizon that purchases cost; those at hours at which nothing begins cost nothing.
  func charges(for purchases: [AccountPlan.Purchase]) -> Int128 {
    purchases.reduce(0) { sum, purchase in
      guard let term = term(of: purchase.subject), let window = time.window(at: purchase.hour, term: term) else {
        return sum
      }
      return sum + Int128(hourly(of: purchase.subject)) * Int128(window.hours) * Int128(max(0, purchase.count))
    }
  }

  /// Micro-USD paid when they are bought.
  func cash(for purchases: [AccountPlan.Purchase]) -> Int128 {
    purchases.reduce(0) { $0 + Int128(upfront(of: $1.subject)) * Int128($1.count) }
  }
}

extension AccountProblem.PlanOffer {
  /// Micro-USD paid when an increment is bought, a fraction of one rounded up.
  var upfront: Int {
    let paid = Int128(increment) * Int128(termHours) * Int128(upfrontPermille)
    return Int(clamping: (paid + 999) / 1_000)
  }
}
