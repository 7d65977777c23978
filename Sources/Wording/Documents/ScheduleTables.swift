import Analytics
import Model

/// The recurring actions of some verdicts: one for each row, as a cloud is told of them.
func actionsTable(_ verdicts: [Verdict]) -> ReportTable {
  let actions = verdicts.flatMap(\.changes).compactMap { $0.change as? ScheduledCapacity }.flatMap { change in
    change.actions.map { (change.service, $0) }
  }
  return ReportTable(
    "actions",
    columns: [
      .text("service", "Service"), .text("recurrence", "Recurrence"), .text("timezone", "Time zone"),
      ReportColumn("minimum", "Min", .count), ReportColumn("desired", "Desired", .count),
      ReportColumn("maximum", "Max", .count),
    ],
    rows: actions.map { service, action in
      [
        .text(service), .code(action.recurrence), .text(action.timezone), .count(action.minimum),
        .count(action.desired), .count(action.maximum),
      ]
    })
}

/// When machines of some verdicts are stopped and started.
func sleepTable(_ verdicts: [Verdict]) -> ReportTable {
  let actions = verdicts.flatMap(\.changes).compactMap { $0.change as? SleepTimes }.flatMap { change in
    change.actions.map { (change.subject, $0) }
  }
  return ReportTable(
    "sleep",
    columns: [
      .text("machine", "Service or instance"), .text("recurrence", "Recurrence"), .text("timezone", "Time zone"),
      .text("action", "Action"),
    ],
    rows: actions.map { subject, action in
      [.text(subject), .code(action.recurrence), .text(action.timezone), .text(action.starts ? "start" : "stop")]
    })
}

/// What schedules came to on the weeks that they are judged on: the advised one, the fleet file's own, and none.
func trialsSection(_ verdicts: [Verdict], _ words: VerdictWords) -> ReportSection {
  let judged = verdicts.filter { $0.trials.contains { $0.kind != .none } }
  let currency = words.currency
  let table = ReportTable(
    "trials",
    columns: [
      .text("service", "Service"), .text("actions_of", "Actions"), ReportColumn("actions", "Number", .count),
      currency.column("saving", "Saves, \(currency.code)"), ReportColumn("short", "Too few", .duration),
      ReportColumn("short_one_off", "Of it on one-off days", .duration),
      ReportColumn("critical", "Critical", .duration), ReportColumn("queue_crossings", "Queue too long", .count),
    ],
    rows: judged.flatMap { verdict in
      verdict.trials.map { trial in
        [
          .text(verdict.subject.name), .text(trial.kind.title), .count(trial.actions), .money(trial.saving),
          .duration(trial.shortSeconds), .duration(trial.oneOffSeconds), .duration(trial.criticalSeconds),
          trial.queueCrossings.map { .count($0) } ?? .empty,
        ]
      }
    })
  return ReportSection(
    "held-out", title: "On weeks that nothing was learned on",
    blocks: judged.isEmpty ? [] : [.list(learnedTexts(judged, words)), .table(table)])
}

/// What was learned on what, and judged on what; services alike are one line.
private func learnedTexts(_ verdicts: [Verdict], _ words: VerdictWords) -> [String] {
  var texts: [(text: String, services: [String])] = []
  for verdict in verdicts {
    let figures = verdict.evidence.figures.compactMap { figure -> String? in
      switch figure {
      case .schedule(.learned(let period)): "advised: learned on \(words.text(period))"
      case .schedule(.judged(let period, let learned)):
        "judged on \(words.text(period)) by what \(words.text(learned)) taught"
      case .schedule(.oneOff(let days)):
        "left out as like no other: \(days.map(\.description).joined(separator: ", "))"
      case .schedule(.events(let names)): "left out by the fleet file: \(names.joined(separator: ", "))"
      default: nil
      }
    }
    let text = figures.joined(separator: "; ")
    if let index = texts.firstIndex(where: { $0.text == text }) {
      texts[index].services.append(verdict.subject.name)
    } else {
      texts.append((text, [verdict.subject.name]))
    }
  }
  return texts.map { "\($0.services.joined(separator: ", ")): \($0.text)" }
}

extension Verdict {
  /// What schedules came to, of a verdict on one.
  var trials: [ScheduleTrial] {
    evidence.figures.compactMap { if case .schedule(.trial(let trial)) = $0 { trial } else { nil } }
  }
}
