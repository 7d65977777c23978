// What AWS's savings plans pay for, and what they cost.
//
// Source: AWS Savings Plans user guide, "Understanding how Savings Plans apply to your AWS usage" (order),
// <https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html>, and "Payment options",
// <https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-purchase.html>.

import Model

extension AWS: SavingsPlanRules {
  /// Of what is bought here plans pay for instances of EC2, not for cache nodes or databases.
  package var savingsPlanService: String { Self.instanceService }

  /// EC2 Instance Savings Plans before Compute Savings Plans; those for databases pay for nothing that the others do.
  package var drawingOrder: [SavingsPlanTerm.Plan] { [.family, .compute, .database] }

  /// A compute plan pays for all of EC2, an EC2 instance plan for its family in its region, a database plan for databases of
  /// any engine and nodes of Valkey, from the seventh generation on, in any region.
  ///
  /// Source of the last: AWS, "Database Savings Plans for AWS Databases", December 2025,
  /// <https://aws.amazon.com/about-aws/whats-new/2025/12/database-savings-plans-savings>; that generations before the seventh
  /// are left out is what handbooks of 2026 say of it.
  package func applies(_ plan: HeldSavingsPlan, to kind: InstanceKind) -> Bool {
    let prefix = NodePrefix(of: kind.type)
    switch plan.term.plan {
    case .compute: return prefix == nil
    case .family:
      return prefix == nil && kind.region == plan.region && TypeName(kind.type).family == plan.family
    case .database:
      guard let prefix, TypeName(kind.type).generation ?? 0 >= 7 else { return false }
      return prefix == .database || kind.engine == "valkey"
    }
  }

  /// Relations that hold in the collected facts (facts/README.md): an EC2 Instance Savings Plan costs what the standard
  /// reservation of its term costs in effect (6 of 6 published offers), a Compute Savings Plan without upfront what the
  /// convertible one costs (1 exact, 13 of 13 others within 0.001). They were seen for Linux and Windows alone.
  package func twin(of term: SavingsPlanTerm, for kind: InstanceKind) -> OfferTerm? {
    guard NodePrefix(of: kind.type) == nil, ["linux", "windows"].contains(kind.engine) else { return nil }
    switch (term.plan, term.payment) {
    case (.family, _): return OfferTerm(offerClass: .standard, years: term.years, payment: term.payment)
    case (.compute, .noUpfront): return OfferTerm(offerClass: .convertible, years: term.years, payment: .noUpfront)
    case (.compute, _), (.database, _): return nil
    }
  }

  /// Nothing, half, or all of it.
  package func upfront(ofTerm total: Money, _ payment: OfferTerm.Payment) -> Money {
    switch payment {
    case .noUpfront: .zero
    case .partialUpfront: total.charge(for: 1, per: 2)
    case .allUpfront: total
    }
  }
}
