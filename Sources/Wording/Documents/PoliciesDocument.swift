import Advice
import Analytics
import Model

/// What files say of scaling: targets, their policies and scheduled actions, alerts, and what is refused, with its place.
package func policiesDocument(_ answer: PoliciesAnswer) -> ReportDocument {
  let all = answer.configuration
  var sections: [ReportSection] = []
  func add(_ id: String, _ title: String, _ table: ReportTable) {
    guard !table.rows.isEmpty else { return }
    sections.append(ReportSection(id, title: title, blocks: [.table(table)]))
  }
  add("targets", "What is scaled", targetTable(all.targets))
  add("policies", "Policies", policyTable(all.targets))
  add("also", "Further metrics of autoscalers", furtherTable(all.targets))
  add("actions", "Scheduled actions", actionTable(all.targets))
  add("alerts", "Alerts", alertTable(all.alerts))
  if let fired = answer.fired {
    add("fired", "When they would have fired in \(fired.scope.month.name)", firedTable(fired))
  }
  add("refused", "Not read", refusedTable(all.refused))
  let policies = all.targets.reduce(0) { $0 + $1.policies.count }
  let actions = all.targets.reduce(0) { $0 + $1.actions.count }
  let counts = [
    counted(policies, "policy", "policies"), counted(actions, "scheduled action", "scheduled actions"),
    counted(all.alerts.count, "alert", "alerts"),
  ]
  return ReportDocument(
    "policies", title: "Scaling of \(few(answer.files))",
    blocks: [
      .paragraph(
        "\(counts.joined(separator: ", ")), of \(counted(all.targets.count, "target", "targets")); "
          + "\(all.refused.isEmpty ? "nothing" : "\(all.refused.count)") not read.")
    ], sections: sections)
}

private func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(grouped(count)) \(count == 1 ? one : many)"
}

/// Files by name, or how many there are.
private func few(_ files: [String]) -> String {
  files.count <= 3 ? files.joined(separator: ", ") : "\(grouped(files.count)) files"
}

private func count(_ value: Int?) -> ReportCell { value.map { .count($0) } ?? .empty }

private func targetTable(_ targets: [ScaledTarget]) -> ReportTable {
  ReportTable(
    "targets",
    columns: [
      .text("target", "Target"), .text("kind", "Kind"), ReportColumn("minimum", "Minimum", .count),
      ReportColumn("desired", "Desired", .count), ReportColumn("maximum", "Maximum", .count),
      ReportColumn("policies", "Policies", .count), ReportColumn("actions", "Actions", .count), .text("file", "File"),
    ],
    rows: targets.map { target in
      [
        .text(target.name), .text(target.kind.words), count(target.minimum), count(target.desired),
        count(target.maximum), .count(target.policies.count), .count(target.actions.count), .text(target.file),
      ]
    })
}

extension ScaledTarget.Kind {
  fileprivate var words: String {
    switch self {
    case .group: "group"
    case .service(_, let dimension, _): dimension
    case .workload(let kind, _, let namespace): namespace.map { "\(kind) in \($0)" } ?? kind
    }
  }
}

private func policyTable(_ targets: [ScaledTarget]) -> ReportTable {
  ReportTable(
    "policies",
    columns: [
      .text("target", "Target"), .text("policy", "Policy"), .text("kind", "Kind"), .text("metric", "Metric"),
      ReportColumn("holds", "Holds", .number(unit: nil)), .text("acts", "Acts"),
      ReportColumn("threshold", "At", .number(unit: nil)), ReportColumn("for_seconds", "For", .duration),
      .text("datapoints", "Datapoints"), .text("does", "Does"), ReportColumn("cooldown_seconds", "Cooldown", .duration),
    ],
    rows: targets.flatMap { target in target.policies.map { [.text(target.name)] + policyCells($0) } })
}

private func policyCells(_ policy: ScalingPolicy) -> [ReportCell] {
  let isAlarm = policy.kind == .step || policy.kind == .simple
  let lacks = ReportCell.unknown("its alarm is in none of the files")
  let threshold = policy.threshold.map { ReportCell.decimal($0) } ?? (isAlarm ? lacks : .empty)
  let comparison = policy.isBelow ? (policy.isInclusive ? "<=" : "<") : (policy.isInclusive ? ">=" : ">")
  let periods = policy.alarmPeriods
  let datapoints = "\(policy.datapoints ?? periods.count) of \(periods.count) of \(durationText(periods.seconds))"
  let hasAlarm = policy.threshold != nil
  return [
    .text(policy.name), .text(policy.kind.rawValue), policy.metricCell, policy.target.map { .decimal($0) } ?? .empty,
    hasAlarm ? .text(comparison) : .empty, threshold, hasAlarm ? .duration(policy.duration.seconds) : .empty,
    hasAlarm ? .text(datapoints) : .empty, .text(policy.does), policy.cooldown.map { .duration($0.seconds) } ?? .empty,
  ]
}

extension ScalingPolicy {
  fileprivate var metricCell: ReportCell {
    guard !metric.rawValue.isEmpty else { return .unknown("its alarm is in none of the files") }
    return .text(metricWords(metric, source))
  }

  /// What it does when it acts.
  fileprivate var does: String {
    switch kind {
    case .targetTracking: scalesIn ? "tracks" : "tracks, adds only"
    case .hpa: "tracks"
    case .predictive: lead.seconds > 0 ? "foresees, \(lead) ahead" : "foresees"
    case .simple: change(adjustment ?? 0)
    case .step: steps.map { "\(bounds(of: $0)): \(change($0.adjustment))" }.joined(separator: "; ")
    }
  }

  private func bounds(of step: ScalingStep) -> String {
    switch (step.lower, step.upper) {
    case (let lower?, let upper?): "\(lower) to \(upper)"
    case (let lower?, nil): "from \(lower)"
    case (nil, let upper?): "up to \(upper)"
    case (nil, nil): "all"
    }
  }

  private func change(_ amount: Int) -> String {
    switch adjustmentType {
    case .change: amount > 0 ? "+\(amount)" : "\(amount)"
    case .percentChange: amount > 0 ? "+\(amount) %" : "\(amount) %"
    case .exact: "= \(amount)"
    }
  }
}

/// Our name of a metric; what the file calls it where that is all that is known.
private func metricWords(_ metric: Metric, _ source: MetricSource?) -> String {
  guard !metric.isKnown, let source else { return metric.rawValue }
  return source.namespace.map { "\($0) \(metric.rawValue)" } ?? metric.rawValue
}

private func furtherTable(_ targets: [ScaledTarget]) -> ReportTable {
  ReportTable(
    "also",
    columns: [
      .text("target", "Target"), .text("policy", "Policy"), .text("metric", "Metric"),
      ReportColumn("holds", "Holds", .number(unit: nil)),
    ],
    rows: targets.flatMap { target in
      target.policies.flatMap { policy in
        policy.also.map { further -> [ReportCell] in
          [
            .text(target.name), .text(policy.name), .text(metricWords(further.metric, further.source)),
            .decimal(further.target),
          ]
        }
      }
    })
}

private func actionTable(_ targets: [ScaledTarget]) -> ReportTable {
  ReportTable(
    "actions",
    columns: [
      .text("target", "Target"), .text("action", "Action"), .text("recurrence", "Recurrence"),
      .text("timezone", "Time zone"), ReportColumn("minimum", "Minimum", .count),
      ReportColumn("desired", "Desired", .count), ReportColumn("maximum", "Maximum", .count),
    ],
    rows: targets.flatMap { target in
      target.actions.map { action -> [ReportCell] in
        [
          .text(target.name), .text(action.name), .text(action.recurrence), .text(action.timezone),
          count(action.minimum), count(action.desired), count(action.maximum),
        ]
      }
    })
}

private func alertTable(_ alerts: [AlertExpressionRule]) -> ReportTable {
  ReportTable(
    "alerts",
    columns: [
      .text("group", "Group"), .text("alert", "Alert"), .text("expression", "Expression"),
      ReportColumn("for_seconds", "For", .duration), .text("severity", "Severity"),
    ],
    rows: alerts.map { alert in
      [
        .text(alert.group), .text(alert.name), .code("\(alert.expression)"), .duration(alert.duration.seconds),
        alert.labels["severity"].map { .text($0) } ?? .empty,
      ]
    })
}

private func firedTable(_ fired: PoliciesAnswer.FiredAlerts) -> ReportTable {
  ReportTable(
    "fired",
    columns: [
      .text("alert", "Alert"), .text("service", "Service"), .text("metric", "Metric"), .text("condition", "Condition"),
      ReportColumn("episodes", "Times", .count), ReportColumn("total_seconds", "Total", .duration),
      ReportColumn("longest_start", "Longest began", .instant), ReportColumn("peak", "Peak", .number(unit: nil)),
      ReportColumn("coverage", "Coverage", .share),
    ],
    rows: fired.findings.map { one -> [ReportCell] in
      let clock = fired.scope.clock
      switch one.result {
      case .failure(let refusal):
        let unknown = ReportCell.unknown(words(refusal))
        return [.text(one.rule.name), .empty, .empty, .empty, unknown, unknown, .empty, .empty, .empty]
      case .success(let finding):
        func judged(_ cell: ReportCell) -> ReportCell { finding.unjudged.map { .unknown($0.words) } ?? cell }
        return [
          .text(one.rule.name), .text(finding.scope), .text(finding.metric.rawValue), .text(finding.condition.text),
          judged(.count(finding.episodes.count)), judged(.duration(finding.seconds)),
          finding.longest.map { clock.cell($0.start) } ?? .empty,
          judged(finding.peak.map { .sized($0.value) } ?? .empty), .coverage(finding.coverage),
        ]
      }
    })
}

private func words(_ refusal: AlertRefusal) -> String {
  switch refusal {
  case .unknownMetric(let name): "\(name) is not measured: no metric here has that name, and no alert of the fleet file"
  case .strangeService(let name): "no service \(name)"
  case .noService(let name): "nothing says which service \(name) is of: a label, or an alert of the fleet file"
  case .unknownShare(let divisor): "a share of \(divisor), which no alert of the fleet file explains"
  case .unmade(let what): "\(what) cannot be made of samples here"
  }
}

private func refusedTable(_ refused: [RefusedScaling]) -> ReportTable {
  ReportTable(
    "refused",
    columns: [.text("place", "Place"), .text("what", "What"), .text("reason", "Reason")],
    rows: refused.map { [.text($0.place.description), .text($0.name), .text($0.reason)] })
}
