// Users in several regions, each with a fleet of its own: its groups by its users and with its own fewest instances, caches of
// its own, and of a database replicas or one of its own. Types are those that are cheapest where all users would be. What is
// metered and has a price of the region is metered in each by its users, stated amounts once in each; anything else once.

import Advice
import Analysis
import Model

extension CapacityStudy {
  /// Numbers of users in the first region, beside the same in all.
  func regional(_ users: [Int], _ question: RegionsQuestion) throws(DataError) -> [RegionalSize] {
    try question.check(study.inputs.catalogue)
    return try users.map { count throws(DataError) in try regional(count, question) }
  }

  private func regional(_ all: Int, _ question: RegionsQuestion) throws(DataError) -> RegionalSize {
    let home = question.shares[0].region
    var missing: [MissingPrice] = []
    let one = try part(all, of: all, in: home, models, question, &missing)
    var several: [RegionalSize.Part] = []
    for ((region, _), users) in zip(question.shares, question.users(of: all)) where users > 0 {
      let own = models.map { model in regionalModel(model, users: users, of: all, isHome: region == home, question) }
      several.append(try part(users, of: all, in: region, own, question, &missing))
    }
    let everywhere = try meter(charges { !isRegional($0, in: home) }, users: all, in: home, &missing)
    let cdn = try question.cdn.map { cdn throws(DataError) in
      try meter(delivered(by: cdn.item), users: all, percent: cdn.percent, in: home, &missing)
    }
    let between = try question.between.map { between throws(DataError) in
      try meter([transfer(between.item, between.gigabytes)], users: all, in: home, &missing)
    }
    return RegionalSize(
      users: all, services: models.map(\.service.name), one: one, several: several, everywhere: everywhere.cost,
      lacksEverywhere: everywhere.lacks,
      cdn: cdn?.isPriced == true ? cdn?.cost : nil, between: between?.isPriced == true ? between?.cost : nil,
      missing: MissingPrice.sorted(missing))
  }

  /// What a component carries in a region, with the number of users that it is to be asked for.
  private func regionalModel(
    _ model: ComponentModel, users: Int, of all: Int, isHome: Bool, _ question: RegionsQuestion
  ) -> ComponentModel {
    guard model.isReplicated(question.databases), !isHome else { return model }
    return model.reading(for: Double(users) / Double(all))
  }

  private func part(
    _ users: Int, of all: Int, in region: String, _ models: [ComponentModel], _ question: RegionsQuestion,
    _ missing: inout [MissingPrice]
  ) throws(DataError) -> RegionalSize.Part {
    // A database of which others have replicas carries all users, and so do replicas what is written.
    let asked = models.map { $0.isReplicated(question.databases) ? all : users }
    let plans = zip(models, asked).map { $0.plan(users: Double($1)) }
    var parts: [(service: Service, plan: ComponentPlan, counts: [Int])] = []
    for ((model, users), plan) in zip(zip(models, asked), plans) {
      if let plan { parts.append((model.service, plan, counts(plan, model, users: users))) }
    }
    let bill = try bill(parts, in: region)
    missing += bill.missingPrices
    let sent = 100 - (question.cdn?.percent ?? 0)
    let charges = charges { isRegional($0, in: region) }
    var metered = [try meter(charges.filter { !isSent($0) }, users: users, in: region, &missing)]
    if sent > 0 { metered.append(try meter(charges.filter(isSent), users: users, percent: sent, in: region, &missing)) }
    let missingTypes = Set(bill.missingPrices.compactMap(\.subject.instanceType))
    return RegionalSize.Part(
      region: region, users: users, plans: plans, costs: models.map { bill.total(of: $0.service.name) },
      metered: metered.reduce(.zero) { $0 + $1.cost },
      unpriced: Set(parts.filter { missingTypes.contains($0.plan.type.name) }.map(\.service.name)),
      lacksMetered: metered.contains(where: \.lacks))
  }
}

extension MissingPrice.Subject {
  /// The type of instance that has no price; nil for anything else.
  fileprivate var instanceType: String? { if case .onDemand(let kind) = self { kind.type } else { nil } }
}

extension ComponentModel {
  /// True for a database of which other regions have replicas.
  fileprivate func isReplicated(_ databases: RegionsQuestion.Databases) -> Bool {
    databases == .replica && service.approach == .cluster && service.database != nil
  }
}

// MARK: - What is metered

extension CapacityStudy {
  private func charges(_ holds: (Charge) -> Bool) -> [Charge] { study.fleet.charges.filter(holds) }

  /// True for what has a price of the region it is in, and so is bought in each.
  private func isRegional(_ charge: Charge, in region: String) -> Bool {
    guard let item = charge.price else { return false }
    return [region, charge.region ?? study.fleet.region].contains {
      study.inputs.catalogue.isPricedByRegion(item, in: $0)
    }
  }

  /// True for what goes out to users, of which a CDN may deliver a part.
  private func isSent(_ charge: Charge) -> Bool { charge.quantity.metric == .transferOutGB }

  /// What goes out to users, at another price.
  private func delivered(by item: String) -> [Charge] {
    charges(isSent).map { charge in
      var charge = charge
      (charge.price, charge.fixedUsd, charge.freeUnits) = (item, nil, 0)
      return charge
    }
  }

  private func transfer(_ item: String, _ gigabytes: Int) -> Charge {
    var charge = Charge()
    (charge.name, charge.service, charge.price) = ("Between regions", "regions", item)
    charge.quantity.units = gigabytes
    return charge
  }

  /// Charges of so many users in a region.
  /// - Parameter percent: of what is measured; stated amounts stay.
  private func meter(
    _ charges: [Charge], users: Int, percent: Int = 100, in region: String, _ missing: inout [MissingPrice]
  ) throws(DataError) -> (cost: Money, isPriced: Bool, lacks: Bool) {
    var fleet = study.fleet
    fleet.charges = charges
    var own = BillingEngine(
      fleet: fleet, catalogue: study.inputs.catalogue, history: study.inputs.history, inventory: [],
      creditsFrom: study.period.start)
    own.allowsUnpriced = true
    let bill = try own.bill(meteredPlan(users: users, percent: percent, in: region), over: study.period)
    missing += bill.missingPrices
    return (bill.total, !charges.isEmpty && bill.missingPrices.isEmpty, !bill.missingPrices.isEmpty)
  }
}
