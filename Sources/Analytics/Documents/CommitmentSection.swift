import Analysis
import Model

/// How well each held commitment was used, and when it ends; then how well all fit what ran.
func commitmentBlocks(_ review: Review) -> [ReportBlock] {
  let study = review.study
  let plan = review.current.plan
  let reservations = plan.commitments.filter { $0.commitment.period.intersection(study.period) != nil }
  let plans = plan.savingsPlans.filter { $0.period.intersection(study.period) != nil }
  guard !reservations.isEmpty || !plans.isEmpty else { return [.paragraph("No commitment was held.")] }
  let rows = reservations.map { reservationRow($0.commitment, review) } + plans.map { savingsPlanRow($0, review) }
  let table = ReportTable(
    "commitments",
    columns: ["Commitment|id", "What|instances", "Offer|offer", ">Used|used_percent", "Ends|ends"], rows: rows)
  return [.table(table)] + rateBlocks(of: plan, study) + cashBlocks(PrintedBill(review.current.bill))
}

private func reservationRow(_ commitment: Commitment, _ review: Review) -> [String] {
  func hours(_ option: PurchaseOption) -> Double {
    review.current.bill.items.reduce(0) {
      $1.option == option && $1.commitment == commitment.id
        ? $0 + $1.quantity.double * Double(normalisedUnits($1.item)) : $0
    }
  }
  let used = hours(.reserved)
  let all = used + hours(.reservedUnused)
  return [
    commitment.id, "\(commitment.count) x \(commitment.type)", "\(commitment.term)",
    rounded(all > 0 ? used / all * 100 : 0, 1) + " %", endText(commitment.period.end, review.study),
  ]
}

private func savingsPlanRow(_ plan: HeldSavingsPlan, _ review: Review) -> [String] {
  func dollars(_ option: PurchaseOption) -> Int128 {
    review.current.bill.items.reduce(0) {
      $1.option == option && $1.commitment == plan.id ? $0 + Int128($1.dollars.nanoDollars) : $0
    }
  }
  let used = dollars(.savingsPlan)
  let share = millionths(used * 100, of: used + dollars(.savingsPlanUnused))
  return [
    plan.id, ["\(plan.hourly) USD/h", plan.family, plan.region].compactMap { $0 }.joined(separator: " "),
    "\(plan.term)", rounded(share?.double ?? 0, 1) + " %", endText(plan.period.end, review.study),
  ]
}

private func endText(_ end: Instant, _ study: Study) -> String {
  let days = (end.seconds - study.context.asOf.seconds) / 86_400
  let date = "\(study.context.clock.text(end).prefix(10))"
  return days < 0 ? "\(date), ended" : "\(date), in \(days) days"
}

/// Utilisation, coverage and effective savings rate of the reservations and savings plans held in the month; nothing where
/// there is none, or a type has no on-demand price to compare with.
func rateBlocks(of plan: FleetPlan, _ study: Study) -> [ReportBlock] {
  let reserves = plan.commitments.contains { $0.commitment.period.intersection(study.period) != nil }
  let saves = plan.savingsPlans.contains { $0.period.intersection(study.period) != nil }
  guard reserves || saves, let rates = try? study.context.engine.rates(of: plan, over: study.period) else { return [] }
  var rows: [(name: String, rates: CommitmentRates)] = []
  if reserves { rows.append(("Reservations", rates.reservations)) }
  if saves { rows.append(("Savings plans", rates.savingsPlans)) }
  if reserves && saves { rows.append(("Together", rates.together)) }
  return [
    .table(
      ReportTable(
        "commitment_rates",
        columns: [
          "Commitments|commitments", ">Utilisation|utilisation_percent", ">Coverage|coverage_percent",
          ">Effective savings rate|effective_savings_percent",
        ],
        rows: rows.map {
          [
            $0.name, percentText($0.rates.utilisation), percentText($0.rates.coverage),
            percentText($0.rates.effectiveSavings),
          ]
        }))
  ]
}

/// Tenths of a percent as `97.3 %`; `unknown` where there was nothing to divide by.
private func percentText(_ tenths: Int?) -> String {
  guard let tenths else { return "unknown" }
  return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
}

/// Commitments that end soon, and what their hours would cost without them.
func expiryNotes(_ review: Review) -> [String] {
  let study = review.study
  let currency = review.current.bill.currency
  let clock = study.context.clock
  let soon = study.context.asOf.advanced(by: 60 * 86_400)
  return review.current.plan.commitments.compactMap { held in
    let commitment = held.commitment
    let end = commitment.period.end
    guard end > study.context.asOf, end <= soon else { return nil }
    let lines = review.current.bill.items.filter { $0.commitment == commitment.id && $0.option == .reserved }
    let onDemand = lines.reduce(Money.zero) { sum, line in
      let kind = InstanceKind(region: held.price.kind.region, type: line.item, engine: held.price.kind.engine)
      let price = try? study.inputs.catalogue.onDemand(kind, at: study.context.asOf)
      return sum
        + (price?.hourly.charge(for: Int128(line.quantity.mantissa), per: widePowerOfTen(line.quantity.scale))
          ?? line.dollars)
    }
    let dollars = onDemand - lines.reduce(.zero) { $0 + $1.dollars }
    // Both are of one service of the provider, so one discount is off both.
    guard let more = try? study.context.engine.billed(dollars, lines.first?.priceService, in: currency) else {
      return nil
    }
    return
      "Decide on \(commitment.id) (\(commitment.count) x \(commitment.type)): it ends \(clock.text(end).prefix(10)); "
      + "on demand the hours it covered this month cost \(Cents(more).grouped) \(currency.code) more."
  }
}
