// Several families as the problem of an account, which searches in another way: what branch and bound leaves open of
// many families, pools at prices of a plan's money and of cash come near at once.

extension MultiProblem {
  /// The same as a problem of an account: pools of quanta, one stretch in which everything is bought at its start.
  ///
  /// A savings plan pays for spot only here, so that bounds of an account have to be asked for with that. Nil where there
  /// are no hours, or more units than an account counts.
  var account: AccountProblem? {
    guard hours > 0 else { return nil }
    let needs = families.map(\.problem.needs)
    var stretch = AccountProblem.Stretch(start: 0, end: hours)
    for hour in 0..<hours {
      let (state, spot) = (
        needs.compactMap { Int32(exactly: $0[hour].net) }, needs.map { Int32(clamping: $0[hour].spot) }
      )
      guard state.count == families.count else { return nil }
      stretch.append(needs: state, spot: spot)
    }
    let rates = families.map { family -> Int? in family.planRate * family.quantum }
    let plan = AccountProblem.Plan(
      name: "", rates: rates, offer: AccountProblem.PlanOffer(termHours: hours, increment: MultiCost.cent))
    return AccountProblem(
      pools: families.map { $0.pool(hours: hours) }, plans: [plan], stretches: [stretch], budget: budget)
  }
}

extension MixFamily {
  /// A family with a price for each quantum; every option lasts for all hours, as it is charged.
  fileprivate func pool(hours: Int) -> AccountProblem.Pool {
    let affordable = problem.options.filter { $0.upfront <= Int.max / quantum }
    return AccountProblem.Pool(
      name: name, onDemand: problem.onDemand * quantum, spot: min(problem.spot.price, problem.onDemand) * quantum,
      offers: affordable.map {
        AccountProblem.Offer(
          name: $0.name, termHours: hours, hourly: $0.rate * quantum, upfront: $0.upfront * quantum)
      })
  }
}
