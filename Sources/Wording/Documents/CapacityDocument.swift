import Advice
import Analysis
import Analytics
import Model

/// What a fleet is for numbers of users: what each component needs, what that costs, and what must change on the way.
package func capacityDocument(_ answer: CapacityAnswer) -> ReportDocument {
  var sections = answer.sizes.map { sizeSection($0, answer) }
  sections.append(
    ReportSection("sizes", title: "Cost", blocks: [.table(sizesTable(answer))]))
  sections.append(
    ReportSection(
      "changes", title: "From how many users on", blocks: [.table(milestoneTable(answer)), .list(changes(answer))]))
  sections += costUserLoadsSection(answer.userTypes, answer.userLoads).map { [$0] } ?? []
  sections += backtestSection(answer) + regionSections(answer) + latencySection(answer)
  if !answer.limits.isEmpty {
    sections.append(ReportSection("limits", title: "What others allow", blocks: [.table(limitTable(answer))]))
  }
  if !answer.comparisons.isEmpty {
    sections.append(
      ReportSection(
        "document", title: "Beside the owners' tables",
        blocks: [.paragraph(comparisonWords), .table(comparisonTable(answer)), .table(comparisonTotals(answer))]))
  }
  if !answer.unknown.isEmpty {
    sections.append(
      ReportSection(
        "unknown", title: "Not known", blocks: [.list(answer.unknown.map { "\($0.service): \($0.reason)." })]))
  }
  return ReportDocument(
    "capacity", title: "\(answer.scope.fleet): capacity for \(usersText(answer.sizes.map(\.users)))",
    blocks: [.paragraph(basis(answer))] + answer.currency.rateBlocks, sections: sections
  ).lacking(MissingPrice.sorted(answer.missingPrices + answer.regions.flatMap(\.missing)))
}

private func usersText(_ users: [Int]) -> String {
  "\(users.map { grouped($0) }.joined(separator: ", ")) user\(users == [1] ? "" : "s")"
}

private func basis(_ answer: CapacityAnswer) -> String {
  let month = answer.scope.month.name
  let learned =
    answer.measuredPeak.map {
      "What users make of each load, and how they spread over the day, is learned from \(month), whose most was "
        + "\(grouped($0)) users\(answer.peakToMean.map { ", \(rounded($0, 1)) times the mean" } ?? "")."
    }
    ?? "No users were measured in \(month): what they make of each load is what the fleet file says, as many at every hour."
  return
    "\(learned)\(marginWords(answer))\(mixWords(answer)) Instances are counted by the review's headroom and the scaling triggers, run as long as the day asks for "
    + "them, and are billed on demand for \(month); what is held is left out, and what the fleet file states as an amount "
    + "stays."
}

/// What is carried beyond the mean, where anything was measured that tells.
private func marginWords(_ answer: CapacityAnswer) -> String {
  guard answer.measuredPeak != nil else { return "" }
  return
    " Of each load as much is carried as \(answer.percentile) of 100 intervals with about so many users stayed below; beyond the most users "
    + "that were measured it is as many times the mean as there."
}

/// What of the users is of which type, where that was asked for.
private func mixWords(_ answer: CapacityAnswer) -> String {
  guard !answer.mix.isEmpty else { return "" }
  let shares = answer.mix.map { "\(percentText($0.share)) \($0.type)" }.joined(separator: ", ")
  let sum = answer.mixSum == 100 ? "" : ", of \(grouped(answer.mixSum)), which the figures asked for add up to"
  return " Users are \(shares)\(sum)."
}

private func sizeSection(_ size: CapacityAnswer.Size, _ answer: CapacityAnswer) -> ReportSection {
  let id = "users-\(size.users)"
  let table = ReportTable(
    id,
    columns: [
      .text("component", "Component"), .text("type", "Type"), ReportColumn("count", "Count", .count),
      ReportColumn("fewest", "Fewest", .count), ReportColumn("shards", "Shards", .count),
      ReportColumn("utilisation", "At peak", .share), ReportColumn("headroom", "Headroom", .share),
      .text("first_limit", "First limit"), ReportColumn("carries_users", "Carries", .count),
      answer.currency.column("cost", "A month"), .text("remarks", "Remarks"), .text("source", "From"),
    ],
    rows: size.components.map { part in
      guard let plan = part.plan else {
        return [
          .text(part.service), .unknown("none of its types carries it"), .empty, .empty, .empty, .empty, .empty, .empty,
          .empty, .empty, .empty, .text(part.source.rawValue),
        ]
      }
      return [
        .text(part.service), .text(plan.type.name), .count(plan.count), .count(part.fewest),
        plan.shards > 1 ? .count(plan.shards) : .empty, .share(plan.utilisation, decimals: 0),
        .share(plan.headroom, decimals: 0), .text(plan.firstLimit.map(dimensionText) ?? ""),
        plan.carriedUsers.map { .count(wholeNumber($0.rounded(.down))) } ?? .empty, .money(part.cost),
        .text(remarks(part, plan)), .text(part.source.rawValue),
      ]
    }
      + size.metered.byService.map { service, cost in
        [
          .text(service), .text("metered"), .empty, .empty, .empty, .empty, .empty, .empty, .empty, .money(cost),
          .empty,
          .empty,
        ]
      })
  return ReportSection(id, title: "\(usersText([size.users]))", blocks: [.table(table)])
}

private func remarks(_ part: CapacityAnswer.Component, _ plan: ComponentPlan) -> String {
  var words: [String] = []
  if plan.nodes > part.maximum { words.append("more than its maximum, \(grouped(part.maximum))") }
  if plan.shards > 1 { words.append("to be sharded") }
  if part.leavesRegion { words.append("leaves one region") }
  if part.isMoved { words.append("another type is cheaper") }
  return words.joined(separator: ", ")
}

private func dimensionText(_ dimension: SizeDimension) -> String {
  switch dimension {
  case .cpu: "CPU"
  case .memory: "memory"
  case .cache: "cache"
  case .network: "network"
  case .ebs: "EBS"
  case .iops: "IOPS"
  case .metric(let metric): metric.rawValue
  }
}

private func sizesTable(_ answer: CapacityAnswer) -> ReportTable {
  ReportTable(
    "sizes",
    columns: [
      ReportColumn("users", "Users", .count), ReportColumn("instances", "Instances", .count),
      answer.currency.column("instances_cost", "Instances"), answer.currency.column("metered_cost", "Metered"),
      answer.currency.column("total", "A month"), answer.currency.column("cost_per_user", "A user"),
      .text("sharded", "Sharded"), .text("leave_region", "Leave one region"),
    ],
    rows: answer.sizes.map { size in
      func named(_ holds: (CapacityAnswer.Component) -> Bool) -> ReportCell {
        .text(size.components.filter(holds).map(\.service).joined(separator: ", "))
      }
      return [
        .count(size.users), .count(size.components.reduce(0) { $0 + ($1.plan?.count ?? 0) }),
        .money(size.components.reduce(.zero) { $0 + $1.cost }), .money(size.metered.cost),
        .money(size.total), size.perUser.map { .money($0) } ?? .empty,
        named { ($0.plan?.shards ?? 1) > 1 }, named(\.leavesRegion),
      ]
    })
}

extension [LineItem] {
  /// What each service costs, in the order of the bill.
  fileprivate var byService: [(service: String, cost: Money)] {
    let parts = Dictionary(grouping: self, by: \.service)
    return map(\.service).eachOnce().map { ($0, parts[$0]?.cost ?? .zero) }
  }
}

/// How much of each charge is used with the users of each size; nil where nothing is.
private func meteredTable(_ answer: CapacityAnswer) -> ReportTable? {
  guard let first = answer.sizes.first, !first.metered.isEmpty else { return nil }
  return ReportTable(
    "metered",
    columns: [.text("item", "Item"), .text("service", "Service"), .text("unit", "Unit")]
      + answer.sizes.map { ReportColumn("quantity_\($0.users)", "At \(grouped($0.users))", .number(unit: nil)) },
    rows: first.metered.map(\.item).eachOnce().map { item in
      let line = first.metered.first { $0.item == item }
      return [.text(item), .text(line?.service ?? ""), .text(line?.unit ?? "")]
        + answer.sizes.map { size in
          .measured(size.metered.filter { $0.item == item }.reduce(0) { $0 + $1.quantity.double }, decimals: 0)
        }
    })
}

private func milestoneTable(_ answer: CapacityAnswer) -> ReportTable {
  func cell(_ users: Int?) -> ReportCell { users.map { .count($0) } ?? .empty }
  return ReportTable(
    "milestones",
    columns: [
      .text("component", "Component"), ReportColumn("more_instances", "More run", .count),
      ReportColumn("another_type", "Another type", .count), .text("type", "Which"),
      ReportColumn("beyond_maximum", "Beyond its maximum", .count), ReportColumn("shards", "Shards", .count),
      ReportColumn("another_region", "Another region", .count),
    ],
    rows: answer.milestones.map { part in
      [
        .text(part.service), cell(part.moreInstances), cell(part.anotherType?.users),
        .text(part.anotherType?.type ?? ""), cell(part.beyondMaximum), cell(part.shards), cell(part.anotherRegion),
      ]
    })
}

/// Where a larger size has fewer of something, why.
private func changes(_ answer: CapacityAnswer) -> [String] {
  var words = [
    "Of the types that the fleet file lists the cheapest counts; what holds data is divided into shards when its most nodes of "
      + "no listed type carry it."
  ]
  for (before, after) in zip(answer.sizes, answer.sizes.dropFirst()) {
    for (old, new) in zip(before.components, after.components) where new.isMoved {
      guard let one = old.plan, let two = new.plan else { continue }
      let fewer = two.count < one.count ? ", of which fewer do" : ""
      words.append(
        "\(new.service): \(two.type.name) in place of \(one.type.name) from \(grouped(before.users)) to "
          + "\(grouped(after.users)) users\(fewer).")
    }
  }
  return words
}

private func limitTable(_ answer: CapacityAnswer) -> ReportTable {
  ReportTable(
    "limits",
    columns: [.text("service", "Service"), .text("limit", "Limit"), ReportColumn("users", "Suffices for", .count)]
      + answer.sizes.map { ReportColumn("use_\($0.users)", "At \(grouped($0.users))", .share) },
    rows: answer.limits.map { part in
      [
        .text(part.limit.service),
        .text("\(grouped(part.limit.most)) \(part.limit.metric.rawValue) per \(part.limit.per.rawValue)"),
        part.users.map { .count($0) } ?? .empty,
      ] + part.uses.map { .share($0, decimals: 0) }
    })
}

private let comparisonWords =
  "Both all month on demand, at the table's fewest and most. A row agrees where it has the same type and as many; else what it "
  + "carries with nothing to spare says why it does not."

private func comparisonTable(_ answer: CapacityAnswer) -> ReportTable {
  ReportTable(
    "document",
    columns: [
      ReportColumn("users", "Users", .count), .text("component", "Component"), .text("stated", "Stated"),
      .text("own", "Ours"), answer.currency.column("stated_lowest", "From"),
      answer.currency.column("stated_highest", "To"),
      answer.currency.column("own_cost", "Ours costs"), .text("verdict", "Verdict"), .text("table", "Table"),
    ],
    rows: answer.comparisons.flatMap { table in
      table.rows.map { row in
        let stated = [row.statedCount?.description, row.statedType].compactMap(\.self).joined(separator: " ")
        let own = row.plan.map { plan in
          "\(grouped(plan.count)) \(plan.type.name)" + (plan.shards > 1 ? " in \(grouped(plan.shards)) shards" : "")
        }
        return [
          .count(table.users), .text(row.service), .text(stated.isEmpty ? "words only" : stated), .text(own ?? ""),
          row.lowest.map { .money($0) } ?? .empty, row.highest.map { .money($0) } ?? .empty,
          row.own.map { .money($0) } ?? .empty, .text(words(row.verdict, users: table.users)), .text(table.title),
        ]
      }
    })
}

private func comparisonTotals(_ answer: CapacityAnswer) -> ReportTable {
  ReportTable(
    "document_totals",
    columns: [
      ReportColumn("users", "Users", .count), .text("table", "Table"), answer.currency.column("stated_lowest", "From"),
      answer.currency.column("stated_highest", "To"), answer.currency.column("own_cost", "Ours"),
      .text("without", "Not in the sums"),
    ],
    rows: answer.comparisons.map { table in
      // What the table does not count is left out of both.
      let counted = table.rows.filter { $0.lowest != nil && $0.own != nil }
      let isOpen = counted.contains { $0.highest == nil }
      let left = table.rows.filter { $0.lowest == nil || $0.own == nil }.map(\.service)
      return [
        .count(table.users), .text(table.title), .money(counted.reduce(.zero) { $0 + ($1.lowest ?? .zero) }),
        isOpen ? .unknown("a row is open-ended") : .money(counted.reduce(.zero) { $0 + ($1.highest ?? .zero) }),
        .money(counted.reduce(.zero) { $0 + ($1.own ?? .zero) }), .text(left.joined(separator: ", ")),
      ]
    })
}

private func words(_ verdict: CapacityAnswer.StatedVerdict, users: Int) -> String {
  func carrying(_ users: Int?) -> String { users.map { "carries \(grouped($0))" } ?? "carries them" }
  switch verdict {
  case .agrees: return "agrees"
  case .tooLittle(0, let dimension): return "too small without any users, by \(dimensionText(dimension))"
  case .tooLittle(let carries, let dimension): return "carries \(grouped(carries)) only, by \(dimensionText(dimension))"
  case .withoutReserve(.dimension(let dimension)):
    return "carries them with too little headroom of \(dimensionText(dimension))"
  case .withoutReserve(.credits): return "carries them on surplus CPU credits"
  case .withoutReserve(.minimum(let minimum)): return "fewer than its minimum, \(grouped(minimum))"
  case .needs(let count): return "\(grouped(count)) of that type are needed"
  case .dearer(let carries): return "\(carrying(carries)), and is dearer"
  case .different(let carries): return "\(carrying(carries)), of another type or number"
  case .wordsOnly: return "names no type or number"
  case .unknown: return "a type without price or size"
  }
}
