import Ingest
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
  /// - Throws: `DataError` for an identifier that no verdict has, with those it is the beginning of, or the nearest.
  public func why(_ id: String, month: String?) throws -> WhyAnswer {
    let study = try study(month: month)
    let services = study.fleet.services
    let step = AdviceStep.allCases.first { step in services.contains { id == "\(step.rawValue)-\($0.name)" } }
    let start = try study.outcome(Scenario())
    let advice = try AdviceSequence(study, from: start, through: step, tuning: TunedServices(ids: [id]))
    guard let verdict = advice.verdicts.first(where: { $0.id == id }) else {
      throw DataError(
        Place(file: "why"), found: "\"\(id)\"", expected: Self.choice(among: advice.verdicts.map(\.id), insteadOf: id),
        kind: .usage)
    }
    return WhyAnswer(
      scope: MonthScope(study), verdict: verdict, currency: advice.currency,
      doubts: study.doubts(of: verdict.prices), missingPrices: start.bill.missingPrices)
  }
  /// Those of a service's instances where the word is of the service, else the one that is near, or the first of all.
  private static func choice(among ids: [String], insteadOf id: String) -> String {
    let ofInstances = ids.filter { $0.hasPrefix("\(id)/") }
    guard ofInstances.isEmpty else {
      return "one of \(shortened(ofInstances, to: 20)): each instance is judged by itself"
    }
    let near = nearestName(to: id, among: ids)
    return near.map { "the id of a verdict; did you mean \($0)?" } ?? "one of \(shortened(ids, to: 20))"
  }
}
