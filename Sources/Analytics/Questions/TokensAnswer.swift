import Advice
import Analysis
import Model

/// What tokens, seats and calls of external services cost, what of it could be saved, and which limits are near.
public struct TokensAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let review: TokenReview
  /// In the order of the review's findings.
  package let savings: [Saving]
  /// What all that is advised saves together, the bill less the bill with it.
  public let saving: Money
  /// What each model costs, in the order of the review's models, and what of it each kind of tokens does.
  package let costs: [Money]
  package let costsByKind: [[TokenKind: Money]]
  /// The bill of tokens alone, divided among user types.
  package let allocation: CostAllocation
  /// Tokens of models that the book does not have, each with the models whose names are nearest.
  package let uncharged: [(key: SeriesKey, nearest: [String])]
  /// Of the models of the book those to compare; empty for the cheapest.
  package let compared: [String]
  package let currency: BillCurrency
  package let asOf: Instant
  package let doubts: PriceDoubts
  package let missingPrices: [MissingPrice]

  /// What a finding would have saved in the month.
  package struct Saving: Sendable {
    package let finding: TokenFinding
    /// The bill less the bill with the change, in the bill's currency; less than zero where it would cost more.
    package let amount: Money?
    /// The price that is missing for it.
    package let lacking: DataError?
  }

  /// - Parameter base: the month as it was.
  package init(_ study: Study, from base: Outcome, comparing models: [String] = []) throws(DataError) {
    let context = study.context
    scope = MonthScope(study)
    compared = models
    let names = context.catalogue.tokenModels
    uncharged = study.inputs.unchargedTokens.map { key in
      (key, nearestNames(to: key.resource, among: names.map(\.modelName), most: 3))
    }
    currency = base.bill.currency
    asOf = context.asOf
    let review = try TokenReview(on: base.plan, context)
    self.review = review
    savings = try review.findings.map { finding throws(DataError) in try study.saving(of: finding, from: base) }
    let advised = savings.filter { $0.finding.outcome == .advised && ($0.amount ?? .zero) > .zero }
    let together = try study.parts(with: advised.compactMap(\.finding.change), from: base)
    saving = base.bill.total - together.total
    let lines = base.bill.items.filter { $0.tokens != nil }
    let own = review.models.map { model in
      lines.filter { $0.service == model.use.service && $0.tokens?.model == model.use.model }
    }
    costs = own.map(\.cost)
    costsByKind = own.map { lines in
      lines.reduce(into: [:]) { costs, line in
        if let kind = line.tokens?.kind { costs[kind, default: .zero] += line.cost }
      }
    }
    var tokensAlone = base.bill
    tokensAlone.items = lines
    allocation = CostAllocation(bill: tokensAlone, users: base.users) { _ in nil }
    doubts = study.doubts(of: lines.map(\.price))
    missingPrices = base.bill.missingPrices
  }
}

extension String {
  /// `MODEL` of `VENDOR/MODEL`.
  fileprivate var modelName: String { split(separator: "/").last.map(String.init) ?? self }
}

extension LineItem {
  /// The tokens that a line is for; nil for anything else.
  var tokens: TokenItem? {
    if case .unit(let item, _, _) = price.item { TokenItem(item) } else { nil }
  }
}

extension Study {
  /// What the change of a finding saves of a month's bill.
  fileprivate func saving(of finding: TokenFinding, from base: Outcome) throws(DataError) -> TokensAnswer.Saving {
    guard let change = finding.change else { return TokensAnswer.Saving(finding: finding, amount: nil, lacking: nil) }
    do throws(DataError) {
      let parts = try parts(with: [change], from: base)
      return TokensAnswer.Saving(finding: finding, amount: base.bill.total - parts.total, lacking: nil)
    } catch {
      guard error.kind == .missingInput else { throw error }
      return TokensAnswer.Saving(finding: finding, amount: nil, lacking: error)
    }
  }

  /// The month's bill with changes, each made to what the ones before it left.
  fileprivate func parts(with changes: [Change], from base: Outcome) throws(DataError) -> BillParts {
    var plan = base.plan
    for change in changes { _ = try change.change.apply(to: &plan, context) }
    return try context.engine.parts(of: plan, from: base.parts)
  }
}

extension TokensAnswer {
  /// What tokens of one model cost a service.
  public struct ModelCost: Sendable {
    /// The service that is charged.
    public let service: String
    /// `VENDOR/MODEL`.
    public let model: String
    /// What the month's tokens cost.
    public let cost: Money
  }

  /// Every model that the fleet is charged for, in the order of its charges.
  public var models: [ModelCost] {
    zip(review.models, costs).map { ModelCost(service: $0.use.service, model: $0.use.model, cost: $1) }
  }
}

extension Workspace {
  /// What tokens, seats and limits of external services came to in a month.
  /// - Parameter models: of the price book, those to compare the load on; none for the cheapest.
  /// - Throws: `DataError` for a month that cannot be billed, and a model that the book does not have.
  public func tokens(month: String?, comparing models: [String] = []) throws -> TokensAnswer {
    try answer(month: month) { study in
      let named = try models.map { name throws(DataError) in try study.context.catalogue.tokenModel(called: name) }
      return try TokensAnswer(study, from: try study.outcome(Scenario()), comparing: named)
    }
  }
}
