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
  /// Where the lines of each service are among the items.
  private let places: [String: [Int]]

  init(_ bill: Bill) {
    self.bill = bill
    places = Dictionary(grouping: bill.items.indices) { bill.items[$0].service }
    cents = printedCents(of: bill.items.map(\.cost))
    cashCents = bill.items.allSatisfy { $0.cashDollars == nil } ? cents : printedCents(of: bill.items.map(\.cash))
  }

  var currency: BillCurrency { bill.currency }
  var total: Cents { cents.reduce(.zero, +) }
  var cashTotal: Cents { cashCents.reduce(.zero, +) }

  /// What the lines of a service print together.
  func total(of service: String) -> Cents { total(at: places[service] ?? []) }
  /// What they cost together, exactly.
  func cost(of service: String) -> Money { cost(at: places[service] ?? []) }

  /// The lines of a service, bought in one way or in any, together; empty where there is none.
  func cell(of service: String, _ option: PurchaseOption? = nil) -> ReportCell {
    cell(at: (places[service] ?? []).filter { option == nil || bill.items[$0].option == option })
  }
  /// All lines that are bought in one way together; empty where there is none.
  func cell(of option: PurchaseOption) -> ReportCell {
    cell(at: bill.items.indices.filter { bill.items[$0].option == option })
  }

  private func cell(at places: [Int]) -> ReportCell {
    places.isEmpty ? .empty : .money(cost(at: places), printed: total(at: places))
  }
  private func total(at places: [Int]) -> Cents { places.reduce(.zero) { $0 + cents[$1] } }
  private func cost(at places: [Int]) -> Money { places.reduce(.zero) { $0 + bill.items[$1].cost } }

  /// All lines together.
  var totalCell: ReportCell { .money(bill.total, printed: total) }
}
