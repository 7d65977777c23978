import Model

/// What one kind of advice says of the services, after the kinds before it.
public struct AdviceAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let step: AdviceStep
  /// The one service that was asked for; nil for all.
  public let service: String?
  /// The one pool of commitments that was asked for; nil for all.
  public let pool: String?
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
  /// What is bought for the account; nil for advice that buys nothing.
  package let purchases: AccountPurchases?
  /// What the month's charges of things attached to nothing come to, the dearest first; none for advice on anything but waste.
  package var unattached: [UnattachedCharge] = []
  /// Of verdicts on sizes those that matter most, where so many were asked for; nil for all.
  package var top: TopSizes?
}

extension Workspace {
  /// The verdicts of one kind of advice: `rightsize`, `schedule` or `mix`.
  /// - Parameters:
  ///   - service: one service; nil for all.
  ///   - pool: one pool of commitments, by its name; nil for all.
  /// - Throws: `DataError` for a kind that there is not, for a service the fleet does not have, for a pool that it does not
  ///   run, and when the month cannot be billed.
  public func advice(_ step: String, service: String? = nil, pool: String? = nil, month: String?) throws -> AdviceAnswer
  {
    guard let step = AdviceStep(rawValue: step) else {
      throw DataError(
        Place(file: "advice"), found: "\"\(step)\"",
        expected: "one of \(AdviceStep.allCases.map(\.rawValue).joined(separator: ", "))", kind: .usage)
    }
    return try advice(step, service: service, pool: pool, month: month)
  }

  /// The verdicts of one step of advice, after the steps before it.
  /// - Throws: ``DataError`` for a service the fleet does not have, and for a pool that it does not run.
  package func advice(_ step: AdviceStep, service: String?, pool: String? = nil, month: String?) throws -> AdviceAnswer
  {
    let study = try study(month: month)
    let start = try study.outcome(Scenario())
    let advice = try AdviceSequence(
      study, from: start, through: step, comparingPurchases: service == nil && pool == nil,
      tuning: step == .tune ? service.map { .named([$0]) } ?? .all : .none)
    let verdictsOfStep = advice.verdicts.filter { $0.step == step }
    if let service, study.fleet.service(service) == nil {
      let known = study.fleet.services.map(\.name).joined(separator: ", ")
      throw Self.unknown(.service, service, expected: "a service of the fleet: \(known)")
    }
    let verdicts = verdictsOfStep.filter { verdict in
      (service.map { verdict.services.contains($0) } ?? true) && (pool.map { verdict.subject.name == $0 } ?? true)
    }
    if let pool, verdicts.isEmpty {
      let known = verdictsOfStep.map(\.subject.name).joined(separator: ", ")
      throw Self.unknown(.pool, pool, expected: known.isEmpty ? "a pool: nothing runs" : "a pool: \(known)")
    }
    var answer = AdviceAnswer(
      scope: MonthScope(study), step: step, service: service, pool: pool, verdicts: verdicts,
      verdictsOfStep: verdictsOfStep,
      billBefore: advice.steps.dropLast().last?.bill.total ?? start.bill.total,
      billAfter: advice.steps.last?.bill.total ?? start.bill.total, currency: advice.currency,
      doubts: study.doubts(of: verdicts.flatMap(\.prices)), missingPrices: start.bill.missingPrices,
      purchases: advice.purchases)
    if step == .waste, service == nil { answer.unattached = start.bill.unattachedCharges(study.fleet) }
    return answer
  }

  /// The verdicts on sizes with those that matter most: so many by what they save, so many by what they have to spare.
  /// - Throws: `DataError` for a count below one, and when the month cannot be billed.
  public func topSizes(_ count: Int, month: String?) throws -> AdviceAnswer {
    guard count > 0 else {
      throw DataError(Place(parameter: .top), found: "\(count)", expected: "a whole number of at least 1", kind: .usage)
    }
    var answer = try advice(.rightsize, service: nil, month: month)
    let study = try study(month: month)
    answer.top = TopSizes(
      count, of: answer.verdicts, runs: RunsByService(study.inputs.inventory), in: study.context)
    return answer
  }

  private static func unknown(_ parameter: Parameter, _ name: String, expected: String) -> DataError {
    DataError(Place(parameter: parameter), found: "\"\(name)\"", expected: expected, kind: .usage)
  }
}
