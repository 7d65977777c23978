// The tables of a review for machines. Columns of printed cents stand beside the exact ones, so that a file adds up to the
// report to the cent and to the bill to the last digit.

import Analysis
import Analytics
import Model

/// Every line item with its price row: `bill.csv`; in another currency also in US dollars, with the rate; with where it
/// ran where that is not all the fleet's region.
func lineItemTable(_ printed: PrintedReview) -> ReportTable {
  let (bill, currency) = (printed.bill, printed.currency)
  let home = printed.review.study.fleet.region
  let ranElsewhere = bill.bill.items.contains { $0.region != nil && $0.region != home }
  let dollarColumns: [ReportColumn] =
    currency.rate == nil
    ? []
    : [
      BillCurrency.usDollar.column("cost_exact", "Exact cost, USD"),
      ReportColumn("\(currency.suffix)_per_usd", "\(currency.code) for one USD", .number(unit: nil)),
    ]
  return ReportTable(
    "line_items",
    columns: [
      ReportColumn("month", "Month", .month), .text("service", "Service"), .text("purchase_option", "Purchase option"),
      .text("item", "Item"),
    ] + (ranElsewhere ? [.text("region", "Region")] : []) + [
      .text("commitment", "Commitment"),
      ReportColumn("quantity", "Quantity", .number(unit: nil)),
      .text("unit", "Unit"), currency.column("cost", "Cost, \(currency.code)"),
      currency.column("cost_exact", "Exact cost, \(currency.code)"), currency.column("cash", "Cash, \(currency.code)"),
    ] + dollarColumns + [.text("price", "Price"), .text("quality", "Quality")],
    rows: bill.bill.items.indices.map { index in
      let item = bill.bill.items[index]
      return [
        .month(printed.scope.month), .text(item.service), .text(item.option.rawValue), .text(item.item),
      ] + (ranElsewhere ? [item.region.map { .text($0) } ?? .empty] : []) + [
        item.commitment.map { .text($0) } ?? .empty, .decimal(item.quantity), .text(item.unit),
        .cents(bill.cents[index]), .money(item.cost), .cents(bill.cashCents[index]),
      ] + (currency.rate.map { [.money(item.dollars), .decimal($0.perUsd)] } ?? []) + [
        .text(item.price.text(in: currency)), .text(item.price.quality.rawValue),
      ]
    } + unpricedRows(printed, ranElsewhere))
}

/// What has no price, a row each without an amount: a sum of the file is not whole.
private func unpricedRows(_ printed: PrintedReview, _ ranElsewhere: Bool) -> [[ReportCell]] {
  printed.review.missingPrices.map { missing in
    let words = missing.subject.words
    let region: ReportCell = words.region.isEmpty ? .empty : .text(words.region)
    let dollars: [ReportCell] = printed.currency.rate == nil ? [] : [.empty, .empty]
    return [.month(printed.scope.month), .empty, .text("unpriced"), .text(words.item)] + (ranElsewhere ? [region] : [])
      + [.empty, .empty, .empty, .empty, .empty, .empty] + dollars
      + [.text("missing: \(missingText(missing))"), .text("incomplete")]
  }
}

/// Cost per user by type: `cost-per-user.csv`.
func userTypeTable(_ printed: PrintedReview) -> ReportTable {
  let (allocation, currency) = (printed.allocation, printed.currency)
  let marginal = printed.review.marginalCosts.costs
  let isIncomplete = !printed.review.missingPrices.isEmpty
  return ReportTable(
    "cost_per_user",
    columns: [
      ReportColumn("month", "Month", .month), .text("user_type", "User type"),
      ReportColumn("average_concurrent_users", "Average users", .number(unit: nil)), currency.column("used", "Used"),
      currency.column("idle", "Idle"), currency.column("shared", "Shared"),
      currency.column("total", "Total, \(currency.code)"), currency.column("total_exact", "Exact total"),
      currency.column("cost_per_user", "Per user", per: "user"),
      currency.column("marginal_cost_per_user", "One more user", per: "user"),
    ] + (isIncomplete ? [.text("incomplete", "Incomplete")] : []),
    rows: zip(allocation.allocation.types, allocation.types).enumerated().map { index, pair in
      let (type, cents) = pair
      return [.month(printed.scope.month), .text(type.type.name), average(type.averageUsers)]
        + (cents + [cents.reduce(.zero, +)]).map { .cents($0) }
        + [.money(type.total)]
        + [type.perUser(type.total), marginal[index]].map { .known($0, or: gapWords(.nobody), fourDecimals) }
        + (isIncomplete ? [.text("yes")] : [])
    })
}

/// Two decimals, as the report prints them: a mean of samples has no exact figure.
private func average(_ users: Double) -> ReportCell {
  .decimal(ScaledDecimal(mantissa: wholeNumber((users * 100).rounded()), scale: 2))
}

/// Four decimals, as the report prints them.
private func fourDecimals(_ amount: Money) -> ReportCell {
  let tenths = roundedHalfEven(Int128(amount.nanoDollars), dividedBy: 100_000)
  return .rate(Money(nanoDollars: Int64(tenths) * 100_000), decimals: 4)
}

/// Every verdict: `recommendations.csv`; the recommendations first, ranked.
func verdictTable(_ printed: PrintedReview) -> ReportTable {
  let (review, currency) = (printed.review, printed.currency)
  return ReportTable(
    "recommendations",
    columns: [
      ReportColumn("rank", "Rank", .count), .text("id", "Id"), .text("services", "Services"), .text("step", "Step"),
      .text("outcome", "Outcome"), .text("action", "Action"), currency.column("saving", "Saving"),
      currency.column("saving_exact", "Exact saving"), .text("confidence", "Confidence"),
      ReportColumn("coverage", "Coverage", .share), .text("reason", "Reason"),
    ],
    rows: review.rankedVerdicts.enumerated().map { index, verdict in
      [
        verdict.outcome == .recommended ? .count(index + 1) : .empty, .text(verdict.id),
        .text(verdict.services.joined(separator: " ")),
        .text(verdict.step.rawValue), .text(verdict.outcome.rawValue),
        .text(printed.advice.words.action(verdict)),
        .cents(printed.advice.savings[verdict.id] ?? .zero), .money(verdict.saving), .text(verdict.confidence.rawValue),
        .coverage(verdict.evidence.coverage), .text(printed.advice.words.reason(verdict)),
      ]
    })
}
