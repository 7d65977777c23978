import Advice
import Model
import Reading
import Solvers

/// The answer to a problem of the purchase mix: `{"bound","cost","id","purchase"}`, with `savings_plan_cents` where
/// there is a plan, keys sorted.
func mixAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    let problem = try MixLine(line, at: place)
    return AnswerLine(text(try faulting(at: place, problem.solve), id: problem.id))
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

/// A problem of the purchase mix as a line states it, read and ready to be solved.
package struct MixLine {
  /// The models, each a file of Solvers/Mix.
  private enum Model: String, CaseIterable {
    case single, expiry, budget, phased, multi, account
  }

  /// As JSON; nil when the line has none.
  package var id: String?
  /// The name of the model.
  package var kind: String
  /// The answer.
  package var solve: () throws(ProblemFault) -> MixAnswer

  /// - Throws: `DataError` for a line that is no problem.
  init(_ line: UnsafeBufferPointer<UInt8>, at place: Place) throws(DataError) {
    var reader = ProblemReader(line, at: place)
    let (kind, input) = try reader.read()
    guard let model = Model(rawValue: kind) else {
      let names = Model.allCases.map(\.rawValue).joined(separator: ", ")
      throw reader.wrong("kind", "\"\(kind)\"", "one of \(names)")
    }
    self.kind = kind
    id = reader.id
    solve = try faulting(at: place) { () throws(ProblemFault) in try Self.solver(of: model, input) }
  }

  private static func solver(
    of model: Model, _ input: ProblemObject
  ) throws(ProblemFault) -> () throws(ProblemFault) -> MixAnswer {
    if model == .multi {
      let problem = try multiProblem(input)
      return { () throws(ProblemFault) in try MultiMix.solve(problem) }
    }
    if model == .account {
      let problem = try accountProblem(input)
      return { () throws(ProblemFault) in try answer(to: problem) }
    }
    let problem = try mixProblem(input)
    switch model {
    case .budget:
      let budget = try whole(input, "upfront_budget")
      return { () throws(ProblemFault) in try BudgetMix.solve(problem, budget: budget) }
    case .phased:
      let monthHours = try whole(input, "month_hours")
      return { () throws(ProblemFault) in try PhasedMix.solve(problem, monthHours: monthHours) }
    case .single, .expiry, .multi, .account:
      return { () throws(ProblemFault) in try SingleMix.solve(problem) }
    }
  }
}

private func text(_ answer: MixAnswer, id: String?) -> String {
  let purchase = answer.purchase.sorted { $0.key < $1.key }.map { "\(jsonString($0.key)):\($0.value)" }
  let plan = answer.savingsPlanCents.map { ",\"savings_plan_cents\":\($0)" } ?? ""
  let id = id ?? "null"
  return "{\"bound\":\(answer.bound),\"cost\":\(answer.cost),\"id\":\(id),"
    + "\"purchase\":{\(purchase.joined(separator: ","))}\(plan)}"
}

// MARK: Problems

private func mixProblem(_ input: ProblemObject) throws(ProblemFault) -> MixProblem {
  guard let demand = input.demand else { throw ProblemFault(key: "input", found: "no \"demand\"", expected: "a list") }
  let slotHours = input.record.has("slot_hours") ? try whole(input, "slot_hours") : 1
  let (hours, overflow) = demand.count.multipliedReportingOverflow(by: slotHours)
  guard !overflow, try whole(input, "hours") == hours else {
    throw ProblemFault(
      key: "demand", found: "\(demand.count) slots of \(slotHours) hours", expected: "as many hours as \"hours\"")
  }
  return MixProblem(
    demand: demand, slotHours: slotHours, onDemand: try whole(input, "on_demand"),
    options: try options(input, "options"),
    spot: try spot(input, price: "price"), held: try held(input))
}

private func multiProblem(_ input: ProblemObject) throws(ProblemFault) -> MultiProblem {
  let hours = try whole(input, "hours")
  var families: [MixFamily] = []
  for family in input.families { families.append(try mixFamily(family, hours: hours)) }
  return MultiProblem(families: families, budget: try whole(input, "upfront_budget"))
}

private func mixFamily(_ family: ProblemObject, hours: Int) throws(ProblemFault) -> MixFamily {
  let name = try reading { () throws(DataError) in try family.record.text("name") }
  let quantum = try whole(family, "quantum")
  guard quantum > 0 else { throw ProblemFault(key: "quantum", found: "0", expected: "at least 1") }
  let held = try held(family).map { HeldUnits(units: $0.units / quantum, until: $0.until) }
  let problem = MixProblem(
    demand: try quanta(family, hours: hours, quantum: quantum), onDemand: try whole(family, "on_demand_per_unit"),
    options: try options(family, "options_per_unit"), spot: try spot(family, price: "price_per_unit"), held: held)
  return MixFamily(
    name: name, quantum: quantum, problem: problem, planRate: try whole(family, "savings_plan_rate_per_unit"))
}

/// The demand of all sizes of a family in quanta, a part of one dropped.
private func quanta(_ family: ProblemObject, hours: Int, quantum: Int) throws(ProblemFault) -> [Int] {
  let other = family.demandByFactor.first { $0.demand.count != hours }
  guard !family.demandByFactor.isEmpty, other == nil else {
    throw ProblemFault(key: "demand_by_factor", found: "\(other?.demand.count ?? 0) hours", expected: "\(hours)")
  }
  var units = [Int](repeating: 0, count: hours)
  for (factor, demand) in family.demandByFactor {
    for (hour, count) in demand.enumerated() {
      let (part, isLarge) = count.multipliedReportingOverflow(by: factor)
      let (sum, isLarger) = units[hour].addingReportingOverflow(part)
      guard !isLarge, !isLarger else {
        throw ProblemFault(
          key: "demand_by_factor", found: "\(count) of \(factor)", expected: "at most \(Int.max) units")
      }
      units[hour] = sum
    }
  }
  return units.map { $0 / quantum }
}

private func options(_ input: ProblemObject, _ key: String) throws(ProblemFault) -> [MixOption] {
  try reading { () throws(DataError) in
    var options: [MixOption] = []
    for option in try input.record.records(key) {
      options.append(
        MixOption(
          name: try option.text("name"), termHours: try option.whole("term_hours"),
          upfront: try option.whole("upfront"),
          hourly: try option.whole("hourly")))
    }
    return options
  }
}

private func spot(_ input: ProblemObject, price: String) throws(ProblemFault) -> SpotOffer {
  guard input.record.has("spot") else { return SpotOffer(price: 0, maxSharePercent: 0) }
  return try reading { () throws(DataError) in
    let spot = try input.record.record("spot")
    return SpotOffer(price: try spot.whole(price), maxSharePercent: try spot.whole("max_share_percent"))
  }
}

private func held(_ input: ProblemObject) throws(ProblemFault) -> [HeldUnits] {
  try reading { () throws(DataError) in
    var held: [HeldUnits] = []
    for commitment in try input.record.records("existing") {
      held.append(HeldUnits(units: try commitment.whole("units"), until: try commitment.whole("until")))
    }
    return held
  }
}

private func whole(_ input: ProblemObject, _ key: String) throws(ProblemFault) -> Int {
  let most = key == "upfront_budget" ? mostUpfrontBudget : mostCounted
  return try reading { () throws(DataError) in try input.record.whole(key, to: most) }
}

/// Micro-USD: the most that any bill of the solvers is.
let mostUpfrontBudget: Int64 = 1 << 56

/// Reads members, whose errors become faults of the problem; the line is known where the answer is made.
func reading<T>(_ body: () throws(DataError) -> T) throws(ProblemFault) -> T {
  do throws(DataError) { return try body() } catch {
    throw ProblemFault(key: error.place.key ?? "input", found: error.found, expected: "\(error.expected)")
  }
}
