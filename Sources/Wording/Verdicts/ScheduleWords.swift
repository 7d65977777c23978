import Analytics
import Model

extension ScheduleReason {
  var text: String {
    switch self {
    case .held(let coverage):
      "enough ran at all times of the weeks that it was not learned on, \(coverage.percentText) of them measured"
    case .ramp(let before, let after):
      "a load that comes at a known time finds too few: for \(durationText(before)) in the weeks that it was not learned on, "
        + "and for \(durationText(after)) with it"
    case .notHeld(let seconds):
      "what was learned left too few for \(durationText(seconds)) of the weeks that it was not learned on"
    case .nothingSpare: "no hour of the week ran more than it needed in every week"
    case .followsLoad: "its count follows the load already, and none comes too fast for it at a known time"
    case .unused(let weeks, let paid):
      "in \(weeks) weeks nobody used it then; still paid are its volumes and addresses"
        + paid.map { ", \($0)" }.joined()
    case .neverUnused: "at no time of the week did nobody use it in every week, for two hours or more"
    case .tooFewWeeks(let weeks, let required):
      "\(weeks) weeks were measured; \(required) are needed, to learn on some and be judged on the last"
    case .single: "its instances are judged one by one; no other does the work of one that stops"
    case .holdsData: "it scales vertically; its instances hold data"
    case .shortfall(let shortfall): "\(shortfall.text); fewer instances would each carry more of it"
    }
  }
}

extension ScheduleTrial.Kind {
  /// Whose actions, as a reader knows them.
  var title: String {
    switch self {
    case .none: "none"
    case .own: "of the fleet file"
    case .advised: "advised"
    }
  }
}

extension VerdictWords {
  func fact(_ figure: ScheduleFigure) -> ReportFact {
    switch figure {
    case .requirement(let margin):
      ReportFact(
        "requirement",
        .text(
          "most instances any interval needed in any week, by quarter of an hour of the local week, of \(margin) % more load"
        ))
    case .binding(let binding): ReportFact("binding dimension", .text(binding.text))
    case .carries(let capacities):
      ReportFact(
        "one instance carries",
        .text(
          capacities.map { "\($0.dimension.name) \($0.dimension.text($0.perInstance))" }.joined(separator: ", ")))
    case .unusedBelow(let percent, let network):
      ReportFact(
        "unused is",
        .text(
          "a busiest minute below \(percent) % of CPU"
            + (network.map { " and traffic below \($0) Mbit/s" } ?? "; traffic is not measured")))
    case .learned(let period): ReportFact("learned on", .text(text(period)))
    case .judged(let period, let learned):
      ReportFact("judged on", .text("\(text(period)), by what was learned on \(text(learned))"))
    case .oneOff(let days):
      ReportFact("like no other day", .text("\(days.map(\.description).joined(separator: ", ")): left out"))
    case .events(let names):
      ReportFact("days of the fleet file", .text("\(names.joined(separator: ", ")): left out"))
    case .idle(let dimension, let each, let explained):
      ReportFact(
        "\(dimension.name) without load",
        .text(
          "\(dimension.text(each)) an instance, "
            + (explained.map { "by a line over the work that explains \(wholeNumber(($0 * 100).rounded()) as Int) %" }
              ?? "the least that was seen")))
    case .trial(let trial): ReportFact("actions \(trial.kind.title)", .text(text(trial)))
    }
  }

  /// First and last day.
  func text(_ period: Period) -> String {
    let last = max(period.start, period.end.advanced(by: -1))
    return "\(clock.date(at: period.start)) to \(clock.date(at: last))"
  }

  private func text(_ trial: ScheduleTrial) -> String {
    let hours = ScaledDecimal(mantissa: trial.instanceSeconds / 360, scale: 1)
    let queue = trial.queueCrossings.map { ", queue beyond its threshold \($0) times" } ?? ""
    return
      "\(trial.actions) recurring, \(hours) instance-hours, bill \(Cents(.zero - trial.saving).grouped) \(currency.code), too few for "
      + "\(durationText(trial.shortSeconds)), critical for \(durationText(trial.criticalSeconds))\(queue)"
  }
}
