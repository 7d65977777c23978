import Analytics
import Model

/// The verdicts of one kind of advice; of one service or pool with the evidence.
package func adviceDocument(_ answer: AdviceAnswer) -> ReportDocument {
  let (scope, currency) = (answer.scope, answer.currency)
  let words = VerdictWords(clock: scope.clock, currency: currency)
  let doubts = doubtSections(answer.doubts, in: currency)
  let title = "\(scope.fleet): \(answer.step.title.lowercased()) in \(scope.month.name)"
  let sections =
    if let purchases = answer.purchases {
      purchaseSections(answer, purchases, words)
    } else {
      (answer.step == .schedule ? scheduleSections(answer, words) : [])
        + (answer.service == nil
          ? [] : answer.verdicts.map { verdictSection($0, in: words, with: distributionBlocks($0)) })
        + unattachedSections(answer)
    }
  let asides = answer.service == nil ? answer.verdicts.flatMap(asides) : []
  var document = ReportDocument(
    answer.step.rawValue, title: title,
    blocks: currency.rateBlocks
      + (answer.isOfAccount ? answer.purchases.map { [.paragraph(planText($0.plan, currency))] } ?? [] : [])
      + (answer.plan.map { $0.lines.isEmpty ? [] : [.table(planTable($0, currency))] } ?? [
        .table(adviceTable(answer, words))
      ])
      + (answer.top.map { [.table(spareTable($0))] } ?? []) + (asides.isEmpty ? [] : [.list(asides)]),
    sections: sections + doubts
  ).lacking(answer.missingPrices)
  document.answer =
    answer.step == .schedule
    ? scheduleAnswer(answer)
    : answer.plan.map { plan in
      ReportAnswer(
        "plan",
        [
          .init("saving_per_month", .money(plan.savingPerMonth)), .init("cost", .money(plan.cost)),
          .init("cost_of_nothing", .money(plan.costOfNothing)), .init("cost_of_now", .money(plan.costOfNow)),
          .init("gap", .money(plan.gap)), .init("months", .count(plan.months)),
        ], rowsOf: planTable(plan, currency))
    }
  return document
}

/// The actions, and what they came to where they were judged.
private func scheduleSections(_ answer: AdviceAnswer, _ words: VerdictWords) -> [ReportSection] {
  let tables = [actionsTable(answer.verdicts), sleepTable(answer.verdicts)].filter { !$0.rows.isEmpty }
  let sections = [
    ReportSection("actions", title: "Recurring actions", blocks: tables.map { .table($0) }),
    trialsSection(answer.verdicts, words),
  ]
  return sections.filter { !$0.blocks.isEmpty }
}

/// The actions for programs.
private func scheduleAnswer(_ answer: AdviceAnswer) -> ReportAnswer {
  let saving = answer.verdicts.reduce(Money.zero) { $0 + $1.saving }
  return ReportAnswer("schedule", [.init("saving", .money(saving))], rowsOf: actionsTable(answer.verdicts))
}

/// What is paid for things attached to nothing; nothing where there is none.
private func unattachedSections(_ answer: AdviceAnswer) -> [ReportSection] {
  guard !answer.unattached.isEmpty else { return [] }
  let currency = answer.currency
  let cents = printedCents(of: answer.unattached.map(\.cost))
  let table = ReportTable(
    "unattached",
    columns: [
      .text("charge", "Charge"), .text("charged_as", "Service"), currency.column("cost", "A month, \(currency.code)"),
      .text("which", "Which"),
    ],
    rows: zip(answer.unattached, cents).map {
      [.text($0.name), .text($0.service), .money($0.cost, printed: $1), .text($0.note)]
    },
    total: [
      .text("Total"), .empty,
      .money(answer.unattached.reduce(.zero) { $0 + $1.cost }, printed: cents.reduce(.zero, +)), .empty,
    ])
  return [
    ReportSection(
      "unattached", title: "Paid for and attached to nothing",
      blocks: [.table(table), .paragraph("Whether anybody needs them is for you to judge: no saving counts them.")])
  ]
}

extension AdviceAnswer {
  /// True where neither a service nor a pool was asked for.
  fileprivate var isOfAccount: Bool { service == nil && pool == nil }

  /// What of the account's plan was asked for; nil for advice that buys nothing.
  fileprivate var plan: AccountPurchasePlan? {
    purchases.map { purchases in
      var plan = purchases.plan
      let asked = Set(verdicts.map(\.subject.name))
      plan.lines.removeAll { !asked.contains($0.pool) }
      return plan
    }
  }
}

/// Of one service or pool what explains it; of the account its verdicts, its services and what else could be bought.
private func purchaseSections(
  _ answer: AdviceAnswer, _ purchases: AccountPurchases, _ words: VerdictWords
) -> [ReportSection] {
  let currency = words.currency
  if answer.pool != nil {
    return answer.verdicts.map {
      ReportSection($0.id, title: $0.id, blocks: [.facts(brief($0, purchases.plan, words))])
    }
  }
  let verdicts = ReportSection(
    "verdicts", title: "Pool by pool",
    blocks: [
      .paragraph(
        "Saves: a month of 730 hours, the mean of the futures over \(purchases.plan.months) months, of what is bought now, each "
          + "beside those above it; the sum is the plan's. As if: by how much less \(answer.scope.month.name) would have cost "
          + "with it, spot included."), .table(adviceTable(answer, words)),
    ])
  if let service = answer.service {
    let share = purchases.shares.first { $0.service == service }.map { share in
      ReportBlock.facts([
        ReportFact("bill before", .money(share.before), unit: currency.code),
        ReportFact("bill after", .money(share.after), unit: currency.code),
      ])
    }
    return [
      ReportSection("share", title: "What \(service) gets of it", blocks: share.map { [$0] } ?? []), verdicts,
    ] + answer.verdicts.map { verdictSection($0, in: words) }
  }
  return [
    ReportSection("shares", title: "Service by service", blocks: [.table(shareTable(purchases, currency))]), verdicts,
    ReportSection(
      "rules", title: "Rules beside one another",
      blocks: purchases.comparison.map {
        comparisonBlocks($0, $0.rows, without: purchases.missing, currency)
      } ?? []),
  ]
}

/// A pool in ten lines; what of its evidence has no place in them is counted.
private func brief(_ verdict: Verdict, _ plan: AccountPurchasePlan, _ words: VerdictWords) -> [ReportFact] {
  let levels = verdict.evidence.figures.compactMap { figure -> PurchaseLevel? in
    if case .purchase(.level(let level)) = figure { level } else { nil }
  }
  // Those below the last that is bought stand together.
  let last = levels.last { $0.decision != .notBought }?.number ?? 0
  let all =
    [
      ReportFact("verdict", .text(words.action(verdict))), ReportFact("because", .text(words.reason(verdict))),
    ]
    + verdict.evidence.figures.flatMap { figure -> [ReportFact] in
      switch figure {
      case .purchase(.later), .purchase(.leftOut), .purchase(.expectedSaving): []
      case .purchase(.level(let level)) where level.number < last || level.number > last + 1: []
      case .purchase: words.facts(figure)
      case .spot(.use), .spot(.cost): words.facts(figure)
      default: []
      }
    }
  let currency = words.currency
  let saving = ReportFact(
    "saves", .money(plan.savings[verdict.subject.name] ?? .zero),
    unit: "\(currency.code) a month over \(plan.months) months; as if in the month \(Cents(verdict.saving).grouped)")
  guard all.count > 9 else { return all + [saving] }
  let more = ReportFact(
    "left out here", .text("\(counted(all.count - 8, "fact")), which the evidence of \(verdict.id) has"))
  return all.prefix(8) + [more, saving]
}

/// What a reader of a verdict alone should know beside it.
private func asides(_ verdict: Verdict) -> [String] {
  verdict.evidence.figures.compactMap { figure in
    guard case .size(.storage(let outlook)) = figure else { return nil }
    return "\(verdict.subject.name): storage: \(outlook.text)"
  }
}

/// The verdicts with their savings, in the cents of the step: those of one service are what all print for it.
private func adviceTable(_ answer: AdviceAnswer, _ words: VerdictWords) -> ReportTable {
  let (verdicts, currency) = (answer.top?.saving ?? sorted(answer.verdicts), words.currency)
  let printed = printedSavings(of: answer.verdictsOfStep, before: answer.billBefore, after: answer.billAfter)
  let savings = verdicts.map { printed[$0.id] ?? .zero }
  let total = verdicts.reduce(Money.zero) { $0 + $1.saving }
  let saves = "Saves, \(currency.code) a month"
  let asIf = answer.purchases == nil ? saves : "As if"
  var table = ReportTable(
    "advice",
    columns: [
      answer.purchases == nil ? .text("service", "Service") : .text("pool", "Pool"), .text("outcome", "Outcome"),
      .text("action", "Verdict"), currency.column("saving", asIf), .text("reason", "Why"),
    ],
    rows: zip(verdicts, savings).map { verdict, cents in
      [
        .text(verdict.subject.name), .text(verdict.outcome.rawValue), .text(words.action(verdict)),
        verdict.saving == .zero ? .empty : .money(verdict.saving, printed: cents), .text(words.reason(verdict)),
      ]
    },
    total: [.text("Total"), .empty, .empty, .money(total, printed: savings.reduce(.zero, +)), .empty])
  guard let plan = answer.purchases?.plan else { return table }
  // What is signed saves what the plan says, before what the month would have had of it.
  let ahead = verdicts.map { plan.savings[$0.subject.name] ?? .zero }
  let cents = printedCents(of: ahead)
  table.columns.insert(currency.column("saving_ahead", saves), at: 3)
  for index in table.rows.indices {
    table.rows[index].insert(ahead[index] == .zero ? .empty : .money(ahead[index], printed: cents[index]), at: 3)
  }
  table.total?.insert(.money(ahead.reduce(.zero, +), printed: cents.reduce(.zero, +)), at: 3)
  return table
}

/// In the fleet's order of services; where instances are judged one by one there are many, and the weightiest come first.
private func sorted(_ verdicts: [Verdict]) -> [Verdict] {
  verdicts.contains { $0.subject.isInstance } ? verdicts.sorted(by: isWeightier) : verdicts
}

/// Recommended before refused before kept, and what saves more first.
private func isWeightier(_ a: Verdict, than b: Verdict) -> Bool {
  func rank(_ verdict: Verdict) -> Int {
    switch verdict.outcome {
    case .recommended: 0
    case .refused: 1
    case .kept: 2
    }
  }
  return (rank(a), b.saving, a.subject.name) < (rank(b), a.saving, b.subject.name)
}

/// One verdict and what it rests on.
package func whyDocument(_ answer: WhyAnswer) -> ReportDocument {
  let currency = answer.currency
  let section = verdictSection(
    answer.verdict, in: VerdictWords(clock: answer.scope.clock, currency: currency),
    with: distributionBlocks(answer.verdict))
  return ReportDocument(
    "why", title: section.title, blocks: section.blocks + currency.rateBlocks,
    sections: doubtSections(answer.doubts, in: currency)
  ).lacking(answer.missingPrices)
}
