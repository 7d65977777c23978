import Analysis
import Model

/// What a month cost, and whom.
public struct CostAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let bill: Bill
  package let allocation: CostAllocation
  /// Who used it, and what each was measured to cause.
  package let users: UserCounts
  /// What one more user of each type costs, in the fleet's order of types.
  package let marginalCosts: [Money?]
  package let commitments: CommitmentUse
  package let doubts: PriceDoubts
  /// The services whose bill lacks a price, in the fleet's order.
  package let unpricedServices: [String]
  /// What was measured and cannot be, of what the bill rests on.
  package let impossible: [ImpossibleSamples]

  init(_ study: Study) throws(DataError) {
    let outcome = try study.outcome(Scenario())
    let marginal = try study.marginalCosts(outcome)
    scope = MonthScope(study)
    bill = outcome.bill
    allocation = outcome.allocation
    users = outcome.users
    marginalCosts = marginal.costs
    commitments = CommitmentUse(outcome, study)
    doubts = study.doubts(of: outcome.bill.prices + marginal.prices)
    unpricedServices = outcome.unpricedServices
    impossible = study.impossibleSamples
  }
}

extension CostAnswer {
  /// A line of the bill: so much of something at a price.
  public struct Line: Sendable {
    /// The service that it is of.
    public let service: String
    /// How it is bought: `on-demand`, `reserved`, `metered`.
    public let purchaseOption: String
    /// The instance type, or the charge.
    public let item: String
    /// The reservation or savings plan that pays for it.
    public let commitment: String?
    /// What it costs, upfront payments spread over their term.
    public let cost: Money
    /// What of it is paid in the month.
    public let cash: Money
  }

  /// What users of one type cost.
  public struct UserType: Sendable {
    /// As the fleet calls it.
    public let name: String
    /// Concurrent users on average.
    public let averageUsers: Double
    /// Cost of what they used, of capacity held for them and not used, and of what nobody drives.
    public let used, idle, shared: Money
    /// For each average concurrent user and month; nil where there was none.
    public let costPerUser: Money?
    /// What one more user costs; nil where there was none.
    public let marginalCost: Money?
  }

  /// What all amounts are in, by its code: `USD`.
  public var currency: String { bill.currency.code }
  /// What the month cost: the sum of its lines.
  public var total: Money { bill.total }
  /// The same for each average concurrent user; nil where users were not measured, or there was none.
  public var costPerUser: Money? { allocation.perUser }
  /// Every line of the bill, in its order.
  public var lines: [Line] {
    bill.items.map {
      Line(
        service: $0.service, purchaseOption: $0.option.rawValue, item: $0.item, commitment: $0.commitment,
        cost: $0.cost, cash: $0.cash)
    }
  }
  /// The user types that were measured, in the fleet's order; their costs add up to the total. None where users were not.
  public var userTypes: [UserType] {
    zip(allocation.types, marginalCosts).map {
      UserType(
        name: $0.type.name, averageUsers: $0.averageUsers, used: $0.used, idle: $0.idle, shared: $0.shared,
        costPerUser: $0.perUser($0.total), marginalCost: $1)
    }
  }
}

extension Workspace {
  /// The bill of a month by line, service and user type, with the cost per user.
  /// - Throws: `DataError` when the month cannot be billed.
  public func cost(month: String?) throws -> CostAnswer {
    try answer(month: month) { try CostAnswer($0) }
  }
}
