import Model
import Reading
import Solvers

/// The answer to what to buy now: `{"buy":{"POOL/OPTION":units,"PLAN":cents},"id"}`, keys sorted, what is not bought left out.
func buyAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    let keys = ProblemFieldReader.Keys(wholes: ["unit_hours"], objects: ["pools", "options", "existing", "shared"])
    var reader = ProblemFieldReader(line, at: place, keys)
    let (fields, id) = try reader.read()
    let problem = try buyProblem(fields)
    let answer = try faulting(at: place) { () throws(ProblemFault) in try BuyRule.solve(problem) }
    return AnswerLine("{\"buy\":{\(text(answer, of: problem))},\"id\":\(id)}")
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

private func text(_ answer: BuyAnswer, of problem: BuyProblem) -> String {
  var members = answer.reservations.map { bought in
    let pool = problem.pools[bought.pool]
    return ("\(pool.name)/\(pool.options[bought.option].name)", bought.units)
  }
  members += zip(problem.plans, answer.cents).filter { $0.1 > 0 }.map { ($0.0.name, $0.1) }
  return members.sorted { $0.0 < $1.0 }.map { "\(jsonString($0.0)):\($0.1)" }.joined(separator: ",")
}

private func buyProblem(_ fields: ProblemFields) throws(DataError) -> BuyProblem {
  var pools: [BuyProblem.Pool] = []
  for pool in try fields.objects("pools") { pools.append(try buyPool(pool)) }
  let names = pools.map(\.name)
  var plans: [BuyProblem.Plan] = []
  for plan in fields.objects["shared"] ?? [] { plans.append(try buyPlan(plan, names)) }
  let record = fields.record
  try refuseSameKeys(pools, plans, record)
  return BuyProblem(
    pools: pools, plans: plans, monthHours: try record.wholeIfKnown("month_hours") ?? 730,
    risk: record.has("risk") ? try record.word("risk") : .expected)
}

/// Two purchases must not have one key in the answer.
private func refuseSameKeys(
  _ pools: [BuyProblem.Pool], _ plans: [BuyProblem.Plan], _ record: JSONRecord
) throws(DataError) {
  var seen: Set<String> = []
  let options = pools.flatMap { pool in pool.options.map { "\(pool.name)/\($0.name)" } }
  for key in options + plans.map(\.name) where !seen.insert(key).inserted {
    throw DataError(record.place, found: "\(jsonString(key)) twice", expected: "purchases of different names")
  }
}

private func buyPool(_ pool: ProblemFields) throws(DataError) -> BuyProblem.Pool {
  var options: [BuyProblem.Option] = []
  for option in pool.objects["options"] ?? [] {
    options.append(
      BuyProblem.Option(
        name: try option.record.text("name"), termHours: try option.record.whole("term_hours"),
        upfront: try option.record.whole("upfront"), hourly: try option.record.whole("hourly")))
  }
  return BuyProblem.Pool(
    name: try pool.record.text("name"), unitHours: try pool.wholes("unit_hours"),
    onDemand: try pool.record.whole("on_demand"), options: options, held: try held(pool, "units"))
}

private func buyPlan(_ plan: ProblemFields, _ pools: [String]) throws(DataError) -> BuyProblem.Plan {
  let rates = try plan.record.record("rates")
  let known = Set(pools)
  for member in rates.node.members where !known.contains(member.key) {
    throw rates.wrong(member.key, expected: "rates of the pools of the line")
  }
  var stated: [Int?] = []
  for pool in pools { stated.append(try rates.wholeIfKnown(pool)) }
  return BuyProblem.Plan(
    name: try plan.record.text("name"), termHours: try plan.record.whole("term_hours"), rates: stated,
    held: try held(plan, "cents_per_hour"))
}

private func held(_ fields: ProblemFields, _ key: String) throws(DataError) -> [BuyProblem.Held] {
  var held: [BuyProblem.Held] = []
  for part in fields.objects["existing"] ?? [] {
    held.append(
      BuyProblem.Held(amount: try part.record.whole(key), hoursLeft: try part.record.whole("hours_left")))
  }
  return held
}
