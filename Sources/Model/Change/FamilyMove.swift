/// Everything that runs on some types on others of the same sizes: `m5.*` on `m6g.*`.
package struct FamilyMove: PlanChange {
  /// What stands before and behind the star.
  package var from, to: String

  package static let kind = "family-move"
  package static let option = ChangeOption(
    "instance", valueName: Resize.option.valueName, help: Resize.option.help,
    expectation: "two patterns of types with one star each, m5.*=m6g.*", example: "m5.*=m6g.*")

  package init?(optionText: String) {
    guard let (from, to) = assignment(optionText), from.contains("*"), to.contains("*") else { return nil }
    (self.from, self.to) = (from, to)
  }

  package var optionText: String { "\(from)=\(to)" }
  package var services: [String] { [] }
  package var sets: String? { from }
  package var fault: String? {
    [from, to].allSatisfy { pattern in pattern.count { $0 == "*" } == 1 && pattern.count > 1 }
      ? nil : Self.option.expectation
  }
  package var words: String { "everything on \(from) on \(to)" }

  /// The type that stands in the place of another; nil for one that the pattern does not match.
  package func type(insteadOf own: String) -> String? {
    let parts = from.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, own.hasPrefix(parts[0]), own.hasSuffix(parts[1]) else { return nil }
    let length = own.count - parts[0].count - parts[1].count
    guard length > 0 else { return nil }
    return to.replacing("*", with: own.dropFirst(parts[0].count).prefix(length), maxReplacements: 1)
  }

  /// The single moves that it is: of a service where all of it moves to one type, else of its instances.
  private func moves(on plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> [Resize] {
    var moves: [Resize] = []
    for service in context.fleet.services {
      let runs = plan.runs(of: service.name).filter { $0.overlap(with: context.grid.period) != nil }
      let types = Set(runs.map(\.type))
      if types.count == 1, let own = types.first {
        if let type = type(insteadOf: own) { moves.append(Resize(service: service.name, type: type)) }
        continue
      }
      var seen: Set<String> = []
      for run in runs.sorted(by: { ($0.resource, $0.started) < ($1.resource, $1.started) }) {
        guard let type = type(insteadOf: run.type), seen.insert(run.resource).inserted else { continue }
        moves.append(Resize(service: service.name, resource: run.resource, type: type))
      }
    }
    guard moves.isEmpty else { return moves }
    let types = Set(plan.runs.map(\.type)).sorted()
    throw DataError(
      Place(file: "what-if"), found: "\"\(from)\", which no type that runs matches",
      expected: "a pattern of what runs: \(types.prefix(12).joined(separator: ", "))", kind: .usage)
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let moves = try moves(on: plan, context)
    let unknown = Set(moves.map(\.type)).filter { context.catalogue.specificationIfKnown($0) == nil }.sorted()
    guard unknown.isEmpty else {
      throw DataError(
        Place(file: "what-if"), found: "\"\(to)\", which would be \(unknown.joined(separator: ", "))",
        expected: "types of the price book", kind: .usage)
    }
    var notes: [PlanNote] = []
    var rebuilt: Set<String> = []
    for move in moves {
      if try move.terms(on: plan, context).effort == .rebuild { rebuilt.insert(move.service) }
      notes += try move.apply(to: &plan, context)
    }
    return notes + (rebuilt.isEmpty ? [] : [.otherArchitecture(services: rebuilt.sorted(), types: to)])
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> ChangeTerms {
    let terms = try moves(on: plan, context).map { move throws(DataError) in try move.terms(on: plan, context) }
    return terms.max { ($0.risk.level, $0.effort) < ($1.risk.level, $1.effort) }
      ?? ChangeTerms(.rollingReplacement, ChangeRisk(.medium, .otherHardware))
  }
}
