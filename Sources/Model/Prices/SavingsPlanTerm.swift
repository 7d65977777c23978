/// What a savings plan is: its kind, length and payment. Written `compute-savings-plan-1yr-no-upfront`.
package struct SavingsPlanTerm: Hashable, Sendable, Comparable, LosslessStringConvertible {
  /// What a plan is bound to.
  package enum Plan: String, CaseIterable, Sendable {
    /// Bound to one family in one region; any size, operating system and tenancy.
    case family = "ec2-instance"
    /// Any family and region, Fargate and Lambda too.
    case compute
    /// Databases and caches of any family, size and region, as far as they are of late generations.
    case database
  }

  /// What it is bound to.
  package var plan: Plan
  /// The length of the term: 1 or 3 years.
  package var years: Int
  /// How much of the term is paid at its start.
  package var payment: OfferTerm.Payment

  /// A term of so many years.
  package init(plan: Plan, years: Int, payment: OfferTerm.Payment) {
    self.plan = plan
    self.years = years
    self.payment = payment
  }

  /// Parses what ``description`` writes; nil for anything else.
  package init?(_ text: String) {
    guard let term = Self.all.first(where: { $0.description == text }) else { return nil }
    self = term
  }

  /// Hours an upfront payment is spread over.
  package var hours: Int64 { Int64(years * hoursAYear) }

  /// `compute-savings-plan-1yr-no-upfront`.
  package var description: String { "\(plan.rawValue)-savings-plan-\(years)yr-\(payment.rawValue)" }
  /// Terms are in the order of their texts.
  package static func < (a: SavingsPlanTerm, b: SavingsPlanTerm) -> Bool { a.description < b.description }

  /// Every term that is sold; those for databases are for a year, without anything upfront.
  package static let all: [SavingsPlanTerm] = Plan.allCases.flatMap(terms)

  private static func terms(of plan: Plan) -> [SavingsPlanTerm] {
    guard plan != .database else { return [SavingsPlanTerm(plan: plan, years: 1, payment: .noUpfront)] }
    return [1, 3].flatMap { years in
      OfferTerm.Payment.allCases.map { SavingsPlanTerm(plan: plan, years: years, payment: $0) }
    }
  }
}

extension SavingsPlanTerm: TextDecodable {
  package static let expectation = "a savings plan such as compute-savings-plan-1yr-no-upfront"
}
