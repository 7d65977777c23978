/// A savings plan, held all month: so much an hour is paid, whatever runs.
package struct CommitSavingsPlan: PlanChange {
  package var term: SavingsPlanTerm
  /// The commitment for an hour, in USD.
  package var hourly: Money
  /// What a plan of a family is bound to, such as `m5`; nil for a compute plan.
  package var family: String?
  /// The service that it is bought for; nil for none in particular. It pays for what it can of any.
  package var service: String?
  /// Where a plan of a family is bound to; nil for where its service runs, or the fleet.
  package var region: String?
  /// Whose it is; nil where accounts share, and for the account that runs most of its service.
  package var account: String?

  package init(
    term: SavingsPlanTerm, hourly: Money, family: String? = nil, service: String? = nil, region: String? = nil,
    account: String? = nil
  ) {
    self.account = account
    self.term = term
    self.hourly = hourly
    self.family = family
    self.service = service
    self.region = region
  }

  package static let kind = "savings-plan"
  package static let option = ChangeOption(
    "savings-plan", valueName: "usd@plan[:family][:account]", help: "A savings plan of so many USD an hour.",
    expectation:
      "USD an hour above 0, at most 1,000,000, and a plan, 0.15@compute-savings-plan-1yr-no-upfront; with its family for an EC2 instance plan, 0.15@ec2-instance-savings-plan-1yr-no-upfront:m5; behind it the number of an account, where accounts share nothing",
    example: "0.15@ec2-instance-savings-plan-1yr-no-upfront:m5")

  package init?(optionText: String) {
    let parts = optionText.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let hourly = Money(parts[0]) else { return nil }
    let plan = parts[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (1...3).contains(plan.count), let term = SavingsPlanTerm(plan[0]), !plan.contains("") else { return nil }
    // No family is a number, and every account is.
    let isOwned = plan.count > 1 && plan[plan.count - 1].allSatisfy(\.isWholeNumber)
    guard plan.count < 3 || isOwned else { return nil }
    self.init(
      term: term, hourly: hourly, family: plan.count - (isOwned ? 1 : 0) > 1 ? plan[1] : nil,
      account: isOwned ? plan[plan.count - 1] : nil)
  }

  package var optionText: String {
    "\(hourly)@\(term)" + [family, account].compactMap { $0 }.map { ":\($0)" }.joined()
  }
  package var services: [String] { service.map { [$0] } ?? [] }
  package var fault: String? {
    let isBound = term.plan == .family
    guard hourly > .zero, hourly.nanoDollars <= 1_000_000 * Money.nanoPerDollar else {
      return "more than 0 and at most 1,000,000 USD an hour"
    }
    return isBound == (family != nil) ? nil : isBound ? "a family, such as m5" : "no family"
  }
  package var words: String {
    "\(hourly) USD an hour of \(term)" + (family.map { " on \($0)" } ?? "") + (service.map { " for \($0)" } ?? "")
      + (account.map { " in account \($0)" } ?? "")
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    var region = region ?? context.fleet.region
    if let service { region = context.kind("", of: try context.service(service)).region }
    var held = HeldSavingsPlan(
      id: plannedID(service ?? "account", "\(term)"), term: term, family: family,
      region: family == nil ? nil : region, hourly: hourly, started: context.grid.period.start)
    held.isPlanned = true
    held.service = service
    held.account = try plan.buyer(account, service, Self.option, context)
    if let account = held.account { held.id += "-\(account)" }
    held.upfront = context.cloud.upfront(ofTerm: hourly.charge(for: Int128(term.hours), per: 1), term.payment)
    plan.savingsPlans.append(held)
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    let whole = hourly.charge(for: Int128(term.hours), per: 1)
    let upfront = context.cloud.upfront(ofTerm: whole, term.payment)
    let signed = SignedCommitment(
      upfront: upfront, hourly: (whole - upfront).charge(for: 1, per: Int128(term.hours)), effectiveHourly: hourly,
      lastDay: context.lastDay(ofYears: term.years), family: family)
    return ChangeTerms(.purchase, ChangeRisk(term.years > 1 ? .medium : .low, .paidWhateverRuns), signed: signed)
  }
}
