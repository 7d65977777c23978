import Analysis
import Analytics
import Model

/// How a fleet takes load tests: what breaks first, at how many users, and whether its triggers act in time.
package func loadTestDocument(_ answer: LoadTestAnswer) -> ReportDocument {
  var sections = answer.runs.enumerated().map { index, run in
    section(run, "load-\(index + 1)", answer)
  }
  let unreplayed = answer.runs.first?.components.flatMap { component in
    component.unreplayed.map { "\(component.service.name): \($0.name) is not replayed: \(words($0.reason))." }
  }
  let left = answer.refused.map { "\($0.service): \(words($0.reason))." } + (unreplayed ?? [])
  if !left.isEmpty { sections.append(ReportSection("refused", title: "Not replayed", blocks: [.list(left)])) }
  let learned =
    answer.isByUsers
    ? "What users make of load is learned from \(answer.scope.month.name)."
    : "No users were measured in \(answer.scope.month.name): all of a load is the most that was seen of it."
  return ReportDocument(
    "load-test", title: "\(answer.scope.fleet): load replayed",
    blocks: [
      .paragraph(
        "\(learned) What scales begins with its minimum, what holds data with what it has; "
          + "latency, errors and rates of growth are not judged. Ticks of \(durationText(answer.tickSeconds)).")
    ], sections: sections)
}

private func section(_ run: LoadTestAnswer.Run, _ id: String, _ answer: LoadTestAnswer) -> ReportSection {
  let users = run.users.map { ", \(counted($0, "user"))" } ?? ""
  var blocks: [ReportBlock] = [.paragraph(verdict(run)), .table(componentTable(run, id))]
  if let flush = run.flush { blocks += flushBlocks(flush, run, id) }
  let alone = run.components.filter { $0.rows.count > 1 }
  if !alone.isEmpty {
    blocks.append(.table(variantTable(alone, id, answer.currency)))
    let rows = alone.flatMap { part in part.rows.map { (part.service.name, $0.scaling, $0.figures) } }
    blocks += scalingTables(rows, prefix: "\(id)-").map { .table($0) }
  }
  return ReportSection(id, title: "\(run.scenario.name)\(users)", blocks: blocks)
}

/// What of a cache is emptied, and what that asks of what stands behind it.
private func flushBlocks(_ flush: CacheFlush, _ run: LoadTestAnswer.Run, _ id: String) -> [ReportBlock] {
  let tick = flush.cache.tick
  let which =
    flush.emptied == flush.nodes
    ? "its \(counted(flush.nodes, "node"))" : "\(flush.emptied) of its \(flush.nodes) nodes"
  let words =
    "\(flush.service): \(which) emptied \(durationText(after(tick, run))) into the load, when it is first at its most. What is found "
    + "falls from \(percentText(flush.cache.usual)) to \(percentText(flush.cache.found(at: tick))) and is back "
    + "after \(durationText(flush.refillSeconds)), along a straight line; \(flush.behind) is asked for the rest, "
    + "\(rounded(flush.cache.misses(at: tick), 1)) times what it is asked as a rule."
  guard !flush.shares.isEmpty else { return [.paragraph(words)] }
  let table = ReportTable(
    "\(id)-flush",
    columns: [
      .text("service", "Service"), .text("load", "Load"), ReportColumn("follows_misses", "Follows misses", .share),
      ReportColumn("intervals", "Learned from", .count),
      ReportColumn("times_as_much", "Times as much", .number(unit: nil)),
    ],
    rows: flush.shares.map { share in
      [
        .text(flush.behind), .text(share.load.name),
        share.isLearned
          ? .share(share.share, decimals: 0) : .unknown("too few intervals had more misses: all is taken to follow"),
        .count(share.intervals),
        .measured(1 + share.share * (flush.cache.misses(at: tick) - 1), decimals: 1),
      ]
    })
  return [.paragraph(words), .table(table)]
}

/// What fails first, in a sentence.
private func verdict(_ run: LoadTestAnswer.Run) -> String {
  guard let first = run.firstToFail, let tick = first.first(.critical) else {
    return "No component meets a critical condition."
  }
  let users = run.users(at: tick).map { ", at \(grouped(wholeNumber($0.rounded()))) users" } ?? ""
  let metrics = first.firstCritical.map(\.rawValue).joined(separator: " and ")
  return "First to fail: \(first.service.name) by \(metrics), \(durationText(after(tick, run))) into the load\(users)."
}

private func after(_ tick: Int, _ run: LoadTestAnswer.Run) -> Int64 { Int64(tick) * run.scenario.grid.stepSeconds }

private func componentTable(_ run: LoadTestAnswer.Run, _ id: String) -> ReportTable {
  ReportTable(
    id,
    columns: [
      .text("component", "Component"), .text("type", "Type"), ReportColumn("begins_with", "Begins with", .count),
      ReportColumn("most", "Most", .count), ReportColumn("scaling_after_seconds", "Trigger met after", .duration),
      ReportColumn("scaled_after_seconds", "Scaled after", .duration),
      ReportColumn("critical_after_seconds", "Critical after", .duration),
      ReportColumn("critical_at_users", "At users", .count), .text("critical_by", "By"),
      ReportColumn("critical_seconds", "Critical for", .duration),
      ReportColumn("recovered_seconds", "Recovered within", .duration), ReportColumn("unserved", "Unserved", .share),
      ReportColumn("carries_users", "Carries users", .count),
    ],
    rows: run.components.map { component in
      let critical = component.span(.critical)
      func since(_ tick: Int?) -> ReportCell { tick.map { .duration(after($0, run)) } ?? .empty }
      let lasts = critical.map { $0.upperBound == run.scenario.grid.count - 1 } ?? false
      return [
        .text(component.service.name), .text(component.type), .count(component.initial), .count(component.figures.most),
        since(component.first(.scaling)), since(component.firstScaleOut), since(critical?.lowerBound),
        critical.flatMap { run.users(at: $0.lowerBound) }.map { .count(wholeNumber($0.rounded())) } ?? .empty,
        .text(component.firstCritical.map(\.rawValue).joined(separator: ", ")),
        .duration(component.figures.secondsAtLevel.last ?? 0),
        lasts
          ? .unknown("still critical at the end")
          : critical.map { .duration(Int64($0.count) * run.scenario.grid.stepSeconds) } ?? .empty,
        component.figures.unservedShare.map { .share($0, decimals: 2) } ?? .empty,
        component.carriedUsers.map { .count($0) } ?? .empty,
      ]
    })
}

/// Each part of the scaling of a service alone, beside all together and none.
private func variantTable(
  _ components: [LoadTestAnswer.Component], _ id: String, _ currency: BillCurrency
) -> ReportTable {
  ReportTable(
    "\(id)-parts",
    columns: [
      .text("service", "Service"), .text("scaling", "Scaling"),
      ReportColumn("instance_hours", "Instance-hours", .number(unit: "h")),
      ReportColumn("on_demand_usd", "On demand", .money(currency: "USD")),
      ReportColumn("fewest", "Fewest", .count), ReportColumn("most", "Most", .count),
      ReportColumn("warning_seconds", "Warning", .duration), ReportColumn("scaling_seconds", "Scaling", .duration),
      ReportColumn("critical_seconds", "Critical", .duration),
    ],
    rows: components.flatMap { component in
      component.rows.map { row -> [ReportCell] in
        [
          .text(component.service.name), .text(words(row.scaling)),
          .measured(Double(row.figures.instanceSeconds) / 3600, decimals: 1),
          row.cost.map { .money($0) } ?? .unknown("there is no price"), .count(row.figures.fewest),
          .count(row.figures.most),
        ] + row.figures.secondsAtLevel.map { .duration($0) }
      }
    })
}
