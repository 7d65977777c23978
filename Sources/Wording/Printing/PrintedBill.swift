import Analysis
import Model

/// A bill in printed cents: every table that shows a part of it adds up from the same cents.
struct PrintedBill {
  let bill: Bill
  /// One for each line item.
  let cents: [Cents]
  /// What is paid within the period for each line item; together the rounded sum of what is paid. Cents of rounding go
  /// to the largest remainders of this sum, so that a line that is paid as it costs may print a cent apart.
  let cashCents: [Cents]

  init(_ bill: Bill) {
    self.bill = bill
    cents = printedCents(of: bill.items.map(\.cost))
    cashCents = bill.items.allSatisfy { $0.cashDollars == nil } ? cents : printedCents(of: bill.items.map(\.cash))
  }

  var currency: BillCurrency { bill.currency }
  var total: Cents { cents.reduce(.zero, +) }
  var cashTotal: Cents { cashCents.reduce(.zero, +) }

  func total(where include: (LineItem) -> Bool) -> Cents {
    zip(bill.items, cents).reduce(.zero) { include($1.0) ? $0 + $1.1 : $0 }
  }
  func total(of service: String) -> Cents { total { $0.service == service } }

  /// The lines of some kind together; empty where there is none.
  func cell(where include: (LineItem) -> Bool) -> ReportCell {
    bill.items.contains(where: include)
      ? .money(bill.total(where: include), printed: total(where: include)) : .empty
  }
  /// All lines together.
  var totalCell: ReportCell { .money(bill.total, printed: total) }
}
