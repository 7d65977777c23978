import Analysis
import Model

/// The bill by service and purchase option.
func billTable(_ printed: PrintedBill) -> ReportTable {
  let options = PurchaseOption.allCases.filter { option in
    option != .upfront && printed.bill.items.contains { $0.option == option }
  }
  let services = printed.bill.services
  let currency = printed.bill.currency
  func row(_ name: String, _ include: (LineItem) -> Bool) -> [String] {
    let cells = options.map { option -> String in
      let sum = printed.total { include($0) && $0.option == option }
      return sum == .zero ? "" : sum.grouped
    }
    return [name] + cells + [printed.total(where: include).grouped]
  }
  return ReportTable(
    "bill",
    columns: ["Service|service"] + options.map { ">\($0.title)|\($0.rawValue)_\(currency.suffix)" }
      + [">Total, \(currency.code)|total_\(currency.suffix)"],
    rows: services.map { service in row(service) { $0.service == service } },
    total: row("Total") { _ in true })
}

extension PurchaseOption {
  var title: String {
    switch self {
    case .onDemand: "On-demand"
    case .reserved: "Reserved"
    case .reservedUnused: "Reserved, unused"
    case .savingsPlan: "Savings plan"
    case .savingsPlanUnused: "Savings plan, unused"
    case .upfront: "Upfront"
    case .spot: "Spot"
    case .surplusCredits: "Surplus credits"
    case .spotRework: "Spot rework"
    case .metered: "Metered"
    case .negotiatedDiscount: "Negotiated discount"
    }
  }
}

/// Every line item with its price row: `bill.csv`; in another currency also in US dollars, with the rate.
func lineItemTable(_ printed: PrintedBill, month: Month) -> ReportTable {
  let currency = printed.bill.currency
  let (code, suffix) = (currency.code, currency.suffix)
  let dollarColumns =
    currency.rate == nil ? [] : [">Exact cost, USD|cost_exact_usd", ">\(code) for one USD|\(suffix)_per_usd"]
  return ReportTable(
    "line_items",
    columns: [
      "Month|month", "Service|service", "Purchase option|purchase_option", "Item|item", "Commitment|commitment",
      ">Quantity|quantity", "Unit|unit", ">Cost, \(code)|cost_\(suffix)", ">Exact cost, \(code)|cost_exact_\(suffix)",
      ">Cash, \(code)|cash_\(suffix)",
    ] + dollarColumns + ["Price|price", "Quality|quality"],
    rows: printed.bill.items.indices.map { index in
      let item = printed.bill.items[index]
      let dollars = currency.rate.map { [item.dollars.description, $0.perUsd.description] } ?? []
      return [
        "\(month)", item.service, item.option.rawValue, item.item, item.commitment ?? "", item.quantity.description,
        item.unit, printed.cents[index].plain, item.cost.description, printed.cashCents[index].plain,
      ] + dollars + [item.price.words, item.price.quality.rawValue]
    })
}

/// The rate that all amounts of a report were converted at; nothing when they are in US dollars.
func rateBlocks(_ currency: BillCurrency) -> [ReportBlock] {
  rateText(currency).map { [.paragraph("Amounts in \(currency.code). \($0)")] } ?? []
}

/// `One USD is 0.9214 EUR, the rate from 2026-10-01; prices are in USD.`
func rateText(_ currency: BillCurrency) -> String? {
  currency.rate.map { "One USD is \($0.perUsd) \(currency.code), the rate from \($0.from); prices are in USD." }
}

/// What changed since the month before, by service, and why.
func changeBlocks(_ review: Review) -> [ReportBlock] {
  let now = PrintedBill(review.current.bill)
  guard let previous = review.previous else {
    return [.paragraph(nothingToCompare(review.study))]
  }
  let before = PrintedBill(previous.bill)
  let services = now.bill.services + before.bill.services.filter { !now.bill.services.contains($0) }
  let hours = (now.bill.period.seconds / 3600, before.bill.period.seconds / 3600)
  var longer = Cents.zero
  let rows = services.map { service -> [String] in
    let calendar = calendarEffect(service, before, hours: hours)
    longer = longer + calendar
    let (old, new) = (before.total(of: service), now.total(of: service))
    return [
      service, old.grouped, new.grouped, (new - old).signed, calendar.signed, (new - old - calendar).signed,
      why(service, review.current, previous),
    ]
  }
  let change = now.total - before.total
  let suffix = now.bill.currency.suffix
  let table = ReportTable(
    "change",
    columns: [
      "Service|service", ">\(review.study.month.previous.name)|previous_\(suffix)",
      ">\(review.study.month.name)|current_\(suffix)",
      ">Change|change_\(suffix)", ">Month's length|calendar_\(suffix)", ">Use and price|use_\(suffix)", "Why|why",
    ],
    rows: rows,
    total: [
      "Total", before.total.grouped, now.total.grouped, change.signed, longer.signed, (change - longer).signed, "",
    ])
  return [.list(changeReasons(review, previous, hours: hours)), .table(table)]
}

/// What the other number of hours alone would have changed: everything but charges by the month.
private func calendarEffect(_ service: String, _ before: PrintedBill, hours: (now: Int64, before: Int64)) -> Cents {
  let timed = before.total { $0.service == service && $0.kind != .holding }
  let change = Int128(timed.count) * Int128(hours.now - hours.before)
  return Cents(Int64(roundedHalfEven(change, dividedBy: Int128(hours.before))))
}

private func why(_ service: String, _ now: Outcome, _ before: Outcome) -> String {
  let hours = now.bill.instanceHours(of: service).double
  let old = before.bill.instanceHours(of: service).double
  if hours > 0 || old > 0 {
    return "instance-hours \(groupedHours(old)) to \(groupedHours(hours)) (\(changeText(hours, from: old)))"
  }
  let items = now.bill.items.filter { $0.service == service && $0.option == .metered && $0.kind != .holding }
  var names: [String] = []
  for item in items where !names.contains(item.item) { names.append(item.item) }
  let reasons = names.map { name in
    let amounts = [now, before].map { $0.bill.amount(of: name, service: service) }
    return "\(name) \(changeText(amounts[0], from: amounts[1]))"
  }
  return reasons.isEmpty ? "held all month" : reasons.joined(separator: ", ")
}

extension Bill {
  /// How much of an item was used, over all its line items.
  fileprivate func amount(of item: String, service: String) -> Double {
    items.reduce(0) { $1.service == service && $1.item == item ? $0 + $1.quantity.double : $0 }
  }
}

func groupedHours(_ hours: Double) -> String { grouped(Int(hours.rounded())) }

/// `2,054 (2026-10-13 14:35)`.
private func peakText(_ users: UserCounts, _ clock: LocalClock) -> String {
  guard let peak = users.peak, let when = users.peakInstant else { return "unknown" }
  return "\(grouped(peak)) (\(clock.text(when)))"
}

private func changeReasons(_ review: Review, _ previous: Outcome, hours: (now: Int64, before: Int64)) -> [String] {
  let clock = review.study.context.clock
  let now = review.current.allocation.averageUsers
  let before = previous.allocation.averageUsers
  var reasons = [
    "\(review.study.month.name) has \(hours.now) hours, \(review.study.month.previous.name) had \(hours.before).",
    "Average concurrent users went from \(rounded(before, 1)) to \(rounded(now, 1)) (\(changeText(now, from: before))); "
      + "the peak from \(peakText(previous.users, clock)) to \(peakText(review.current.users, clock)).",
  ]
  let changed = instancePrices(review.current.bill).subtracting(instancePrices(previous.bill)).sorted()
  reasons.append(
    changed.isEmpty
      ? "No instance price changed between the two months."
      : "Prices used only this month: \(changed.joined(separator: "; ")).")
  return reasons + exchangeReasons(review, previous)
}

/// What the other exchange rate alone changed: last month's bill in US dollars at each of the two rates.
private func exchangeReasons(_ review: Review, _ previous: Outcome) -> [String] {
  let (now, old) = (review.current.bill.currency, previous.bill.currency)
  guard let rate = now.rate, let oldRate = old.rate, rate != oldRate,
    let same = try? now.amount(of: previous.bill.items.reduce(.zero) { $0 + $1.dollars })
  else { return [] }
  return [
    "One USD went from \(oldRate.perUsd) to \(rate.perUsd) \(now.code), which alone changed the bill by "
      + "\(Cents(same - previous.bill.total).signed) \(now.code); it is part of use and price."
  ]
}

private func nothingToCompare(_ study: Study) -> String {
  let month = study.month.previous
  let period = study.context.clock.period(of: month)
  if (try? study.context.engine.currency(over: period)) == nil {
    return "The fleet file has no exchange rate for \(month.name), so there is nothing to compare with."
  }
  return "The store holds no \(month.name), so there is nothing to compare with."
}

private func instancePrices(_ bill: Bill) -> Set<String> {
  Set(bill.items.filter { ![.metered, .negotiatedDiscount].contains($0.option) }.map(\.price.words))
}
