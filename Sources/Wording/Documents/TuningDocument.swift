import Advice
import Analysis
import Analytics
import Model

/// The scaling of services tuned: what was found, what it came to on what it was learned on and on what it was not, and what
/// to write into the fleet file.
package func tuningDocument(_ answer: TuningAnswer) -> ReportDocument {
  let words = VerdictWords(clock: answer.scope.clock, currency: answer.currency)
  var sections: [ReportSection] = []
  for part in answer.services {
    guard case .success(let tuning) = part.result else { continue }
    sections.append(tuningSection(part, tuning, answer, words))
  }
  sections += effectivenessSections(answer.effectiveness, answer.currency)
  let refused = answer.services.compactMap { part -> String? in
    guard case .failure(let refusal) = part.result else { return nil }
    return "\(part.service.name): \(text(refusal))."
  }
  if !refused.isEmpty { sections.append(ReportSection("refused", title: "Not tuned", blocks: [.list(refused)])) }
  let budget =
    answer.criticalMinutes.map { "critical for \(grouped($0)) minutes a month at most" }
    ?? "critical for no longer than today: what ran, or the fleet file's scaling replayed, whichever is for less"
  var document = ReportDocument(
    "tuning", title: "\(answer.scope.fleet): scaling tuned for \(answer.scope.month.name)",
    blocks: [
      .paragraph(
        "The cheapest that is \(budget). It is looked for on one part of the load alone and then played, once, on the other; "
          + "it is recommended where it keeps to that there too, and costs no more than what does today. "
          + (answer.isTraffic
            ? "Costs are of instances on demand." : "Costs are what the fleet's bill is more or less than it was."))
    ], sections: sections
  ).lacking(answer.missingPrices)
  document.answer = ReportAnswer("tuning", [], rowsOf: foundTable(answer))
  return document
}

private func tuningSection(
  _ part: TuningAnswer.TunedService, _ tuning: ScalingTuning, _ answer: TuningAnswer, _ words: VerdictWords
) -> ReportSection {
  let name = part.service.name
  var blocks: [ReportBlock] = [
    .list(introduction(part, tuning, words)), .table(trialTable(name, tuning, answer)),
    .table(frontierTable(name, tuning, answer)),
  ]
  if let found = tuning.found?.service, tuning.outcome == .holds {
    blocks.append(.table(keysTable(name, tuning.fileService, found)))
  }
  let played = tuning.shown.map { option -> ReplayRow in
    (name, option.scaling, option.judged.figures)
  }
  return ReportSection(
    "tuned-\(name)", title: name, blocks: blocks,
    sections: [
      ReportSection(
        "tuned-\(name)-pace", title: "How it scaled what nothing was learned on",
        blocks: scalingTables(played, prefix: "\(name)-").map { .table($0) })
    ])
}

/// What was learned on what, and what came of it.
private func introduction(
  _ part: TuningAnswer.TunedService, _ tuning: ScalingTuning, _ words: VerdictWords
) -> [String] {
  let within = part.isWithinMonth ? ", for the store has less than a week before the month" : ""
  let none = part.hasScaling ? [] : ["The fleet file has no rule or policy of it that a replay can follow."]
  let verdict =
    tuning.outcome == .holds
    ? "Recommended: \(tuning.change?.words ?? ""): \(tuning.reason.text)." : "Not recommended: \(tuning.reason.text)."
  return none + [
    "Learned on \(words.text(tuning.learned)), played on \(words.text(tuning.judged))\(within); \(grouped(tuning.trials)) "
      + "scalings tried: \(tuning.forms.map(title).joined(separator: ", ")).",
    "Allowed: critical for \(durationText(tuning.learnedBudget.criticalSeconds)) where it is learned, "
      + "\(durationText(tuning.judgedBudget.criticalSeconds)) where it is played.",
    verdict,
  ]
}

private func title(_ form: ScalingForm) -> String {
  switch form {
  case .own: "the file's own rules and policies"
  case .target(let metric): "a target of \(metric.rawValue)"
  }
}

/// Why a service is not tuned.
private func text(_ refusal: TuningRefusal) -> String {
  switch refusal {
  case .notReplayed(let refusal): words(refusal)
  case .tooFewDays(let days, let required): TuningReason.tooFewDays(days, required: required).text
  case .shortfall(let coverage, let percent): TuningReason.shortfall(coverage, requiredPercent: percent).text
  }
}

extension ScalingTuning {
  /// What is there today, what others have, and what was found.
  fileprivate var shown: [Option] { present + usual + (found.map { [$0] } ?? []) }

  /// True for what was found.
  fileprivate func isFound(_ option: Option) -> Bool {
    option.service.map { TunedScaling($0, from: fileService) == change } ?? false
  }
}

extension ScalingTuning.Option {
  fileprivate var title: String {
    switch kind {
    case .asRun: "as run"
    case .present: "as configured"
    case .usual(let percent): usualTitle(percent: percent)
    case .found: "as tuned"
    }
  }

  /// As tables of replays call it.
  fileprivate var scaling: SimulatedScaling {
    switch kind {
    case .asRun: .asRun
    case .present: .configured
    case .usual, .found: .policy(title)
    }
  }
}

private func resultColumns(_ prefix: String, _ title: String, _ answer: TuningAnswer) -> [ReportColumn] {
  [
    ReportColumn("\(prefix)_instance_hours", "\(title): hours", .number(unit: "h")),
    answer.isTraffic
      ? ReportColumn("\(prefix)_on_demand_usd", "\(title): on demand", .money(currency: "USD"))
      : answer.currency.column("\(prefix)_bill_difference", "\(title): on the bill", isSigned: true),
    ReportColumn("\(prefix)_critical_seconds", "\(title): critical", .duration),
    ReportColumn("\(prefix)_unserved", "\(title): unserved", .share),
  ]
}

private func resultCells(_ result: TuningPart.Result) -> [ReportCell] {
  [
    .measured(Double(result.figures.instanceSeconds) / 3600, decimals: 1),
    result.cost.map { .money($0) } ?? .unknown("a price is missing, or more than 2,000 instances run"),
    .duration(result.criticalSeconds),
    result.figures.unservedShare.map { .share($0, decimals: 2) } ?? .unknown("nothing tells what an instance does"),
  ]
}

/// What is there, what others have and what was found, on both parts.
private func trialTable(_ name: String, _ tuning: ScalingTuning, _ answer: TuningAnswer) -> ReportTable {
  ReportTable(
    "\(name)-trials",
    columns: [.text("scaling", "Scaling")] + resultColumns("learned", "Learned on", answer)
      + resultColumns("played", "Played on", answer),
    rows: tuning.shown.map { [.text($0.title)] + resultCells($0.learned) + resultCells($0.judged) })
}

/// The trade-off: what nothing that was tried beats, with what is there today in its place.
private func frontierTable(_ name: String, _ tuning: ScalingTuning, _ answer: TuningAnswer) -> ReportTable {
  let tuned = tuning.found.map { found in
    tuning.frontier.contains { tuning.isFound($0) } ? [] : [found]
  }
  let options = (tuning.frontier + (tuned ?? []) + tuning.present).enumerated().sorted { a, b in
    (a.element.learned.bare.cost, a.offset) < (b.element.learned.bare.cost, b.offset)
  }.map(\.element)
  func mark(_ option: ScalingTuning.Option) -> String {
    switch option.kind {
    case .asRun: "as run"
    case .present: "as configured"
    case .usual: ""
    case .found: tuning.isFound(option) ? "tuned" : ""
    }
  }
  return ReportTable(
    "\(name)-trade-off",
    columns: [.text("mark", "Trade-off")] + Array(resultColumns("learned", "Learned on", answer).prefix(3))
      + Array(resultColumns("played", "Played on", answer).prefix(3)) + [.text("settings", "Settings")],
    rows: options.map { option in
      let settings = option.service.map { settingsText($0, beside: tuning.fileService) } ?? ""
      return [.text(mark(option))] + Array(resultCells(option.learned).prefix(3))
        + Array(resultCells(option.judged).prefix(3)) + [.text(settings)]
    })
}

/// What programs take from it.
private func foundTable(_ answer: TuningAnswer) -> ReportTable {
  ReportTable(
    "services",
    columns: [
      .text("service", "Service"), .text("outcome", "Outcome"), .text("settings", "Settings"),
      ReportColumn("learned_critical_seconds", "Critical, learned on", .duration),
      ReportColumn("played_critical_seconds", "Critical, played on", .duration),
    ],
    rows: answer.found.map { found in
      [
        .text(found.service), .text(found.isRecommended ? "recommended" : "kept"), .text(found.settings),
        .duration(found.learnedCriticalSeconds), .duration(found.playedCriticalSeconds),
      ]
    })
}
