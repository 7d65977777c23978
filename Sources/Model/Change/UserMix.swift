/// The same number of users, of other types: what each type drives tells what demand becomes.
package struct UserMix: DemandChange {
  /// Percent of all users, by type; a type that is not named has none.
  package var percents: [String: Int]

  package init(percents: [String: Int]) { self.percents = percents }

  package static let kind = "user-mix"
  package static let option = ChangeOption(
    "mix", valueName: "type=percent,...", help: "The same number of users, of these types.",
    expectation: "user types and whole percentages of 100 in all, casual=70,active=25,power=5",
    example: "active=25,casual=70,power=5")

  package init?(optionText: String) {
    percents = [:]
    for part in optionText.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      guard let (name, value) = assignment(part), percents[name] == nil else { return nil }
      guard let percent = Int(value.hasSuffix("%") ? String(value.dropLast()) : value) else { return nil }
      percents[name] = percent
    }
  }

  package var optionText: String {
    percents.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }
  package var fault: String? {
    let isShare = percents.values.allSatisfy { (0...100).contains($0) }
    return isShare && percents.values.reduce(0, +) == 100 ? nil : Self.option.expectation
  }
  package var words: String {
    let byShare = percents.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return "users of " + byShare.map { "\($0.value) % \($0.key)" }.joined(separator: ", ")
  }

  /// The same by the names that the fleet file has.
  private func named(_ fleet: Fleet) throws(DataError) -> [String: Int] {
    var named: [String: Int] = [:]
    for (name, percent) in percents.sorted(by: { $0.key < $1.key }) {
      guard let type = fleet.userTypes.place(called: name).map({ fleet.userTypes[$0] }), named[type.name] == nil else {
        throw DataError(
          Place(file: "what-if", key: "users"), found: "users of type \"\(name)\"",
          expected: choice(among: fleet.userTypes.map(\.name), insteadOf: name) + ", each once", kind: .usage)
      }
      named[type.name] = percent
    }
    return named
  }

  package func demand(_ context: some ChangeContext) throws(DataError) -> Demand {
    let percents = try named(context.fleet)
    let measured = try context.userSeconds()
    let seconds = halved(measured.map(\.seconds), to: 36)
    let all = seconds.reduce(0, +)
    var factors: [CostDriver: DemandFactor] = [:]
    // The same of all types, in whatever order.
    let metrics = measured.first.map { Array($0.type.measuredWeights.keys) } ?? []
    for driver in Set(CostDriver.named + metrics) {
      // 36 bits of user-seconds twice and 40 of weights leave room in 128 for a thousand types in percent.
      let weights = halved(measured.map { $0.type.weight(for: driver) }, to: 40)
      let now = zip(weights, seconds).reduce(Int128(0)) { $0 + $1.0 * $1.1 } * 100
      let then = zip(weights, measured).reduce(Int128(0)) { $0 + $1.0 * Int128(percents[$1.1.type.name] ?? 0) } * all
      if now > 0, then > 0 { factors[driver] = ratio(then, now) }
    }
    return Demand(factors: factors)
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let demand = try demandBeside(plan, context)
    plan.userMix = try named(context.fleet)
    return try context.fit(&plan, to: demand)
  }
}

/// Amounts, all halved as often as their sum asks for.
/// - Parameter bits: that it may have.
private func halved(_ amounts: [Int128], to bits: Int) -> [Int128] {
  var amounts = amounts.map { max(0, $0) }
  while amounts.contains(where: { $0 > (1 << bits) / Int128(amounts.count) }) { amounts = amounts.map { $0 >> 1 } }
  return amounts
}
