import Analysis
import Model

/// Printed cents of a cost allocation; its parts add up to the printed bill.
struct PrintedAllocation {
  let allocation: CostAllocation
  /// used, idle, shared for each service.
  let services: [[Cents]]
  /// used, idle, shared for each user type.
  let types: [[Cents]]
  let currency: BillCurrency

  init(_ allocation: CostAllocation, _ bill: PrintedBill) {
    self.allocation = allocation
    currency = bill.bill.currency
    services = allocation.services.map { cost in
      printedCents(of: [cost.used, cost.idle, cost.shared], total: bill.total(of: cost.service))
    }
    let flat = printedCents(
      of: allocation.types.flatMap { [$0.used, $0.idle, $0.shared] }, total: bill.total)
    types = stride(from: 0, to: flat.count, by: 3).map { Array(flat[$0..<($0 + 3)]) }
  }
}

/// Cost per user by type: `cost-per-user.csv` and the report's table.
func usersTable(_ printed: PrintedAllocation, marginal: [Money], month: Month) -> ReportTable {
  let rows = zip(printed.allocation.types.indices, printed.allocation.types).map { index, type -> [String] in
    let cents = printed.types[index]
    return [
      "\(month)", type.type.name, rounded(type.averageUsers, 2), cents[0].grouped, cents[1].grouped, cents[2].grouped,
      cents.reduce(.zero, +).grouped, type.total.description, perUserText(type.perUser(type.total)),
      perUserText(marginal[index]),
    ]
  }
  func sum(_ part: Int) -> String { printed.types.reduce(.zero) { $0 + $1[part] }.grouped }
  let suffix = printed.currency.suffix
  let all = printed.types.flatMap { $0 }.reduce(.zero, +).grouped
  return ReportTable(
    "cost_per_user",
    columns: [
      "Month|month", "User type|user_type", ">Average users|average_concurrent_users", ">Used|used_\(suffix)",
      ">Idle|idle_\(suffix)", ">Shared|shared_\(suffix)", ">Total, \(printed.currency.code)|total_\(suffix)",
      ">Exact total|total_exact_\(suffix)",
      ">Per user|cost_per_user_\(suffix)", ">One more user|marginal_cost_per_user_\(suffix)",
    ],
    rows: rows,
    total: [
      "", "Total", rounded(printed.allocation.averageUsers, 2), sum(0), sum(1), sum(2), all,
      printed.allocation.total.description, perUserText(printed.allocation.perUser), "",
    ])
}

/// Four decimals: a user costs cents.
func perUserText(_ money: Money) -> String {
  let tenth = roundedHalfEven(Int128(money.nanoDollars), dividedBy: 100_000)
  return ScaledDecimal(mantissa: Int64(tenth), scale: 4).description
}

/// Where each service's cost goes: used, idle, shared.
func serviceUseTable(_ printed: PrintedAllocation) -> ReportTable {
  let costs = printed.allocation.services
  let rows = costs.indices.map { index -> [String] in
    let cents = printed.services[index]
    return [costs[index].service] + cents.map(\.grouped) + [cents.reduce(.zero, +).grouped, costs[index].basis]
  }
  let suffix = printed.currency.suffix
  func sum(_ part: Int) -> String { printed.services.reduce(.zero) { $0 + $1[part] }.grouped }
  return ReportTable(
    "service_use",
    columns: [
      "Service|service", ">Used|used_\(suffix)", ">Idle|idle_\(suffix)", ">Shared|shared_\(suffix)",
      ">Total, \(printed.currency.code)|total_\(suffix)",
      "Basis|basis",
    ],
    rows: rows,
    total: ["Total", sum(0), sum(1), sum(2), printed.services.flatMap { $0 }.reduce(.zero, +).grouped, ""])
}

extension ReportTable {
  /// The same table with only some columns, by name, in their order here.
  func selecting(_ names: [String]) -> ReportTable {
    let kept = names.compactMap { name in columns.firstIndex { $0.name == name } }
    var copy = self
    copy.columns = kept.map { columns[$0] }
    copy.rows = rows.map { row in kept.map { row[$0] } }
    copy.total = total.map { row in kept.map { row[$0] } }
    return copy
  }
}
