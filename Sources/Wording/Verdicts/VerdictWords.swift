import Model

/// Puts verdicts into words: moments as a clock shows them, list prices beside amounts in a currency.
struct VerdictWords {
  let clock: LocalClock
  let currency: BillCurrency

  /// What to do, or what is left as it is: `move from m5.2xlarge to m5.xlarge`.
  func action(_ verdict: Verdict) -> String {
    switch verdict.conclusion {
    case .change where verdict.step == .mix, .buyNothing: purchaseAction(verdict)
    case .change: changeText(verdict)
    case .keep(let size): "keep \(size.text)"
    case .noChange: "no change"
    case .noWindows: "no windows"
    case .notJudged: "not judged"
    case .nothingToStop: "nothing to stop"
    }
  }

  /// Why, and that it costs more at first where it does.
  func reason(_ verdict: Verdict) -> String {
    bareReason(verdict) + (firstCostText(verdict).map { "; \($0)" } ?? "")
  }

  /// Of what pays over the coming term and would have cost more in the month, both; nil for everything else.
  func firstCostText(_ verdict: Verdict) -> String? {
    guard verdict.outcome == .recommended, verdict.saving < .zero, let ahead = verdict.savingOfTerm, ahead > .zero
    else {
      return nil
    }
    return "costs \(Cents(.zero - verdict.saving).grouped) \(currency.code) more in the month, "
      + "and saves \(Cents(ahead).grouped) a month of the coming term"
  }

  private func bareReason(_ verdict: Verdict) -> String {
    switch verdict.reason {
    case .nothingRan: "no instance ran"
    case .severalPlaces(let places): "its instances ran in \(places.joined(separator: " and ")), whose prices differ"
    case .severalEngines(let engines): "its instances run \(engines.joined(separator: " and ")), whose prices differ"
    case .unpriced(let prices): lackText(prices)
    case .lacking(let error): error.found
    case .shortfall(let shortfall): shortfall.text
    case .waste(let reason): text(reason)
    case .size(let reason): text(reason)
    case .schedule(let reason): reason.text
    case .tuning(let reason): reason.text
    case .purchase(let reason): text(reason)
    case .notWorth(let changes, let reason, let saving, let least, let percent):
      "would \(action(verdict.recommending(changes, because: reason))), but that "
        + effectText(saving, least: least, percent: percent)
    }
  }

  /// The prices that are missing, then what nobody says types to offer.
  private func lackText(_ subjects: [MissingPrice.Subject]) -> String {
    let types = subjects.compactMap { if case .specification(let type) = $0 { type } else { nil } }
    let prices = subjects.filter { if case .specification = $0 { false } else { true } }
    var parts: [String] = []
    if !prices.isEmpty { parts.append("no price of " + prices.map { missingText($0) }.joined(separator: ", nor of ")) }
    if !types.isEmpty { parts.append("the price book does not say what \(types.joined(separator: ", ")) offers") }
    return parts.joined(separator: "; ")
  }

  /// What a change that is not worth making would have saved, or cost.
  private func effectText(_ saving: Money, least: Money, percent: Int) -> String {
    guard saving >= .zero else { return "costs \(Cents(.zero - saving).grouped) \(currency.code) a month more" }
    return "saves \(Cents(saving).grouped) \(currency.code) a month, less than the \(Cents(least).grouped) and the "
      + "\(percent) % of its cost worth a change"
  }

  /// What the changes come to: `cap capacity by the hour: daily 09:00-17:00 4, else 1`.
  private func changeText(_ verdict: Verdict) -> String {
    let stopped = verdict.changes.compactMap { $0.change as? StopInstance }
    let texts = verdict.changes.filter { !($0.change is StopInstance) }.map { text($0, because: verdict.reason) }
    return ((stopped.isEmpty ? [] : [stopText(stopped)]) + texts).joined(separator: "; ")
  }

  private func text(_ change: Change, because reason: VerdictReason) -> String {
    switch (change.change, reason) {
    case (is Resize, .size(.move(let move))): move.text
    case (let weekly as WeeklyCapacity, _): "cap capacity by the hour: \(weekly.capacity)"
    case (let scheduled as ScheduledCapacity, _): scheduled.clockText
    case (let sleep as SleepTimes, _): sleep.clockText
    default: change.change.words
    }
  }

  /// A figure with its label; of some several.
  func facts(_ figure: EvidenceFigure) -> [ReportFact] {
    switch figure {
    case .waste(let figure): [fact(figure)]
    case .size(let figure): facts(figure)
    case .schedule(let figure): [fact(figure)]
    case .tuning(let figure): [fact(figure)]
    case .purchase(let figure): [fact(figure)]
    case .spot(let figure): [fact(figure)]
    }
  }
}

extension Verdict {
  /// What it saves a month of the coming term, of a move or of purchases; nil where the month says that.
  fileprivate var savingOfTerm: Money? {
    if let termSaving { return termSaving }
    for figure in evidence.figures {
      if case .purchase(.expectedSaving(let saving, _)) = figure { return saving }
    }
    return nil
  }

  /// The same verdict, had it recommended some changes.
  fileprivate func recommending(_ changes: [Change], because reason: VerdictReason) -> Verdict {
    var copy = self
    copy.conclusion = .change
    copy.changes = changes
    copy.reason = reason
    return copy
  }
}

extension CoverageShortfall {
  /// `CPU covers 50.0 %, 80 % is required`.
  var text: String {
    switch lack {
    case .unmeasured: "\(subject.text) is not measured"
    case .hours(let hours, let required, let days):
      "\(subject.text) has \(hours) hours of samples\(days.map { " in the last \($0) days" } ?? ""), "
        + "\(required) are required"
    case .tooCoarse(let step, let longest):
      "\(subject.text) has samples \(durationText(step)) apart, \(durationText(longest)) are the most"
    case .share(let coverage, let percent): "\(subject.text) covers \(coverage.percentText), \(percent) % is required"
    }
  }
}

extension CoverageShortfall.Subject {
  fileprivate var text: String {
    switch self {
    case .dimensions(let dimensions): dimensions.map(\.name).joined(separator: " with ")
    case .load: "what the instances carried"
    }
  }
}
