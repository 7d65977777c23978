import Analytics

/// What a month cost, whom, and what should change.
func printMonth(store: String) throws {
  let workspace = try Workspace(store: store)
  let cost = try workspace.cost(month: "2026-10")
  print(cost.total, cost.currency, cost.userTypes.map { ($0.name, $0.costPerUser) })
  for finding in try workspace.review(month: "2026-10").findings where finding.outcome == .recommended {
    print(finding.id, finding.saving, finding.confidence)
  }
}
