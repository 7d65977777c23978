import Analysis
import Model

/// Printed cents of a cost allocation; its parts add up to the printed bill.
struct PrintedAllocation {
  let allocation: CostAllocation
  /// Used, idle and shared of each service.
  let services: [[Cents]]
  /// Used, idle and shared of each user type.
  let types: [[Cents]]
  let currency: BillCurrency

  init(_ allocation: CostAllocation, _ bill: PrintedBill) {
    self.allocation = allocation
    currency = bill.currency
    services = allocation.services.map { cost in
      printedCents(of: cost.parts, total: bill.total(of: cost.service))
    }
    let flat = printedCents(of: allocation.types.flatMap(\.parts), total: bill.total)
    types = stride(from: 0, to: flat.count, by: 3).map { Array(flat[$0..<($0 + 3)]) }
  }

  /// Used, idle, shared and total of one service.
  func cells(ofService index: Int) -> [ReportCell] { Self.cells(allocation.services[index].parts, services[index]) }

  /// Used, idle, shared and total of one user type.
  func cells(ofType index: Int) -> [ReportCell] { Self.cells(allocation.types[index].parts, types[index]) }

  /// Used, idle, shared and total of all services, as they are printed.
  var serviceTotals: [ReportCell] { Self.totals(allocation.services.map(\.parts), services) }

  /// Used, idle, shared and total of all user types, as they are printed.
  var typeTotals: [ReportCell] { Self.totals(allocation.types.map(\.parts), types) }

  private static func cells(_ parts: [Money], _ cents: [Cents]) -> [ReportCell] {
    zip(parts + [parts.reduce(.zero, +)], cents + [cents.reduce(.zero, +)]).map { .money($0, printed: $1) }
  }

  private static func totals(_ parts: [[Money]], _ cents: [[Cents]]) -> [ReportCell] {
    let sums = (0..<3).map { part in parts.reduce(Money.zero) { $0 + $1[part] } }
    let printed = (0..<3).map { part in cents.reduce(Cents.zero) { $0 + $1[part] } }
    return cells(sums, printed)
  }
}

extension ServiceCost {
  fileprivate var parts: [Money] { [used, idle, shared] }
}

extension UserTypeCost {
  fileprivate var parts: [Money] { [used, idle, shared] }
}
