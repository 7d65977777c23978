import Advice
import Analysis
import Analytics
import Model

/// What each part of the scaling of services would have run over a month, beside what ran and beside none.
package func simulationDocument(_ answer: SimulationAnswer) -> ReportDocument {
  let replayed = answer.services.compactMap { part -> (name: String, replay: SimulationAnswer.ReplayedService)? in
    guard case .success(let replay) = part.result else { return nil }
    return (part.service.name, replay)
  }
  var sections: [ReportSection] = []
  if !replayed.isEmpty {
    sections = [
      ReportSection("replays", title: "What would have run", blocks: [.table(replayTable(replayed, answer.currency))]),
      ReportSection(
        "scaling", title: "How it would have scaled",
        blocks: scalingTables(
          replayed.flatMap { part in part.replay.rows.map { (part.name, $0.scaling, $0.figures) } }
        ).map { .table($0) }),
    ]
    let triggers = replayed.flatMap { part in part.replay.triggers.map { (part.name, $0) } }
    if !triggers.isEmpty {
      sections.append(ReportSection("triggers", title: "What could act", blocks: triggerBlocks(triggers)))
    }
    let record = replayed.flatMap { recordWords($0.name, $0.replay) }
    if !record.isEmpty { sections.append(ReportSection("record", title: "Beside the record", blocks: [.list(record)])) }
  }
  sections += effectivenessSections(answer.effectiveness, answer.currency)
  if !answer.vertical.isEmpty {
    sections.append(
      ReportSection(
        "vertical", title: "Triggers of what holds data", blocks: [.table(verticalTable(answer))]))
  }
  let refused = answer.services.compactMap { part -> String? in
    guard case .failure(let refusal) = part.result else { return nil }
    return "\(part.service.name): \(words(refusal))."
  }
  if !refused.isEmpty { sections.append(ReportSection("refused", title: "Not replayed", blocks: [.list(refused)])) }
  return ReportDocument(
    "simulation", title: "\(answer.scope.fleet): scaling replayed over \(answer.scope.month.name)",
    blocks: [
      .paragraph(
        "Ticks of \(durationText(answer.tickSeconds)); each sample is held for its interval, so that what lasts shorter is "
          + "not seen. A service is short while fewer serve than its scaling triggers ask for: until enough do is the time to "
          + "scale out. It has too many while more are wanted than triggers and minimum ask for: until they are taken in "
          + "is the time to scale in. A change is taken back when the next one undoes it within half an hour.")
    ], sections: sections
  ).lacking(answer.missingPrices)
}

private func replayTable(
  _ services: [(name: String, replay: SimulationAnswer.ReplayedService)], _ currency: BillCurrency
) -> ReportTable {
  ReportTable(
    "replays",
    columns: [
      .text("service", "Service"), .text("scaling", "Scaling"),
      ReportColumn("instance_hours", "Instance-hours", .number(unit: "h")),
      currency.column("bill_difference", "On the bill", isSigned: true),
      ReportColumn("fewest", "Fewest", .count), ReportColumn("most", "Most", .count),
      ReportColumn("warning_seconds", "Warning", .duration), ReportColumn("scaling_seconds", "Scaling", .duration),
      ReportColumn("critical_seconds", "Critical", .duration),
    ],
    rows: services.flatMap { part in
      part.replay.rows.map { row -> [ReportCell] in
        let figures = row.figures
        return [
          .text(part.name), .text(words(row.scaling)), .measured(Double(figures.instanceSeconds) / 3600, decimals: 1),
          row.difference.map { .money($0) } ?? .unknown("a price is missing, or more than 2,000 instances run"),
          .count(figures.fewest),
          .count(figures.most),
        ] + figures.secondsAtLevel.map { .duration($0) }
      }
    })
}

/// What is told of a replay: a service, which part of its scaling acted, and what came of it.
typealias ReplayRow = (service: String, scaling: SimulatedScaling, figures: SimulationFigures)

/// How often and how fast capacity followed the load, and what that did to those who used it.
/// - Parameter prefix: of the tables' names.
func scalingTables(_ rows: [ReplayRow], prefix: String = "") -> [ReportTable] {
  [paceTable(rows, "\(prefix)pace"), serviceTable(rows, "\(prefix)served")]
}

private func paceTable(_ rows: [ReplayRow], _ name: String) -> ReportTable {
  ReportTable(
    name,
    columns: [
      .text("service", "Service"), .text("scaling", "Scaling"),
      ReportColumn("events_per_day", "Changes a day", .number(unit: nil)),
      ReportColumn("reversals", "Taken back", .count), ReportColumn("short_times", "Times short", .count),
      ReportColumn("scale_out_p50_seconds", "Out p50", .duration),
      ReportColumn("scale_out_p95_seconds", "Out p95", .duration),
      ReportColumn("scale_in_p50_seconds", "In p50", .duration),
      ReportColumn("scale_in_p95_seconds", "In p95", .duration),
    ],
    rows: rows.map { row in
      let figures = row.figures
      return [
        .text(row.service), .text(words(row.scaling)),
        .measured(Double(figures.events) / (Double(figures.seconds) / 86_400), decimals: 1), .count(figures.reversals),
        .count(figures.short?.count ?? 0),
      ]
        + [figures.short?.median, figures.short?.p95, figures.spare?.median, figures.spare?.p95].map { seconds in
          seconds.map { .duration($0) } ?? .empty
        }
    })
}

private func serviceTable(_ rows: [ReplayRow], _ name: String) -> ReportTable {
  ReportTable(
    name,
    columns: [
      .text("service", "Service"), .text("scaling", "Scaling"),
      ReportColumn("cpu_after_out_percent", "CPU after out", .number(unit: "%")),
      ReportColumn("cpu_after_in_percent", "CPU after in", .number(unit: "%")),
      ReportColumn("unserved", "Unserved", .share), ReportColumn("most_waiting", "Longest queue", .count),
      ReportColumn("longest_wait_seconds", "Its wait", .duration),
    ],
    rows: rows.map { row in
      let figures = row.figures
      return [
        .text(row.service), .text(words(row.scaling)),
        figures.useAfterOut.map { .measured($0, decimals: 1) } ?? .empty,
        figures.useAfterIn.map { .measured($0, decimals: 1) } ?? .empty,
        figures.unservedShare.map { .share($0, decimals: 2) } ?? .unknown("nothing tells what an instance does"),
        figures.mostWaiting > 0 ? .count(figures.mostWaiting) : .empty,
        figures.mostWaiting > 0 ? .duration(figures.longestWaitSeconds) : .empty,
      ]
    })
}

private func triggerBlocks(_ triggers: [(service: String, reach: TriggerReach)]) -> [ReportBlock] {
  let never = triggers.filter(\.reach.neverActs).map { part in
    let reach = part.reach
    let nearest = rounded(reach.nearest ?? 0, 1)
    return "\(part.service): \(reach.name) \(reach.isBelow ? "below" : "above") \(rounded(reach.threshold, 1)) of "
      + "\(reach.metric.rawValue) can never act: with \(counted(reach.count, "instance")) the "
      + "\(reach.isBelow ? "least" : "most") is \(nearest)."
  }
  let table = ReportTable(
    "triggers",
    columns: [
      .text("service", "Service"), .text("policy", "Policy"), .text("metric", "Metric"), .text("acts", "Acts"),
      ReportColumn("nearest_as_run", "Nearest as run", .number(unit: nil)),
      ReportColumn("nearest", "Nearest at all", .number(unit: nil)), ReportColumn("instances", "With", .count),
      .text("ever", "Ever"),
    ],
    rows: triggers.map { part in
      let reach = part.reach
      return [
        .text(part.service), .text(reach.name), .text(reach.metric.rawValue),
        .text("\(reach.isBelow ? "<" : ">") \(rounded(reach.threshold, 1)) \(reach.scalesIn ? "in" : "out")"),
        reach.nearestAsRun.map { .measured($0, decimals: 1) } ?? .empty,
        reach.nearest.map { .measured($0, decimals: 1) } ?? .empty, .count(reach.count),
        .text(reach.neverActs ? "never" : "yes"),
      ]
    })
  return [.table(table)] + (never.isEmpty ? [] : [.list(never)])
}

private func verticalTable(_ answer: SimulationAnswer) -> ReportTable {
  ReportTable(
    "vertical",
    columns: [
      .text("service", "Service"), .text("trigger", "Trigger"), ReportColumn("peak", "Peak", .number(unit: nil)),
      ReportColumn("peak_at", "Peak at", .instant), .text("node", "Node"), ReportColumn("times", "Met", .count),
      .text("makes_it", "Makes it"), answer.currency.column("first_difference", "For"),
      ReportColumn("first", "Acts first", .instant), .text("becomes", "Becomes"),
      answer.currency.column("bill_difference", "On the bill", isSigned: true),
    ],
    rows: answer.vertical.map { replay in
      let (trigger, clock) = (replay.trigger, answer.scope.clock)
      let finding = trigger.finding
      func judged(_ cell: ReportCell) -> ReportCell { finding.unjudged.map { .unknown($0.words) } ?? cell }
      return [
        .text(finding.scope), .text("\(finding.metric.rawValue) \(finding.condition.text)"),
        judged(finding.peak.map { .measured($0.value, decimals: 1) } ?? .empty),
        finding.peak.map { clock.cell($0.instant) } ?? .empty, .text(finding.peak?.node ?? ""),
        judged(.count(finding.episodes.count)), .text(makes(trigger)),
        replay.firstDifference.map { .money($0) } ?? .empty,
        trigger.steps.first.map { clock.cell($0.instant) } ?? .empty,
        .text(becomes(trigger)), replay.difference.map { .money($0) } ?? .empty,
      ]
    })
}

/// What a trigger makes of a service when it acts first, whether or not it did.
private func makes(_ trigger: VerticalTrigger) -> String {
  guard let next = trigger.next else { return "nothing is left" }
  return trigger.kind == .size ? next.type : counted(next.nodes, "node")
}

/// What a service becomes when a trigger acts: `m5.2xlarge to m5.4xlarge`, `3 to 4 nodes`.
private func becomes(_ trigger: VerticalTrigger) -> String {
  let more = trigger.isExhausted ? ", then nothing is left" : ""
  guard let last = trigger.steps.last else { return trigger.isExhausted ? "nothing is left" : "" }
  return trigger.kind == .size
    ? "\(trigger.type) to \(last.type)\(more)" : "\(trigger.nodes) to \(last.nodes) nodes\(more)"
}

/// How near the replay of all of it comes to what ran, and what was not replayed.
private func recordWords(_ service: String, _ replay: SimulationAnswer.ReplayedService) -> [String] {
  var words: [String] = []
  if replay.coverage.seen < replay.coverage.expected {
    let share = Double(replay.coverage.seen) / Double(max(1, replay.coverage.expected))
    words.append(
      "\(service): measured in \(percentText(share)) of the time; in the rest nothing is taken to come, and counts stay."
    )
  }
  if let agreement = replay.agreement, agreement.ticks > 0 {
    let share = Double(agreement.equalTicks) / Double(agreement.ticks)
    let more = agreement.meanExcess >= 0
    words.append(
      "\(service): its scaling wants as many as ran in \(percentText(share)) of the time; what ran differs by "
        + "\(rounded(agreement.meanDifference, 2)) instances in the mean"
        + (agreement.meanDifference > 0 ? ", \(rounded(abs(agreement.meanExcess), 2)) \(more ? "more" : "fewer")" : "")
        + (share < recordBelieved ? ": what ran cannot come of it." : "."))
  }
  if let rate = replay.capacity.workPerMinute {
    let asRun = replay.rows.first { $0.scaling == .asRun }?.figures.mostWaiting
    words.append(
      "\(service): an instance is taken to finish \(rounded(rate, 1)) jobs a minute, which brings the queue of what ran "
        + "nearest to the record: at most \(grouped(asRun ?? 0)) waiting, recorded "
        + "\(replay.recordedQueue.map { rounded($0, 0) } ?? "none").")
  }
  return words + replay.unreplayed.map { "\(service): \($0.name) is not replayed: \(Wording.words($0.reason))." }
}

/// From what share of the time on a record may come of a policy.
private let recordBelieved = 0.9

/// As a row is called.
func words(_ scaling: SimulatedScaling) -> String {
  switch scaling {
  case .asRun: "as run"
  case .configured: "as configured"
  case .policy(let name): name
  case .schedule: "scheduled actions"
  case .none: "none"
  }
}

/// Why a service was not replayed.
func words(_ refusal: SimulationRefusal) -> String {
  switch refusal {
  case .doesNotScale(.single): "its instances do not share their work, so that none is added or removed"
  case .doesNotScale: "its nodes hold data, so that none is added or removed by a policy"
  case .nothingRan: "nothing ran"
  case .unspecified(let type): "the price book does not say what \(type) offers"
  case .nothingMeasured: "nothing was measured that tells how busy it was"
  }
}

/// Why a part of a service's scaling was not replayed.
func words(_ reason: UnreplayedReason) -> String {
  switch reason {
  case .unmeasured(let metric): "\(metric.rawValue) was not measured, or nothing says of which limit it is a share"
  case .neverHolds(let metric):
    "\(metric.rawValue) was not measured, and all conditions must hold before anything is taken in, so that nothing ever is"
  case .doesNotFollow(let metric): "\(metric.rawValue) does not fall as capacity grows, as tracking a target needs"
  case .noRecurrence(let text): "\"\(text)\" is no recurrence of five cron fields, or strikes too often"
  case .noAlarm: "nothing says at which value of which metric it acts: its alarm is not known"
  }
}

/// `1 instance`, `5,000 users`.
func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }
