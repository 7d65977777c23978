import Model

/// What one kind of advice says of the services, after the kinds before it.
public struct AdviceAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let step: AdviceStep
  /// The one service that was asked for; nil for all.
  public let service: String?
  package let verdicts: [Verdict]
  /// Those of every service, and the bills of all before and after them.
  package let verdictsOfStep: [Verdict]
  package let billBefore, billAfter: Money
  package let currency: BillCurrency
  package let doubts: PriceDoubts
  /// The prices that the book lacks: what they are of is in no sum.
  package let missingPrices: [MissingPrice]

  /// Every verdict, in the fleet's order of services.
  public var findings: [Finding] { verdicts.map(Finding.init) }
  package var purchases: FleetPurchases? { FleetPurchases(verdicts) }
}

extension Workspace {
  /// The verdicts of one kind of advice: `rightsize`, `schedule` or `mix`.
  /// - Parameter service: one service; nil for all.
  /// - Throws: `DataError` for a kind that there is not, for a service the fleet does not have, and when the month cannot
  ///   be billed.
  public func advice(_ step: String, service: String? = nil, month: String?) throws -> AdviceAnswer {
    guard let step = AdviceStep(rawValue: step) else {
      throw DataError(
        Place(file: "advice"), found: "\"\(step)\"",
        expected: "one of \(AdviceStep.allCases.map(\.rawValue).joined(separator: ", "))", kind: .usage)
    }
    return try advice(step, service: service, month: month)
  }

  /// The verdicts of one step of advice, after the steps before it.
  /// - Parameter service: one service; nil for all.
  /// - Throws: ``DataError`` for a service the fleet does not have.
  package func advice(_ step: AdviceStep, service: String?, month: String?) throws -> AdviceAnswer {
    let study = try study(month: month)
    let start = try study.outcome(Scenario())
    let advice = try AdviceSequence(study, from: start, through: step)
    let verdictsOfStep = advice.verdicts.filter { $0.step == step }
    let verdicts = verdictsOfStep.filter { service == nil || $0.service == service }
    guard !verdicts.isEmpty else {
      throw DataError(
        Place(parameter: .service), found: "\"\(service ?? "")\"",
        expected: "a service of the fleet: \(study.fleet.services.map(\.name).joined(separator: ", "))", kind: .usage)
    }
    return AdviceAnswer(
      scope: MonthScope(study), step: step, service: service, verdicts: verdicts, verdictsOfStep: verdictsOfStep,
      billBefore: advice.steps.dropLast().last?.bill.total ?? start.bill.total,
      billAfter: advice.steps.last?.bill.total ?? start.bill.total, currency: advice.currency,
      doubts: study.doubts(of: verdicts.flatMap(\.prices)), missingPrices: start.bill.missingPrices)
  }
}
