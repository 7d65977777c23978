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

  var total: Cents { cents.reduce(.zero, +) }
  var cashTotal: Cents { cashCents.reduce(.zero, +) }

  func total(where include: (LineItem) -> Bool) -> Cents {
    zip(bill.items, cents).reduce(.zero) { include($1.0) ? $0 + $1.1 : $0 }
  }
  func total(of service: String) -> Cents { total { $0.service == service } }
}

/// `+4.7 %`; `new` when there was nothing before.
func changeText(_ now: Double, from before: Double) -> String {
  guard before != 0 else { return now == 0 ? "0.0 %" : "new" }
  let percent = (now / before - 1) * 100
  return (percent > 0 ? "+" : "") + rounded(percent, 1) + " %"
}

/// `4 h 35 min`, `3 d 2 h`; seconds only of less than a minute.
func durationText(_ seconds: Int64) -> String {
  if (1..<60).contains(seconds) { return "\(seconds) s" }
  let minutes = seconds / 60
  if minutes < 60 { return "\(minutes) min" }
  if minutes < 48 * 60 { return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min" }
  let hours = minutes / 60
  return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
}
