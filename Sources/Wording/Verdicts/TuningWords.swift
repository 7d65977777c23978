import Analytics
import Model

extension TuningReason {
  var text: String {
    switch self {
    case .held(let seconds, let most):
      "played on what it was not learned on it costs no more than what is there, and is critical for "
        + "\(durationText(seconds)), where \(durationText(most)) are allowed"
    case .critical(let seconds, let most):
      "what was learned was critical for \(durationText(seconds)) on what it was not learned on, where \(durationText(most)) "
        + "are allowed"
    case .unserved: "what was learned left work undone, on what it was not learned on, that is done today"
    case .dearer: "what was learned costs more than what is there, on what it was not learned on"
    case .nothingCheaper: "nothing that was tried is cheaper and as seldom critical"
    case .noneWithin(let seconds):
      "nothing that was tried is critical for no more than \(durationText(seconds)) of what was learned on"
    case .noPolicies: "the fleet file has neither rules nor policies of it that a replay can follow"
    case .doesNotScale(.single): "its instances do not share their work, so that none is added or removed"
    case .doesNotScale: "its nodes hold data, so that none is added or removed by a policy"
    case .nothingMeasured: "nothing was measured that tells how busy it was"
    case .tooFewDays(let days, let required):
      "\(days) days were measured; \(required) are needed, to learn on some and be judged on others"
    case .shortfall(let coverage, let percent):
      "what tells how many it needs covers \(coverage.percentText) of what is learned or judged on, \(percent) % is required"
    }
  }
}

extension VerdictWords {
  func fact(_ figure: TuningFigure) -> ReportFact {
    switch figure {
    case .learned(let period): ReportFact("learned on", .text(text(period)))
    case .judged(let period): ReportFact("judged on", .text(text(period)))
    case .tried(let count): ReportFact("scalings tried", .count(count))
    case .trial(let trial):
      ReportFact("\(trial.kind.title), on what was \(trial.isLearned ? "learned" : "judged") on", .text(text(trial)))
    }
  }

  private func text(_ trial: TuningTrial) -> String {
    let hours = ScaledDecimal(mantissa: Int64(clamping: trial.instanceSeconds / 360), scale: 1)
    let bill = trial.saving.map { "bill \(Cents(.zero - $0).grouped) \(currency.code), " } ?? ""
    return "\(hours) instance-hours, \(bill)critical for \(durationText(trial.criticalSeconds)), "
      + "\(grouped(trial.events)) changes"
  }
}

extension TuningTrial.Kind {
  var title: String {
    switch self {
    case .asRun: "as run"
    case .configured: "as configured"
    case .usual(let percent): usualTitle(percent: percent)
    case .tuned: "as tuned"
    }
  }
}

/// What a default of others is called: `CPU 50 % (AWS)`.
func usualTitle(percent: Int) -> String { "CPU \(percent) % (\(percent == 50 ? "AWS" : "VASIM"))" }
