import Analysis
import Analytics
import Model

/// What each user cost, and where capacity was paid for that nobody used.
struct UsersSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? {
    LongTable("cost_per_user", .largest("total_\(currency.suffix)"), adding: ["average_concurrent_users"])
  }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let costs = printed.review.marginalCosts.costs
    guard printed.allocation.allocation.gap != .noTypes else { return use(printed) }
    return ReportSection(
      "cost-per-user", title: "Cost per user",
      blocks: [
        meaning(of: printed.allocation.allocation), .table(usersTable(printed.allocation, marginal: costs)),
      ] + idle(printed.allocation))
  }

  /// What was paid for and not used, where nobody is known to divide it among.
  private func use(_ printed: PrintedReview) -> ReportSection? {
    let blocks = idle(printed.allocation)
    return blocks.isEmpty ? nil : ReportSection("use", title: "Capacity that nobody used", blocks: blocks)
  }

  /// The services with the most idle capacity.
  private func idle(_ printed: PrintedAllocation) -> [ReportBlock] {
    let costs = zip(printed.allocation.services, printed.services).map { (name: $0.service, idle: $1[1]) }
      .filter { $0.idle > .zero }.sorted { ($1.idle, $0.name) < ($0.idle, $1.name) }
    guard !costs.isEmpty else { return [] }
    let others = costs.dropFirst(4)
    var parts = costs.prefix(4).map { "\($0.name) \($0.idle.grouped)" }
    if !others.isEmpty {
      parts.append("\(others.count) others \(others.reduce(.zero) { $0 + $1.idle }.grouped)")
    }
    return [
      .paragraph(
        "Idle, \(printed.currency.code) a month: \(parts.joined(separator: ", ")). `plimsoll cost` has all of it by service."
      )
    ]
  }
}

/// What a user costs, and where each service's cost goes; the latter alone where the fleet knows no users.
func usersSection(_ printed: PrintedAllocation, marginal: [Money?]) -> ReportSection {
  let use = ReportBlock.table(serviceUseTable(printed))
  guard printed.allocation.gap != .noTypes else {
    let meaning = ReportBlock.paragraph(
      "Used is the utilised part of each service; idle is paid for and not used; shared is driven by nobody.")
    return ReportSection("use", title: "What was used", blocks: [meaning, use])
  }
  return ReportSection(
    "cost-per-user", title: "Cost per user",
    blocks: [meaning(of: printed.allocation), .table(usersTable(printed, marginal: marginal)), use])
}

/// Why a cost per user cannot be said.
func gapWords(_ gap: UsersGap) -> String {
  switch gap {
  case .noTypes: "no users measured"
  case .unmeasured(let names): "no users measured of type \(names.joined(separator: ", "))"
  case .nobody: "nobody used it"
  }
}

private func meaning(of allocation: CostAllocation) -> ReportBlock {
  .paragraph(
    "Used is the utilised part of each service, split by what a user type drives; idle is paid for and not used; shared is "
      + "driven by nobody. Per user is for each average concurrent user and month (users seen "
      + "\(allocation.coverage.percentText)); one more user is what the bill grows by, for each, with 10 % more of them."
  )
}

/// Cost per user by type.
private func usersTable(_ printed: PrintedAllocation, marginal: [Money?]) -> ReportTable {
  let (currency, allocation) = (printed.currency, printed.allocation)
  let nobody = gapWords(.nobody)
  let unmeasured = allocation.unmeasuredTypes.map { name -> [ReportCell] in
    [.text(name), .unknown("not measured")] + [ReportCell](repeating: .empty, count: 6)
  }
  return ReportTable(
    "cost_per_user",
    columns: [
      .text("user_type", "User type"),
      ReportColumn("average_concurrent_users", "Average users", .number(unit: nil)), currency.column("used", "Used"),
      currency.column("idle", "Idle"), currency.column("shared", "Shared"),
      currency.column("total", "Total, \(currency.code)"), currency.column("cost_per_user", "Per user", per: "user"),
      currency.column("marginal_cost_per_user", "One more user", per: "user"),
    ],
    rows: allocation.types.enumerated().map { index, type in
      [.text(type.type.name), .measured(type.averageUsers, decimals: 2)] + printed.cells(ofType: index)
        + [type.perUser(type.total), marginal[index]].map { .known($0, or: nobody) { .perUser($0) } }
    } + unmeasured,
    total: [.text("Total"), .known(allocation.averageUsers, or: gapWords(.noTypes)) { .measured($0, decimals: 2) }]
      + printed.typeTotals
      + [.known(allocation.perUser, or: allocation.gap.map(gapWords) ?? nobody) { .perUser($0) }, .empty])
}

/// Where each service's cost goes: used, idle, shared.
private func serviceUseTable(_ printed: PrintedAllocation) -> ReportTable {
  let currency = printed.currency
  return ReportTable(
    "service_use",
    columns: [
      .text("service", "Service"), currency.column("used", "Used"), currency.column("idle", "Idle"),
      currency.column("shared", "Shared"), currency.column("total", "Total, \(currency.code)"),
      ReportColumn("utilisation", "Utilisation", .share), .text("basis", "Of"),
    ],
    rows: printed.allocation.services.enumerated().map { index, cost in
      [.text(cost.service)] + printed.cells(ofService: index) + basis(cost.basis)
    },
    total: [.text("Total")] + printed.serviceTotals + [.empty, .empty])
}

/// The used share, and what it is of.
private func basis(_ basis: UseBasis) -> [ReportCell] {
  switch basis {
  case .metered: [.empty, .text("metered")]
  case .unmeasured: [.unknown("neither CPU nor memory is known: all of it counts as used"), .empty]
  case .measured(let used):
    [
      .share(used.fraction),
      .text((used.dimension == .cpu ? "CPU" : "memory") + qualifier(used)),
    ]
  }
}

/// What of the instances the used share is not of.
private func qualifier(_ used: UsedShare) -> String {
  if !used.unspecified.isEmpty {
    let types = firstOf(used.unspecified, most: 2)
    return used.isOfInstances ? " of instances; no specification of \(types)" : " (without \(types), unspecified)"
  }
  if !used.isMemoryMeasured { return " (memory unmeasured)" }
  return used.measured < 0.95 ? " (\(percentText(used.measured)) measured)" : ""
}
