import Model

/// One verdict, and what it rests on.
public struct WhyAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let verdict: Verdict
  package let currency: BillCurrency
  package let doubts: PriceDoubts
  /// The prices that the book lacks: what they are of is in no sum.
  package let missingPrices: [MissingPrice]

  /// What was found.
  public var finding: Finding { Finding(verdict) }
}

extension Workspace {
  /// The evidence behind one verdict.
  /// - Throws: `DataError` for an identifier that no verdict has, with the nearest.
  public func why(_ id: String, month: String?) throws -> WhyAnswer {
    let study = try study(month: month)
    let services = study.fleet.services
    let step = AdviceStep.allCases.first { step in services.contains { id == "\(step.rawValue)-\($0.name)" } }
    let start = try study.outcome(Scenario())
    let advice = try AdviceSequence(study, from: start, through: step)
    guard let verdict = advice.verdicts.first(where: { $0.id == id }) else {
      let ids = advice.verdicts.map(\.id)
      let near = nearestName(to: id, among: ids).map { "the id of a verdict; did you mean \($0)?" }
      throw DataError(
        Place(file: "why"), found: "\"\(id)\"", expected: near ?? "one of \(ids.joined(separator: ", "))",
        kind: .usage)
    }
    return WhyAnswer(
      scope: MonthScope(study), verdict: verdict, currency: advice.currency,
      doubts: study.doubts(of: verdict.prices), missingPrices: start.bill.missingPrices)
  }
}
