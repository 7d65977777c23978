import Model

// What is bought, now and later.
extension VerdictWords {
  /// `reserve 2 more m5.large, standard-1yr-no-upfront; reserve 1 on 2026-11-14, when ri-cache-2025 ends`.
  func purchaseAction(_ verdict: Verdict) -> String {
    let now = verdict.changes.isEmpty ? ["buy nothing now"] : verdict.changes.map { text($0, in: verdict) }
    let later = verdict.later
    let more = later.count > 3 ? ["\(later.count - 3) more later"] : []
    return (now + laterTexts(verdict) + more).joined(separator: "; ")
  }

  /// One purchase, with what the verdict says of it.
  private func text(_ change: Change, in verdict: Verdict) -> String {
    switch change.change {
    case let reserve as Reserve:
      return "reserve \(reserve.count) more\(reserve.type.map { " \($0)" } ?? ""), \(reserve.term)"
    case let plan as CommitSavingsPlan:
      return "commit \(currency.listText(hourly: plan.hourly))\(plan.family.map { " on \($0)" } ?? ""), \(plan.term)"
    case let spot as SpotShare:
      // The uses stand in the order of the changes.
      let shares = verdict.changes.compactMap { $0.change as? SpotShare }
      let uses = verdict.evidence.spotUses
      guard let index = shares.firstIndex(of: spot), index < uses.count else { return change.change.words }
      let whose = verdict.services.count > 1 ? " of \(spot.service)" : ""
      return "run \(grouped(uses[index].spotHours)) instance-hours a month\(whose) as spot"
    default: return change.change.words
    }
  }

  /// The first three; each says of what it is, unless that is what the one before it is of.
  private func laterTexts(_ verdict: Verdict) -> [String] {
    let bought = Set(verdict.changes.compactMap { ($0.change as? Reserve)?.term })
    var before = bought.count == 1 ? bought.first.map(CommitmentTerm.reservation) : nil
    return verdict.later.prefix(3).map { purchase in
      defer { before = purchase.instances.term }
      return text(purchase, inFull: purchase.instances.term != before)
    }
  }

  /// `reserve 2 m5.large on 2026-11-14, standard-1yr-no-upfront, when ri-cache-2025 ends`.
  /// - Parameter inFull: with the type and the term.
  private func text(_ purchase: LaterPurchase, inFull: Bool) -> String {
    let instances = purchase.instances
    let plan = purchase.change.change as? CommitSavingsPlan
    return
      (plan.map { "commit \(currency.listText(hourly: $0.hourly))" }
      ?? "reserve \(instances.count)\(inFull ? " \(instances.type)" : "")") + " on \(purchase.date)"
      + (inFull ? ", \(instances.term)" : "")
      + (purchase.ending.isEmpty ? "" : ", when \(purchase.ending.joined(separator: ", ")) ends")
  }
}

extension Evidence {
  fileprivate var spotUses: [SpotUse] {
    figures.compactMap { if case .spot(.use(let use?)) = $0 { use } else { nil } }
  }
}

// Why it is bought, or not.
extension VerdictWords {
  func text(_ reason: PurchaseReason) -> String {
    switch reason {
    case .decommissioned(let date): "by the fleet file nothing of it runs from \(date) on, and it ran"
    case .offersMissing(let offers): offers.map(\.text).joined(separator: "; ")
    case .noOffer(let type): "no offer that the fleet file allows is for \(type)"
    case .covered(let buysLater): "existing commitments cover every hour\(buysLater ? " until then" : "")"
    case .nothingAhead: "nothing is expected to run"
    case .servesMoreOfItsTerm(let date): "what is bought on \(date) serves for more of its term"
    case .use(let expected, let breakEven, let span, let subject):
      "\(subject.text) is expected to be used \(subject.least)\(percentText(expected)) of the hours \(span.text), "
        + "break-even \(percentText(breakEven))"
    case .worth(let worth, let rate, let span, let subject):
      "\(subject.text) is expected to save \(subject.least)\(currency.listText(hourly: worth)) \(span.text), "
        + "and costs \(currency.listText(hourly: rate))"
    case .sharedPlan(let saving, let months):
      saving == .zero
        ? "nothing that it pays for is cheaper so"
        : "it is expected to save \(Cents(saving).grouped) \(currency.code) a month over the coming \(months) months, "
          + "beside all else that is bought"
    case .past(let past): "the past supports \(past.text)"
    case .spot(let spot, let onDemand):
      "interruptible work at \(currency.listText(hourly: spot)) (derived) against "
        + "\(currency.listText(hourly: onDemand)) on-demand"
    }
  }
}

extension PurchaseSubject {
  fileprivate var text: String { self == .eachBought ? "each" : "a further one" }
  fileprivate var least: String { self == .eachBought ? "at least " : "" }
}

extension PurchaseSpan {
  fileprivate var text: String {
    switch self {
    case .months(let months): "over the coming \(months) months"
    case .until(let date): "until \(date)"
    }
  }
}

extension OfferLeftOut {
  fileprivate var text: String {
    switch self {
    case .unpriced(let term, let kind, let instant, let firstKnown):
      let known = firstKnown.map { " (the first known is from \($0.utcDate))" } ?? ""
      return "no \(term) \(term.priceWord) of \(kind) in force on \(instant.utcDate)\(known)"
    case .notFor(let type, let plan): return "\(plan) does not pay for \(type)"
    }
  }
}

extension CommitmentTerm {
  /// What the price book has of it.
  fileprivate var priceWord: String {
    switch self {
    case .reservation: "price"
    case .savingsPlan: "rate"
    }
  }

  /// How an hour under it is bought.
  fileprivate var hourWord: String {
    switch self {
    case .reservation: "reserved"
    case .savingsPlan: "savings plan"
    }
  }
}

// What it is recomputed from.
extension VerdictWords {
  /// A figure behind a purchase.
  func fact(_ figure: PurchaseFigure) -> ReportFact {
    switch figure {
    case .leftOut(let offer): ReportFact("offer left out", .text(offer.text))
    case .poolOf(let services, let unit):
      ReportFact("instance-hours of \(unit)", .text(instanceHours(services)))
    case .breakEven(let breakEven): ReportFact("break-even", .text(text(breakEven)))
    case .demandAhead(let demand): ReportFact("demand ahead", .text(demand.text))
    case .past(let past): ReportFact("what the past supports", .text(past.text))
    case .levelsBelow(let levels):
      ReportFact(
        "levels 1 to \(levels.last) beyond existing commitments",
        .text(
          "each expected to be used \(levels.text) of the hours, worth at least "
            + "\(currency.listText(hourly: levels.leastWorth)): \(levels.decision)"))
    case .level(let level): ReportFact("level \(level.number) beyond existing commitments", .text(text(level)))
    case .expectedSaving(let saving, let months):
      ReportFact(
        "expected saving beside buying nothing", .money(saving), unit: "\(currency.code) a month over \(months) months")
    case .later(let purchase): ReportFact("later", .text(text(purchase, inFull: true)))
    case .ladder(let ladder, let dearer, let months):
      ReportFact(
        "ladder", .text(dearer.map { text(ladder, $0, months) } ?? "nothing that could be bought in parts"))
    }
  }

  /// `0.0576/h reserved / 0.096/h on-demand = 60.0 % of hours`; derived rates are marked.
  private func text(_ breakEven: BreakEven) -> String {
    func mark(_ quality: PriceQuality) -> String { quality == .derived ? " (derived)" : "" }
    return "\(currency.listText(hourly: breakEven.committed)) \(breakEven.term.hourWord)"
      + "\(mark(breakEven.committedQuality)) / \(currency.listText(hourly: breakEven.onDemand)) on-demand"
      + "\(mark(breakEven.onDemandQuality)) = \(percentText(breakEven.share)) of hours"
  }

  private func text(_ level: PurchaseLevel) -> String {
    "used \(rounded(Double(level.usedSeconds) / 3600, 0)) of \(level.periodSeconds / 3600) hours "
      + "(\(percentText(Double(level.usedSeconds) / Double(level.periodSeconds)))); expected "
      + "\(percentText(level.expectedUse)) of the hours \(level.span.text), worth "
      + "\(currency.listText(hourly: level.worth)) against \(currency.listText(hourly: level.rate)): "
      + level.decision.text
  }

  private func text(_ ladder: Ladder, _ dearer: Money, _ months: Int) -> String {
    let cost = Cents(dearer < .zero ? .zero - dearer : dearer).grouped
    return "up to \(ladder.tranches) parts \(ladder.monthsApart) months apart cost \(cost) \(currency.code) "
      + "\(dearer < .zero ? "less" : "more") over \(months) months than each purchase at once"
  }
}

/// `api 2,976, frontend 2,118`, the most first; of many the first twelve.
private func instanceHours(_ services: [ServiceHours]) -> String {
  let sorted = services.sorted { ($1.seconds, $0.service) < ($0.seconds, $1.service) }
  let words = sorted.prefix(12).map { "\($0.service) \(rounded(Double($0.seconds) / 3600, 0))" }
  return (words + (sorted.count > 12 ? ["\(sorted.count - 12) more"] : [])).joined(separator: ", ")
}

extension DemandAhead {
  fileprivate var text: String {
    let growth = growthPercentAYear.map { "\($0) % growth a year (fleet file)" } ?? "no growth stated"
    let source = weeks.map { "a prior and \($0) weeks of history" } ?? "fleet file"
    let end = decommission.map { ", nothing runs from \($0) on" } ?? ""
    return "after right-sizing and schedules; \(growth), "
      + "moves \(percentText(monthlySpread)) a month (\(source))\(end); ten equally likely paths over \(months) months"
  }
}

extension PurchasePast {
  /// `7 m5.large, held ones included: used in more than 70.0 % of the last 30 and of the last 61 days; ...`.
  fileprivate var text: String {
    var parts = ["\(units == 0 ? "no" : "\(units)") \(unit)\(units == 0 ? "" : ", held ones included"): \(reason)"]
    if let meanBefore, let meanNow {
      parts.append("\(rounded(meanBefore, 1)) ran in the 30 days before the last 30, \(rounded(meanNow, 1)) in those")
    }
    if !leaving.isEmpty, standing != .beingReplaced { parts.append("not counted: \(moves)") }
    return parts.joined(separator: "; ")
  }

  private var reason: String {
    switch standing {
    case .levels(let share):
      "used in more than \(percentText(share)) of the last \(min(30, days))\(days > 30 ? " and of the last \(days)" : "") days"
    case .tooYoung: "first used less than a week ago"
    case .beingReplaced: moves
    case .leftToPlans:
      "it may be replaced within its term, and a savings plan, which goes on to serve what replaces it, then costs less"
    case .tooDear: "no offer is below on demand once it may be lost within its term"
    }
  }

  /// `web moves to m6i`.
  private var moves: String { firstOf(leaving.map { "\($0.service) moves to \($0.successor)" }) }
}

extension LowerLevels {
  /// `92.0 % to 100.0 %`.
  fileprivate var text: String {
    let (least, most) = (percentText(leastUse), percentText(mostUse))
    return least == most ? least : "\(least) to \(most)"
  }

  fileprivate var decision: String {
    boughtNow == last ? "bought" : boughtNow == 0 ? "bought later" : "\(boughtNow) bought, the others later"
  }
}

extension PurchaseLevel.Decision {
  fileprivate var text: String {
    switch self {
    case .bought: "bought"
    case .boughtLater: "bought later"
    case .notBought: "not bought"
    }
  }
}
