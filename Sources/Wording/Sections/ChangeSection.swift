import Analysis
import Analytics
import Model

/// What changed since the month before, by service, and why.
struct ChangeSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("change", .largest("change_\(currency.suffix)")) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let previous = printed.scope.month.previous.name
    let blocks: [ReportBlock] =
      switch printed.review.comparison {
      case .change(let change): [.list(reasons(change, printed)), .table(table(change, printed))]
      case .noExchangeRate(let month):
        [.paragraph("The fleet file has no exchange rate for \(month.name), so there is nothing to compare with.")]
      case .noFleet(let month):
        [.paragraph("No fleet file holds in \(month.name), so there is nothing to compare with.")]
      case .otherCurrency(let month, let code):
        [.paragraph("The fleet file of \(month.name) bills in \(code), so there is nothing to compare with.")]
      case .notStored(let month):
        [.paragraph("The store holds no \(month.name), so there is nothing to compare with.")]
      case .notBilled(let month, let error):
        [.paragraph("\(month.name) cannot be billed, so there is nothing to compare with: \(error)")]
      }
    return ReportSection("what-changed", title: "What changed since \(previous)", blocks: blocks)
  }

  func leftOut(_ printed: PrintedReview) -> [ReportBlock] {
    guard case .change(let change) = printed.review.comparison, change.newPrices.count > ReviewLimit.names else {
      return longRows(printed)
    }
    let prices = change.newPrices.map { $0.text(in: printed.currency) }
    return longRows(printed) + [.paragraph("Prices used only this month:"), .list(prices)]
  }

  private func table(_ change: MonthChange, _ printed: PrintedReview) -> ReportTable {
    let before = PrintedBill(change.previous.bill)
    let calendar = printedCents(of: change.services.map(\.calendar))
    let currency = printed.currency
    let rows = zip(change.services, calendar).map { service, calendar -> [ReportCell] in
      let (old, new) = (before.total(of: service.service), printed.bill.total(of: service.service))
      return [
        .text(service.service), .money(service.before, printed: old), .money(service.now, printed: new),
        .money(service.change, printed: new - old), .money(service.calendar, printed: calendar),
        .money(service.use, printed: new - old - calendar), .text(cause(service.cause)),
      ]
    }
    return ReportTable(
      "change",
      columns: [
        .text("service", "Service"), currency.column("previous", change.month.name),
        currency.column("current", printed.scope.month.name), currency.column("change", "Change", isSigned: true),
        currency.column("calendar", "Month's length", isSigned: true),
        currency.column("use", "Use and price", isSigned: true), .text("why", "Why"),
      ],
      rows: rows, total: total(change, printed, before, calendar.reduce(.zero, +)))
  }

  private func total(
    _ change: MonthChange, _ printed: PrintedReview, _ before: PrintedBill, _ calendar: Cents
  ) -> [ReportCell] {
    let exact = printed.bill.bill.total - before.bill.total
    let cents = printed.bill.total - before.total
    let longer = change.services.reduce(Money.zero) { $0 + $1.calendar }
    return [
      .text("Total"), before.totalCell, printed.bill.totalCell, .money(exact, printed: cents),
      .money(longer, printed: calendar), .money(exact - longer, printed: cents - calendar), .empty,
    ]
  }

  private func cause(_ cause: ServiceChange.Cause) -> String {
    switch cause {
    case .instanceHours(let before, let now):
      "instance-hours \(groupedHours(before)) to \(groupedHours(now)) (\(changeText(now, from: before)))"
    case .amounts(let changes):
      firstOf(changes.map { "\($0.charge) \(changeText($0.now, from: $0.before))" })
    case .held: "held all month"
    }
  }

  private func groupedHours(_ hours: Double) -> String { grouped(wholeNumber(hours.rounded())) }

  private func reasons(_ change: MonthChange, _ printed: PrintedReview) -> [String] {
    let now = printed.review.current
    let (month, before) = (printed.scope.month.name, change.month.name)
    let prices = change.newPrices.map { $0.text(in: printed.currency) }
    return ["\(month) has \(change.hours) hours, \(before) had \(change.hoursBefore)."]
      + users(from: change.previous, to: now, printed.clock) + [
        prices.isEmpty
          ? "No instance price changed between the two months."
          : "Prices used only this month: \(firstOf(prices, most: ReviewLimit.names, separator: "; "))."
      ] + (change.exchange.map { [exchange($0, printed.currency)] } ?? [])
  }

  /// How many users there were; nothing where either month has none measured.
  private func users(from before: Outcome, to now: Outcome, _ clock: LocalClock) -> [String] {
    guard let old = before.allocation.averageUsers, let new = now.allocation.averageUsers else { return [] }
    return [
      "Average concurrent users went from \(rounded(old, 1)) to \(rounded(new, 1)) (\(changeText(new, from: old))); the peak "
        + "from \(peak(before.users, clock)) to \(peak(now.users, clock))."
    ]
  }

  private func exchange(_ exchange: ExchangeChange, _ currency: BillCurrency) -> String {
    "One USD went from \(exchange.before.perUsd) to \(exchange.now.perUsd) \(currency.code), which alone changed the bill by "
      + "\(Cents(exchange.effect).signed) \(currency.code); it is part of use and price."
  }

  /// `2,054 (2026-10-13 14:35)`.
  private func peak(_ users: UserCounts, _ clock: LocalClock) -> String {
    guard let peak = users.peak, let when = users.peakInstant else { return "unknown" }
    return "\(grouped(peak)) (\(clock.text(when)))"
  }
}
