import Reading
import Solvers

/// The problem of an account as a line states it.
///
/// `{"parts","pools":[{"name","on_demand","spot","offers":[...]}],"plans":[{"name","rates":{POOL:rate},"existing":[...],
/// "term_hours","upfront_permille","increment"}],"stretches":[{"start","end","weights","needs","spot_needs"}],
/// "upfront_budget"}`; needs are state after state, by pool.
func accountProblem(_ input: ProblemObject) throws(ProblemFault) -> AccountProblem {
  var pools: [AccountProblem.Pool] = []
  for pool in try reading({ () throws(DataError) in try input.record.records("pools") }) {
    pools.append(try reading { () throws(DataError) in try accountPool(pool) })
  }
  var plans: [AccountProblem.Plan] = []
  for plan in try reading({ () throws(DataError) in try input.record.records("plans") }) {
    plans.append(try accountPlan(plan, pools))
  }
  var stretches: [AccountProblem.Stretch] = []
  for stretch in input.stretches { stretches.append(try accountStretch(stretch, pools: pools.count)) }
  let problem = AccountProblem(
    pools: pools, plans: plans, stretches: stretches,
    parts: try reading { () throws(DataError) in try input.record.wholeIfKnown("parts") ?? 1 },
    budget: try reading { () throws(DataError) in try input.record.wholeIfKnown("upfront_budget", to: mostUpfrontBudget)
    })
  try checkKeys(problem)
  return problem
}

/// The answer, its purchases as `pool/offer@hour` and `plan@hour`.
func answer(to problem: AccountProblem) throws(ProblemFault) -> MixAnswer {
  let plan = try problem.cheapestPlan()
  var purchase: [String: Int] = [:]
  for bought in plan.purchases {
    purchase["\(problem.name(of: bought.subject))@\(bought.hour)", default: 0] += bought.count
  }
  return MixAnswer(cost: plan.cost, purchase: purchase, bound: plan.bound)
}

extension AccountProblem {
  fileprivate func name(of subject: AccountPlan.Subject) -> String {
    switch subject {
    case .reservation(let pool, let offer): "\(pools[pool].name)/\(pools[pool].offers[offer].name)"
    case .plan(let plan): plans[plan].name
    }
  }
}

/// A pool `a/b` and an offer `c` must not be mistaken for `a` and `b/c`, nor for a plan `a/b/c`.
private func checkKeys(_ problem: AccountProblem) throws(ProblemFault) {
  let offers = problem.pools.flatMap { pool in pool.offers.map { "\(pool.name)/\($0.name)" } }
  let names = offers + problem.plans.map(\.name)
  guard Set(names).count == names.count else {
    throw ProblemFault(key: "pools", found: "a name twice", expected: "a name for each offer and plan")
  }
}

private func accountPool(_ pool: JSONRecord) throws(DataError) -> AccountProblem.Pool {
  var offers: [AccountProblem.Offer] = []
  for offer in try pool.records("offers") {
    offers.append(
      AccountProblem.Offer(
        name: try offer.text("name"), termHours: try offer.whole("term_hours"), hourly: try offer.whole("hourly"),
        upfront: try offer.wholeIfKnown("upfront") ?? 0))
  }
  return AccountProblem.Pool(
    name: try pool.text("name"), onDemand: try pool.whole("on_demand"), spot: try pool.wholeIfKnown("spot"),
    offers: offers)
}

private func accountPlan(
  _ plan: JSONRecord, _ pools: [AccountProblem.Pool]
) throws(ProblemFault) -> AccountProblem.Plan {
  let rates = try reading { () throws(DataError) in try plan.record("rates") }
  let places = Dictionary(zip(pools.map(\.name), pools.indices), uniquingKeysWith: min)
  var known = [Int?](repeating: nil, count: pools.count)
  for member in rates.node.members {
    guard let place = places[member.key] else {
      throw ProblemFault(key: "rates", found: "\"\(member.key)\"", expected: "the name of a pool")
    }
    known[place] = try reading { () throws(DataError) in try rates.wholeIfKnown(member.key) }
  }
  return try reading { () throws(DataError) in
    var held: [AccountProblem.HeldPlan] = []
    for part in try plan.records("existing") {
      held.append(AccountProblem.HeldPlan(amount: try part.whole("amount"), until: try part.whole("until")))
    }
    var offer: AccountProblem.PlanOffer?
    if let term = try plan.wholeIfKnown("term_hours") {
      offer = AccountProblem.PlanOffer(
        termHours: term, upfrontPermille: try plan.wholeIfKnown("upfront_permille") ?? 0,
        increment: try plan.wholeIfKnown("increment") ?? 1_000)
    }
    return AccountProblem.Plan(name: try plan.text("name"), rates: known, held: held, offer: offer)
  }
}

private func accountStretch(
  _ input: ProblemObject, pools: Int
) throws(ProblemFault) -> AccountProblem.Stretch {
  let (needs, spot) = (try parts(input, "needs"), try parts(input, "spot_needs"))
  let states = pools == 0 ? 0 : needs.count / pools
  let weights = input.numbers["weights"] ?? [Int](repeating: 1, count: states)
  guard pools > 0, needs.count == states * pools, weights.count == states, spot.isEmpty || spot.count == needs.count
  else {
    throw ProblemFault(
      key: "needs", found: "\(needs.count) needs, \(spot.count) of spot and \(weights.count) weights",
      expected: "a weight for each state, and a need for each of \(pools) pools in it")
  }
  var stretch = AccountProblem.Stretch(
    start: try reading { () throws(DataError) in try input.record.whole("start") },
    end: try reading { () throws(DataError) in try input.record.whole("end") })
  for (state, weight) in weights.enumerated() {
    let row = state * pools..<(state + 1) * pools
    stretch.append(weight: weight, needs: Array(needs[row]), spot: spot.isEmpty ? [] : Array(spot[row]))
  }
  return stretch
}

private func parts(_ input: ProblemObject, _ key: String) throws(ProblemFault) -> [Int32] {
  var parts: [Int32] = []
  for number in input.numbers[key] ?? [] {
    guard let part = Int32(exactly: number) else {
      throw ProblemFault(key: "\(key)[\(parts.count)]", found: "\(number)", expected: "from 0 to \(Int32.max)")
    }
    parts.append(part)
  }
  return parts
}
