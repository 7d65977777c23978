import Advice
import Model

extension CapacityStudy {
  /// The tables of the owners' document, by users; of equal users in the order of the file.
  func comparisons() -> [CapacityAnswer.StatedTable] {
    let claims = study.fleet.claims
    var tables = claims.allocations.map { table in
      CapacityAnswer.StatedTable(
        title: table.title, users: table.users,
        rows: table.rows.compactMap { row in
          self.row(row.service, row.type, row.count.map { $0.adding(row.replicas) }, users: table.users)
        })
    }
    for users in Set(claims.expectedConsumption.flatMap { $0.at.map(\.users) }).sorted() {
      let rows = claims.expectedConsumption.flatMap { claim in
        claim.at.filter { $0.users == users }.compactMap { row in
          self.row(claim.service, row.type, row.instances, users: users)
        }
      }
      tables.append(CapacityAnswer.StatedTable(title: "Expected consumption", users: users, rows: rows))
    }
    return tables.enumerated().sorted { ($0.element.users, $0.offset) < ($1.element.users, $1.offset) }.map(\.element)
  }

  private func row(
    _ service: String, _ type: String?, _ count: CountRange?, users: Int
  ) -> CapacityAnswer.StatedRow? {
    guard let model = models.first(where: { $0.service.name == service }) else { return nil }
    // A number of users that nobody has is held against nothing.
    let plan = (1...CapacityQuestion.mostUsers).contains(users) ? model.plan(users: Double(users)) : nil
    let own = plan.flatMap { monthly($0.type, count: $0.count) }
    var row = CapacityAnswer.StatedRow(
      service: service, statedType: type, statedCount: count, plan: plan, own: own, verdict: .wordsOnly)
    guard type != nil || count != nil else { return row }
    // A row of the one alone leaves the other as it begins.
    let name = type ?? (model.service.initialType.isEmpty ? model.currentType : model.service.initialType)
    let range = count ?? model.service.usualCount
    guard let stated = model.types.first(where: { $0.name == name }), let plan else {
      row.verdict = .unknown
      return row
    }
    row.lowest = monthly(stated, count: range.lower)
    row.highest = range.upper.flatMap { monthly(stated, count: $0) }
    row.verdict = verdict(model, stated, range, plan, users: users)
    return row
  }

  private func verdict(
    _ model: ComponentModel, _ type: ComponentType, _ range: CountRange, _ own: ComponentPlan, users: Int
  ) -> CapacityAnswer.StatedVerdict {
    let most = range.upper ?? range.lower
    let limit = model.carried(type.name, count: most)
    let carries = limit.map { wholeNumber(min($0.users, 1e12).rounded(.down)) as Int }
    let needed = model.count(of: type, users: Double(users))
    if range.upper == nil, let needed, needed > range.lower { return .needs(needed) }
    if let limit, let carries, carries < users { return .tooLittle(carries: carries, by: limit.by) }
    if own.type.name == type.name, own.shards == 1, range.lower <= own.count, own.count <= most { return .agrees }
    if let binding = model.binding(type, count: most, users: Double(users)) { return .withoutReserve(binding) }
    let theirs = Int128(type.hourly.nanoDollars) * Int128(range.lower)
    let ours = Int128(own.type.hourly.nanoDollars) * Int128(own.count)
    return theirs > ours ? .dearer(carries: carries) : .different(carries: carries)
  }
}

extension Service {
  /// As many as it has where a table names none: nodes to begin with, or the fewest.
  fileprivate var usualCount: CountRange {
    let count = cluster?.initialNodes ?? max(1, minimum)
    return CountRange(lower: count, upper: count)
  }
}
