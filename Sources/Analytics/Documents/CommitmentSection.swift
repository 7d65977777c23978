import Analysis
import Model

/// How well each held commitment was used, and when it ends.
func commitmentBlocks(_ review: Review) -> [ReportBlock] {
  let study = review.study
  let held = review.current.plan.commitments.filter { $0.commitment.period.intersection(study.period) != nil }
  guard !held.isEmpty else { return [.paragraph("No commitment was held.")] }
  let clock = study.context.clock
  let rows = held.map { held -> [String] in
    let commitment = held.commitment
    func hours(_ option: PurchaseOption) -> Double {
      review.current.bill.items.reduce(0) {
        $1.option == option && $1.commitment == commitment.id
          ? $0 + $1.quantity.double * Double(normalisedUnits($1.item)) : $0
      }
    }
    let used = hours(.reserved)
    let all = used + hours(.reservedUnused)
    let days = (commitment.period.end.seconds - study.context.asOf.seconds) / 86_400
    let end = "\(clock.text(commitment.period.end).prefix(10))"
    return [
      commitment.id, "\(commitment.count) x \(commitment.type)", "\(commitment.term)",
      rounded(all > 0 ? used / all * 100 : 0, 1) + " %",
      days < 0 ? "\(end), ended" : "\(end), in \(days) days",
    ]
  }
  return [
    .table(
      ReportTable(
        "commitments",
        columns: ["Commitment|id", "What|instances", "Offer|offer", ">Used|used_percent", "Ends|ends"], rows: rows))
  ]
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
      let (hours, per) = (Int128(line.quantity.mantissa), widePowerOfTen(line.quantity.scale))
      return sum + (price?.hourly.charge(for: hours, per: per) ?? line.dollars)
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
