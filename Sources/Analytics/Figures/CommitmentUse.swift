import Advice
import Analysis
import Model

/// How the commitments held in a month were used, and how well all of them fit what ran.
package struct CommitmentUse: Sendable {
  /// One reservation or savings plan.
  package struct Held: Sendable {
    package enum Content: Sendable {
      case instances(Int, type: String)
      /// An hourly commitment in US dollars, and what it is bound to.
      case plan(hourly: Money, family: String?, region: String?)
    }
    package let id: String
    package let content: Content
    /// The term as it is written: `standard-1yr-no-upfront`.
    package let offer: String
    /// The used fraction; nil where the month has no line of it.
    package let utilisation: ScaledDecimal?
    package let ends: Instant
    /// Whole days from the date of the advice to its end; negative when it has ended.
    package let daysLeft: Int64
  }
  /// The three rates, of the kinds that are held.
  package struct Rates: Sendable {
    package let reservations, savingsPlans: CommitmentRates?
    /// nil unless both kinds are held.
    package let together: CommitmentRates?
  }

  /// In the order of their starts, reservations first.
  package internal(set) var held: [Held]
  /// Why there are none is a price that is missing; nil where nothing was held.
  package let rates: Result<Rates, DataError>?

  init(_ outcome: Outcome, _ study: Study) {
    let (plan, period) = (outcome.plan, study.period)
    let reservations = plan.commitments.filter { $0.missing == nil }.map(\.commitment).filter {
      $0.period.intersection(period) != nil
    }
    let plans = plan.savingsPlans.filter { $0.period.intersection(period) != nil }
    let asOf = study.context.asOf
    let lines = outcome.bill.itemsByCommitment
    held =
      reservations.map { Held($0, lines[$0.id] ?? [], asOf: asOf, by: study.context.cloud) }
      + plans.map { Held($0, lines[$0.id] ?? [], asOf: asOf) }
    guard !held.isEmpty else {
      rates = nil
      return
    }
    rates = Result { () throws(DataError) in
      let all = try study.context.engine.rates(of: plan, over: period)
      return Rates(
        reservations: reservations.isEmpty ? nil : all.reservations,
        savingsPlans: plans.isEmpty ? nil : all.savingsPlans,
        together: reservations.isEmpty || plans.isEmpty ? nil : all.together)
    }
  }
}

extension CommitmentUse.Held {
  /// A reservation is used by the instance-hours that it pays for, larger sizes counting more.
  fileprivate init(_ commitment: Commitment, _ lines: [LineItem], asOf: Instant, by rules: any ReservationRules) {
    func units(_ option: PurchaseOption) -> Int128 {
      lines.filter { $0.option == option }.reduce(0) {
        $0 + Int128($1.quantity.mantissa) * widePowerOfTen(4 - $1.quantity.scale) * rules.normalisedUnits(of: $1.item)
      }
    }
    let used = units(.reserved)
    id = commitment.id
    content = .instances(commitment.count, type: commitment.type)
    offer = commitment.term.description
    utilisation = millionths(used, of: used + units(.reservedUnused))
    ends = commitment.period.end
    daysLeft = (ends.seconds - asOf.seconds) / 86_400
  }

  /// A savings plan is used by what is drawn of its commitment.
  fileprivate init(_ plan: HeldSavingsPlan, _ lines: [LineItem], asOf: Instant) {
    func dollars(_ option: PurchaseOption) -> Money {
      lines.filter { $0.option == option }.reduce(.zero) { $0 + $1.dollars }
    }
    let used = dollars(.savingsPlan)
    id = plan.id
    content = .plan(hourly: plan.hourly, family: plan.family, region: plan.region)
    offer = plan.term.description
    utilisation = used.share(of: used + dollars(.savingsPlanUnused))
    ends = plan.period.end
    daysLeft = (ends.seconds - asOf.seconds) / 86_400
  }
}

extension Bill {
  /// The lines that each commitment pays for, by its id, in the bill's order.
  package var itemsByCommitment: [String: [LineItem]] {
    Dictionary(grouping: items.filter { $0.commitment != nil }) { $0.commitment! }
  }
}
