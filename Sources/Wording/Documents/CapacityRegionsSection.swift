import Advice
import Analysis
import Analytics
import Model

/// Sizes in one region beside the same in several.
func regionSections(_ answer: CapacityAnswer) -> [ReportSection] {
  answer.regions.map { size in
    ReportSection(
      "regions-\(size.users)", title: "\(grouped(size.users)) users in \(size.several.count) regions",
      blocks: [.paragraph(basis(answer, size)), .table(componentTable(size, answer)), .table(costTable(size, answer))])
  }
}

private func basis(_ answer: CapacityAnswer, _ size: RegionalSize) -> String {
  let home = size.one.region
  let databases =
    answer.databases == .primary
    ? "Each region has a database of its own, with its own users' data; nothing is copied between them."
    : "The database is in \(home) as with all users; each other region has replicas that hold all of its data and read for the "
      + "region's users."
  return
    "Each region has its own fleet for its own users, with the fewest instances that the fleet file asks for in each, at its own "
    + "prices, of the types that are cheapest in \(home). \(databases) What has a price of the region is metered in each, "
    + "amounts that the fleet file states once in each."
}

private func componentTable(_ size: RegionalSize, _ answer: CapacityAnswer) -> ReportTable {
  func cells(_ part: RegionalSize.Part, _ index: Int) -> [ReportCell] {
    guard let plan = part.plans[index] else { return [.unknown("none of its types carries it"), .empty] }
    let lacks = part.unpriced.contains(size.services[index]) && part.costs[index] == .zero
    return [
      .text("\(grouped(plan.count)) \(plan.type.name)"),
      lacks ? .unknown("no price of it in \(part.region)") : .money(part.costs[index]),
    ]
  }
  func columns(_ part: RegionalSize.Part, _ name: String, _ title: String) -> [ReportColumn] {
    [
      .text("\(name)_instances", "\(title), \(grouped(part.users)) users"),
      answer.currency.column("\(name)_cost", "Cost"),
    ]
  }
  let several = size.several.enumerated().flatMap { index, part in
    columns(part, "region_\(index + 1)", part.region)
  }
  return ReportTable(
    "regions_\(size.users)",
    columns: [.text("component", "Component")] + columns(size.one, "one", "All in \(size.one.region)") + several,
    rows: size.services.indices.map { index in
      [.text(size.services[index])] + cells(size.one, index) + size.several.flatMap { cells($0, index) }
    }
  ).markingRows { index in ([size.one] + size.several).contains { $0.unpriced.contains(size.services[index]) } }
}

private func costTable(_ size: RegionalSize, _ answer: CapacityAnswer) -> ReportTable {
  func row(_ what: String, _ one: Money, _ several: Money) -> [ReportCell] {
    [.text(what), .money(one), .money(several), .money(several - one)]
  }
  func sum(_ amount: (RegionalSize.Part) -> Money) -> Money { size.several.reduce(.zero) { $0 + amount($1) } }
  let parts = [size.one] + size.several
  // Of the first rows, in their order.
  let lacking = [
    parts.contains { !$0.unpriced.isEmpty }, parts.contains(where: \.lacksMetered), size.lacksEverywhere,
  ]
  var rows = [
    row("Instances", size.one.instances, sum(\.instances)),
    row("Metered in a region", size.one.metered, sum(\.metered)),
    row("Metered wherever users are", size.everywhere, size.everywhere),
  ]
  rows.append(
    size.cdn.map { row("Delivered by the CDN", $0, $0) }
      ?? [.text("Delivered by the CDN"), .unknown("none is asked for, or it has no price"), .empty, .empty])
  rows.append(
    size.between.map { row("From region to region", .zero, $0) }
      ?? [.text("From region to region"), .money(.zero), .unknown("how much is not said, or it has no price"), .empty])
  return ReportTable(
    "regions_cost_\(size.users)",
    columns: [
      .text("what", "A month"), answer.currency.column("one", "In one region"),
      answer.currency.column("several", "In \(size.several.count)"),
      ReportColumn("difference", "Difference", .money(currency: answer.currency.code), isSigned: true),
    ], rows: rows, total: row("Total", size.costOfOne, size.costOfSeveral)
  ).markingRows { lacking.indices.contains($0) && lacking[$0] }
}
