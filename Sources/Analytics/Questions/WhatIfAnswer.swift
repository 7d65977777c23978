import Advice
import Analysis
import Model
import Reading

/// A month as it was and as it would have been.
public struct WhatIfAnswer: Sendable {
  /// What ran of a type of a service.
  package struct Capacity: Hashable, Sendable {
    package let type: String
    /// Instances at the start of an interval.
    package let least, most: Int
    package let mean: Double
  }
  /// What ran of a service, before and after, type by type; nil where nothing did.
  package struct CapacityChange: Sendable {
    package let service: String
    package let before, after: Capacity?
  }

  /// The month and its clock.
  public let scope: MonthScope
  package let scenario: Scenario
  /// What each change asks of whoever makes it.
  package let terms: [(change: Change, terms: ChangeTerms)]
  /// How long what was critical.
  package let critical: [CriticalChange]
  /// The months of the horizon, where one is asked for.
  package let ahead: [MonthAhead]
  package let before, after: Outcome
  /// In the fleet's order of services, each with its types, those of most instance-hours first.
  package let capacity: [CapacityChange]
  package let doubts: PriceDoubts

  /// - Parameter before: the month as it was; nil where it is not known yet.
  init(
    _ study: Study, _ scenario: Scenario, before known: Outcome? = nil, horizon: Int? = nil
  ) throws(DataError) {
    let scenario = horizon.map(scenario.ahead) ?? scenario
    let (before, made) = try concurrently(
      { () throws(DataError) in if let known { known } else { try study.outcome(Scenario()) } },
      { () throws(DataError) in try study.playedWithTerms(scenario) })
    let (after, critical) = try concurrently(
      { () throws(DataError) in try study.outcome(of: made.scenario) },
      { () throws(DataError) in try study.criticalChanges(before.plan, made.scenario.plan) })
    scope = MonthScope(study)
    self.scenario = scenario
    terms = made.terms
    self.critical = critical
    ahead = if let horizon { try study.monthsAhead(horizon, of: scenario, before: before) } else { [] }
    self.before = before
    self.after = after
    capacity = study.fleet.services.flatMap { service in
      paired(study.capacities(service.name, before.plan), study.capacities(service.name, after.plan)).map {
        CapacityChange(service: service.name, before: $0.before, after: $0.after)
      }
    }
    doubts = study.doubts(of: before.bill.prices + after.bill.prices)
  }
}

extension WhatIfAnswer {
  /// What all amounts are in, by its code: `USD`.
  public var currency: String { before.bill.currency.code }
  /// What the month cost.
  public var costBefore: Money { before.bill.total }
  /// What it would have cost.
  public var costAfter: Money { after.bill.total }
  /// What it cost for each average concurrent user; nil where users were not measured, or there was none.
  public var costPerUserBefore: Money? { before.allocation.perUser }
  /// What it would have cost for each of them.
  public var costPerUserAfter: Money? { after.allocation.perUser }
  /// The prices that the book lacks of either: what they are of is in no sum.
  package var missingPrices: [MissingPrice] {
    MissingPrice.sorted(before.bill.missingPrices + after.bill.missingPrices)
  }
  /// The services whose bill lacks a price before or after.
  package var unpricedServices: [String] {
    before.unpricedServices + after.unpricedServices.filter { !before.unpricedServices.contains($0) }
  }
  /// What its owner should know of the changes.
  package var notes: [PlanNote] { after.notes }
}

/// What ran before beside what runs after: of the same type where there is one, else in their order; once, with nothing,
/// where nothing runs at all.
private func paired(_ before: [WhatIfAnswer.Capacity], _ after: [WhatIfAnswer.Capacity]) -> [(
  before: WhatIfAnswer.Capacity?, after: WhatIfAnswer.Capacity?
)] {
  var others = after.filter { own in !before.contains { $0.type == own.type } }[...]
  let rows = before.map { own in (before: own, after: after.first { $0.type == own.type } ?? others.popFirst()) }
  let all = rows.map { (before: Optional($0.before), after: $0.after) } + others.map { (before: nil, after: $0) }
  return all.isEmpty ? [(nil, nil)] : all
}

extension Study {
  /// The month's plan with the changes of a scenario, and what each asks of whoever makes it.
  fileprivate func playedWithTerms(
    _ scenario: Scenario
  ) throws(DataError) -> (scenario: PlayedScenario, terms: [(change: Change, terms: ChangeTerms)]) {
    var terms: [(change: Change, terms: ChangeTerms)] = []
    let made = try played(scenario) { change, plan throws(DataError) in
      terms.append((change, try change.change.terms(on: plan, context)))
    }
    return (made, terms)
  }

  /// Of each type that runs of a service how many did, those of most instance-hours first.
  fileprivate func capacities(_ service: String, _ plan: FleetPlan) -> [WhatIfAnswer.Capacity] {
    let runs = Dictionary(grouping: plan.runs(of: service), by: \.type)
    return context.types(of: service, in: plan).map { type in
      let counts = runningCounts(runs[type.type] ?? [], on: context.grid)
      return WhatIfAnswer.Capacity(
        type: type.type, least: counts.min() ?? 0, most: counts.max() ?? 0,
        mean: Double(counts.reduce(0, +)) / Double(max(1, counts.count)))
    }
  }
}

extension Workspace {
  /// Changes beside the month as it was.
  /// - Throws: ``DataError`` for an id that is no recommendation of the month, a file that holds no changes, and for what a
  ///   change cannot be made with.
  package func whatIf(_ question: WhatIfQuestion, month: String?) throws -> WhatIfAnswer {
    let input = try checked(question)
    func answer(_ study: Study) throws -> WhatIfAnswer {
      let before = question.advice.isEmpty ? nil : try study.outcome(Scenario())
      var changes =
        try before.map { before throws(DataError) in try study.changes(of: question.advice, from: before) } ?? []
      if let input { changes += try readChanges(input.bytes, file: input.name, of: study.fleet) }
      return try WhatIfAnswer(
        study, Scenario(changes + question.scenario.changes), before: before, horizon: question.horizonMonths)
    }
    let regions = question.scenario.regions
    // Advice looks at every type there is.
    return try remedying(regions) {
      question.advice.isEmpty
        ? try self.answer(month: month, alsoIn: regions, answer) : try answer(study(month: month, alsoIn: regions))
    }
  }

  /// The file of changes that a question names, once what it says of itself is sound.
  func checked(_ question: WhatIfQuestion) throws -> InputFile? {
    if let months = question.horizonMonths, !(1...MonthlyGrowth.mostMonths).contains(months) {
      throw DataError(
        Place(parameter: .horizon), found: "\(months) months", expected: "1 to \(MonthlyGrowth.mostMonths)",
        kind: .usage)
    }
    return try question.file.map { try InputFile.read(path: $0) }
  }
}
